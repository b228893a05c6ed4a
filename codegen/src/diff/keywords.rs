//! For each keyword that the generator reads: the rule that reports a change of the keyword in requests, and the rule for
//! responses and events.
//!
//! A rule without `request-` or `response-` has one form for each direction. The text after `no:` explains why there is no rule.
//! The tests compare the table with the keywords that the generator reads, and change each keyword that has a rule.

mod changes;

use std::collections::BTreeSet;

use super::rules;
use crate::openapi;

/// The object, keywords, the rule for requests, the rule for responses.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
);

const SAME: &str = "no: another notation of the same";
const UNTOLD: &str = "no: the report lists it as not compared";
const NOTHING: &str = "no: does not occur in this direction";
const WORDS: &str = "no: descriptions are not compared";
const NAMES: &str = "rust-item-added";

const TABLE: &[Row] = &[
    (
        "the document",
        &["swagger", "openapi", "components"],
        SAME,
        SAME,
    ),
    ("the document", &["servers"], UNTOLD, UNTOLD),
    (
        "the document",
        &["security"],
        "authentication-changed",
        NOTHING,
    ),
    (
        "the document",
        &["paths"],
        "operation-added",
        "operation-added",
    ),
    ("the document", &["webhooks"], NOTHING, "event-added"),
    ("the document", &["tags"], WORDS, WORDS),
    (
        "`components`",
        &["schemas", "parameters", "responses", "requestBodies"],
        SAME,
        SAME,
    ),
    ("`components`", &["securitySchemes"], UNTOLD, UNTOLD),
    ("a tag", &["name", "description"], WORDS, WORDS),
    ("a path", &["$ref"], SAME, SAME),
    ("a path", &["parameters"], "field-added", NOTHING),
    (
        "a path",
        &["get", "put", "post", "delete", "options", "head", "patch"],
        "operation-moved",
        NOTHING,
    ),
    (
        "an operation",
        &["operationId"],
        "operation-renamed",
        NOTHING,
    ),
    ("an operation", &["tags"], NAMES, NAMES),
    ("an operation", &["parameters"], "field-added", NOTHING),
    (
        "an operation",
        &["requestBody"],
        "field-added",
        "event-field-added",
    ),
    ("an operation", &["responses"], NOTHING, "envelope-changed"),
    (
        "an operation",
        &["security"],
        "authentication-changed",
        NOTHING,
    ),
    (
        "an operation",
        &["x-idempotent"],
        "retries-changed",
        NOTHING,
    ),
    ("an operation", &["summary", "description"], WORDS, WORDS),
    (
        "an operation",
        &["deprecated"],
        "operation-deprecated",
        NOTHING,
    ),
    ("a webhook", &["$ref"], SAME, SAME),
    ("a webhook", &["post"], NOTHING, "event-added"),
    ("a parameter", &["name"], "field-renamed", NOTHING),
    ("a parameter", &["in"], "field-moved", NOTHING),
    (
        "a parameter",
        &["required"],
        "field-became-required",
        NOTHING,
    ),
    (
        "a parameter",
        &["style", "explode", "content"],
        "style-changed",
        NOTHING,
    ),
    (
        "a parameter",
        &["allowReserved"],
        "reserved-characters-changed",
        NOTHING,
    ),
    ("a parameter", &["schema"], "type-changed", NOTHING),
    ("a parameter", &["description"], WORDS, WORDS),
    ("a parameter", &["deprecated"], "field-deprecated", NOTHING),
    ("a parameter", &["example"], UNTOLD, UNTOLD),
    (
        "a parameter",
        &["allowEmptyValue"],
        "no: it allows one more value, and forbids none",
        NOTHING,
    ),
    (
        "a request body",
        &["content"],
        "body-type-changed",
        "no: an event is always JSON",
    ),
    (
        "a request body",
        &["required"],
        "request-body-became-required",
        "no: an event has a body in any case",
    ),
    ("a media type", &["schema"], "type-changed", "type-changed"),
    ("a media type", &["encoding"], "part-changed", NOTHING),
    ("a media type", &["example"], UNTOLD, UNTOLD),
    (
        "an encoding",
        &["contentType", "style", "explode"],
        "part-changed",
        NOTHING,
    ),
    ("a response", &["content"], NOTHING, "accept-changed"),
    (
        "`discriminator`",
        &["propertyName"],
        "type-changed",
        "type-changed",
    ),
    (
        "`discriminator`",
        &["mapping"],
        "branch-added",
        "branch-added",
    ),
    ("a schema", &["$ref", "allOf"], SAME, SAME),
    (
        "a schema",
        &["type", "format", "x-format", "items", "discriminator"],
        "type-changed",
        "type-changed",
    ),
    (
        "a schema",
        &["x-one-or-list", "x-text-property"],
        NOTHING,
        "type-changed",
    ),
    (
        "a schema",
        &["readOnly"],
        "field-removed",
        "no: a response has it in any case",
    ),
    (
        "a schema",
        &["writeOnly"],
        "no: a request has it in any case",
        "field-removed",
    ),
    (
        "a schema",
        &["nullable"],
        "field-became-nullable",
        "field-became-nullable",
    ),
    (
        "a schema",
        &["enum", "const"],
        "value-removed",
        "value-added",
    ),
    ("a schema", &["properties"], "field-added", "field-removed"),
    (
        "a schema",
        &["required"],
        "field-became-required",
        "field-became-optional",
    ),
    (
        "a schema",
        &["additionalProperties"],
        "limit-tightened",
        "field-added",
    ),
    (
        "a schema",
        &["oneOf", "anyOf"],
        "branch-removed",
        "branch-added",
    ),
    (
        "a schema",
        &["contentMediaType"],
        "part-changed",
        "no: a text is read as it is",
    ),
    (
        "a schema",
        &["contentEncoding"],
        "type-changed",
        "no: a text is read as it is",
    ),
    ("a schema", &["description"], WORDS, WORDS),
    (
        "a schema",
        &["deprecated"],
        "field-deprecated",
        "field-deprecated",
    ),
    (
        "a schema",
        &["default"],
        "default-changed",
        "no: a response has the value itself",
    ),
    ("a schema", &["example", "examples"], UNTOLD, UNTOLD),
    (
        "a schema",
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
        "limit-tightened",
        "limit-tightened",
    ),
    (
        "a schema",
        &["minLength", "maxLength", "pattern"],
        "limit-tightened",
        "limit-tightened",
    ),
    (
        "a schema",
        &["minItems", "maxItems", "uniqueItems"],
        "limit-tightened",
        "limit-tightened",
    ),
    (
        "a schema",
        &["minProperties", "maxProperties"],
        "limit-tightened",
        "limit-tightened",
    ),
];

