//! A document as a tree in which every node knows its place in the text.
//!
//! YAML and JSON give the same tree. A place is the number of a node in its file, in reading order. It is small enough to keep
//! through the overlay and into the model. Only a diagnostic turns it into line and column.

mod damage;
mod entries;
mod extent;
mod json;
mod locate;
mod offsets;
mod parse;
mod positions;
mod scalar;
mod source;
mod write;
mod yaml;

use serde_json::Number;

pub(crate) use extent::{Extent, MAX_DEPTH};
pub(crate) use locate::spans;
pub(crate) use parse::parse;
pub use positions::Positions;
pub use source::Source;

/// A node of a document and the place where it was written.
#[derive(Clone, Debug)]
pub struct Node {
    /// What stands there.
    pub value: Value,
    /// Where it stands.
    pub place: Place,
}

/// What a node holds.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number
    Number(Number),
    /// A string
    String(String),
    /// A list
    Sequence(Vec<Node>),
    /// A mapping, in the order of the document, its keys unique
    Mapping(Vec<Entry>),
}

/// A key of a mapping with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key; a number or boolean used as a key is its text.
    pub key: String,
    /// Where the key stands.
    pub key_place: Place,
    /// The value.
    pub node: Node,
}

/// Where a node was written: a file and the ordinal of the node in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index into the inputs of a run.
    pub(crate) file: u16,
    /// Which node of the file, counted in reading order; keys count too.
    pub(crate) node: u32,
}

impl Node {
    /// The entries of a mapping; anything else has none.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; anything else has none.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text, if this is a string.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of `key`, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        let mut entries = self.entries().iter();
        let entry = entries.find(|entry| entry.key == key)?;
        Some(&entry.node)
    }

    /// The mapping at `key`. If there is no such key, this adds an empty mapping. `None` if this node is not a mapping.
    pub(crate) fn mapping_at(&mut self, key: &str, place: Place) -> Option<&mut Node> {
        let Value::Mapping(entries) = &mut self.value else {
            return None;
        };
        let known = entries.iter().position(|entry| entry.key == key);
        let index = known.unwrap_or(entries.len());
        if known.is_none() {
            entries.push(Entry {
                key: key.to_owned(),
                key_place: place,
                node: Node {
                    value: Value::Mapping(Vec::new()),
                    place,
                },
            });
        }
        entries.get_mut(index).map(|entry| &mut entry.node)
    }

    /// A `$ref` to `target`, at a place.
    pub(crate) fn reference(target: String, place: Place) -> Self {
        let entry = Entry {
            key: "$ref".to_owned(),
            key_place: place,
            node: Node {
                value: Value::String(target),
                place,
            },
        };
        Self {
            value: Value::Mapping(vec![entry]),
            place,
        }
    }
}

impl Value {
    /// What a diagnostic calls this kind of value: `a string`, `a list`.
    #[must_use]
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Sequence(_) => "a list",
            Self::Mapping(_) => "a mapping",
        }
    }
}
