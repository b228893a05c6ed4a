//! The structure of inline schemas. Schemas with the same structure share one type, even if their descriptions differ.

use std::fmt::Write;

use crate::lower::integers;
use crate::lower::resolve::{Kind, Schema};
use crate::openapi::{self, AdditionalProperties, Discriminator, SchemaType};
use crate::reader::Text;

/// Whether the schema becomes a type of its own. A union whose branches cannot be distinguished still does not.
pub(super) fn may_be_item(schema: &Schema<'_>) -> bool {
    schema.values.is_some() || !schema.properties.is_empty() || schema.branches.len() > 1
}

/// The structure of a schema as text: what is on the wire, without descriptions and examples. The schemas inside count as they
/// are written, so a schema that contains itself has a structure too.
pub(super) fn structure(schema: &Schema<'_>) -> String {
    let mut text = String::new();
    let _ = write!(
        text,
        "{:?}{:?}{:?}",
        schema.types,
        schema.format,
        schema.wire_format.map(|name| &name.value)
    );
    if matches!(schema.kind(), Kind::Integer) {
        let _ = write!(text, "{:?}", schema.integer());
    }
    write_values(schema.values.iter().flatten().copied(), &mut text);
    write_forms(schema.text_property, schema.one_or_list, &mut text);
    let tag = schema.tag.as_ref();
    write_discriminator(tag.and_then(|tag| tag.discriminator), &mut text);
    for property in &schema.properties {
        let name = &property.name.value;
        let written = &property.schema.written;
        write_property(name, schema.requires(name), written, &mut text);
    }
    let items = schema.items.as_deref();
    if let Some(items) = items {
        write_in("[]", &items.written, &mut text);
    }
    if let Some(values) = schema.map_values.as_deref() {
        text.push('+');
        write_in("<>", &values.written, &mut text);
    }
    for branch in &schema.branches {
        write_in("()", &branch.written, &mut text);
    }
    text
}

/// The structure of a schema, or of the component that it refers to.
pub(super) fn structure_in_place(schema: &Schema<'_>) -> String {
    let mut text = String::new();
    match schema.kind() {
        Kind::Component(name) => text.push_str(&name.value),
        Kind::Merged(_) => write_in("()", &schema.written, &mut text),
        _ => text = structure(schema),
    }
    text
}

/// Writes the structure of a schema inside another schema.
fn write_written(schema: &openapi::Schema, text: &mut String) {
    if let Some(reference) = &schema.reference {
        let _ = write!(text, "{}", reference.value);
        return;
    }
    let _ = write!(
        text,
        "{:?}{:?}{:?}",
        schema.types,
        schema.format,
        schema.wire_format.as_ref().map(|name| &name.value)
    );
    if let [] | [SchemaType::Integer] = schema.types.as_slice() {
        let default = schema.default.as_ref();
        // Without its own format, the schema may have the format of a component beside these limits.
        let formats = match schema.format.as_deref() {
            None => [None, Some("int32"), Some("uint64")].as_slice(),
            Some(_) => &[schema.format.as_deref()],
        };
        for format in formats {
            let integer = integers::type_by(*format, &schema.limits, default, &schema.other_values);
            let _ = write!(text, "{integer:?}");
        }
    }
    write_values(schema.values.iter().flatten(), text);
    write_forms(schema.text_property.as_ref(), schema.one_or_list, text);
    write_discriminator(schema.discriminator.as_ref(), text);
    for property in &schema.properties {
        let name = &property.name.value;
        let mut required = schema.required.iter();
        let is_required = required.any(|required| required.value == *name);
        write_property(name, is_required, &[&property.schema], text);
    }
    // Another schema in the same `allOf` may have the property.
    for name in &schema.required {
        if schema.property(&name.value).is_none() {
            let _ = write!(text, "!{:?}", name.value);
        }
    }
    if let Some(items) = &schema.items {
        write_in("[]", &[items], text);
    }
    match &schema.additional_properties {
        Some(AdditionalProperties::Schema(values)) => write_in("<>", &[values], text),
        Some(AdditionalProperties::Any) => text.push('+'),
        Some(AdditionalProperties::None) | None => {}
    }
    for branch in schema.all_of.iter().chain(&schema.branches) {
        write_in("()", &[branch], text);
    }
}

fn write_values<'a>(values: impl Iterator<Item = &'a Text>, text: &mut String) {
    for value in values {
        let _ = write!(text, "|{:?}", value.value);
    }
}

/// Writes the other forms in which the API may send the value.
fn write_forms(text_property: Option<&Text>, one_or_list: bool, text: &mut String) {
    if let Some(property) = text_property {
        let _ = write!(text, "~{:?}", property.value);
    }
    if one_or_list {
        text.push('*');
    }
}

fn write_property(name: &str, is_required: bool, schemas: &[&openapi::Schema], text: &mut String) {
    // A value that may be null, a value that may be absent, and a write-only value have the same type in Rust.
    let optional = !is_required || schemas.iter().any(|schema| may_lack(schema));
    let _ = write!(text, "{name:?}{optional}");
    write_in("{}", schemas, text);
}

/// Whether a property may be null, or absent from a response, as far as the inline schema shows.
fn may_lack(schema: &openapi::Schema) -> bool {
    let members = schema.branches.iter();
    let members: Vec<_> = members.filter(|branch| !branch.is_null()).collect();
    let by_branches = match members.as_slice() {
        [member] => may_lack(member),
        _ => false,
    };
    schema.nullable
        || schema.write_only
        || members.len() < schema.branches.len()
        || by_branches
        || schema.all_of.iter().any(may_lack)
}

/// Writes how the branches of a union are distinguished.
fn write_discriminator(discriminator: Option<&Discriminator>, text: &mut String) {
    let Some(Discriminator { property, mapping }) = discriminator else {
        return;
    };
    let _ = write!(text, "@{:?}", property.value);
    for (value, target) in mapping {
        let _ = write!(text, "{:?}:{:?}", value.value, target.value);
    }
}

/// Writes schemas that apply together, each in brackets.
fn write_in(brackets: &str, schemas: &[&openapi::Schema], text: &mut String) {
    for schema in schemas {
        let (open, close) = brackets.split_at(1);
        text.push_str(open);
        write_written(schema, text);
        text.push_str(close);
    }
}
