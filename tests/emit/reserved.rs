//! The generator knows the names that the crate has already.

use std::fs;
use std::path::Path;

use super::files;

#[test]
fn no_resource_is_called_like_a_module_or_crate_at_the_root_or_a_method_of_the_client() {
    // A private module hides the resource of its name just as well.
    let mut modules = names_after("lib.rs", "mod ", ';');
    modules.extend(names_after("lib.rs", "pub mod ", ';'));
    let crates = names_after("lib.rs", "pub use {", '}');
    let crates = crates.iter().flat_map(|names| names.split(", "));
    let methods = names_after("client.rs", "    pub fn ", '(');
    let modules_and_methods = [&modules, &methods].map(|names| names.join(" "));
    assert!(
        modules_and_methods[0].contains("page") && modules_and_methods[0].contains("transport")
    );
    assert!(modules_and_methods[1].contains("from_env"));
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

/// The names between `start` at the start of a line and `end`.
fn names_after(file: &str, start: &str, end: char) -> Vec<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src");
    let text = fs::read_to_string(source.join(file)).expect("it is there");
    let rests = text.lines().filter_map(|line| line.strip_prefix(start));
    rests
        .filter_map(|rest| Some(rest.split_once(end)?.0.to_owned()))
        .collect()
}
