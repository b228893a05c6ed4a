//! The spec's knowledge about published parts: our own descriptions, and the parts that aliases repeat.

use std::collections::BTreeMap;

use telnyx_codegen::{Entry, Node, Value};

use super::anchors::Anchors;
use super::text::Text;
use super::tree::{self, Keys, entries, items, text};

/// The text for a description that somebody must write.
pub(super) const TODO: &str = telnyx_codegen::UNWRITTEN;

/// The descriptions in the spec, and the parts that aliases repeat.
pub(super) struct Known {
    /// The descriptions, by the key and the structure of a part.
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

    /// The node with our descriptions, or with a mark where somebody must write one. Parameters and responses that the spec also
    /// has elsewhere keep our descriptions, because they are the same thing. A property with the same structure may be something
    /// else, and so may a variable in another path.
    pub(super) fn in_our_words(&self, key: &str, node: &Node, keys: Keys) -> Node {
        let is_response = key.len() == 3 && key.starts_with(|digit: char| digit.is_ascii_digit());
        let place = tree::text_at(node, "in");
        let is_parameter = node.get("name").is_some() && place.is_some_and(|place| place != "path");
        // If the spec does not have the part, a property in it cannot be the same as another property with its name.
        let is_known = (is_response || is_parameter) && self.own_words(key, node, keys).is_some();
        self.worded(key, node, keys, is_known)
    }

    /// The spec's description of a part with this name and structure.
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

/// Records the spec's description of each part, by its key and its structure.
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
