//! Writes a program that makes every call of a crate and decodes every event, with values from JSON.
//!
//! This program proves the verdicts about requests and responses. The crate of the old spec sends and decodes what the new spec
//! documents.

use crate::model::{
    Answer, Input, InputKind, InputPlace, Model, Nothing, Operation, Resource, Type, shown,
};

/// The start of the program. The module `wire` has what the program needs from its surroundings.
const START: &str = "#![allow(warnings)]
use std::collections::BTreeMap;
use bytes::Bytes;
use crate::*;
use crate::wire::{Given, Read};
";

/// The program. `api` is the path of the generated module. The accessors for its resources are methods of `api::Entry`.
///
/// `call` makes the call of the operation with the given id, and `event` decodes the body of a webhook.
pub(super) fn write(model: &Model, api: &str) -> String {
    let mut text = format!("{START}use {api}::{{self as api, types}};\n");
    text.push_str(
        "pub fn call(client: &Client, operation: &str, given: &Given) -> Option<Read> {\n",
    );
    text.push_str("let api = api::Entry(client.clone());\nmatch operation {\n");
    for resource in &model.resources {
        calls("api", resource, &mut text);
    }
    text.push_str("_ => None,\n}\n}\n");
    text.push_str(
        "pub fn event(body: &str) -> Read {
    crate::wire::event(body, api::events::Event::TAGS, |kind, body| {
        api::events::Event::decode(kind, body).map(|event| event.map(|event| format!(\"{event:?}\")))
    })
}
",
    );
    text
}

/// An arm for each operation of a resource and of those below it.
fn calls(path: &str, resource: &Resource, text: &mut String) {
    let path = format!("{path}.{}()", resource.module);
    for operation in &resource.operations {
        text.push_str(&call(&path, operation));
    }
    for child in &resource.children {
        calls(&path, child, text);
    }
}

/// An arm that sets all given values of a request, and sends the request.
fn call(path: &str, operation: &Operation) -> String {
    let method = &operation.method;
    let arguments: Vec<String> = operation
        .arguments()
        .map(|input| match value(input) {
            Some(value) => format!("{value}?"),
            None => "return None".to_owned(),
        })
        .collect();
    let mut arm = format!(
        "{:?} => {{\nlet mut request = {path}.{method}({});\n",
        operation.id,
        arguments.join(", ")
    );
    for input in operation.setters() {
        let name = &input.name;
        if let Some(value) = value(input) {
            arm.push_str(&format!(
                "if let Some(value) = {value} {{ request = request.{name}(value); }}\n"
            ));
        }
        if let InputKind::Clearable(clear) = &input.kind {
            arm.push_str(&format!(
                "if given.is_null({:?}) {{ request = request.{clear}(); }}\n",
                key(input)
            ));
        }
    }
    let told = match (&operation.answer, operation.nothing) {
        (Answer::Page(_) | Answer::OnlyPage(_), Nothing::Default | Nothing::Error) => "page",
        _ => "value",
    };
    arm.push_str(&format!(
        "Some(crate::wire::{told}(request.with_response().run_blocking()))\n}}\n"
    ));
    arm
}

/// An expression for the value of an input, if there is one; `None` for an input that JSON cannot describe.
fn value(input: &Input) -> Option<String> {
    let ty = match &input.ty {
        Type::Form => return None,
        Type::Bytes => {
            return Some(format!(
                "given.value::<String>({:?}).map(Bytes::from)",
                key(input)
            ));
        }
        Type::File => {
            return Some(format!(
                "given.value::<String>({:?}).map(|text| FilePart::new(\"a\", text))",
                key(input)
            ));
        }
        Type::List(item) if **item == Type::File => return None,
        Type::Boxed(name) => format!("types::{name}"),
        other => shown(other),
    };
    Some(format!("given.value::<{ty}>({:?})", key(input)))
}

/// The key of an input among the given values: where the request contains the input, and its name there.
fn key(input: &Input) -> String {
    match input.place {
        InputPlace::WholeBody => "whole".to_owned(),
        place => format!("{} {}", place.word(), input.wire),
    }
}
