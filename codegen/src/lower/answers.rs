//! What a success answers, its envelope taken off.

use super::inputs::{is_list, item_of, resolved, root_site};
use super::scope::{Scope, Site};
use super::types;
use crate::config::Paging;
use crate::model::{Answer, Type};
use crate::names;
use crate::openapi::{MediaType, Operation, Schema, SchemaType};
use crate::reader::Text;

/// The answer of an operation.
pub(super) fn lower(
    operation: &Operation,
    id: &str,
    paging: Paging,
    scope: &mut Scope<'_>,
) -> Answer {
    let Some(content) = success(operation, scope) else {
        return Answer::Empty;
    };
    match &content.schema {
        Some(schema) if is_json(&content) => object(schema, id, paging, scope),
        _ if content.name.value.starts_with("text/") => Answer::Text,
        _ => Answer::Bytes,
    }
}

/// Whether the content is JSON, whatever parameters its type has.
fn is_json(content: &MediaType) -> bool {
    let name = content.name.value.split(';').next().unwrap_or_default();
    let name = name.trim();
    let is_text = |schema: &Schema| schema.types == [SchemaType::String];
    name == "application/json"
        || name.ends_with("+json")
        || (name == "*/*"
            && content
                .schema
                .as_ref()
                .is_some_and(|schema| !is_text(schema)))
}

/// The content of the first success that has any; they may differ, then the first is typed.
fn success(operation: &Operation, scope: &mut Scope<'_>) -> Option<MediaType> {
    let mut found: Option<MediaType> = None;
    let mut without_body = None;
    let is_success = |status: &str| status.starts_with('2');
    let named = |(status, _): &(Text, _)| is_success(&status.value);
    let any_named = operation.responses.iter().any(named);
    for (status, response) in &operation.responses {
        // Where no success is named, the default is one.
        if !is_success(&status.value) && (any_named || status.value != "default") {
            continue;
        }
        let Some(response) = scope.components.response(response, scope.diagnostics) else {
            continue;
        };
        let json = response.contents.iter().find(|content| is_json(content));
        let Some(content) = json.or(response.contents.first()) else {
            without_body = without_body.or(Some(status));
            continue;
        };
        match &found {
            None => found = Some(content.clone()),
            Some(first) => note_difference(first, content, status, scope),
        }
    }
    if let (Some(_), Some(status)) = (&found, without_body) {
        let message = format!("a success with status {} has no body to read", status.value);
        let help = "awaiting it gives `Error::Decode` with the outcome `Applied`; its status tells it apart";
        scope.diagnostics.note(status.place, message).help(help);
    }
    found
}

fn note_difference(first: &MediaType, other: &MediaType, status: &Text, scope: &mut Scope<'_>) {
    let structure = |content: &MediaType| content.schema.as_ref().map(super::shapes::structure);
    if structure(first) != structure(other) {
        let message = format!(
            "a success with status {} answers something else; the first success is typed",
            status.value
        );
        let help = "read the other answer from the raw body that `with_response()` keeps";
        scope.diagnostics.note(status.place, message).help(help);
    }
}

fn object(schema: &Schema, id: &str, paging: Paging, scope: &mut Scope<'_>) -> Answer {
    let name = names::upper(id).ident.to_string();
    let root_at = root_site(
        schema,
        &format!("{id}.response"),
        &format!("{name}Response"),
    );
    let root = resolved(schema, scope);
    let Some(data) = envelope(&root) else {
        let ty = types::lower(schema, &root_at, scope).ty;
        return whole(ty, &root);
    };
    let site = Site {
        path: format!("{}.data", root_at.path),
        name: format!("{name}Data"),
    };
    let listed = is_list(&resolved(data, scope));
    let ty = types::lower(data, &site, scope).ty;
    match item_of(&ty) {
        Some(item) if listed && paging == Paging::PageNumber => Answer::Page(item.clone()),
        _ if root.property("meta").is_some() && listed => {
            // A list that goes on in a way that is not known: its `meta` has to be seen.
            Answer::Exact(types::lower(schema, &root_at, scope).ty)
        }
        _ => Answer::Data(ty),
    }
}

/// An answer without an envelope. Only an object that has no `data` itself can be told from one.
fn whole(ty: Type, root: &Schema) -> Answer {
    if root.properties.is_empty() || root.property("data").is_some() {
        Answer::Exact(ty)
    } else {
        Answer::Object(ty)
    }
}

/// The `data` of an envelope: an object of `data`, or of `data` and `meta`.
fn envelope(root: &Schema) -> Option<&Schema> {
    let only = root
        .properties
        .iter()
        .all(|property| ["data", "meta"].contains(&property.name.value.as_str()));
    if only { root.property("data") } else { None }
}

/// The type a caller holds after awaiting.
pub(super) fn named(answer: &Answer) -> Option<&proc_macro2::Ident> {
    let (Answer::Data(ty) | Answer::Object(ty) | Answer::Exact(ty) | Answer::Page(ty)) = answer
    else {
        return None;
    };
    match item_of(ty).unwrap_or(ty) {
        Type::Named(name) => Some(name),
        _ => None,
    }
}
