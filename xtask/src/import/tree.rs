//! The structure of a document, without descriptions.

use std::collections::BTreeSet;

use telnyx_codegen::{Entry, Node, Value};

/// Keys whose values are data, whatever their keys are called.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Keys whose value is prose.
pub(super) fn is_prose(key: &str) -> bool {
    matches!(key, "description" | "summary")
}

pub(super) fn entries(node: &Node) -> &[Entry] {
    match &node.value {
        Value::Mapping(entries) => entries,
        _ => &[],
    }
}

pub(super) fn items(node: &Node) -> &[Node] {
    match &node.value {
        Value::Sequence(items) => items,
        _ => &[],
    }
}

pub(super) fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// The entry at a path of keys.
pub(super) fn at<'n>(node: &'n Node, path: &[&str]) -> Option<&'n Node> {
    path.iter().try_fold(node, |node, key| node.get(key))
}

/// The text of an entry.
pub(super) fn text_at<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key).and_then(text)
}

/// The node without prose.
pub(super) fn structure(node: &Node) -> Node {
    mapped(node, &|_, _| None)
}

/// The node with each piece of prose replaced by what `words` gives for it; `None` leaves it out.
pub(super) fn mapped(node: &Node, words: &dyn Fn(&Node, &str) -> Option<String>) -> Node {
    of(node, false, words)
}

/// `are_names`: whether the keys of the node are names, whatever they are called.
fn of(node: &Node, are_names: bool, words: &dyn Fn(&Node, &str) -> Option<String>) -> Node {
    let value = match &node.value {
        Value::Mapping(entries) => {
            let kept = entries.iter().filter_map(|entry| {
                let key = entry.key.as_str();
                let inner = match () {
                    () if are_names => of(&entry.node, false, words),
                    () if is_prose(key) && text(&entry.node).is_some() => Node {
                        value: Value::String(words(node, key)?),
                        place: entry.node.place,
                    },
                    () if DATA.contains(&key) => entry.node.clone(),
                    () => of(&entry.node, key == "properties", words),
                };
                Some(Entry {
                    key: entry.key.clone(),
                    key_place: entry.key_place,
                    node: inner,
                })
            });
            Value::Mapping(kept.collect())
        }
        Value::Sequence(items) => {
            Value::Sequence(items.iter().map(|item| of(item, false, words)).collect())
        }
        other => other.clone(),
    };
    Node {
        value,
        place: node.place,
    }
}

/// Whether two nodes have the same structure; the order of keys makes no difference, nor that of texts in a list.
pub(super) fn same(one: &Node, other: &Node) -> bool {
    canonical(&structure(one)) == canonical(&structure(other))
}

/// A text that is the same for the same structure.
pub(super) fn canonical(node: &Node) -> String {
    match &node.value {
        Value::Mapping(entries) => {
            let parts = entries
                .iter()
                .map(|entry| format!("{:?}:{}", entry.key, canonical(&entry.node)));
            let parts: BTreeSet<String> = parts.collect();
            format!("{{{}}}", parts.into_iter().collect::<Vec<_>>().join(","))
        }
        Value::Sequence(items) => {
            let mut parts: Vec<String> = items.iter().map(canonical).collect();
            if items.iter().all(|item| text(item).is_some()) {
                parts.sort();
            }
            format!("[{}]", parts.join(","))
        }
        _ => node.to_json(),
    }
}

/// All references in a node, however deep.
pub(super) fn references(node: &Node) -> Vec<String> {
    let mut found: Vec<String> = text_at(node, "$ref")
        .map(str::to_owned)
        .into_iter()
        .collect();
    for entry in entries(node) {
        // A discriminator names its branches by references too.
        if let Some(text) = text(&entry.node).filter(|text| text.starts_with("#/components/")) {
            found.push(text.to_owned());
        }
        found.extend(references(&entry.node));
    }
    for item in items(node) {
        found.extend(references(item));
    }
    found
}

/// The node with every text that is `from` replaced.
pub(super) fn replaced(node: &Node, from: &str, to: &str) -> Node {
    let value = match &node.value {
        Value::String(text) if text == from => Value::String(to.to_owned()),
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|entry| Entry {
                node: replaced(&entry.node, from, to),
                ..entry.clone()
            });
            Value::Mapping(entries.collect())
        }
        Value::Sequence(items) => {
            Value::Sequence(items.iter().map(|item| replaced(item, from, to)).collect())
        }
        other => other.clone(),
    };
    Node {
        value,
        place: node.place,
    }
}

/// The node with all its keys in alphabetical order, so that it is written the same whatever order it was read in.
pub(super) fn sorted(node: &Node) -> Node {
    let value = match &node.value {
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|entry| Entry {
                node: sorted(&entry.node),
                ..entry.clone()
            });
            let mut entries: Vec<Entry> = entries.collect();
            entries.sort_by(|one, other| one.key.cmp(&other.key));
            Value::Mapping(entries)
        }
        Value::Sequence(items) => Value::Sequence(items.iter().map(sorted).collect()),
        other => other.clone(),
    };
    Node {
        value,
        place: node.place,
    }
}