/// The object and keyword of each row, with the ids of its rules. A row with a reason has no rule.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, Vec<String>)> {
    TABLE
        .iter()
        .flat_map(|(object, keywords, request, response)| {
            let sides = [("request", *request), ("response", *response)];
            let ids = sides
                .into_iter()
                .filter(|(_, rule)| !rule.starts_with("no: "));
            let ids: Vec<String> = ids.map(|(direction, rule)| id(direction, rule)).collect();
            keywords
                .iter()
                .map(move |keyword| (*object, *keyword, ids.clone()))
        })
}

/// The id of a rule. If the rule has several forms, the id includes the direction.
fn id(direction: &str, rule: &str) -> String {
    match rules::ids().any(|id| id == rule) {
        true => rule.to_owned(),
        false => format!("{direction}-{rule}"),
    }
}

#[test]
fn every_keyword_that_is_read_has_a_rule_or_a_reason() {
    let due: BTreeSet<_> = openapi::keywords_in_use();
    let told: Vec<_> = rows()
        .map(|(object, keyword, _)| (object, keyword))
        .collect();
    let known: BTreeSet<_> = told.iter().copied().collect();
    assert_eq!(told.len(), known.len(), "a keyword has two rows");
    assert_eq!(due, known);
}

#[test]
fn every_rule_of_the_table_exists() {
    let ids: BTreeSet<String> = rules::ids().collect();
    for (object, keyword, rules) in rows() {
        for rule in rules {
            assert!(ids.contains(&rule), "{keyword} of {object}: {rule}");
        }
    }
}
