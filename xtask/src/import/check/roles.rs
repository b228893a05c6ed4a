//! The meaning of keys, which depends on their place: `description` is prose in a schema, and a name among properties.

use telnyx_codegen::METHODS;

/// The kind of a part in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Callback,
    Content,
    Document,
    Operation,
    Parameter,
    PathItem,
    /// A part whose keys are values and descriptions.
    Plain,
    RequestBody,
    Response,
    Schema,
}

/// The meaning of a key for the comparison.
pub(super) enum Role {
    /// Descriptions, which differ between the documents.
    Words,
    /// Compared elsewhere.
    Elsewhere,
    /// Compared as a whole.
    Value,
    /// `type`, with `nullable`.
    Types,
    /// The names of required properties.
    Required,
    /// The properties of a schema.
    Properties,
    /// Values in any order, with the word for one of them.
    Values(&'static str),
    /// One part.
    One(Kind),
    /// A mapping of parts, with the word for one of them.
    Named(Kind, &'static str),
    /// A list of parts that identify themselves, with the word for one of them.
    Listed(Kind, &'static str),
}

/// The role of `key` in a part of the kind.
pub(super) fn role(kind: Kind, key: &str) -> Role {
    match (kind, key) {
        (Kind::Callback, _) => Role::One(Kind::PathItem),
        (_, "description" | "summary") => Role::Words,
        (_, "externalDocs") => Role::One(Kind::Plain),

        (Kind::Document, "paths" | "webhooks" | "components" | "tags") => Role::Elsewhere,
        (Kind::Document, "info") => Role::One(Kind::Plain),
        (Kind::Document, "servers") => Role::Listed(Kind::Plain, "server"),

        (Kind::PathItem | Kind::Operation, "parameters") => {
            Role::Listed(Kind::Parameter, "parameter")
        }
        (Kind::PathItem, method) if METHODS.contains(&method) => Role::One(Kind::Operation),

        (Kind::Operation, "requestBody") => Role::One(Kind::RequestBody),
        (Kind::Operation, "responses") => Role::Named(Kind::Response, "response"),
        (Kind::Operation, "callbacks") => Role::Named(Kind::Callback, "callback"),
        (Kind::Operation, "tags") => Role::Values("tag"),

        (Kind::Parameter | Kind::Content, "schema") => Role::One(Kind::Schema),
        (Kind::Parameter | Kind::RequestBody | Kind::Response, "content") => {
            Role::Named(Kind::Content, "content")
        }
        (Kind::Response, "headers") => Role::Named(Kind::Parameter, "header"),

        (_, "$ref") => Role::Elsewhere,
        (Kind::Schema, "type" | "nullable") => Role::Types,
        (Kind::Schema, "enum") => Role::Values("enum value"),
        (Kind::Schema, "required") => Role::Required,
        (Kind::Schema, "properties") => Role::Properties,
        (Kind::Schema, "items" | "additionalProperties" | "not") => Role::One(Kind::Schema),
        (Kind::Schema, "allOf" | "anyOf" | "oneOf") => Role::Listed(Kind::Schema, "branch"),

        _ => Role::Value,
    }
}

/// The heading for a section's components, and the kind of its parts.
pub(super) fn component(section: &str) -> (&'static str, Kind, &'static str) {
    match section {
        "parameters" => ("Parameters", Kind::Parameter, "parameter"),
        "responses" => ("Responses", Kind::Response, "response"),
        "requestBodies" => ("Request bodies", Kind::RequestBody, "request body"),
        "schemas" => ("Schemas", Kind::Schema, "schema"),
        "headers" => ("Headers", Kind::Parameter, "header"),
        "callbacks" => ("Callbacks", Kind::Callback, "callback"),
        "securitySchemes" => ("Security schemes", Kind::Plain, "security scheme"),
        _ => ("Other components", Kind::Plain, "component"),
    }
}
