//! Parameters whose schema allows several types.

use super::sendable;
use crate::lower::naming::{self, Site};
use crate::lower::resolve::{Kind, Parameter, Resolved, Schema};
use crate::lower::types::Types;
use crate::model::Type;
use crate::openapi::{SchemaType, Style};
use crate::tree::Place;

/// The list that a union of a value and of lists of such values is.
pub(super) fn one_or_list<'a>(
    parameter: &Parameter<'a>,
    schema: &'a Schema<'a>,
    site: &Site,
    types: &mut Types<'a>,
) -> Option<Type> {
    let members = naming::one_or_list(parameter, schema, types.resolved)?;
    let ty = types.of(members.first()?, site).ty;
    let item = ty.item().cloned().unwrap_or(ty);
    sendable::is_plain(&item, types).then(|| Type::List(Box::new(item)))
}

/// Says of a value of any type that a list or an object is written as JSON, and not written out.
pub(super) fn warn_of_json(
    parameter: &Parameter<'_>,
    (wire, place): (&str, Place),
    schema: &Schema<'_>,
    ty: &Type,
    types: &mut Types<'_>,
) {
    let written = parameter.written;
    let is_union = types.resolved.target(schema).is_some_and(Schema::is_union);
    let is_deep = written.style == Style::DeepObject && *ty == Type::Json;
    let is_told = written.is_json || is_deep && !is_union;
    if is_told || *ty.item().unwrap_or(ty) != Type::Json {
        return;
    }
    let one = match ty {
        Type::List(_) => types
            .resolved
            .target(schema)
            .and_then(|list| list.items.as_deref()),
        _ => Some(schema),
    };
    let composite = one.and_then(|one| composite(one, types.resolved, &mut Vec::new()));
    if let Some(what) = composite {
        let message = format!("if `{wire}` is {what}, the client sends it as JSON");
        types
            .diagnostics
            .warning(place, message)
            .help("in the overlay, choose one of the types that the API accepts");
    }
}

/// What a value may be that has no one text: a list or an object.
fn composite<'a>(
    schema: &Schema<'a>,
    resolved: &Resolved<'a>,
    met: &mut Vec<Place>,
) -> Option<&'static str> {
    let target = resolved.target(schema)?;
    if met.contains(&target.place) {
        return None;
    }
    met.push(target.place);
    match target.kind() {
        Kind::List(_) => Some("a list"),
        Kind::Object | Kind::Map(_) => Some("an object"),
        Kind::Union => {
            let mut members = target.members();
            members.find_map(|member| composite(member, resolved, met))
        }
        Kind::Any | Kind::Several if target.types.contains(&SchemaType::Array) => Some("a list"),
        Kind::Any | Kind::Several if target.types.contains(&SchemaType::Object) => {
            Some("an object")
        }
        _ => None,
    }
}
