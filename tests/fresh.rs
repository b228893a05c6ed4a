//! The committed crate is the output of the generator.

use std::collections::BTreeMap;

use telnyx_codegen::{Diagnostics, Input, Source};

use crate::{committed, sources, spec};

type Files = BTreeMap<String, String>;

#[test]
fn the_committed_files_are_what_the_spec_generates() {
    let stale = stale(
        &generate(&committed::input()),
        &sources::below("generated/src/api"),
    );
    assert!(
        stale.is_empty(),
        "generated/src/api is stale:\n{}\nrun `cargo xtask generate`",
        stale.join("\n")
    );
}

#[test]
fn the_committed_names_of_errors_are_those_of_the_catalogue() {
    let input = spec::errors();
    let output = telnyx_codegen::generate_error_codes(&input);
    let output = output.unwrap_or_else(|mistakes| fail(&mistakes, &input));
    let files = output.files.into_iter();
    let files = files.map(|file| (file.path, file.text)).collect();
    let stale = stale(&files, &sources::below("generated/src/error/code"));
    assert_eq!(stale, [""; 0], "run `cargo xtask generate`");
}

#[test]
fn the_committed_spec_needs_no_remark() {
    let input = committed::input();
    let output =
        telnyx_codegen::generate(&input).unwrap_or_else(|mistakes| fail(&mistakes, &input));
    assert_eq!(output.diagnostics.render(&input, false), "");
}

#[test]
fn a_document_in_json_gives_the_same_bytes_as_in_yaml() {
    let yaml = committed::input();
    let document = Input::from(yaml.document.clone());
    let json = Input {
        document: Source {
            name: "spec/openapi.json".to_owned(),
            bytes: telnyx_codegen::merge(&document)
                .unwrap_or_else(|mistakes| fail(&mistakes, &document))
                .tree
                .to_json()
                .into_bytes(),
        },
        ..yaml.clone()
    };
    assert_eq!(stale(&generate(&json), &generate(&yaml)), [""; 0]);
}

#[test]
fn two_runs_give_the_same_bytes() {
    let input = committed::input();
    assert_eq!(stale(&generate(&input), &generate(&input)), [""; 0]);
}

fn generate(input: &Input) -> Files {
    let output = telnyx_codegen::generate(input).unwrap_or_else(|mistakes| fail(&mistakes, input));
    output
        .files
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect()
}

fn fail(mistakes: &Diagnostics, input: &Input) -> ! {
    panic!("{}", mistakes.render(input, false))
}

/// One line for each file whose text in `found` differs from `wanted`.
fn stale(wanted: &Files, found: &Files) -> Vec<String> {
    let missing_or_different = wanted
        .iter()
        .filter_map(|(path, text)| match found.get(path) {
            None => Some(format!("{path} is missing")),
            Some(found) if found != text => Some(format!("{path} differs")),
            Some(_) => None,
        });
    let orphaned = found
        .keys()
        .filter(|path| !wanted.contains_key(*path))
        .map(|path| format!("{path} is no longer generated"));
    missing_or_different.chain(orphaned).collect()
}
