//! The tree that the edits of a text should produce.

use std::collections::BTreeMap;

use telnyx_codegen::{Entry, Node, Place, Value};

use super::tree::{entries, items};

/// A change of a tree, at the place of the changed node.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) place: Place,
    pub(super) what: What,
}

/// What happens to a part of a tree.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// The node has this value.
    Value(Value),
    /// The key has this text.
    Key(String),
    /// The mapping has one more entry.
    Entry(Entry),
    /// The list has one more item, after the item at a place, or before all others.
    Item(Node, Option<Place>),
    /// The item, or the entry with the key, is removed.
    Gone,
}

/// The tree after changes. A part that an alias repeats has one place, so a change of this part changes all repetitions.
pub(super) fn applied<'c>(changes: impl Iterator<Item = &'c Change>, tree: &Node) -> Node {
    let mut by_place: BTreeMap<Place, Vec<&What>> = BTreeMap::new();
    for Change { place, what } in changes {
        by_place.entry(*place).or_default().push(what);
    }
    Changes(by_place).node(tree)
}

/// How many times each place occurs in a tree.
pub(super) fn occurrences(tree: &Node) -> BTreeMap<Place, usize> {
    let mut found = BTreeMap::new();
    count(tree, &mut found);
    found
}

fn count(node: &Node, found: &mut BTreeMap<Place, usize>) {
    *found.entry(node.place).or_default() += 1;
    for entry in entries(node) {
        *found.entry(entry.key_place).or_default() += 1;
        count(&entry.node, found);
    }
    for item in items(node) {
        count(item, found);
    }
}

struct Changes<'c>(BTreeMap<Place, Vec<&'c What>>);

impl Changes<'_> {
    fn at(&self, place: Place) -> &[&What] {
        self.0.get(&place).map(Vec::as_slice).unwrap_or_default()
    }

    fn is_gone(&self, place: Place) -> bool {
        self.at(place).iter().any(|what| matches!(what, What::Gone))
    }

    fn node(&self, node: &Node) -> Node {
        let mut value = match &node.value {
            Value::Mapping(entries) => {
                let kept = entries
                    .iter()
                    .filter(|entry| !self.is_gone(entry.key_place));
                Value::Mapping(kept.map(|entry| self.entry(entry)).collect())
            }
            Value::Sequence(items) => {
                let mut changed = self.new_items(node.place, None);
                for item in items {
                    if !self.is_gone(item.place) {
                        changed.push(self.node(item));
                    }
                    changed.extend(self.new_items(node.place, Some(item.place)));
                }
                Value::Sequence(changed)
            }
            other => other.clone(),
        };
        for what in self.at(node.place) {
            match (what, &mut value) {
                (What::Value(put), _) => value = put.clone(),
                (What::Entry(entry), Value::Mapping(entries)) => entries.push(entry.clone()),
                _ => {}
            }
        }
        Node {
            value,
            place: node.place,
        }
    }

    /// The new items of a list after the item at a place.
    fn new_items(&self, list: Place, behind: Option<Place>) -> Vec<Node> {
        let items = self.at(list).iter().filter_map(|what| match what {
            What::Item(item, neighbour) if *neighbour == behind => Some(item.clone()),
            _ => None,
        });
        items.collect()
    }

    fn entry(&self, entry: &Entry) -> Entry {
        let key = self.at(entry.key_place).iter().find_map(|what| match what {
            What::Key(key) => Some(key),
            _ => None,
        });
        Entry {
            key: key.unwrap_or(&entry.key).clone(),
            key_place: entry.key_place,
            node: self.node(&entry.node),
        }
    }
}
