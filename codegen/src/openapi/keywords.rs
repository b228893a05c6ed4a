//! Every keyword of OpenAPI 3.0 and 3.1 and of JSON Schema 2020-12, and what the generator does with it.

use crate::diagnostic::Diagnostics;
use crate::reader::Keys;

/// The keywords of one object of the standard.
#[derive(Debug)]
pub(super) struct Keywords {
    /// The name of the object in diagnostics.
    pub(super) what: &'static str,
    /// Keywords that change the generated code.
    read: &'static [&'static str],
    /// Keywords for the documentation and for checks. They do not change requests.
    told: &'static [&'static str],
    /// Keywords that have no effect on the generated code.
    idle: &'static [&'static str],
    /// Keywords that should change the code but do not, because the generator does not support them. Each causes a warning.
    unsupported: &'static [&'static str],
}

pub(super) static DOCUMENT: Keywords = Keywords {
    what: "the document",
    read: &[
        "swagger",
        "openapi",
        "servers",
        "security",
        "paths",
        "webhooks",
        "tags",
        "components",
    ],
    told: &[],
    idle: &["info", "externalDocs", "jsonSchemaDialect"],
    unsupported: &[],
};

/// Examples, headers, links, callbacks and paths in `components` have an effect only if something refers to them.
pub(super) static COMPONENTS: Keywords = Keywords {
    what: "`components`",
    read: &[
        "schemas",
        "parameters",
        "responses",
        "requestBodies",
        "securitySchemes",
    ],
    told: &[],
    idle: &["examples", "headers", "links", "callbacks", "pathItems"],
    unsupported: &[],
};

pub(super) static TAG: Keywords = Keywords {
    what: "a tag",
    read: &["name"],
    told: &["description"],
    idle: &["externalDocs", "summary", "parent", "kind"],
    unsupported: &[],
};

pub(super) static PATH: Keywords = Keywords {
    what: "a path",
    read: &[
        "$ref",
        "parameters",
        "get",
        "put",
        "post",
        "delete",
        "options",
        "head",
        "patch",
    ],
    told: &[],
    idle: &["summary", "description"],
    unsupported: &["trace", "servers"],
};

pub(super) static OPERATION: Keywords = Keywords {
    what: "an operation",
    read: &[
        "operationId",
        "tags",
        "parameters",
        "requestBody",
        "responses",
        "security",
        "x-idempotent",
    ],
    told: &["summary", "description", "deprecated"],
    idle: &["externalDocs"],
    unsupported: &["servers", "callbacks"],
};

/// A client does not send the parameters of a webhook or the response to it.
pub(super) static WEBHOOK: Keywords = Keywords {
    what: "a webhook",
    read: &["$ref", "post"],
    told: &[],
    idle: &["summary", "description", "parameters", "servers"],
    unsupported: &["get", "put", "delete", "patch", "options", "head", "trace"],
};

pub(super) static WEBHOOK_OPERATION: Keywords = Keywords {
    what: "an operation",
    read: &["requestBody"],
    told: &["summary", "description"],
    idle: &[
        "operationId",
        "tags",
        "parameters",
        "responses",
        "security",
        "externalDocs",
        "deprecated",
        "servers",
    ],
    unsupported: &["callbacks"],
};

/// Examples do not affect types.
pub(super) static PARAMETER: Keywords = Keywords {
    what: "a parameter",
    read: &[
        "name",
        "in",
        "required",
        "style",
        "explode",
        "allowReserved",
        "schema",
        "content",
    ],
    told: &["description", "deprecated", "example", "allowEmptyValue"],
    idle: &["examples"],
    unsupported: &[],
};

pub(super) static BODY: Keywords = Keywords {
    what: "a request body",
    read: &["content"],
    told: &["required"],
    idle: &["description"],
    unsupported: &[],
};

pub(super) static MEDIA_TYPE: Keywords = Keywords {
    what: "a media type",
    read: &["schema", "encoding"],
    told: &["example"],
    idle: &["examples"],
    unsupported: &[],
};

/// The client encodes all reserved characters in values.
pub(super) static ENCODING: Keywords = Keywords {
    what: "an encoding",
    read: &["contentType", "style", "explode"],
    told: &[],
    idle: &[],
    unsupported: &["headers", "allowReserved"],
};

/// The crate does not decode headers of a response.
pub(super) static RESPONSE: Keywords = Keywords {
    what: "a response",
    read: &["content"],
    told: &[],
    idle: &["description", "headers", "links"],
    unsupported: &[],
};

pub(super) static DISCRIMINATOR: Keywords = Keywords {
    what: "`discriminator`",
    read: &["propertyName", "mapping"],
    told: &[],
    idle: &[],
    unsupported: &[],
};

/// Keywords without effect name the schema, describe it, or limit values, which only the server checks.
pub(super) static SCHEMA: Keywords = Keywords {
    what: "a schema",
    read: &[
        "$ref",
        "format",
        "x-format",
        "x-one-or-list",
        "x-text-property",
        "readOnly",
        "writeOnly",
        "nullable",
        "type",
        "enum",
        "const",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
        "discriminator",
        "contentMediaType",
        "contentEncoding",
    ],
    told: &[
        "description",
        "deprecated",
        "default",
        "example",
        "examples",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
        "pattern",
    ],
    idle: &[
        "$schema",
        "$id",
        "$comment",
        "$anchor",
        "$dynamicAnchor",
        "$defs",
        "$vocabulary",
        "title",
        "externalDocs",
        "xml",
        "contentSchema",
    ],
    unsupported: &[
        "not",
        "if",
        "then",
        "else",
        "patternProperties",
        "propertyNames",
        "prefixItems",
        "contains",
        "minContains",
        "maxContains",
        "dependentRequired",
        "dependentSchemas",
        "unevaluatedItems",
        "unevaluatedProperties",
        "$dynamicRef",
    ],
};

/// Whether the generator reads this keyword of a schema, for the code, for the documentation or for checks.
pub(crate) fn is_read_in_schema(keyword: &str) -> bool {
    SCHEMA.read.contains(&keyword) || SCHEMA.told.contains(&keyword)
}

impl Keywords {
    /// Reports keys without effect, and unknown keys.
    pub(super) fn close(&self, mut keys: Keys<'_>, diagnostics: &mut Diagnostics) {
        #[cfg(test)]
        tests::check_read(self, keys.asked());
        keys.ignore(self.told);
        keys.ignore(self.idle);
        keys.unsupported(self.unsupported, diagnostics);
        keys.finish_open(self.what, self.read, diagnostics);
    }
}

#[cfg(test)]
pub(crate) mod tests;
