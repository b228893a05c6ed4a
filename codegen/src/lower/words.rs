//! Documentation of schemas: descriptions, and sentences about defaults and limits.

mod docs;
mod remarks;

use super::resolve::{Resolved, Schema};
use crate::markdown::code;
use crate::model::Doc;

/// What a property means.
pub(super) fn of_property(schema: &Schema<'_>, wire: &str) -> Doc {
    of_site(schema, &format!("The property {}.", code(wire)))
}

/// The description and limits at the schema's own place, or else `otherwise`.
pub(super) fn of_site(schema: &Schema<'_>, otherwise: &str) -> Doc {
    let doc = Doc::or(schema.words.description, || otherwise.to_owned());
    with_remarks(doc, schema)
}

/// The meaning of a parameter: its own description, or else the description of its type.
pub(super) fn of_parameter(
    description: Option<&str>,
    schema: &Schema<'_>,
    wire: &str,
    resolved: &Resolved<'_>,
) -> Doc {
    let of_type = resolved
        .target(schema)
        .and_then(|target| target.type_words.description);
    let own = description.filter(|text| !text.trim().is_empty());
    let described = own.or(schema.words.description).or(of_type);
    let doc = Doc::or(described, || format!("The property {}.", code(wire)));
    with_remarks(doc, schema)
}

fn with_remarks(doc: Doc, schema: &Schema<'_>) -> Doc {
    match remarks::of(&schema.words) {
        Some(text) => doc.paragraph(&text),
        None => doc,
    }
}
