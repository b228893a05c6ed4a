//! Describes parts in a few words.

use telnyx_codegen::Value;
use telnyx_codegen::pointer::last_name;

use super::part::Part;

/// The maximum number of characters of a value that are shown.
const SHOWN: usize = 60;

/// A value as JSON, shortened if it is long.
pub(super) fn value(part: Part<'_>) -> String {
    let json = part.node.to_json();
    match json.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &json[..end]),
        None => json,
    }
}

/// The kind of a part in one or two words: `string or null`, `list of OutboundMessage`, `query`. Empty for other parts.
pub(super) fn kind(part: Part<'_>) -> String {
    if let Some(target) = part.text("$ref") {
        return last_name(target);
    }
    if let Some(location) = part.text("in") {
        return location.to_owned();
    }
    if let Some(values) = part.at("enum") {
        let values: Vec<String> = values.items().into_iter().map(value).collect();
        return values.join(" | ");
    }
    match part.at("items") {
        Some(items) => format!("list of {}", kind(items)),
        None => types(part).join(" or "),
    }
}

/// The types of a schema in a fixed order, including `null` if the schema has `nullable`.
pub(super) fn types(schema: Part<'_>) -> Vec<String> {
    let written = schema.at("type").into_iter();
    let names = written.flat_map(|types| std::iter::once(types).chain(types.items()));
    let names = names.filter_map(Part::as_text);
    let mut types: Vec<String> = names.map(str::to_owned).collect();
    let nullable = schema.at("nullable").map(|part| &part.node.value);
    if matches!(nullable, Some(Value::Bool(true))) {
        types.push("null".to_owned());
    }
    types.sort_by_key(|name| (name == "null", name.clone()));
    types.dedup();
    types
}
