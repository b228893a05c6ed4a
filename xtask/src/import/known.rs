//! What the spec knows of the parts that come from the published document: our prose, and what aliases repeat.

use std::collections::BTreeMap;

use telnyx_codegen::{Entry, Node, Value};

use super::anchors::Anchors;
use super::text::Text;
use super::tree::{self, Keys, entries, items, text};

/// What stands for prose that is still to be written.
pub(super) const TODO: &str = telnyx_codegen::UNWRITTEN;

/// What the spec says of its parts, and what it repeats.
pub(super) struct Known {
    /// By the key and the structure of a part.
    words: BTreeMap<(String, String), String>,
    pub(super) anchors: Anchors,
}

impl Known {
    pub(super) fn of(ours: &Node, spec: &Text) -> Self {
        let mut words = BTreeMap::new();
        collect(ours, Keys::Keywords, &mut words);
        Self {
            words,
            anchors: Anchors::of(ours, spec),
        }
    }

    /// The node with a mark where prose has to be written. Parameters and responses that the spec has elsewhere too keep our
    /// prose: they are the same thing, where a property of the same shape may be another. So may a variable of another path.
    pub(super) fn in_our_words(&self, key: &str, node: &Node, keys: Keys) -> Node {
        let is_response = key.len() == 3 && key.starts_with(|digit: char| digit.is_ascii_digit());
        let place = tree::text_at(node, "in");
        let is_parameter = node.get("name").is_some() && place.is_some_and(|place| place != "path");
        // One that the spec does not have is no reason to take a property in it for another of its name.
        let is_known = (is_response || is_parameter) && self.own_words(key, node, keys).is_some();
        self.worded(key, node, keys, is_known)
    }

    /// What the spec says of a part of this name and structure.
    fn own_words(&self, key: &str, node: &Node, keys: Keys) -> Option<&String> {
        let structure = tree::canonical(node, keys);
        self.words.get(&(key.to_owned(), structure))
    }

    fn worded(&self, key: &str, node: &Node, keys: Keys, is_known: bool) -> Node {
        let inner = |key: &str, node: &Node, keys| match is_known {
            true => self.worded(key, node, keys, true),
            false => self.in_our_words(key, node, keys),
        };
        let value = match &node.value {
            Value::Mapping(known) if keys != Keys::Data => {
                let own = self.own_words(key, node, keys).filter(|_| is_known);
                let entries = known.iter().map(|entry| {
                    let below = keys.below(entry);
                    let node = match self.anchors.alias(entry, below) {
                        Some(alias) => alias,
                        None if keys.is_prose(entry) => Node {
                            value: Value::String(match own {
                                Some(own) if entry.key == "description" => own.clone(),
                                _ => TODO.to_owned(),
                            }),
                            place: entry.node.place,
                        },
                        None => inner(&entry.key, &entry.node, below),
                    };
                    Entry {
                        node,
                        ..entry.clone()
                    }
                });
                Value::Mapping(entries.collect())
            }
            Value::Sequence(known) if keys != Keys::Data => {
                let items = known.iter().map(|item| inner("", item, keys.of_items()));
                Value::Sequence(items.collect())
            }
            other => other.clone(),
        };
        Node {
            value,
            place: node.place,
        }
    }
}

/// Notes what the spec says of each part, by its key and its structure.
fn collect(node: &Node, keys: Keys, words: &mut BTreeMap<(String, String), String>) {
    let mut visit = |key: &str, node: &Node, keys: Keys| {
        let mut known = entries(node).iter();
        let prose = known.find(|entry| entry.key == "description" && keys.is_prose(entry));
        if let Some(prose) = prose.and_then(|entry| text(&entry.node)) {
            let structure = tree::canonical(node, keys);
            words
                .entry((key.to_owned(), structure))
                .or_insert_with(|| prose.to_owned());
        }
        collect(node, keys, words);
    };
    for entry in entries(node) {
        visit(&entry.key, &entry.node, keys.below(entry));
    }
    for item in items(node) {
        visit("", item, keys.of_items());
    }
}
