//! Every keyword of OpenAPI 3.0 and 3.1 and of JSON Schema 2020-12, and what becomes of it.

use crate::diagnostic::Diagnostics;
use crate::reader::Keys;

/// The keywords of one object of the standard.
#[derive(Debug)]
pub(super) struct Keywords {
    /// What diagnostics call the object.
    pub(super) what: &'static str,
    /// The generator goes by these.
    read: &'static [&'static str],
    /// Whatever these say, the generated code is the same.
    idle: &'static [&'static str],
    /// These would change the code, and do not: each is a warning.
    unsupported: &'static [&'static str],
    /// Whether other keywords are valid too.
    is_open: bool,
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
    idle: &["info", "externalDocs", "jsonSchemaDialect"],
    unsupported: &[],
    is_open: false,
};

/// Examples, headers, links, callbacks and paths there count only where something refers to them.
pub(super) static COMPONENTS: Keywords = Keywords {
    what: "`components`",
    read: &[
        "schemas",
        "parameters",
        "responses",
        "requestBodies",
        "securitySchemes",
    ],
    idle: &["examples", "headers", "links", "callbacks", "pathItems"],
    unsupported: &[],
    is_open: false,
};

pub(super) static TAG: Keywords = Keywords {
    what: "a tag",
    read: &["name", "description"],
    idle: &["externalDocs", "summary", "parent", "kind"],
    unsupported: &[],
    is_open: false,
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
    idle: &["summary", "description"],
    unsupported: &["trace", "servers"],
    is_open: false,
};

pub(super) static OPERATION: Keywords = Keywords {
    what: "an operation",
    read: &[
        "operationId",
        "summary",
        "description",
        "tags",
        "deprecated",
        "parameters",
        "requestBody",
        "responses",
        "security",
        "x-idempotent",
    ],
    idle: &["externalDocs"],
    unsupported: &["servers", "callbacks"],
    is_open: false,
};

/// What a webhook is called with, and answered, is nothing that a client sends.
pub(super) static WEBHOOK: Keywords = Keywords {
    what: "a webhook",
    read: &["$ref", "post"],
    idle: &["summary", "description", "parameters", "servers"],
    unsupported: &["get", "put", "delete", "patch", "options", "head", "trace"],
    is_open: false,
};

pub(super) static WEBHOOK_OPERATION: Keywords = Keywords {
    what: "an operation",
    read: &["summary", "description", "requestBody"],
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
    is_open: false,
};

/// An empty value and an example are no matter of types.
pub(super) static PARAMETER: Keywords = Keywords {
    what: "a parameter",
    read: &[
        "name",
        "in",
        "description",
        "required",
        "deprecated",
        "style",
        "explode",
        "allowReserved",
        "schema",
        "example",
        "content",
    ],
    idle: &["allowEmptyValue", "examples"],
    unsupported: &[],
    is_open: false,
};

pub(super) static BODY: Keywords = Keywords {
    what: "a request body",
    read: &["content"],
    idle: &["description", "required"],
    unsupported: &[],
    is_open: false,
};

pub(super) static MEDIA_TYPE: Keywords = Keywords {
    what: "a media type",
    read: &["schema", "example", "encoding"],
    idle: &["examples"],
    unsupported: &[],
    is_open: false,
};

/// All values are encoded in full, so nothing in them is taken for what is reserved.
pub(super) static ENCODING: Keywords = Keywords {
    what: "an encoding",
    read: &["contentType", "style", "explode"],
    idle: &[],
    unsupported: &["headers", "allowReserved"],
    is_open: false,
};

/// Headers are read from the response as it is.
pub(super) static RESPONSE: Keywords = Keywords {
    what: "a response",
    read: &["content"],
    idle: &["description", "headers", "links"],
    unsupported: &[],
    is_open: false,
};

pub(super) static DISCRIMINATOR: Keywords = Keywords {
    what: "`discriminator`",
    read: &["propertyName", "mapping"],
    idle: &[],
    unsupported: &[],
    is_open: false,
};

/// What is idle here names the schema, describes it, or limits values, which only the server checks.
pub(super) static SCHEMA: Keywords = Keywords {
    what: "a schema",
    read: &[
        "$ref",
        "description",
        "format",
        "x-format",
        "x-one-or-list",
        "x-text-property",
        "deprecated",
        "readOnly",
        "nullable",
        "type",
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
        "pattern",
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
        "writeOnly",
        "uniqueItems",
        "minProperties",
        "maxProperties",
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
    is_open: true,
};

impl Keywords {
    /// Reports what stands among `keys` and has no effect, or no meaning.
    pub(super) fn close(&self, mut keys: Keys<'_>, diagnostics: &mut Diagnostics) {
        #[cfg(test)]
        tests::check_read(self, keys.asked());
        keys.ignore(self.read);
        keys.ignore(self.idle);
        keys.unsupported(self.unsupported, diagnostics);
        match self.is_open {
            true => keys.finish_open(self.what, diagnostics),
            false => keys.finish(self.what, diagnostics),
        }
    }
}

#[cfg(test)]
mod tests;
