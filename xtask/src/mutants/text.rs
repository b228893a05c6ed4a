//! Finds code in the sources. Line breaks and indents make no difference.

use std::ops::Range;

/// A source without its blanks.
pub(super) struct Solid {
    text: String,
    /// For each byte of the text, its place in the source.
    places: Vec<usize>,
}

impl Solid {
    pub(super) fn new(source: &str) -> Self {
        let (mut text, mut places) = (String::new(), Vec::new());
        for (place, character) in source.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            text.push(character);
            places.extend((0..character.len_utf8()).map(|offset| place + offset));
        }
        Self { text, places }
    }

    /// The places of `wanted` in the source. Blanks make no difference.
    pub(super) fn find(&self, wanted: &str) -> Vec<Range<usize>> {
        let wanted: String = wanted.chars().filter(|c| !c.is_whitespace()).collect();
        let found = self.text.match_indices(&wanted);
        let ranges = found.filter_map(|(start, found)| {
            let last = self.places.get(start + found.len() - 1)?;
            Some(*self.places.get(start)?..last + 1)
        });
        ranges.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_found_on_one_line_and_on_several() {
        let source = "let é = one\n        .two();\none.two(); three";
        let found: Vec<&str> = Solid::new(source)
            .find("one .two()")
            .into_iter()
            .map(|range| &source[range])
            .collect();
        assert_eq!(found, ["one\n        .two()", "one.two()"]);
    }

    #[test]
    fn code_that_is_not_there_is_not_found() {
        assert_eq!(Solid::new("one").find("two"), []);
    }
}
