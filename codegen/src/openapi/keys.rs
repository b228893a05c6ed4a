//! The meaning of the keys in a mapping, which depends on the keyword above.

/// The keys of a path item that contain operations.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Keywords whose values are data, not parts of the document. `value` belongs to an example.
pub const HOLD_DATA: [&str; 7] = [
    "const", "default", "enum", "example", "examples", "mapping", "value",
];

/// Keywords whose keys are names chosen by the author of the document.
pub const HOLD_NAMES: [&str; 19] = [
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "headers",
    "links",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "variables",
    "webhooks",
];

/// Whether the value of a key is a part of the document, and not data. A name is not a keyword, so a property may have the name
/// `default`.
pub(super) fn is_part(key: &str, is_name: bool) -> bool {
    is_name || !(HOLD_DATA.contains(&key) || key.starts_with("x-"))
}

/// Whether the keys below a key are names.
pub(super) fn has_names(key: &str, is_name: bool) -> bool {
    !is_name && HOLD_NAMES.contains(&key)
}
