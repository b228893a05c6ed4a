//! Warns about keywords without effect: beside a `$ref`, or for another type.

use super::values::shown;
use super::{Schema, SchemaType, limits, never};
use crate::diagnostic::Diagnostics;
use crate::tree::{Entry, Node, Value};

/// Keywords that have no effect beside a `$ref`. Keywords that describe still have one, and a `title` does no harm.
pub(super) const NOT_BESIDE_A_REFERENCE: [&str; 15] = [
    "type",
    "format",
    "x-format",
    "enum",
    "const",
    "x-text-property",
    "x-one-or-list",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "discriminator",
];

/// Keywords about the use of a value. OpenAPI 3.0 ignores them beside a `$ref` too.
pub(super) const OF_USE: [&str; 4] = ["deprecated", "nullable", "readOnly", "writeOnly"];

/// The keywords about use that still take effect beside a `$ref`. A `nullable` there is common, and an unexpected null could make
/// a response unreadable.
const FOLLOWED: [&str; 2] = ["deprecated", "nullable"];

/// Keywords that apply only to some types: the keywords, the types, and the type to write.
const FITTING: [(&[&str], &[SchemaType], &str); 4] = [
    (
        &[
            "properties",
            "required",
            "additionalProperties",
            "x-text-property",
            "minProperties",
            "maxProperties",
        ],
        &[SchemaType::Object],
        "object",
    ),
    (
        &[
            "items",
            "x-one-or-list",
            "minItems",
            "maxItems",
            "uniqueItems",
        ],
        &[SchemaType::Array],
        "array",
    ),
    (
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
        limits::NUMBERS,
        "number",
    ),
    (
        &["minLength", "maxLength", "pattern"],
        &[SchemaType::String],
        "string",
    ),
];

/// Warns about keywords of `schema` without effect. `schema` was read from `node`.
pub(super) fn check(node: &Node, schema: &Schema, diagnostics: &mut Diagnostics) {
    let Value::Mapping(entries) = &node.value else {
        return;
    };
    if schema.reference.is_some() {
        check_beside_reference(entries, diagnostics);
        return;
    }
    check_types(entries, schema, diagnostics);
    check_values(node, diagnostics);
    check_list_of_types(node, diagnostics);
    check_use(node, schema, diagnostics);
    let never = node.get("items").filter(|items| never::is(items));
    if let Some(items) = never.filter(|_| is_list(schema) && !has_first_items(node)) {
        diagnostics
            .warning(
                items.place,
                "this list is always empty, because its `items` allow no value",
            )
            .help("remove the list, or say what its items are");
    }
}

/// Whether this is a list whose items the schema itself does not describe.
pub(super) fn lacks_items(node: &Node, schema: &Schema) -> bool {
    is_list(schema) && node.get("items").is_none() && !has_first_items(node)
}

fn is_list(schema: &Schema) -> bool {
    schema.types == [SchemaType::Array]
}

fn has_first_items(node: &Node) -> bool {
    node.get("prefixItems").is_some()
}

/// The keywords beside the `$ref` of a part that is not a schema. A description has an effect there. No such part has a summary,
/// so a summary does no harm.
pub(super) fn beside_reference(node: &Node) -> impl Iterator<Item = &Entry> {
    const WORDS: [&str; 3] = ["$ref", "summary", "description"];
    let entries = node.entries().iter();
    entries.filter(|entry| !WORDS.contains(&entry.key.as_str()) && !entry.key.starts_with("x-"))
}

/// Warns about keywords beside the `$ref` of a part that is not a schema, because the part is the same everywhere.
pub(super) fn check_part(node: &Node, diagnostics: &mut Diagnostics) {
    for entry in beside_reference(node) {
        report_beside_reference(
            entry,
            "remove the keyword, or move it into the component",
            diagnostics,
        );
    }
}

fn check_beside_reference(entries: &[Entry], diagnostics: &mut Diagnostics) {
    const HELP: &str = "remove the keyword, or put the `$ref` into an `allOf`";
    for entry in entries {
        let key = entry.key.as_str();
        if FOLLOWED.contains(&key) {
            let message = format!(
                "OpenAPI 3.0 ignores `{key}` beside `$ref`, but the generator applies the keyword"
            );
            diagnostics.warning(entry.key_place, message).help(HELP);
        } else if NOT_BESIDE_A_REFERENCE.contains(&key) || OF_USE.contains(&key) {
            report_beside_reference(entry, HELP, diagnostics);
        }
    }
}

fn report_beside_reference(entry: &Entry, help: &str, diagnostics: &mut Diagnostics) {
    let message = format!("`{}` has no effect beside `$ref`", entry.key);
    diagnostics.warning(entry.key_place, message).help(help);
}

fn check_types(entries: &[Entry], schema: &Schema, diagnostics: &mut Diagnostics) {
    for entry in entries {
        let key = entry.key.as_str();
        let fitting = FITTING.iter().find(|(keys, _, _)| keys.contains(&key));
        let Some((_, fitting, name)) = fitting else {
            continue;
        };
        // A boolean `required` is reported where it is read.
        let is_flag = matches!(entry.node.value, Value::Bool(_)) && key == "required";
        if !is_flag && !limits::fit(fitting, &schema.types) {
            let message = format!("`{key}` does not apply to this type");
            diagnostics
                .warning(entry.key_place, message)
                .help(format!("write `type: {name}`, or remove `{key}`"));
        }
    }
}

/// Warns about a list of types that is empty or contains a type twice.
fn check_list_of_types(node: &Node, diagnostics: &mut Diagnostics) {
    let Some(list) = node.get("type") else {
        return;
    };
    let Value::Sequence(types) = &list.value else {
        return;
    };
    if types.is_empty() {
        diagnostics
            .warning(list.place, "a `type` without types has no effect")
            .help("list the types, or remove `type`");
    }
    for (index, one) in types.iter().enumerate() {
        let is_same = |other: &Node| match (&one.value, &other.value) {
            (Value::String(one), Value::String(other)) => one == other,
            _ => false,
        };
        if types[..index].iter().any(is_same) {
            let message = format!("the type {}is listed twice", shown(one));
            diagnostics
                .warning(one.place, message)
                .help("remove one of the two types");
        }
    }
}

/// Warns about a value that is in neither requests nor responses.
fn check_use(node: &Node, schema: &Schema, diagnostics: &mut Diagnostics) {
    if schema.read_only
        && schema.write_only
        && let Some(write_only) = node.get("writeOnly")
    {
        let message =
            "no request and no response has a value that is both `readOnly` and `writeOnly`";
        diagnostics
            .warning(write_only.place, message)
            .help("remove `readOnly` or `writeOnly`");
    }
}

/// Warns about an enum without values.
fn check_values(node: &Node, diagnostics: &mut Diagnostics) {
    if let Some(list) = node.get("enum")
        && matches!(&list.value, Value::Sequence(items) if items.is_empty())
    {
        diagnostics
            .warning(list.place, "an `enum` without values has no effect")
            .help("list the values, or remove the `enum`");
    }
}
