//! The stages of the generator.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{self, Code};
use crate::spec;

/// The modules of the generator and what each imports of the others. `lib.rs` puts them together.
const IMPORTS: &[(&str, &[&str])] = &[
    ("config", &["diagnostic", "reader", "suggest", "tree"]),
    ("diagnostic", &["Input", "tree"]),
    ("emit", &["model"]),
    (
        "lower",
        &[
            "config",
            "diagnostic",
            "model",
            "names",
            "openapi",
            "reader",
            "suggest",
            "tree",
        ],
    ),
    ("model", &[]),
    ("names", &[]),
    ("openapi", &["diagnostic", "reader", "suggest", "tree"]),
    ("overlay", &["diagnostic", "reader", "suggest", "tree"]),
    ("reader", &["diagnostic", "suggest", "tree"]),
    ("source", &["emit"]),
    ("suggest", &[]),
    ("tree", &["diagnostic"]),
];

#[test]
fn a_stage_imports_only_what_comes_before_it() {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, code) in code::below("codegen/src") {
        let module = module_of(&path);
        let imports = found.entry(module.to_owned()).or_default();
        imports.extend(
            imports_of(&code)
                .filter(|import| *import != module)
                .map(str::to_owned),
        );
    }
    found.remove("lib");
    let listed = IMPORTS.iter().map(|(module, imports)| {
        let imports = imports.iter().map(|import| (*import).to_owned());
        ((*module).to_owned(), imports.collect())
    });
    assert_eq!(found, listed.collect());
}

#[test]
fn the_generator_has_no_input_but_its_arguments() {
    for (path, code) in code::below("codegen/src") {
        for world in ["env", "fs", "io", "net", "process", "thread", "time"] {
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
    for (path, code) in code::below("codegen/src").range("emit".to_owned().."emiu".to_owned()) {
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
        // A name may stand in a sentence to the maintainer, as an example.
        let mut known = names
            .iter()
            .filter(|name| code.texts.contains(*name) || code.words.contains(*name));
        assert_eq!(known.next(), None, "codegen/src/{path}: state it in spec/");
    }
}

/// `lower` for `lower/inputs.rs`.
fn module_of(path: &str) -> &str {
    path.trim_end_matches(".rs")
        .split('/')
        .next()
        .unwrap_or_default()
}

fn imports_of(code: &Code) -> impl Iterator<Item = &str> {
    code.paths
        .iter()
        .filter_map(|path| path.strip_prefix("crate::"))
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
