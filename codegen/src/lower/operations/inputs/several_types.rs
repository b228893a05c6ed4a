//! Parameters, and parts of forms, whose schema allows several types.

use super::sendable;
use crate::lower::naming::{self, Site};
use crate::lower::resolve::{Kind, Resolved, Schema};
use crate::lower::types::Types;
use crate::model::Type;
use crate::openapi::SchemaType;
use crate::tree::Place;

/// The list type for a union of a value and lists of such values.
pub(super) fn one_or_list<'a>(
    schema: &'a Schema<'a>,
    site: &Site,
    types: &mut Types<'a>,
) -> Option<Type> {
    let members = naming::one_or_list(schema, types.resolved)?;
    let ty = types.of(members.first()?, site).ty;
    let item = ty.item().cloned().unwrap_or(ty);
    sendable::is_plain(&item, types).then(|| Type::List(Box::new(item)))
}

/// Warns about a value of any type, because the client writes a list or an object as JSON.
pub(super) fn warn_of_json(
    (wire, place): (&str, Place),
    schema: &Schema<'_>,
    ty: &Type,
    types: &mut Types<'_>,
) {
    if *ty.item().unwrap_or(ty) != Type::Json {
        return;
    }
    let one = one(schema, ty, types.resolved);
    let composite = one.and_then(|one| composite(one, types.resolved, &mut Vec::new()));
    if let Some(what) = composite {
        let message = format!("the client sends `{wire}` as JSON if the value is {what}");
        types
            .diagnostics
            .warning(place, message)
            .help("in the overlay, choose one of the types that the API accepts");
    }
}

/// Whether a value of several types is never a list or an object.
pub(super) fn is_scalar<'a>(schema: &Schema<'a>, resolved: &Resolved<'a>) -> bool {
    let kind = resolved.target(schema).map(Schema::kind);
    matches!(kind, Some(Kind::Union | Kind::Several))
        && composite(schema, resolved, &mut Vec::new()).is_none()
}

/// Whether a value, or each item of a list, is always an object.
pub(super) fn is_object<'a>(schema: &Schema<'a>, ty: &Type, resolved: &Resolved<'a>) -> bool {
    one(schema, ty, resolved).is_some_and(|one| is_one_object(one, resolved, &mut Vec::new()))
}

fn is_one_object<'a>(schema: &Schema<'a>, resolved: &Resolved<'a>, met: &mut Vec<Place>) -> bool {
    let Some(target) = resolved.target(schema) else {
        return false;
    };
    if met.contains(&target.place) {
        return false;
    }
    met.push(target.place);
    match target.kind() {
        Kind::Object | Kind::Map(_) => true,
        Kind::Union => {
            let mut members = target.members();
            members.all(|member| is_one_object(member, resolved, met))
        }
        _ => target.types == [SchemaType::Object],
    }
}

/// The schema of a value, or of the items of a list.
fn one<'r, 'a>(
    schema: &'r Schema<'a>,
    ty: &Type,
    resolved: &'r Resolved<'a>,
) -> Option<&'r Schema<'a>> {
    match ty {
        Type::List(_) => resolved.target(schema)?.items.as_deref(),
        _ => Some(schema),
    }
}

/// The list or object that a value may be, which cannot be written as one text.
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
            members.find_map(|member| match is_anything(member, resolved) {
                true => Some("a list or an object"),
                false => composite(member, resolved, met),
            })
        }
        Kind::Any | Kind::Several if target.types.contains(&SchemaType::Array) => Some("a list"),
        Kind::Any | Kind::Several if target.types.contains(&SchemaType::Object) => {
            Some("an object")
        }
        _ => None,
    }
}

/// Whether a branch allows any value.
fn is_anything<'a>(branch: &Schema<'a>, resolved: &Resolved<'a>) -> bool {
    let is_free = |target: &Schema<'a>| target.types.is_empty() && target.other_values.is_empty();
    let target = resolved.target(branch);
    target.is_some_and(|target| matches!(target.kind(), Kind::Any) && is_free(target))
}
