//! Keywords beside the `$ref` of a schema. Since OpenAPI 3.1, they count like another member of an `allOf`. OpenAPI 3.0 ignores
//! them.

use crate::openapi::fit::{NOT_BESIDE_A_REFERENCE, OF_USE};
use crate::openapi::keys::{has_names, is_part};
use crate::tree::{Entry, Node, Value};

/// Limits that can require another integer type than the component's.
const LIMITS: [&str; 4] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

/// Keywords that can make a file of a string, or a list of anything of a list.
const CONTENTS: [&str; 3] = ["contentMediaType", "contentEncoding", "prefixItems"];

/// In an OpenAPI 3.1 document, moves each `$ref` with such keywords beside it into an `allOf`.
pub(crate) fn include(root: &mut Node) {
    let version = root.get("openapi").map(|version| &version.value);
    if matches!(version, Some(Value::String(version)) if version.starts_with("3.1")) {
        below(root, false);
    }
}

/// Visits a node; `are_names` says whether its keys are names.
fn below(node: &mut Node, are_names: bool) {
    match &mut node.value {
        Value::Mapping(entries) => {
            for Entry { key, node, .. } in entries.iter_mut() {
                if is_part(key, are_names) {
                    below(node, has_names(key, are_names));
                }
            }
            if !are_names && say_more(entries) {
                wrap(entries);
            }
        }
        Value::Sequence(items) => {
            for item in items {
                below(item, false);
            }
        }
        _ => {}
    }
}

/// Whether keywords beside a `$ref` say more about the value than its component. Every object is open, so `additionalProperties:
/// true` says nothing more.
fn say_more(entries: &[Entry]) -> bool {
    let is_open = entries.iter().any(opens);
    let says_more = |entry: &Entry| match entry.key.as_str() {
        "additionalProperties" => !opens(entry),
        "type" => !is_open,
        key => [&NOT_BESIDE_A_REFERENCE[..], &OF_USE, &LIMITS, &CONTENTS]
            .iter()
            .any(|keys| keys.contains(&key)),
    };
    entries.iter().any(says_more)
}

fn opens(entry: &Entry) -> bool {
    entry.key == "additionalProperties" && matches!(entry.node.value, Value::Bool(true))
}

/// Moves the `$ref` of a schema to the start of the schema's `allOf`.
fn wrap(entries: &mut Vec<Entry>) {
    let Some(index) = entries.iter().position(leads_to_a_schema) else {
        return;
    };
    let reference = entries.remove(index);
    let (key_place, place) = (reference.key_place, reference.node.place);
    let member = Node {
        value: Value::Mapping(vec![reference]),
        place: key_place,
    };
    match entries.iter_mut().find(|entry| entry.key == "allOf") {
        Some(all) => {
            if let Value::Sequence(members) = &mut all.node.value {
                members.insert(0, member);
            }
        }
        None => entries.insert(
            index,
            Entry {
                key: "allOf".to_owned(),
                key_place,
                node: Node {
                    value: Value::Sequence(vec![member]),
                    place,
                },
            },
        ),
    }
}

fn leads_to_a_schema(entry: &Entry) -> bool {
    let is_schema = |target: &str| target.starts_with("#/components/schemas/");
    entry.key == "$ref" && matches!(&entry.node.value, Value::String(target) if is_schema(target))
}
