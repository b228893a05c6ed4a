//! Properties with one name in several branches of a union: whether they are the same, and which type includes them all.

use super::super::parts;
use super::super::schema::Schema;
use crate::openapi;

/// Whether two properties are the same as written, as far as a simple comparison shows.
pub(super) fn is_same(one: &parts::Property<'_>, other: &parts::Property<'_>) -> bool {
    let reference = |schema: &openapi::Schema| Some(schema.reference.as_ref()?.value.clone());
    let wire_format = |schema: &openapi::Schema| Some(schema.wire_format.as_ref()?.value.clone());
    let values = |schema: &openapi::Schema| -> Option<Vec<String>> {
        let values = schema.values.as_ref()?;
        Some(values.iter().map(|value| value.value.clone()).collect())
    };
    let is_same = |(one, other): (&&openapi::Schema, &&openapi::Schema)| match (
        reference(one),
        reference(other),
    ) {
        (Some(one), Some(other)) => one == other,
        (None, None) => {
            is_single(one)
                && is_single(other)
                && one.types == other.types
                && one.format == other.format
                && wire_format(one) == wire_format(other)
                && values(one) == values(other)
        }
        _ => false,
    };
    one.schemas.len() == other.schemas.len() && one.schemas.iter().zip(&other.schemas).all(is_same)
}

/// A type for both of two properties: a plain value if both have its type, or else anything.
pub(super) fn common_of<'a>(one: &parts::Property<'a>, other: &parts::Property<'_>) -> Schema<'a> {
    let place = one
        .schemas
        .first()
        .map_or(one.name.place, |schema| schema.place);
    match (one.schemas.as_slice(), other.schemas.as_slice()) {
        ([one], [other]) if is_single(one) && is_single(other) && one.types == other.types => {
            Schema {
                types: one.types.clone(),
                ..Schema::anything(one.place)
            }
        }
        _ => Schema::anything(place),
    }
}

/// Whether a schema contains no other schema and no reference.
fn is_single(schema: &openapi::Schema) -> bool {
    schema.is_plain() && schema.all_of.is_empty()
}
