//! From JSON to a tree. serde_json parses the text, and each node gets its number in reading order.

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::entries::Entries;
use super::extent::{FEWER_LEVELS, FEWER_NODES, MAX_DEPTH, MAX_NODES};
use super::{Node, Place, Value};
use crate::diagnostic::Diagnostics;

/// The document in `text`; `None` if it has a mistake, which is then in `diagnostics`.
pub(super) fn read(text: &str, file: u16, diagnostics: &mut Diagnostics) -> Option<Node> {
    let mut numbering = Numbering {
        file,
        nodes: 0,
        is_mistaken: false,
        diagnostics,
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seed = Seed {
        numbering: &mut numbering,
        depth: 0,
    };
    let outcome = seed
        .deserialize(&mut deserializer)
        .and_then(|root| deserializer.end().map(|()| root));
    let is_mistaken = numbering.is_mistaken;
    match outcome {
        Ok(root) => (!is_mistaken).then_some(root),
        Err(error) => {
            let offset = offset(text, error.line(), error.column());
            let reason = without_position(&error);
            let found =
                diagnostics.error_at(file, offset, format!("the JSON parser reports: {reason}"));
            if let Some(help) = way_out(&reason, text, offset) {
                found.help(help);
            }
            None
        }
    }
}

/// What to write instead, from the reason and the text at the mistake.
fn way_out(reason: &str, text: &str, offset: usize) -> Option<&'static str> {
    let rest = text.get(offset..).unwrap_or_default();
    match reason {
        "number out of range" => Some("write a smaller number, or put the number in quotes"),
        "trailing comma" => Some("remove the comma before the bracket"),
        _ if rest.starts_with("//") || rest.starts_with("/*") => Some(
            "remove the comment, because JSON has no comments; you can put the text into a `description`",
        ),
        _ if reason.ends_with("nodes") => Some(FEWER_NODES),
        _ if reason.ends_with("levels of nesting") => Some(FEWER_LEVELS),
        _ => None,
    }
}

/// The bytes of each node in `text`, in the order in which [`read`] numbers them.
///
/// Each brace or bracket that opens, each string and each run of other characters is a node.
pub(super) fn spans(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut start = 0;
    while let Some(first) = bytes.get(start) {
        let end = start
            + match first {
                b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b']' | b'}' => {
                    start += 1;
                    continue;
                }
                b'{' | b'[' => 1,
                b'"' => string_length(&bytes[start..]),
                _ => scalar_length(&bytes[start..]),
            };
        spans.push(start..end);
        start = end;
    }
    spans
}

fn string_length(bytes: &[u8]) -> usize {
    let mut is_escaped = false;
    let closing = bytes.iter().skip(1).position(|byte| {
        let closes = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        closes
    });
    closing.map_or(bytes.len(), |position| position + 2)
}

fn scalar_length(bytes: &[u8]) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b",:[]{}\"".contains(byte);
    bytes.iter().position(ends).unwrap_or(bytes.len())
}

/// serde_json counts lines from 1 and bytes in a line from 1; 0 is the line break before.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let offset = before + column.saturating_sub(1);
    (0..=offset.min(text.len()))
        .rev()
        .find(|offset| text.is_char_boundary(*offset))
        .unwrap_or(0)
}

fn without_position(error: &serde_json::Error) -> String {
    let position = format!(" at line {} column {}", error.line(), error.column());
    let message = error.to_string();
    message
        .strip_suffix(&position)
        .map_or(message.clone(), str::to_owned)
}

struct Numbering<'d> {
    file: u16,
    /// How many nodes have numbers.
    nodes: u32,
    /// Whether there was a mistake after which parsing could continue.
    is_mistaken: bool,
    diagnostics: &'d mut Diagnostics,
}

impl Numbering<'_> {
    fn count<E: Error>(&mut self) -> Result<Place, E> {
        let place = Place {
            file: self.file,
            node: self.nodes,
        };
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(E::custom(format!(
                "this document has more than {MAX_NODES} nodes"
            )));
        }
        Ok(place)
    }
}

struct Seed<'n, 'd> {
    numbering: &'n mut Numbering<'d>,
    depth: usize,
}

impl<'n, 'd> Seed<'n, 'd> {
    fn inner(&mut self) -> Seed<'_, 'd> {
        Seed {
            numbering: self.numbering,
            depth: self.depth + 1,
        }
    }

    fn scalar<E: Error>(self, value: Value) -> Result<Node, E> {
        let place = self.numbering.count()?;
        Ok(Node { value, place })
    }

    fn check_depth<E: Error>(&self) -> Result<(), E> {
        if self.depth < MAX_DEPTH {
            return Ok(());
        }
        Err(E::custom(format!(
            "this has more than {MAX_DEPTH} levels of nesting"
        )))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        self.scalar(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        self.scalar(Value::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        self.scalar(Value::Number(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        self.scalar(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("number out of range"))?;
        self.scalar(Value::Number(number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        self.scalar(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut access: A) -> Result<Node, A::Error> {
        self.check_depth()?;
        let place = self.numbering.count()?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(self.inner())? {
            items.push(item);
        }
        Ok(Node {
            value: Value::Sequence(items),
            place,
        })
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut access: A) -> Result<Node, A::Error> {
        self.check_depth()?;
        let place = self.numbering.count()?;
        let mut entries = Entries::default();
        while let Some(key) = access.next_key::<String>()? {
            let key_place = self.numbering.count()?;
            let node = access.next_value_seed(self.inner())?;
            if !entries.add(key, key_place, node, self.numbering.diagnostics) {
                self.numbering.is_mistaken = true;
            }
        }
        Ok(Node {
            value: Value::Mapping(entries.finish()),
            place,
        })
    }
}
