//! The examples in the spec are values of the types, and the index lists all examples of the crate.

use crate::models::models;
use crate::round_trip::comes_back;
use crate::sources;
use crate::spec::resolve;

#[test]
fn every_example_of_a_component_is_a_value_of_its_type() {
    let mut count = 0;
    for model in models() {
        let schema = resolve(model.schema());
        if let Some(example) = schema.get("example") {
            comes_back(model, example);
            count += 1;
        }
    }
    assert!(count >= 10, "the spec has lost its examples: {count}");
}

#[test]
fn the_index_lists_every_example_and_no_other() {
    let mut files = sources::below("generated/examples");
    let index = files.remove("README.md").expect("there is an index");
    let listed = index.lines().filter_map(|line| {
        let (_, rest) = line.strip_prefix("| [`")?.split_once("](")?;
        Some(rest.split_once(')')?.0)
    });
    let listed: std::collections::BTreeSet<&str> = listed.collect();
    let names: std::collections::BTreeSet<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(listed, names);
}
