//! Parts that the spec has once and repeats with aliases: `parameters: &signature`, `parameters: *signature`.

use telnyx_codegen::{Entry, Node, Value};

use super::text::Text;
use super::tree::{Keys, canonical, entries, items};

/// The anchors of the spec.
pub(super) struct Anchors(Vec<Anchor>);

struct Anchor {
    key: String,
    structure: String,
    name: String,
    /// What stands there.
    node: Node,
}

impl Anchors {
    pub(super) fn of(ours: &Node, spec: &Text) -> Self {
        let mut found = Vec::new();
        collect(ours, Keys::Keywords, spec, &mut found);
        Self(found)
    }

    /// An alias for the value of an entry, if the spec already has this value with an anchor. `keys` describes the keys of the
    /// value.
    pub(super) fn alias(&self, entry: &Entry, keys: Keys) -> Option<Node> {
        let is_it = |anchor: &&Anchor| {
            anchor.key == entry.key && anchor.structure == canonical(&entry.node, keys)
        };
        let anchor = self.0.iter().find(is_it)?;
        Some(Node {
            value: Value::String(format!("*{}", anchor.name)),
            place: entry.node.place,
        })
    }

    /// The node with its aliases replaced by the repeated parts.
    pub(super) fn resolved(&self, node: &Node) -> Node {
        let value = match &node.value {
            Value::String(text) => {
                let is_it = |anchor: &&Anchor| text.strip_prefix('*') == Some(&anchor.name);
                match self.0.iter().find(is_it) {
                    Some(anchor) => anchor.node.value.clone(),
                    None => node.value.clone(),
                }
            }
            Value::Mapping(entries) => {
                let entries = entries.iter().map(|entry| Entry {
                    node: self.resolved(&entry.node),
                    ..entry.clone()
                });
                Value::Mapping(entries.collect())
            }
            Value::Sequence(items) => {
                Value::Sequence(items.iter().map(|item| self.resolved(item)).collect())
            }
            other => other.clone(),
        };
        Node {
            value,
            place: node.place,
        }
    }

    /// Lines in which aliases were written as strings, with the quotes removed.
    pub(super) fn unquoted(&self, lines: Vec<String>) -> Vec<String> {
        let alias = |line: String, anchor: &Anchor| {
            let alias = format!("*{}", anchor.name);
            line.replace(&format!("'{alias}'"), &alias)
        };
        let lines = lines.into_iter();
        lines.map(|line| self.0.iter().fold(line, alias)).collect()
    }
}

fn collect(node: &Node, keys: Keys, spec: &Text, found: &mut Vec<Anchor>) {
    for entry in entries(node) {
        let below = keys.below(entry);
        if let Some(name) = spec.anchor(entry.key_place) {
            found.push(Anchor {
                key: entry.key.clone(),
                structure: canonical(&entry.node, below),
                name: name.to_owned(),
                node: entry.node.clone(),
            });
        }
        collect(&entry.node, below, spec, found);
    }
    for item in items(node) {
        collect(item, keys.of_items(), spec, found);
    }
}
