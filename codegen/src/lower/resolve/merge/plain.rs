//! Unions of strings, which can have known values, and of numbers.

use crate::openapi::{SECRET, Schema, SchemaType};
use crate::reader::Text;

use super::super::parts::Parts;
use super::super::tags::Member;

/// The common type of all branches of a union.
pub(super) struct Plain<'a> {
    pub(super) types: Vec<SchemaType>,
    /// The known values. Enums are open, so any other string is allowed too.
    pub(super) values: Option<Vec<&'a Text>>,
    pub(super) format: Option<&'a str>,
    pub(super) wire_format: Option<&'a Text>,
}

/// The common type of the branches, if all are strings, or all are numbers. `beside` contains the schemas beside the union.
pub(super) fn of<'a>(members: &[Member<'a>], beside: &Parts<'a>) -> Option<Plain<'a>> {
    let beside_types = beside.types();
    let types = members.iter().map(|member| type_of(member, &beside_types));
    let types = types.collect::<Option<Vec<SchemaType>>>()?;
    let (first, others) = types.split_first()?;
    let is_number = |one: &SchemaType| matches!(one, SchemaType::Integer | SchemaType::Number);
    let together = match others.iter().all(|other| other == first) {
        true => *first,
        false if types.iter().all(is_number) => SchemaType::Number,
        false => return None,
    };
    // A value that may be a secret is one, whatever else the branches say.
    let parts = std::iter::once(beside).chain(members.iter().map(|member| &member.parts));
    let mut secrets = parts.filter_map(|parts| parts.first(secret));
    if let Some(secret) = secrets.next() {
        return Some(Plain {
            types: vec![together],
            values: None,
            format: None,
            wire_format: Some(secret),
        });
    }
    let format = beside.format();
    Some(Plain {
        types: vec![together],
        values: values_of(members),
        format: format.or_else(|| format_of(members)),
        wire_format: beside.first(|part| part.wire_format.as_ref()),
    })
}

/// The `x-format` of a schema, if it makes the value a secret.
pub(super) fn secret(schema: &Schema) -> Option<&Text> {
    let wire_format = schema.wire_format.as_ref();
    wire_format.filter(|name| name.value == SECRET)
}

/// The format, if all branches have the same one.
pub(super) fn format_of<'a>(members: &[Member<'a>]) -> Option<&'a str> {
    let mut formats = members.iter().map(|member| member.parts.format());
    let format = formats.next()?;
    format.filter(|_| formats.all(|other| other == format))
}

/// The only branch with values, if it is a component and the union also allows any other string.
pub(super) fn known<'m, 'a>(members: &'m [Member<'a>]) -> Option<&'m Member<'a>> {
    let mut known = members
        .iter()
        .filter(|member| member.parts.values().is_some());
    let only = known.next()?;
    (known.next().is_none() && only.name.is_some()).then_some(only)
}

fn values_of<'a>(members: &[Member<'a>]) -> Option<Vec<&'a Text>> {
    let mut values: Vec<&Text> = Vec::new();
    for value in members
        .iter()
        .filter_map(|member| member.parts.values())
        .flatten()
    {
        if values.iter().all(|known| known.value != value.value) {
            values.push(value);
        }
    }
    (!values.is_empty()).then_some(values)
}

/// The type of a branch that is just a string or a number in its usual form. A branch without a type gets the type beside the
/// union.
fn type_of(member: &Member<'_>, beside: &[SchemaType]) -> Option<SchemaType> {
    let is_plain = |part: &&Schema| {
        let wire_format = part.wire_format.as_ref();
        part.is_plain()
            && wire_format.is_none_or(|name| name.value == SECRET)
            && part.text_property.is_none()
    };
    let parts: &Parts<'_> = &member.parts;
    if !parts.all.iter().all(is_plain) {
        return None;
    }
    let own = parts.types();
    let types = match own.as_slice() {
        [] if parts.values().is_some() => return Some(SchemaType::String),
        [] => beside,
        own => own,
    };
    match types {
        [one @ (SchemaType::String | SchemaType::Integer | SchemaType::Number)] => Some(*one),
        _ => None,
    }
}
