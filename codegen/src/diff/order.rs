//! Sorts the keys of a document like those of another document. Without names in `sdk.yaml`, the order decides some names.
//!
//! The order in Telnyx's documents changes without a reason, and the spec keeps its own order. `diff` still reports arguments
//! that change places, because it takes their order from the document before sorting.

use std::collections::HashMap;

use crate::tree::{Node, Value};

/// Sorts `new` like `old`, as far as they have the same keys and items. New ones come after known ones. Returns whether anything
/// moved.
pub(super) fn follow(new: &mut Node, old: &Node) -> bool {
    let mut has_moved = false;
    match (&mut new.value, &old.value) {
        (Value::Mapping(entries), Value::Mapping(known)) => {
            let ranks: HashMap<&str, usize> = known
                .iter()
                .map(|entry| entry.key.as_str())
                .zip(0..)
                .collect();
            let rank = |key: &str| ranks.get(key).copied().unwrap_or(usize::MAX);
            has_moved |= !entries.is_sorted_by_key(|entry| rank(&entry.key));
            entries.sort_by_key(|entry| rank(&entry.key));
            for entry in entries {
                // The first tag of an operation decides its place in Rust.
                if entry.key == "tags" && is_list_of_texts(&entry.node) {
                    continue;
                }
                if let Some(known) = known.get(rank(&entry.key)) {
                    has_moved |= follow(&mut entry.node, &known.node);
                }
            }
        }
        (Value::Sequence(items), Value::Sequence(known)) => {
            let ranks: HashMap<String, usize> =
                known.iter().filter_map(identity).zip(0..).collect();
            // If the items of a list have no names, their order has a meaning.
            if ranks.len() != known.len() {
                return false;
            }
            let rank = |item: &Node| {
                let found = identity(item).and_then(|name| ranks.get(&name).copied());
                found.unwrap_or(usize::MAX)
            };
            has_moved |= !items.is_sorted_by_key(rank);
            items.sort_by_cached_key(rank);
            for item in items {
                if let Some(known) = known.get(rank(item)) {
                    has_moved |= follow(item, known);
                }
            }
        }
        _ => {}
    }
    has_moved
}

fn is_list_of_texts(node: &Node) -> bool {
    match &node.value {
        Value::Sequence(items) => {
            let mut items = items.iter();
            items.all(|item| matches!(item.value, Value::String(_)))
        }
        _ => false,
    }
}

/// Identifies an item among the items of a list: the string itself, or the name or target of a mapping.
fn identity(item: &Node) -> Option<String> {
    let text = |node: Option<&Node>| match node.map(|node| &node.value) {
        Some(Value::String(text)) => Some(text.clone()),
        _ => None,
    };
    match &item.value {
        Value::String(text) => Some(text.clone()),
        Value::Null => Some(String::new()),
        _ => match (
            text(item.get("$ref")),
            text(item.get("name")),
            text(item.get("in")),
        ) {
            (Some(target), ..) => Some(target),
            (None, Some(name), place) => Some(format!("{name} {}", place.unwrap_or_default())),
            _ => None,
        },
    }
}
