//! A change of each keyword that has a rule.

use std::collections::{BTreeMap, BTreeSet};

use super::rows;
use crate::diff::diff;
use crate::{Input, Source};

/// The document for the changes. `VALUE` stands for a schema in a request, a response and an event, and `PART` for a schema in a
/// form.
const DOCUMENT: &str = "
openapi: 3.1.0
paths:
  /notes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    put:
      operationId: SetNote
      tags: [Notes]
      parameters: [{ name: sort, in: query, schema: { type: string } }, { name: page, in: query, schema: { type: array, items: { type: string } } }]
      requestBody: { required: true, content: { application/json: { schema: { properties: { value: VALUE } } } } }
      responses: { 200: { content: { application/json: { schema: { properties: { value: VALUE } } } } } }
    delete:
      operationId: DropNote
      tags: [Notes]
      requestBody: { content: { application/json: { schema: { properties: { why: { type: string } } } } } }
      responses: { 200: { content: { text/csv: { schema: { type: string } } } } }
  /forms:
    post:
      operationId: SendForm
      tags: [Forms]
      requestBody: { content: { multipart/form-data: { schema: { properties: { words: { type: array, items: { type: string } }, part: PART } }, encoding: { words: { explode: true } } } } }
      responses: { 204: {} }
webhooks:
  noted: { post: { requestBody: { content: { application/json: { schema: { properties: { event_type: { enum: [noted] }, value: VALUE } } } } } } }
components:
  schemas:
    One: { required: [kind], properties: { kind: { enum: [one] }, sort: { enum: [first] } } }
    Two: { required: [kind], properties: { kind: { enum: [two] }, sort: { enum: [second] } } }
    Three: { required: [kind], properties: { kind: { enum: [three] }, sort: { enum: [third] } } }
";

