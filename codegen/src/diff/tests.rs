//! Documents in which each schema contains the next one twice. If a walk did not remember what it visited, its time would double
//! at each level.

use serde_json::{Map, Value, json};

use crate::{Deployed, Input, Report, Source, diff, generate};

const LEVELS: usize = 60;

/// Compares a document with another in which the last schema requires its property.
fn compare(level: impl Fn(usize, Value) -> Value) {
    let report = report(level);
    assert!(says(&report, "requires `end`"), "{:?}", report.changes);
    assert!(says(&report, "always sends `end`"), "{:?}", report.changes);
    assert_eq!(report.deployed, Deployed::Broken);
}

/// Generates the code of a document, and compares the document with another in which the last schema requires its property.
fn report(level: impl Fn(usize, Value) -> Value) -> Report {
    let (old, new) = (chain(&level, &[]), chain(&level, &["end"]));
    generate(&old).expect("the document is right");
    diff(&old, &new).expect("both documents are right")
}

fn says(report: &Report, text: &str) -> bool {
    let mut changes = report.changes.iter();
    changes.any(|change| change.sentence().contains(text))
}

/// A request and a response with a chain of components. Each contains a reference to the next.
fn chain(level: impl Fn(usize, Value) -> Value, required: &[&str]) -> Input {
    let reference = |index: usize| json!({ "$ref": format!("#/components/schemas/S{index}") });
    let mut schemas: Map<String, Value> = (0..LEVELS)
        .map(|index| (format!("S{index}"), level(index, reference(index + 1))))
        .collect();
    let end = json!({ "type": "string" });
    let end = json!({ "type": "object", "required": required, "properties": { "end": end } });
    schemas.insert(format!("S{LEVELS}"), end);
    let body =
        json!({ "type": "object", "required": ["start"], "properties": { "start": reference(0) } });
    let body = json!({ "content": { "application/json": { "schema": body } } });
    let post = json!({ "operationId": "PostA", "requestBody": body, "responses": { "200": body } });
    let document = json!({
        "openapi": "3.1.0",
        "paths": { "/a": { "post": post } },
        "components": { "schemas": schemas },
    });
    Input::from(Source {
        name: "document.json".to_owned(),
        bytes: document.to_string().into_bytes(),
    })
}

/// A schema with one addition, so that it becomes another type.
fn more(index: usize, schema: &Value) -> Value {
    let own = json!({ "properties": { format!("own{index}"): { "type": "string" } } });
    json!({ "allOf": [schema, own] })
}

fn object(one: &Value, other: &Value) -> Value {
    json!({ "type": "object", "properties": { "one": one, "other": other } })
}

#[test]
fn a_chain_of_references_is_compared_at_once() {
    compare(|_, next| object(&next, &next));
}

#[test]
fn a_chain_of_all_of_in_properties_is_compared_at_once() {
    compare(|index, next| object(&more(index, &next), &more(index + LEVELS, &next)));
}

#[test]
fn a_chain_of_all_of_in_items_is_compared_at_once() {
    let list = |item: Value| json!({ "type": "array", "items": item });
    compare(|index, next| {
        object(
            &list(more(index, &next)),
            &json!({ "items": next, "allOf": [list(more(index + LEVELS, &next))] }),
        )
    });
}

#[test]
fn a_chain_of_all_of_in_maps_is_compared_at_once() {
    let map = |values: Value| json!({ "type": "object", "additionalProperties": values });
    compare(|index, next| object(&map(more(index, &next)), &map(more(index + LEVELS, &next))));
}

#[test]
fn a_chain_of_all_of_beside_a_reference_is_compared_at_once() {
    let beside = |index: usize, next: &Value| {
        let mut beside = next.clone();
        beside["properties"] = json!({ format!("own{index}"): { "type": "string" } });
        beside
    };
    compare(|index, next| object(&beside(index, &next), &beside(index + LEVELS, &next)));
}

#[test]
fn a_chain_of_unions_is_compared_at_once() {
    let branch = |value: &str, next: &Value| {
        let kind = json!({ "type": "string", "enum": [value] });
        let properties = json!({ "kind": kind, "next": next });
        json!({ "type": "object", "required": ["kind"], "properties": properties })
    };
    compare(|index, next| {
        let branches = [branch("one", &next), branch("other", &more(index, &next))];
        json!({ "oneOf": branches })
    });
}

#[test]
fn a_chain_of_unions_without_a_tag_is_compared_at_once() {
    let list = |item: &Value| json!({ "type": "array", "items": item });
    compare(|_, next| {
        let union = json!({ "oneOf": [list(&next), { "type": "string" }, next] });
        object(&union, &next)
    });
}

#[test]
fn a_union_without_a_tag_that_holds_itself_is_compared_once() {
    let list = |item: &Value| json!({ "type": "array", "items": item });
    let report = report(|index, next| {
        let itself = json!({ "$ref": format!("#/components/schemas/S{index}") });
        json!({ "oneOf": [list(&itself), list(&itself), { "type": "string" }, next] })
    });
    // A response keeps its JSON.
    assert!(says(&report, "requires `end`"), "{:?}", report.changes);
}

#[test]
fn components_that_refer_to_each_other_are_compared_once_even_if_all_have_new_names() {
    let document = |prefix: &str| {
        let name = |index: usize| format!("{prefix}{}", index % LEVELS);
        let reference =
            |index: usize| json!({ "$ref": format!("#/components/schemas/{}", name(index)) });
        let schemas = (0..LEVELS).map(|index| {
            let properties = json!({
                "a": reference(index * 7 + 1),
                "b": reference(index * 11 + 3),
                "c": reference(index * 13 + 5),
                "d": reference(index * 17 + 9),
                format!("own{index}"): { "type": "string" },
            });
            (
                name(index),
                json!({ "type": "object", "properties": properties }),
            )
        });
        let schemas: Map<String, Value> = schemas.collect();
        let body = json!({ "content": { "application/json": { "schema": reference(0) } } });
        let responses = json!({ "200": body });
        let document = json!({
            "openapi": "3.1.0",
            "paths": { "/a": { "get": { "operationId": "GetA", "responses": responses } } },
            "components": { "schemas": schemas },
        });
        Input::from(Source {
            name: "document.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        })
    };
    let report = diff(&document("Old"), &document("New")).expect("both documents are right");
    assert_eq!(report.deployed, Deployed::Fine);
}
