//! Shapes that are written in place: the same structure is the same type, whatever its words are.

use std::fmt::Write;

use super::scope::Scope;
use crate::openapi::{AdditionalProperties, Document, Schema};

/// Tells the scope of the shapes that `sdk.yaml` names, so that the same shape has that name everywhere.
pub(super) fn register_named(document: &Document, scope: &mut Scope<'_>) {
    for component in &document.schemas {
        visit(&component.value, &component.name.value, scope);
    }
}

fn visit(schema: &Schema, path: &str, scope: &mut Scope<'_>) {
    for property in &schema.properties {
        visit_inline(
            &property.schema,
            &format!("{path}.{}", property.name.value),
            scope,
        );
    }
    if let Some(items) = &schema.items {
        visit_inline(items, &format!("{path}[]"), scope);
    }
}

fn visit_inline(schema: &Schema, path: &str, scope: &mut Scope<'_>) {
    if schema.reference.is_some() {
        return;
    }
    if is_item(schema)
        && let Some(name) = scope
            .config
            .type_name_at(path)
            .and_then(|text| crate::names::given_upper(&text.value))
    {
        scope.shapes.entry(structure(schema)).or_insert(name);
    }
    visit(schema, path, scope);
}

/// Whether the schema becomes a type of its own.
pub(super) fn is_item(schema: &Schema) -> bool {
    schema.values.is_some() || !schema.properties.is_empty() || schema.branches.len() > 1
}

/// Whether the schema becomes a type of its own, unless what it merges says otherwise.
pub(super) fn may_be_item(schema: &Schema) -> bool {
    is_item(schema) || !schema.all_of.is_empty()
}

/// The structure of a schema as text: what is on the wire, without descriptions and examples.
pub(super) fn structure(schema: &Schema) -> String {
    let mut text = String::new();
    write_structure(schema, &mut text);
    text
}

fn write_structure(schema: &Schema, text: &mut String) {
    if let Some(reference) = &schema.reference {
        let _ = write!(text, "{}", reference.value);
        return;
    }
    let _ = write!(
        text,
        "{:?}{:?}{:?}",
        schema.types, schema.format, schema.wire_format
    );
    if let Some(values) = &schema.values {
        for value in values {
            let _ = write!(text, "|{:?}", value.value);
        }
    }
    for property in &schema.properties {
        let name = &property.name.value;
        // What may be null and what may be absent are one in Rust.
        let optional = property.schema.nullable || !schema.requires(name);
        let _ = write!(text, "{{{name:?}{optional}");
        write_structure(&property.schema, text);
        text.push('}');
    }
    if let Some(items) = &schema.items {
        text.push('[');
        write_structure(items, text);
        text.push(']');
    }
    if let Some(AdditionalProperties::Schema(values)) = &schema.additional_properties {
        text.push('<');
        write_structure(values, text);
        text.push('>');
    }
    for branch in schema.all_of.iter().chain(&schema.branches) {
        text.push('(');
        write_structure(branch, text);
        text.push(')');
    }
}
