//! Schemas, and the values they describe.

use std::collections::BTreeSet;

use serde_json::Value;

use super::DOCUMENT;

/// What `node` stands for: itself, or what its `$ref` names.
pub(crate) fn resolve(node: &'static Value) -> &'static Value {
    match node["$ref"].as_str() {
        None => node,
        Some(reference) => {
            let pointer = reference.trim_start_matches('#');
            resolve(
                DOCUMENT
                    .pointer(pointer)
                    .unwrap_or_else(|| panic!("{reference} leads nowhere")),
            )
        }
    }
}

/// Adds the names of all properties in `value`, as [`Operation::inputs`](super::Operation::inputs) writes them.
pub(crate) fn collect_properties(place: &str, value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => {
            for item in items {
                collect_properties(place, item, names);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                let separator = if place == "body" { ' ' } else { '.' };
                let place = format!("{place}{separator}{name}");
                collect_properties(&place, value, names);
                names.insert(place);
            }
        }
        _ => {}
    }
}
