//! Decisions of the generator: a small document each, and the Rust that it becomes.

mod compile;
mod excerpt;
mod reserved;

use telnyx_codegen::{File, Input, Source, generate};

use crate::fixtures::{self, Fixture};

#[test]
fn each_decision_gives_the_rust_of_its_snapshot() {
    fixtures::check("emit", show);
}

/// What the document's first lines ask for, and what the generator says of it.
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
    let input = Input {
        document,
        overlay: None,
        config: None,
    };
    generate(&input).expect("the document is right").files
}
