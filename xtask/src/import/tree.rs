//! The structure of a document, without descriptions.

use std::collections::BTreeSet;

use telnyx_codegen::{Entry, HOLD_DATA, HOLD_NAMES, Node, Value};

/// The kind of a node's keys. Only the keyword `description` has a description as its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// Keywords of OpenAPI and JSON Schema.
    Keywords,
    /// Names that the author of the document chose, such as those of properties.
    Names,
    /// Keys of an example or of another value of the API.
    Data,
}

impl Keys {
    /// The kind of keys in the value of an entry.
    pub(super) fn below(self, entry: &Entry) -> Self {
        let key = entry.key.as_str();
        match self {
            Self::Data => Self::Data,
            Self::Names => Self::Keywords,
            // In a schema, `examples` is a list of values. Anywhere else, it contains named examples with descriptions.
            Self::Keywords if key == "examples" && !entries(&entry.node).is_empty() => Self::Names,
            Self::Keywords if HOLD_DATA.contains(&key) => Self::Data,
            Self::Keywords if HOLD_NAMES.contains(&key) => Self::Names,
            Self::Keywords => Self::Keywords,
        }
    }

    /// The kind of keys in a list item.
    pub(super) fn of_items(self) -> Self {
        match self {
            Self::Data => Self::Data,
            Self::Names | Self::Keywords => Self::Keywords,
        }
    }

    /// Whether an entry is a description or a summary.
    pub(super) fn is_prose(self, entry: &Entry) -> bool {
        self == Self::Keywords
            && matches!(entry.key.as_str(), "description" | "summary")
            && text(&entry.node).is_some()
    }
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

/// The node without descriptions and summaries.
pub(super) fn structure(node: &Node, keys: Keys) -> Node {
    let value = match &node.value {
        Value::Mapping(entries) => {
            let kept = entries.iter().filter(|entry| !keys.is_prose(entry));
            let kept = kept.map(|entry| Entry {
                key: entry.key.clone(),
                key_place: entry.key_place,
                node: structure(&entry.node, keys.below(entry)),
            });
            Value::Mapping(kept.collect())
        }
        Value::Sequence(items) => {
            let items = items.iter();
            Value::Sequence(items.map(|item| structure(item, keys.of_items())).collect())
        }
        other => other.clone(),
    };
    Node {
        value,
        place: node.place,
    }
}

/// The node with OpenAPI 3.1's notation for null, `type: [string, 'null']`, instead of 3.0's `nullable: true`.
pub(super) fn with_null_as_type(node: &Node, keys: Keys) -> Node {
    let value = match &node.value {
        Value::Mapping(entries) if keys != Keys::Data => {
            let is_nullable = keys == Keys::Keywords && text_at(node, "type").is_some();
            let nullable = match node.get("nullable").map(|nullable| &nullable.value) {
                Some(Value::Bool(nullable)) if is_nullable => Some(*nullable),
                _ => None,
            };
            let kept = entries
                .iter()
                .filter(|entry| nullable.is_none() || entry.key != "nullable");
            let kept = kept.map(|entry| Entry {
                node: match nullable {
                    Some(true) if entry.key == "type" => with_null(&entry.node),
                    _ => with_null_as_type(&entry.node, keys.below(entry)),
                },
                ..entry.clone()
            });
            Value::Mapping(kept.collect())
        }
        Value::Sequence(items) if keys != Keys::Data => {
            let items = items.iter();
            Value::Sequence(
                items
                    .map(|item| with_null_as_type(item, keys.of_items()))
                    .collect(),
            )
        }
        other => other.clone(),
    };
    Node {
        value,
        place: node.place,
    }
}

/// A type and null beside it.
fn with_null(kind: &Node) -> Node {
    let null = Node {
        value: Value::String("null".to_owned()),
        place: kind.place,
    };
    Node {
        value: Value::Sequence(vec![kind.clone(), null]),
        place: kind.place,
    }
}

/// The descriptions and summaries in a node, at any depth.
pub(super) fn prose(node: &Node, keys: Keys) -> Vec<&Node> {
    let mut found = Vec::new();
    for entry in entries(node) {
        if keys.is_prose(entry) {
            found.push(&entry.node);
        } else {
            found.extend(prose(&entry.node, keys.below(entry)));
        }
    }
    for item in items(node) {
        found.extend(prose(item, keys.of_items()));
    }
    found
}

/// Whether two nodes have the same structure, regardless of the order of keys and of strings in a list.
pub(super) fn same(one: &Node, other: &Node, keys: Keys) -> bool {
    canonical(one, keys) == canonical(other, keys)
}

/// A text that is equal for equal structures.
pub(super) fn canonical(node: &Node, keys: Keys) -> String {
    match &node.value {
        Value::Mapping(entries) => {
            let kept = entries.iter().filter(|entry| !keys.is_prose(entry));
            let parts = kept.map(|entry| {
                let inner = canonical(&entry.node, keys.below(entry));
                format!("{:?}:{inner}", entry.key)
            });
            let parts: BTreeSet<String> = parts.collect();
            format!("{{{}}}", parts.into_iter().collect::<Vec<_>>().join(","))
        }
        Value::Sequence(items) => {
            let inner = items.iter().map(|item| canonical(item, keys.of_items()));
            let mut parts: Vec<String> = inner.collect();
            if items.iter().all(|item| text(item).is_some()) {
                parts.sort();
            }
            format!("[{}]", parts.join(","))
        }
        _ => node.to_json(),
    }
}

/// The path to the first difference between two nodes, including descriptions, but regardless of the order of keys.
pub(super) fn difference(one: &Node, other: &Node) -> Option<String> {
    let inside = |step: &str, one: Option<&Node>, other: Option<&Node>| match (one, other) {
        (Some(one), Some(other)) => difference(one, other).map(|path| format!(".{step}{path}")),
        _ => Some(format!(".{step}")),
    };
    match (&one.value, &other.value) {
        (Value::Mapping(entries), Value::Mapping(others)) => {
            let keys = entries.iter().chain(others).map(|entry| &entry.key);
            keys.map(|key| inside(key, one.get(key), other.get(key)))
                .find_map(|found| found)
        }
        (Value::Sequence(items), Value::Sequence(others)) => (0..items.len().max(others.len()))
            .find_map(|index| inside(&index.to_string(), items.get(index), others.get(index))),
        (Value::Mapping(_) | Value::Sequence(_), _)
        | (_, Value::Mapping(_) | Value::Sequence(_)) => Some(String::new()),
        _ => (one.to_json() != other.to_json()).then(String::new),
    }
}

/// All references in a node, at any depth.
pub(super) fn references(node: &Node) -> Vec<&str> {
    let mut found = Vec::new();
    for entry in entries(node) {
        match text(&entry.node) {
            // The mapping of a discriminator also contains references.
            Some(text) if entry.key == "$ref" || text.starts_with("#/components/") => {
                found.push(text);
            }
            _ => found.extend(references(&entry.node)),
        }
    }
    for item in items(node) {
        found.extend(references(item));
    }
    found
}

/// The node with every string `from` replaced.
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

/// The node with all its keys in alphabetical order, so that its text does not depend on the order in the source.
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
