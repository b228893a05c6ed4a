//! Places in a text, for programs that compare and edit documents.

use std::ops::Range;

use super::source::Source;
use super::{Place, spans};

/// The positions of an input's nodes in its text.
pub struct Positions {
    /// Line and column of each node, both from 1.
    nodes: Vec<(usize, usize)>,
    /// The bytes of each node.
    spans: Vec<Range<usize>>,
}

impl Positions {
    /// Looks up all nodes of `source`.
    #[must_use]
    pub fn of(source: &Source) -> Self {
        let text = source.lossy_text();
        let breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        let lines: Vec<usize> = std::iter::once(0).chain(breaks).collect();
        let position = |offset: usize| {
            let line = lines.partition_point(|start| *start <= offset);
            let before = text.get(lines[line - 1]..offset).unwrap_or_default();
            (line, before.chars().count() + 1)
        };
        let spans = spans(source);
        Self {
            nodes: spans.iter().map(|span| position(span.start)).collect(),
            spans,
        }
    }

    /// Line and column of a node in this input, both from 1. For a place in another input, the start of the text.
    #[must_use]
    pub fn line_and_column(&self, place: Place) -> (usize, usize) {
        let found = self.nodes.get(place.node as usize);
        found.copied().unwrap_or((1, 1))
    }

    /// The bytes of a scalar in this input: with its quotes, or the lines of a block scalar with their line breaks. For a list or
    /// a mapping, the bytes of its start. `None` for a place in another input.
    #[must_use]
    pub fn bytes(&self, place: Place) -> Option<Range<usize>> {
        self.spans.get(place.node as usize).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, node: u32) -> (usize, usize) {
        let source = Source {
            name: "document.yaml".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        Positions::of(&source).line_and_column(Place { file: 0, node })
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        assert_eq!(position("a: 1\nb:\n  - two\n", 1), (1, 1));
        assert_eq!(position("a: 1\nb:\n  - two\n", 5), (3, 5));
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(position("é: ü\n", 2), (1, 4));
    }

    #[test]
    fn a_scalar_has_its_bytes() {
        let text = "é: plain text # no\nq: 'it''s' # no\nlong: two\n  lines\nlist: [ü, \"]\"]\nblock: >-\n  one\n  two\nlast: 1\n";
        let source = Source {
            name: "document.yaml".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let positions = Positions::of(&source);
        let written = |node| {
            let bytes = positions.bytes(Place { file: 0, node })?;
            text.get(bytes)
        };
        assert_eq!(written(2), Some("plain text"));
        assert_eq!(written(4), Some("'it''s'"));
        assert_eq!(written(6), Some("two\n  lines"));
        assert_eq!(written(8), Some("["));
        assert_eq!(written(10), Some("\"]\""));
        assert_eq!(written(12), Some("one\n  two\n"));
        assert_eq!(written(99), None);
    }

    #[test]
    fn a_place_that_is_not_there_is_the_start() {
        assert_eq!(position("a: 1\n", 99), (1, 1));
    }
}
