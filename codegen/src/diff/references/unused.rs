//! Components that nothing refers to, because their schemas are written in place.

use super::{COMPONENTS, schemas};
use crate::tree::{Node, Value};

/// Removes those of the components to which nothing refers any more. The schema at the place has the name that the component
/// would take from it. Returns the others.
pub(super) fn remove(document: &mut Node, names: &[String]) -> Vec<String> {
    let mut left = names.to_vec();
    while !left.is_empty() {
        let mut unused = left.clone();
        keep_unused(document, &mut unused);
        let Some(schemas) = schemas(document).filter(|_| !unused.is_empty()) else {
            return left;
        };
        schemas.retain(|entry| !unused.contains(&entry.key));
        left.retain(|name| !unused.contains(name));
    }
    left
}

/// Takes the names to which something in the document refers from the list.
fn keep_unused(node: &Node, names: &mut Vec<String>) {
    match &node.value {
        Value::String(text) => {
            let target = text.strip_prefix(COMPONENTS);
            if let Some(name) = target.and_then(|target| target.strip_prefix("schemas/")) {
                names.retain(|known| known != name);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                if entry.key == "mapping" {
                    keep_bare(&entry.node, names);
                }
                keep_unused(&entry.node, names);
            }
        }
        Value::Sequence(items) => {
            for item in items {
                keep_unused(item, names);
            }
        }
        _ => {}
    }
}

/// Takes the names that a `mapping` has without the start of a reference from the list.
fn keep_bare(mapping: &Node, names: &mut Vec<String>) {
    if let Value::Mapping(entries) = &mapping.value {
        for entry in entries {
            if let Value::String(name) = &entry.node.value {
                names.retain(|known| known != name);
            }
        }
    }
}
