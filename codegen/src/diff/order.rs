//! Sorts the keys of a document like those of another document. Without names in `sdk.yaml`, the order decides some names.
//!
//! Telnyx's documents change their order without a reason, and the spec keeps its own order. Arguments that change places are
//! told all the same: their order is taken from the document as it is written. Where the generator takes the first of several,
//! the order stays as it is written.

use std::collections::HashMap;

use crate::tree::{Node, Value};

/// Lists and mappings of which the generator takes the first that it can use: tags, content types, successes, branches, and the
/// values of one branch.
const FIRST_COUNTS: [&str; 5] = ["allOf", "content", "mapping", "responses", "tags"];
/// Keywords whose mappings have names as keys.
const NAMES: [&str; 3] = ["patternProperties", "properties", "schemas"];

/// Sorts `new` like `old`, as far as they have the same keys and items. New ones come after known ones. Returns whether anything
/// moved.
pub(super) fn follow(new: &mut Node, old: &Node) -> bool {
    follow_below("", new, old)
}

/// The same below a keyword, or a name where the text is empty.
fn follow_below(keyword: &str, new: &mut Node, old: &Node) -> bool {
    let is_fixed = FIRST_COUNTS.contains(&keyword);
    let mut has_moved = false;
    match (&mut new.value, &old.value) {
        (Value::Mapping(entries), Value::Mapping(known)) => {
            let ranks: HashMap<&str, usize> = known
                .iter()
                .map(|entry| entry.key.as_str())
                .zip(0..)
                .collect();
            let rank = |key: &str| ranks.get(key).copied().unwrap_or(usize::MAX);
            if !is_fixed {
                has_moved |= !entries.is_sorted_by_key(|entry| rank(&entry.key));
                entries.sort_by_key(|entry| rank(&entry.key));
            }
            for entry in entries {
                if let Some(known) = known.get(rank(&entry.key)) {
                    let key = match keyword {
                        // Each section has names as keys.
                        "components" => "schemas",
                        keyword if NAMES.contains(&keyword) => "",
                        _ => entry.key.as_str(),
                    };
                    has_moved |= follow_below(key, &mut entry.node, &known.node);
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
            if !is_fixed {
                has_moved |= !items.is_sorted_by_key(rank);
                items.sort_by_cached_key(rank);
            }
            for item in items {
                if let Some(known) = known.get(rank(item)) {
                    has_moved |= follow_below("", item, known);
                }
            }
        }
        _ => {}
    }
    has_moved
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
