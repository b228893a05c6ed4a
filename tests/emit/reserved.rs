//! The generator knows the names that the crate already uses.

use std::fs;
use std::path::Path;

use telnyx_codegen::{Input, Source, generate};

use super::files;

#[test]
fn no_resource_is_called_like_a_module_or_crate_at_the_root_or_a_method_of_the_client() {
    // A private module hides the resource of its name just as well.
    let mut modules = names_after("lib.rs", "mod ", ';');
    modules.extend(names_after("lib.rs", "pub mod ", ';'));
    let crates = names_after("lib.rs", "pub use {", '}');
    let crates = crates.iter().flat_map(|names| names.split(", "));
    // A private method has no second of its name either.
    let visibilities = ["    pub fn ", "    pub(crate) fn ", "    fn "];
    let methods = visibilities.map(|start| names_after("client.rs", start, '('));
    // `fmt` is a method of a trait, which a resource may hide.
    let methods = methods.concat().into_iter().filter(|name| name != "fmt");
    let methods: Vec<String> = methods.collect();
    let modules_and_methods = [&modules, &methods].map(|names| names.join(" "));
    assert!(
        modules_and_methods[0].contains("page") && modules_and_methods[0].contains("transport")
    );
    assert!(modules_and_methods[1].contains("from_env"));
    assert!(methods.contains(&"of".to_owned()));
    for name in modules
        .iter()
        .chain(&methods)
        .map(String::as_str)
        .chain(crates)
    {
        let document = format!(
            "openapi: 3.1.0\npaths: {{ /{name}: {{ get: {{ operationId: x, responses: {{ 204: {{}} }} }} }} }}"
        );
        let files = files(&document);
        let client = files.iter().find(|file| file.path == "mod.rs");
        let client = client.expect("every crate has it");
        let accessor = format!("pub fn {name}(");
        assert!(
            !client.text.contains(&accessor),
            "a resource is called `{name}`"
        );
    }
}

#[test]
fn no_feature_of_resources_is_called_like_one_that_the_crate_has_by_hand() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/Cargo.toml");
    let manifest = fs::read_to_string(manifest).expect("it is there");
    let by_hand = manifest
        .lines()
        .skip_while(|line| *line != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with("# <generated>"));
    let mut count = 0;
    for name in by_hand.filter_map(|line| Some(line.split_once(" = ")?.0)) {
        // One that begins so is refused for its name.
        if name.starts_with("__") {
            continue;
        }
        count += 1;
        let refused = generate(&with_feature(name)).expect_err(name);
        let said = refused.render(&with_feature(name), false);
        assert!(said.contains("has a feature"), "{said}");
    }
    assert!(count > 10, "{count} features");
    generate(&with_feature("knitting")).expect("the name is free");
}

/// A document whose only resource is turned on by the feature.
fn with_feature(name: &str) -> Input {
    let source = |text: &str| Source {
        name: "source".to_owned(),
        bytes: text.into(),
    };
    Input {
        document: source(
            "openapi: 3.1.0\npaths: { /socks: { get: { operationId: x, responses: { 204: {} } } } }",
        ),
        overlay: None,
        config: Some(source(&format!("features: {{ {name}: [socks] }}"))),
    }
}

/// The names between `start` at the start of a line and `end`.
fn names_after(file: &str, start: &str, end: char) -> Vec<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src");
    let text = fs::read_to_string(source.join(file)).expect("it is there");
    let rests = text.lines().filter_map(|line| line.strip_prefix(start));
    rests
        .filter_map(|rest| Some(rest.split_once(end)?.0.to_owned()))
        .collect()
}

#[test]
fn a_header_that_the_client_sets_itself_is_no_parameter() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src/header.rs");
    let source = fs::read_to_string(source).expect("it is there");
    let list = source.split_once("const RESERVED: [HeaderName;");
    let (list, _) = list
        .and_then(|(_, rest)| rest.split_once("= [")?.1.split_once("];"))
        .expect("the runtime lists them");
    let mut count = 0;
    for name in list
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        count += 1;
        let name = name.to_lowercase().replace('_', "-");
        let document = format!(
            "openapi: 3.1.0\npaths: {{ /cats: {{ get: {{ operationId: x, parameters: [{{ name: {name}, in: header, schema: {{ type: string }} }}], responses: {{ 204: {{}} }} }} }} }}"
        );
        let files = files(&document);
        let request = files.iter().find(|file| file.path == "cats/x.rs");
        let request = request.expect("the operation has its file");
        assert!(!request.text.contains(".headers("), "`{name}` has a setter");
    }
    assert!(count >= 7, "{count} headers");
}
