//! What the keys of a mapping mean, by the keyword that holds it.

/// The keys of a path that hold operations.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Keywords whose values are data, not parts of the document; `value` is that of an example.
pub const HOLD_DATA: [&str; 7] = [
    "const", "default", "enum", "example", "examples", "mapping", "value",
];

/// Keywords whose keys are names that the author of the document chose.
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

/// Whether the value of a key is a part of the document, and not data. A name is no keyword, so `default` may be one.
pub(super) fn is_part(key: &str, is_name: bool) -> bool {
    is_name || !(HOLD_DATA.contains(&key) || key.starts_with("x-"))
}

/// Whether the keys below a key are names.
pub(super) fn has_names(key: &str, is_name: bool) -> bool {
    !is_name && HOLD_NAMES.contains(&key)
}
