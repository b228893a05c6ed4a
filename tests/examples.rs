//! The examples in the spec are values of the types.

use crate::models::MODELS;
use crate::round_trip::comes_back;
use crate::spec::resolve;

#[test]
fn every_example_of_a_component_is_a_value_of_its_type() {
    let mut count = 0;
    for model in MODELS {
        let schema = resolve(model.schema());
        if let Some(example) = schema.get("example") {
            comes_back(model, example);
            count += 1;
        }
    }
    assert!(count >= 10, "the spec has lost its examples: {count}");
}
