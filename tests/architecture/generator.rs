//! The stages of the generator.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{self, Code};
use crate::{sources, spec};

#[test]
fn emitting_sees_the_model_only() {
    for (path, code) in emit() {
        let mut modules = code.imports.iter().filter_map(|import| import.first());
        let other = modules.find(|module| !["emit", "model"].contains(&module.as_str()));
        assert_eq!(other, None, "codegen/src/{path}");
    }
}

#[test]
fn emitting_decides_nothing() {
    /// Methods with which code searches for an answer that the model should give.
    const QUESTIONS: [&str; 10] = [
        "all",
        "any",
        "contains",
        "ends_with",
        "find",
        "is_none_or",
        "is_some_and",
        "position",
        "starts_with",
        "strip_prefix",
    ];
    for (path, code) in emit() {
        // Imports are computed from the emitted tokens.
        if path != "emit/imports.rs" {
            let asked = QUESTIONS.iter().find(|word| code.words.contains(**word));
            assert_eq!(asked, None, "codegen/src/{path}: decide it in `lower`");
        }
    }
}

#[test]
fn the_generator_has_no_input_but_its_arguments() {
    for (path, code) in code::below("codegen/src") {
        // A thread with a large stack is not an input.
        let is_stack = path == "stack.rs";
        for world in ["env", "fs", "io", "net", "process", "thread", "time"] {
            if is_stack && world == "thread" {
                continue;
            }
            assert!(
                !code.paths.contains(&format!("std::{world}")),
                "codegen/src/{path}: std::{world}"
            );
        }
        for built_in in [
            "env",
            "option_env",
            "include_str",
            "include_bytes",
            "println",
            "eprintln",
        ] {
            assert!(
                !code.paths.contains(built_in),
                "codegen/src/{path}: {built_in}!"
            );
        }
    }
}

#[test]
fn emitting_never_changes_the_case_of_a_name() {
    for (path, code) in emit() {
        let is_change = |word: &&String| word.starts_with("to_") && word.ends_with("case");
        let changes = code.words.iter().find(is_change);
        assert_eq!(
            changes, None,
            "codegen/src/{path}: names are decided in `names.rs`"
        );
    }
}

#[test]
fn the_generator_knows_no_operation_and_no_type_of_telnyx() {
    let names = names_of_the_document();
    for (path, code) in code::below("codegen/src") {
        // A sentence to the maintainer may contain a name as an example.
        let mut known = names
            .iter()
            .filter(|name| code.texts.contains(*name) || code.words.contains(*name));
        assert_eq!(known.next(), None, "codegen/src/{path}: state it in spec/");
    }
}

/// The files of the stage that writes Rust.
fn emit() -> BTreeMap<String, Code> {
    let mut files = code::below("codegen/src");
    files.retain(|path, _| path.starts_with("emit"));
    files
}

/// Operations, components and paths.
fn names_of_the_document() -> BTreeSet<String> {
    let document = &*spec::DOCUMENT;
    let components = document["components"]["schemas"].as_object();
    let paths = document["paths"].as_object();
    let keys = [components, paths].into_iter().flatten().flatten();
    keys.map(|(name, _)| name.clone())
        .chain(spec::operations().into_keys())
        .collect()
}

#[test]
fn a_feature_stands_only_where_modules_are_listed() {
    let files = sources::rust_below("generated/src/api");
    for feature in spec::config::features() {
        let name = format!("feature = \"{feature}\"");
        let gated = files.iter().filter(|(_, text)| text.contains(&name));
        let (lists, within): (Vec<&str>, Vec<&str>) = gated
            .map(|(path, _)| path.as_str())
            .partition(|path| path.ends_with("mod.rs"));
        assert!(!lists.is_empty(), "nothing is behind {feature}");
        assert_eq!(within, [""; 0], "these compile without {feature} too");
    }
}
