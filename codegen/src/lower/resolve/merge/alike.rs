//! Properties with one name in several branches of a union: whether they are the same, and which type includes them all.

use super::super::parts;
use super::super::schema::Schema;
use super::plain;
use crate::diagnostic::Diagnostics;
use crate::openapi;
use crate::tree::Place;

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

/// A type for properties that differ: a plain value if all have its type, or else anything. A string that may be a secret is one.
pub(super) fn common_of<'a>(
    properties: &[parts::Property<'a>],
    diagnostics: &mut Diagnostics,
) -> Schema<'a> {
    let singles = properties
        .iter()
        .map(|property| match property.schemas.as_slice() {
            [only] if is_single(only) => Some(*only),
            _ => None,
        });
    let singles: Option<Vec<&openapi::Schema>> = singles.collect();
    let plain = singles.as_deref().and_then(|singles| {
        let (first, others) = singles.split_first()?;
        let is_alike = others.iter().all(|other| other.types == first.types);
        is_alike.then(|| Schema {
            types: first.types.clone(),
            wire_format: singles.iter().find_map(|one| plain::secret(one)),
            ..Schema::anything(first.place)
        })
    });
    plain.unwrap_or_else(|| {
        let mut written = properties.iter().flat_map(|property| &property.schemas);
        if let Some(secret) = written.find_map(|written| plain::secret(written)) {
            let message = "`Debug` shows this secret, because the crate keeps the property as JSON";
            diagnostics
                .warning(secret.place, message)
                .help("in the overlay, give the property the same type in each branch");
        }
        Schema::anything(place_of(&properties[0]))
    })
}

fn place_of(property: &parts::Property<'_>) -> Place {
    let first = property.schemas.first();
    first.map_or(property.name.place, |schema| schema.place)
}

/// Whether a schema contains no other schema and no reference.
fn is_single(schema: &openapi::Schema) -> bool {
    schema.is_plain() && schema.all_of.is_empty()
}
