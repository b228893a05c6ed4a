//! Documents that would keep a walk going forever if it did not remember what it visited.

use serde_json::{Map, Value, json};

use crate::{Input, Source, generate};

/// Components that each refer to others, by a schema for each of them.
fn holds(count: usize, schema: impl Fn(usize) -> Value) {
    let mut schemas: Map<String, Value> = (0..count)
        .map(|index| (format!("S{index}"), schema(index)))
        .collect();
    let end = json!({ "type": "object", "properties": { "end": { "type": "string" } } });
    schemas.insert(format!("S{count}"), end);
    let output = generate(&input(schemas)).expect("the document is right");
    assert!(
        output
            .files
            .iter()
            .any(|file| file.text.contains("end:") || file.text.contains("enum S0"))
    );
}

/// A document with these components, whose only operation answers with the first of them.
fn input(schemas: Map<String, Value>) -> Input {
    let answer = json!({ "application/json": { "schema": reference(0) } });
    let document = json!({
        "openapi": "3.1.0",
        "paths": { "/a": { "get": { "operationId": "GetA", "responses": { "200": { "content": answer } } } } },
        "components": { "schemas": schemas },
    });
    Input::from(Source {
        name: "document.json".to_owned(),
        bytes: document.to_string().into_bytes(),
    })
}

/// The same document with an `sdk.yaml`, and with the first component in the body of a request too.
fn built(schemas: Map<String, Value>, config: &str) -> Input {
    let mut input = input(schemas);
    let mut document: Value = serde_json::from_slice(&input.document.bytes).expect("it is JSON");
    let body =
        json!({ "type": "object", "required": ["one"], "properties": { "one": reference(0) } });
    document["paths"]["/a"]["post"] = json!({
        "operationId": "PostA",
        "requestBody": { "content": { "application/json": { "schema": body } } },
        "responses": { "204": {} },
    });
    input.document.bytes = document.to_string().into_bytes();
    input.config = Some(Source {
        name: "sdk.yaml".to_owned(),
        bytes: config.as_bytes().to_vec(),
    });
    input
}

fn reference(index: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/S{index}") })
}

#[test]
fn a_base_that_is_reached_in_many_ways_counts_once() {
    holds(
        40,
        |index| json!({ "allOf": [reference(index + 1), reference(index + 1)] }),
    );
}

#[test]
fn unions_that_all_hold_each_other_are_looked_into_once() {
    let count = 12;
    holds(count, |index| {
        let others: Vec<Value> = (0..=count)
            .filter(|other| *other != index)
            .map(reference)
            .collect();
        json!({ "oneOf": others, "discriminator": { "propertyName": "kind" } })
    });
}

#[test]
fn a_chain_of_ten_thousand_components_needs_no_more_stack_than_there_is() {
    holds(
        10_000,
        |index| json!({ "properties": { "next": reference(index + 1) } }),
    );
}

#[test]
fn schemas_that_merge_without_end_are_refused() {
    // Each way through the properties merges another set of these schemas.
    let count = 16;
    let mut schemas: Map<String, Value> = (1..count)
        .map(|index| {
            let next = reference(index + 1);
            (
                format!("S{index}"),
                json!({ "properties": { "one": next, "other": next } }),
            )
        })
        .collect();
    let start = json!({ "one": { "allOf": [reference(0), reference(1)] }, "other": reference(0) });
    schemas.insert("S0".to_owned(), json!({ "properties": start }));
    schemas.insert(
        format!("S{count}"),
        json!({ "properties": { "end": { "type": "string" } } }),
    );
    let input = input(schemas);
    let mistakes = generate(&input).expect_err("it has no end");
    let said = mistakes.render(&input, false);
    assert!(
        said.contains("the `allOf`s and unions of the document expand to more than 10000 schemas"),
        "{said}"
    );
}

#[test]
fn a_union_that_holds_itself_ends_in_each_place() {
    let itself = reference(0);
    let text = json!({ "type": "string" });
    let unions = [
        json!({ "oneOf": [itself] }),
        json!({ "oneOf": [itself, text] }),
        json!({ "anyOf": [itself, { "type": "null" }] }),
        json!({ "oneOf": [{ "oneOf": [itself, { "type": "integer" }] }, text] }),
    ];
    let with_body = |content_type: &str| {
        let schema = json!({ "type": "object", "properties": { "x": reference(0) } });
        json!({ "operationId": "PostA", "requestBody": { "content": { content_type: { "schema": schema } } }, "responses": { "204": {} } })
    };
    let answer = json!({ "200": { "content": { "application/json": { "schema": itself } } } });
    let setter = "pub fn x(mut self, x: impl Into<Json>)";
    let operations = [
        (
            json!({ "operationId": "PostA", "responses": answer }),
            "Call<Json>",
        ),
        (with_body("application/json"), setter),
        (with_body("multipart/form-data"), setter),
        (with_body("application/x-www-form-urlencoded"), setter),
    ];
    for union in &unions {
        for (operation, any) in &operations {
            let document = json!({
                "openapi": "3.1.0",
                "paths": { "/a": { "post": operation } },
                "components": { "schemas": { "S0": union } },
            });
            let document = Source {
                name: "document.json".to_owned(),
                bytes: document.to_string().into_bytes(),
            };
            let input = Input::from(document);
            // What is nothing but itself is a mistake, or any JSON where nobody has to tell its type.
            match generate(&input) {
                Ok(output) => {
                    let is_any = |file: &crate::File| file.text.contains(any);
                    let said = output.diagnostics.render(&input, false);
                    assert!(
                        output.files.iter().any(is_any),
                        "{union} in {operation}: {said}"
                    );
                }
                Err(mistakes) => {
                    let said = mistakes.render(&input, false);
                    assert!(
                        said.contains("contains itself without an object in between"),
                        "{said}"
                    );
                }
            }
        }
    }
}

#[test]
fn constructors_that_lead_to_each_other_are_written_once() {
    let kinds: Vec<String> = (0..12).map(|index| format!("k{index}")).collect();
    let mut properties: Map<String, Value> = kinds
        .iter()
        .map(|kind| (kind.clone(), reference(0)))
        .collect();
    properties.insert("kind".to_owned(), json!({ "enum": kinds }));
    let schemas = Map::from_iter([("S0".to_owned(), json!({ "properties": properties }))]);
    let input = built(schemas, "constructors: { S0: kind }");
    let output = generate(&input).expect("the document is right");
    let constructor = "pub fn k11(";
    assert!(
        output
            .files
            .iter()
            .any(|file| file.text.contains(constructor))
    );
}
