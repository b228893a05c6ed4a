//! Parts that the spec has once and repeats by aliases: `parameters: &signature`, `parameters: *signature`.

use telnyx_codegen::{Entry, Node, Value};

use super::text::Text;
use super::tree::{canonical, entries, items, structure};

/// The anchors of the spec.
pub(super) struct Anchors(Vec<Anchor>);

struct Anchor {
    key: String,
    structure: String,
    name: String,
}

impl Anchors {
    pub(super) fn of(ours: &Node, spec: &Text) -> Self {
        let mut found = Vec::new();
        collect(ours, spec, &mut found);
        Self(found)
    }

    /// An alias, if what an entry holds stands in the spec already under an anchor.
    pub(super) fn alias(&self, entry: &Entry) -> Option<Node> {
        let structure = canonical(&structure(&entry.node));
        let mut anchors = self.0.iter();
        let anchor =
            anchors.find(|anchor| anchor.key == entry.key && anchor.structure == structure)?;
        Some(Node {
            value: Value::String(format!("*{}", anchor.name)),
            place: entry.node.place,
        })
    }

    /// Lines in which an alias was written as a text.
    pub(super) fn unquoted(&self, lines: Vec<String>) -> Vec<String> {
        let alias = |line: String, anchor: &Anchor| {
            let alias = format!("*{}", anchor.name);
            line.replace(&format!("'{alias}'"), &alias)
        };
        let lines = lines.into_iter();
        lines.map(|line| self.0.iter().fold(line, alias)).collect()
    }
}

fn collect(node: &Node, spec: &Text, found: &mut Vec<Anchor>) {
    for entry in entries(node) {
        if let Some(name) = spec.anchor(entry.key_place) {
            found.push(Anchor {
                key: entry.key.clone(),
                structure: canonical(&structure(&entry.node)),
                name,
            });
        }
        collect(&entry.node, spec, found);
    }
    for item in items(node) {
        collect(item, spec, found);
    }
}
