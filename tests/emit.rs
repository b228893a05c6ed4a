//! Decisions of the generator: a small document for each, and the generated Rust.

mod excerpt;
mod offered;
mod reserved;

use std::collections::BTreeMap;

use telnyx_codegen::{File, Input, Source, generate};

use crate::fixtures::{self, Fixture};

#[test]
fn each_decision_gives_the_rust_of_its_snapshot() {
    fixtures::check("emit", show);
}

/// The code that the document's first lines request, and the generator's diagnostics.
fn show(fixture: &Fixture) -> String {
    let output = generate(&fixture.input)
        .unwrap_or_else(|mistakes| panic!("{}", mistakes.render(&fixture.input, false)));
    let mut shown = excerpt::of(&fixture.text(), &output.files);
    let remarks = output.diagnostics.render(&fixture.input, false);
    if !remarks.is_empty() {
        shown.push(remarks);
    }
    shown.join("\n")
}

#[test]
fn no_two_fixtures_have_a_resource_of_one_name() {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for Fixture { name, input } in fixtures::all("emit") {
        // The snapshots show the diagnostics of a rejected fixture.
        let Ok(output) = generate(&input) else {
            continue;
        };
        let client = output.files.iter().find(|file| file.path == "mod.rs");
        let client = client.expect("every crate has it");
        let accessors = client
            .text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("pub fn ")?.split_once("(&self)"));
        for (resource, _) in accessors {
            let other = known.insert(resource.to_owned(), name.clone());
            assert_eq!(
                other, None,
                "`{name}` has a resource `{resource}` too: `cargo xtask fixtures` gives all of them to one client"
            );
        }
    }
    assert!(known.len() > 100, "{} resources", known.len());
}

#[test]
fn a_document_gives_the_same_files_as_yaml_and_as_json() {
    let yaml = "openapi: 3.0.3\npaths: { /clouds: { get: { operationId: GetCloud, responses: { 200: { content: { \
                application/json: { schema: { properties: { y: { type: number, nullable: true } } } } } } } } } }";
    let json = r#"{"openapi": "3.0.3", "paths": {"/clouds": {"get": {"operationId": "GetCloud", "responses": {"200":
        {"content": {"application/json": {"schema": {"properties": {"y": {"type": "number", "nullable": true}}}}}}}}}}}"#;
    assert_eq!(files(yaml), files(json));
}

fn files(document: &str) -> Vec<File> {
    let document = Source {
        name: "document".to_owned(),
        bytes: document.into(),
    };
    let input = Input::from(document);
    generate(&input).expect("the document is right").files
}

#[test]
fn an_added_operation_leaves_the_arguments_of_a_type_that_others_use() {
    let operation = |name: &str, properties: &str| {
        format!(
            "  /{name}: {{ post: {{ operationId: {name}, requestBody: {{ content: {{ application/json: {{ schema: {{ properties: {{ \
             item: {{ required: [left, right], properties: {{ {properties} }} }} }} }} }} }} }}, responses: {{ 204: {{}} }} }} }}\n"
        )
    };
    let known = operation("Known", "left: { type: string }, right: { type: string }");
    let added = operation("Added", "right: { type: string }, left: { type: string }");
    let made = |paths: &str| {
        let files = files(&format!("openapi: 3.1.0\npaths:\n{paths}"));
        let file = files
            .into_iter()
            .find(|file| file.path == "types/known_item.rs");
        file.expect("the type has its file").text
    };
    assert!(made(&known).contains("pub fn new(left: impl Into<String>, right: impl Into<String>)"));
    assert_eq!(made(&known), made(&format!("{added}{known}")));
}
