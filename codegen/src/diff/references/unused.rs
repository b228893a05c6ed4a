//! Components that nothing refers to, because their schemas are written in place.

use super::{COMPONENTS, schemas};
use crate::tree::{Node, Value};

/// Removes those of the components to which nothing refers any more. The schema at the place has the name that the component
/// would take from it.
pub(super) fn remove(document: &mut Node, names: &[String]) {
    let mut left = names.to_vec();
    while !left.is_empty() {
        let mut unused = left.clone();
        keep_unused(document, &mut unused);
        let Some(schemas) = schemas(document).filter(|_| !unused.is_empty()) else {
            return;
        };
        schemas.retain(|entry| !unused.contains(&entry.key));
        left.retain(|name| !unused.contains(name));
    }
}

/// Takes the names to which something in the document refers from the list.
fn keep_unused(node: &Node, names: &mut Vec<String>) {
    match &node.value {
        Value::String(text) => {
            let target = text.strip_prefix(COMPONENTS);
            let name = target.and_then(|target| target.strip_prefix("schemas/"));
            // A `mapping` may have the bare name.
            let name = name.unwrap_or(text);
            names.retain(|known| known != name);
        }
        Value::Mapping(entries) => {
            for entry in entries {
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