/// The object, the keyword, the text in the document, and its replacement; `\n` is the end of a line.
const CHANGES: &str = r"
the document | security | paths: | security: [{ bearer: [] }]\npaths:
the document | paths |   /forms: |   /other: { get: { operationId: GetOther, responses: { 204: {} } } }\n  /forms:
the document | webhooks | webhooks: | webhooks:\n  read: { post: { requestBody: { content: { application/json: { schema: { properties: { event_type: { enum: [read] } } } } } } } }
a path | parameters | schema: { type: string } }]\n    put: | schema: { type: string } }, { name: more, in: query, schema: { type: string } }]\n    put:
a path | get |     delete: |     get:
a path | delete |     delete: |     post:
a path | put |     put: |     patch:
a path | patch |     put: |     patch:
a path | post |     delete: |     post:
a path | head |     delete: |     head:
a path | options |     delete: |     options:
an operation | operationId | operationId: DropNote | operationId: EraseNote
an operation | tags | tags: [Forms] | tags: [Papers]
an operation | parameters | parameters: [{ name: sort | parameters: [{ name: more, in: query, schema: { type: string } }, { name: sort
an operation | requestBody | why: { | when: { type: integer }, why: {
an operation | requestBody | value: VALUE } } } } } } }\ncomponents | value: VALUE, more: { type: string } } } } } } } }\ncomponents
an operation | responses | { 200: { content: { text/csv: { schema: { type: string } } } } } | { 204: {} }
an operation | security | operationId: DropNote | operationId: DropNote\n      security: [{ bearer: [] }]
an operation | x-idempotent | operationId: SendForm | operationId: SendForm\n      x-idempotent: true
an operation | deprecated | operationId: DropNote | operationId: DropNote\n      deprecated: true
a webhook | post |   noted: { |   read: { post: { requestBody: { content: { application/json: { schema: { properties: { event_type: { enum: [read] } } } } } } } }\n  noted: {
a parameter | name | name: sort | name: order
a parameter | in | name: sort, in: query | name: sort, in: header
a parameter | required | name: sort, in: query | name: sort, in: query, required: true
a parameter | style | name: page, in: query | name: page, in: query, style: pipeDelimited, explode: false
a parameter | explode | name: page, in: query | name: page, in: query, explode: false
a parameter | content | name: sort, in: query, schema: { type: string } | name: sort, in: query, content: { application/json: { schema: { type: string } } }
a parameter | allowReserved | name: sort, in: query | name: sort, in: query, allowReserved: true
a parameter | schema | name: sort, in: query, schema: { type: string } | name: sort, in: query, schema: { type: integer }
a parameter | deprecated | name: sort, in: query | name: sort, in: query, deprecated: true
a request body | content | { required: true, content: { application/json: | { required: true, content: { application/merge-patch+json:
a request body | required | requestBody: { content: { application/json: { schema: { properties: { why | requestBody: { required: true, content: { application/json: { schema: { properties: { why
a media type | schema | VALUE | { type: integer }
a media type | encoding | words: { explode: true } | part: { contentType: text/html }
an encoding | contentType | words: { explode: true } | words: { explode: true }, part: { contentType: text/html }
an encoding | style | words: { explode: true } | words: { explode: false, style: pipeDelimited }
an encoding | explode | words: { explode: true } | words: { explode: false }
a response | content | text/csv | text/html
";

/// The schema keyword, the schema, and its replacement.
const SCHEMAS: &str = r"
type | { type: string } | { type: boolean }
format | { type: string } | { type: string, format: date-time }
x-format | { type: string, format: date-time } | { type: string, x-format: decimal }
items | { type: array, items: { type: string } } | { type: array, items: { type: boolean } }
x-one-or-list | { type: array, items: { type: string } } | { type: array, items: { type: string }, x-one-or-list: true }
x-text-property | { properties: { text: { type: string } } } | { properties: { text: { type: string } }, x-text-property: text }
readOnly | { type: string } | { type: string, readOnly: true }
writeOnly | { type: string } | { type: string, writeOnly: true }
nullable | { type: string } | { type: string, nullable: true }
enum | { enum: [a, b] } | { enum: [b, c] }
const | { const: a } | { const: b }
properties | { properties: { a: { type: string } } } | { properties: { b: { type: integer } } }
required | { required: [a], properties: { a: { type: string }, b: { type: string } } } | { required: [b], properties: { a: { type: string }, b: { type: string } } }
additionalProperties | { properties: { a: { type: string } } } | { properties: { a: { type: string } }, additionalProperties: false }
additionalProperties | { properties: { a: { type: string } } } | { properties: { a: { type: string } }, additionalProperties: true }
oneOf | { oneOf: [One, Two] } | { oneOf: [Two, Three] }
anyOf | { anyOf: [One, Two] } | { anyOf: [Two, Three] }
discriminator | { oneOf: [One, Two] } | { oneOf: [One, Two], discriminator: { propertyName: sort } }
deprecated | { type: string } | { type: string, deprecated: true }
default | { type: string } | { type: string, default: a }
minimum | { type: integer } | { type: integer, minimum: 1 }
maximum | { type: integer } | { type: integer, maximum: 1 }
exclusiveMinimum | { type: number } | { type: number, exclusiveMinimum: 1 }
exclusiveMaximum | { type: number } | { type: number, exclusiveMaximum: 1 }
multipleOf | { type: integer } | { type: integer, multipleOf: 2 }
minLength | { type: string } | { type: string, minLength: 2 }
maxLength | { type: string } | { type: string, maxLength: 2 }
pattern | { type: string } | { type: string, pattern: '^a' }
minItems | { type: array, items: { type: string } } | { type: array, items: { type: string }, minItems: 2 }
maxItems | { type: array, items: { type: string } } | { type: array, items: { type: string }, maxItems: 2 }
uniqueItems | { type: array, items: { type: string } } | { type: array, items: { type: string }, uniqueItems: true }
minProperties | { additionalProperties: { type: string } } | { additionalProperties: { type: string }, minProperties: 2 }
maxProperties | { additionalProperties: { type: string } } | { additionalProperties: { type: string }, maxProperties: 2 }
";

/// The same for a part of a form.
const PARTS: &str = r"
contentMediaType | { type: string, contentMediaType: image/jpeg } | { type: string, contentMediaType: image/png }
contentEncoding | { type: string, contentMediaType: image/png } | { type: string, contentMediaType: image/png, contentEncoding: base64 }
";

/// The same for a discriminator.
const DISCRIMINATORS: &str = r"
propertyName | { oneOf: [One, Two], discriminator: { propertyName: kind } } | { oneOf: [One, Two], discriminator: { propertyName: sort } }
mapping | { oneOf: [One, Two], discriminator: { propertyName: name } } | { oneOf: [One, Two], discriminator: { propertyName: name, mapping: { more: One } } }
";

/// The fields of each line.
fn lines<const FIELDS: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; FIELDS]> {
    table.trim().lines().map(|line| {
        let fields: Vec<&str> = line.split(" | ").collect();
        fields.try_into().expect(line)
    })
}

/// The document with these schemas in their places.
fn input(document: &str, value: &str, part: &str) -> Input {
    let mut text = document.replace("VALUE", value).replace("PART", part);
    for name in ["One", "Two", "Three"] {
        for (before, after) in [("[", ","), (" ", "]")] {
            let reference = format!("{before}{{ $ref: '#/components/schemas/{name}' }}{after}");
            text = text.replace(&format!("{before}{name}{after}"), &reference);
        }
    }
    Input::from(Source {
        name: "openapi.yaml".to_owned(),
        bytes: text.into_bytes(),
    })
}

/// The rules of the changes between two documents.
fn rules(old: &Input, new: &Input) -> BTreeSet<String> {
    let report = diff(old, new).unwrap_or_else(|unread| {
        panic!("{}", unread.diagnostics.render(new, false));
    });
    report
        .changes
        .into_iter()
        .map(|change| change.rule)
        .collect()
}

#[test]
fn a_keyword_that_changes_is_reported_by_its_rule() {
    const TEXT: &str = "{ type: string }";
    let mut found: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    for [object, keyword, before, after] in lines(CHANGES) {
        let [before, after] = [before, after].map(|text| text.replace(r"\n", "\n"));
        assert!(DOCUMENT.contains(&before), "{before}");
        let old = input(DOCUMENT, TEXT, TEXT);
        let new = input(&DOCUMENT.replace(&before, &after), TEXT, TEXT);
        let rules = rules(&old, &new);
        found.entry((object, keyword)).or_default().extend(rules);
    }
    let groups = [
        ("a schema", SCHEMAS, true),
        ("a schema", PARTS, false),
        ("`discriminator`", DISCRIMINATORS, true),
    ];
    for (object, changes, is_value) in groups {
        for [keyword, before, after] in lines(changes) {
            let with = |schema| match is_value {
                true => input(DOCUMENT, schema, TEXT),
                false => input(DOCUMENT, TEXT, schema),
            };
            let rules = rules(&with(before), &with(after));
            found.entry((object, keyword)).or_default().extend(rules);
        }
    }
    let mut wrong = Vec::new();
    for (object, keyword, due) in rows() {
        let known = found.remove(&(object, keyword)).unwrap_or_default();
        let lacking: Vec<_> = due.iter().filter(|rule| !known.contains(*rule)).collect();
        if !lacking.is_empty() {
            wrong.push(format!(
                "{keyword} of {object}: {known:?} without {lacking:?}"
            ));
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(found.is_empty(), "{found:?}");
}
