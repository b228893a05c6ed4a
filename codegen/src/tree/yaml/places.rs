//! Where the nodes of a YAML text are.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::super::extent::MAX_NODES;
use super::super::offsets::ByteOffsets;

/// The bytes of each node in `text`, in the order in which [`read`](super::read) numbers them.
pub(in crate::tree) fn spans(text: &str) -> Vec<Range<usize>> {
    let offsets = ByteOffsets::of(text);
    let events = std::iter::from_fn({
        let mut parser = Parser::new_from_str(text);
        move || parser.next_event()?.ok()
    });
    let mut spans: Vec<Range<usize>> = events
        .filter(|(event, _)| starts_node(event))
        .take(MAX_NODES as usize + 1)
        .map(|(event, span)| {
            let [start, end] =
                [span.start, span.end].map(|marker| offsets.of_character(marker.index()));
            let quoted = match event {
                Event::Scalar(_, ScalarStyle::SingleQuoted, ..) => {
                    quoted_length(&text[start..], '\'')
                }
                Event::Scalar(_, ScalarStyle::DoubleQuoted, ..) => {
                    quoted_length(&text[start..], '"')
                }
                _ => None,
            };
            start..quoted.map_or(end, |length| start + length)
        })
        .collect();
    show_first_key(&mut spans);
    spans
}

/// The bytes from a quote to the closing quote: `'it''s'`, `"a\"b"`. The parser's span also includes a comment after it.
fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut letters = text.strip_prefix(quote)?.char_indices().peekable();
    while let Some((index, letter)) = letters.next() {
        let is_doubled = quote == '\'' && letters.peek().is_some_and(|(_, next)| *next == quote);
        if letter == '\\' && quote == '"' || letter == quote && is_doubled {
            letters.next();
        } else if letter == quote {
            return Some(quote.len_utf8() + index + letter.len_utf8());
        }
    }
    None
}

/// The start of a mapping in block style has nothing to underline, so its first key is underlined instead.
fn show_first_key(spans: &mut [Range<usize>]) {
    for index in (1..spans.len()).rev() {
        if spans[index - 1].is_empty() && spans[index - 1].start == spans[index].start {
            spans[index - 1].end = spans[index].end;
        }
    }
}

/// Whether `event` has a place. An alias has one, and the nodes that it repeats keep the places of the original.
fn starts_node(event: &Event) -> bool {
    matches!(
        event,
        Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..) | Event::Alias(_)
    )
}
