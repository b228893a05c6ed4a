//! Properties without a description.

use super::registry::{Told, Types};
use crate::lower::resolve::Schema;
use crate::tree::Place;

/// Notes a property without a description, if `sdk.yaml` names types, because such a project writes its own documentation.
pub(in crate::lower) fn note(wire: &str, place: Place, schema: &Schema<'_>, types: &mut Types<'_>) {
    let description = schema.words.description.map(str::trim);
    let is_described = description.is_some_and(|text| !text.is_empty());
    if is_described || !types.config.names_types() {
        return;
    }
    if !types.tell_once(schema.place, Told::NoDescription) {
        return;
    }
    let message = format!("the property `{wire}` has no description");
    types
        .diagnostics
        .note(place, message)
        .help("add a `description`: it becomes part of the crate's documentation");
}
