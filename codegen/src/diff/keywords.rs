//! What `diff` says if a keyword that the generator reads changes: the rule for requests, and the rule for responses and events.
//!
//! A rule without `request-` or `response-` has one form for each direction. After `no:` stands why there is no rule.

use std::collections::BTreeSet;

use super::rules;
use crate::openapi;

/// The object, the keyword, the rule for requests, the rule for responses.
type Row = (&'static str, &'static str, &'static str, &'static str);

const SAME: &str = "no: another notation of the same";
const UNTOLD: &str = "no: the report lists it as not compared";
const NOTHING: &str = "no: does not occur in this direction";
const WORDS: &str = "no: descriptions are not compared";
const NAMES: &str = "rust-item-changed";

const TABLE: &[Row] = &[
    ("the document", "swagger", SAME, SAME),
    ("the document", "openapi", SAME, SAME),
    ("the document", "servers", UNTOLD, UNTOLD),
    (
        "the document",
        "security",
        "authentication-changed",
        NOTHING,
    ),
    (
        "the document",
        "paths",
        "operation-added",
        "operation-removed",
    ),
    ("the document", "webhooks", NOTHING, "event-added"),
    ("the document", "tags", NAMES, NAMES),
    ("the document", "components", SAME, SAME),
    ("`components`", "schemas", SAME, SAME),
    ("`components`", "parameters", SAME, SAME),
    ("`components`", "responses", SAME, SAME),
    ("`components`", "requestBodies", SAME, SAME),
    ("`components`", "securitySchemes", UNTOLD, UNTOLD),
    ("a tag", "name", NAMES, NAMES),
    ("a tag", "description", WORDS, WORDS),
    ("a path", "$ref", SAME, SAME),
    ("a path", "parameters", "request-field-added", NOTHING),
    ("a path", "get", "operation-moved", NOTHING),
    ("a path", "put", "operation-moved", NOTHING),
    ("a path", "post", "operation-moved", NOTHING),
    ("a path", "delete", "operation-moved", NOTHING),
    ("a path", "options", "operation-moved", NOTHING),
    ("a path", "head", "operation-moved", NOTHING),
    ("a path", "patch", "operation-moved", NOTHING),
    ("an operation", "operationId", "operation-renamed", NOTHING),
    ("an operation", "tags", NAMES, NAMES),
    ("an operation", "parameters", "request-field-added", NOTHING),
    (
        "an operation",
        "requestBody",
        "request-field-added",
        "response-field-added",
    ),
    ("an operation", "responses", NOTHING, "envelope-changed"),
    (
        "an operation",
        "security",
        "authentication-changed",
        NOTHING,
    ),
    ("an operation", "x-idempotent", "retries-changed", NOTHING),
    ("an operation", "summary", WORDS, WORDS),
    ("an operation", "description", WORDS, WORDS),
    (
        "an operation",
        "deprecated",
        "operation-deprecated",
        NOTHING,
    ),
    ("a webhook", "$ref", SAME, SAME),
    ("a webhook", "post", NOTHING, "event-added"),
    ("a parameter", "name", "request-field-renamed", NOTHING),
    ("a parameter", "in", "request-field-removed", NOTHING),
    (
        "a parameter",
        "required",
        "request-field-became-required",
        NOTHING,
    ),
    ("a parameter", "style", "request-style-changed", NOTHING),
    ("a parameter", "explode", "request-style-changed", NOTHING),
    (
        "a parameter",
        "allowReserved",
        "request-reserved-characters-changed",
        NOTHING,
    ),
    ("a parameter", "schema", "request-type-changed", NOTHING),
    ("a parameter", "content", "request-style-changed", NOTHING),
    ("a parameter", "description", WORDS, WORDS),
    (
        "a parameter",
        "deprecated",
        "request-field-deprecated",
        NOTHING,
    ),
    ("a parameter", "example", UNTOLD, UNTOLD),
    (
        "a request body",
        "content",
        "body-type-changed",
        "no: an event is always JSON",
    ),
    (
        "a request body",
        "required",
        "request-body-became-required",
        "no: an event has a body in any case",
    ),
    (
        "a media type",
        "schema",
        "request-type-changed",
        "response-type-changed",
    ),
    ("a media type", "encoding", "request-part-changed", NOTHING),
    ("a media type", "example", UNTOLD, UNTOLD),
    (
        "an encoding",
        "contentType",
        "request-part-changed",
        NOTHING,
    ),
    ("an encoding", "style", "request-part-changed", NOTHING),
    ("an encoding", "explode", "request-part-changed", NOTHING),
    ("a response", "content", NOTHING, "accept-changed"),
    (
        "`discriminator`",
        "propertyName",
        "request-type-changed",
        "response-type-changed",
    ),
    (
        "`discriminator`",
        "mapping",
        "request-branch-added",
        "response-branch-added",
    ),
    ("a schema", "$ref", SAME, SAME),
    (
        "a schema",
        "format",
        "request-type-changed",
        "response-type-changed",
    ),
    (
        "a schema",
        "x-format",
        "request-type-changed",
        "response-type-changed",
    ),
    (
        "a schema",
        "x-one-or-list",
        NOTHING,
        "response-type-changed",
    ),
    (
        "a schema",
        "x-text-property",
        NOTHING,
        "response-type-changed",
    ),
    (
        "a schema",
        "readOnly",
        "request-field-removed",
        "no: a response has it in any case",
    ),
    (
        "a schema",
        "writeOnly",
        "no: a request has it in any case",
        "response-field-removed",
    ),
    (
        "a schema",
        "nullable",
        "request-field-became-nullable",
        "response-field-became-nullable",
    ),
    (
        "a schema",
        "type",
        "request-type-changed",
        "response-type-changed",
    ),
    (
        "a schema",
        "enum",
        "request-value-removed",
        "response-value-added",
    ),
    (
        "a schema",
        "const",
        "request-value-removed",
        "response-value-added",
    ),
    (
        "a schema",
        "properties",
        "request-field-added",
        "response-field-removed",
    ),
    (
        "a schema",
        "required",
        "request-field-became-required",
        "response-field-became-optional",
    ),
    (
        "a schema",
        "additionalProperties",
        "request-limit-tightened",
        "response-field-added",
    ),
    (
        "a schema",
        "items",
        "request-type-changed",
        "response-type-changed",
    ),
    ("a schema", "allOf", SAME, SAME),
    (
        "a schema",
        "oneOf",
        "request-branch-removed",
        "response-branch-added",
    ),
    (
        "a schema",
        "anyOf",
        "request-branch-removed",
        "response-branch-added",
    ),
    (
        "a schema",
        "discriminator",
        "request-type-changed",
        "response-type-changed",
    ),
    (
        "a schema",
        "contentMediaType",
        "request-part-changed",
        "no: a text is read as it is",
    ),
    (
        "a schema",
        "contentEncoding",
        "request-part-changed",
        "no: a text is read as it is",
    ),
    ("a schema", "description", WORDS, WORDS),
    (
        "a schema",
        "deprecated",
        "request-field-deprecated",
        "response-field-deprecated",
    ),
    (
        "a schema",
        "default",
        "request-default-changed",
        "no: a response has the value itself",
    ),
    ("a schema", "example", UNTOLD, UNTOLD),
    ("a schema", "examples", UNTOLD, UNTOLD),
    (
        "a schema",
        "minimum",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "maximum",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "exclusiveMinimum",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "exclusiveMaximum",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "multipleOf",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "minLength",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "maxLength",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "minItems",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "maxItems",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "uniqueItems",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "minProperties",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "maxProperties",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
    (
        "a schema",
        "pattern",
        "request-limit-tightened",
        "response-limit-tightened",
    ),
];

#[test]
fn every_keyword_that_is_read_has_a_rule_or_a_reason() {
    let due: BTreeSet<_> = openapi::keywords_in_use();
    let told: Vec<_> = TABLE
        .iter()
        .map(|(object, keyword, ..)| (*object, *keyword))
        .collect();
    let known: BTreeSet<_> = told.iter().copied().collect();
    assert_eq!(told.len(), known.len(), "a keyword has two rows");
    assert_eq!(due, known);
}

#[test]
fn every_rule_of_the_table_exists() {
    let ids: BTreeSet<String> = rules::ids().collect();
    for (object, keyword, request, response) in TABLE {
        for rule in [request, response] {
            assert!(
                rule.starts_with("no: ") || ids.contains(*rule),
                "{keyword} of {object}: {rule}"
            );
        }
    }
}
