//! Responses to each operation.

use bytes::Bytes;
use calls::{Case, cases};
use serde_json::{Value, json};
use telnyx_messaging::{Error, Outcome};

use super::change::{self, Change};
use crate::exchange::Exchange;
use crate::sample;
use crate::spec::{DOCUMENT, operations};

#[test]
fn an_answer_as_documented_becomes_a_value() {
    let exchange = Exchange::new();
    for (case, _, body) in answers() {
        let (_, result) = exchange.call(case, 200, &body.to_string().into());
        result.unwrap_or_else(|error| panic!("{}: {error}", case.operation));
    }
}

#[test]
fn one_field_that_is_not_as_documented_gives_a_value_or_an_error_that_names_it() {
    let exchange = Exchange::new();
    for (case, schema, body) in answers() {
        for change in change::all(schema, &body) {
            let (_, result) = exchange.call(case, 200, &change.body.clone().into());
            let context = format!("{}: {} {}", case.operation, change.pointer, change.what);
            if let Err(error) = result {
                assert!(
                    !change.is_compatible || is_envelope(&change),
                    "{context}: {error}"
                );
                keeps_the_body(&error, &change.body, &context);
                names_the_place(&error, &change, &context);
            }
        }
    }
}

#[test]
fn an_answer_cut_at_any_byte_is_an_error_that_keeps_what_came() {
    let exchange = Exchange::new();
    for (case, _, body) in answers() {
        let body = Bytes::from(body.to_string());
        for length in 0..body.len() {
            let cut = body.slice(..length);
            let (_, result) = exchange.call(case, 200, &cut);
            let error = result.expect_err("half an answer is none");
            let cut = std::str::from_utf8(&cut).expect("the body is ASCII");
            keeps_the_body(&error, cut, case.operation);
        }
    }
}

#[test]
fn an_error_in_any_form_keeps_its_status_and_body() {
    let exchange = Exchange::new();
    let case = cases().next().expect("there are operations");
    let schemas = &DOCUMENT["components"]["schemas"];
    for schema in [&schemas["messaging_Errors"], &schemas["messaging_Error"]] {
        let body = sample::everything(schema);
        let whole = body.to_string();
        let cut = (0..whole.len()).map(|length| whole[..length].to_owned());
        let changed = change::all(schema, &body)
            .into_iter()
            .map(|change| change.body);
        for body in changed.chain(cut) {
            let (_, result) = exchange.call(case, 400, &body.clone().into());
            let Err(Error::Api(error)) = result else {
                panic!("{body} became {result:?}");
            };
            assert_eq!(
                (error.status().as_u16(), error.body()),
                (400, &Bytes::from(body))
            );
        }
    }
}

/// An answer with every field to each operation, and its schema; one for each kind of message where there are several.
fn answers() -> Vec<(&'static Case, &'static Value, Value)> {
    let operations = operations();
    let mut answers = Vec::new();
    for case in cases().filter(|case| case.variant == "minimal") {
        let schema = operations[case.operation].success();
        if !is_union(schema) {
            answers.push((case, schema, sample::everything(schema)));
            continue;
        }
        let branches = schema["properties"]["data"]["oneOf"].as_array();
        for branch in branches.into_iter().flatten() {
            answers.push((case, schema, json!({"data": sample::everything(branch)})));
        }
    }
    answers
}

fn is_union(schema: &Value) -> bool {
    schema["properties"]["data"]["oneOf"].is_array()
}

/// The envelope is optional in the document, but an answer without it is none.
fn is_envelope(change: &Change) -> bool {
    change.pointer == "/data"
}

fn keeps_the_body(error: &Error, body: &str, context: &str) {
    assert!(matches!(error, Error::Decode(_)), "{context}: {error:?}");
    let kept = error.answer().map(|answer| answer.body().as_ref());
    assert_eq!(kept, Some(body.as_bytes()), "{context}");
    let proves = [r#"{"data":{"#, r#"{"data":["#]
        .iter()
        .any(|data| body.starts_with(data));
    match proves {
        true => assert_eq!(error.outcome(), Outcome::Applied, "{context}"),
        false => assert_ne!(error.outcome(), Outcome::NotApplied, "{context}"),
    }
}

/// The path of an error leads to what was changed, or to the object that now lacks a field.
fn names_the_place(error: &Error, change: &Change, context: &str) {
    let Error::Decode(error) = error else {
        panic!("{context}: {error:?}");
    };
    let path = pointer(error.path());
    let (parent, _) = change
        .pointer
        .rsplit_once('/')
        .expect("a field is in an object");
    assert!(
        path.starts_with(&change.pointer) || path == parent,
        "{context}: {error}"
    );
}

/// `/data/to/0` for `$.data.to[0]`.
fn pointer(path: &str) -> String {
    path.trim_start_matches('$')
        .replace(']', "")
        .replace(['.', '['], "/")
}
