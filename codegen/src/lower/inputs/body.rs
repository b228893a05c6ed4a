//! The body of a request: its properties, each an input, or all of it as one.

use super::{Draft, item_of, resolved, root_site, sendable};
use crate::lower::scope::{Scope, Site, Typed};
use crate::lower::{objects, types};
use crate::model::{Body, InputPlace, Part, Type};
use crate::names;
use crate::openapi::{MediaType, Method, Operation, Schema};

/// Adds what the body holds: a draft for each property of an object, one for anything else.
pub(super) fn drafts<'a>(
    operation: &'a Operation,
    id: &str,
    drafts: &mut Vec<Draft>,
    scope: &mut Scope<'a>,
) -> Body {
    let Some(content) = content(operation, scope) else {
        return Body::None;
    };
    let kind = kind_of(content);
    warn_of_another_json(content, &kind, scope);
    let anything = Schema::empty(content.name.place);
    let schema = content.schema.as_ref().unwrap_or(&anything);
    let object = resolved(schema, scope);
    match kind {
        Body::Json | Body::Multipart | Body::UrlEncoded if !object.properties.is_empty() => {
            properties(&object, content, &kind, operation, id, drafts, scope);
        }
        _ => drafts.push(Draft {
            wire: "body".to_owned(),
            place: content.name.place,
            typed: whole(schema, &kind, id, scope),
            travels: InputPlace::WholeBody,
            required: Some(0),
            clearable: false,
            doc: objects::described(schema, "The body.", scope),
            deprecated: false,
            sample: content
                .example
                .as_ref()
                .or(object.example.as_ref())
                .cloned(),
        }),
    }
    kind
}

/// The type of a body that the caller gives as one.
fn whole(schema: &Schema, kind: &Body, id: &str, scope: &mut Scope<'_>) -> Typed {
    match kind {
        Body::None | Body::Json => types::lower(schema, &root(schema, id), scope),
        Body::Multipart | Body::UrlEncoded => Typed::of(Type::Form),
        Body::Content(name) if name.starts_with("text/") => Typed::of(Type::Text),
        Body::Content(_) => Typed::of(Type::Bytes),
    }
}

/// Where the schema of a body stands.
fn root(schema: &Schema, id: &str) -> Site {
    let name = names::upper(id).ident.to_string();
    root_site(schema, &format!("{id}.request"), &name)
}

/// Adds a draft for each property that is sent.
fn properties(
    object: &Schema,
    content: &MediaType,
    kind: &Body,
    operation: &Operation,
    id: &str,
    drafts: &mut Vec<Draft>,
    scope: &mut Scope<'_>,
) {
    let root = root(content.schema.as_ref().unwrap_or(object), id);
    objects::check_required(object, scope);
    let example = content.example.as_ref().or(object.example.as_ref());
    let is_partial = matches!(operation.method, Method::Patch | Method::Put);
    let sent = object
        .properties
        .iter()
        .filter(|property| !property.schema.read_only);
    for property in sent {
        let wire = property.name.value.clone();
        let mut typed = types::lower(&property.schema, &root.property(&wire), scope);
        if *kind == Body::Multipart {
            typed.ty = file(&property.schema, scope).unwrap_or(typed.ty);
        }
        let shown = example.and_then(|example| example.get(&wire));
        drafts.push(Draft {
            place: property.name.place,
            // After the parameters, in the order of `required`.
            required: rank(object, &wire).map(|rank| rank + 1),
            // Where there is nothing to clear, null says no more than leaving the property out.
            clearable: is_partial && typed.nullable && *kind == Body::Json,
            travels: match kind {
                Body::Json => InputPlace::Body,
                _ => InputPlace::Part(part(&typed.ty, scope)),
            },
            doc: objects::property_doc(&property.schema, &wire, scope),
            deprecated: property.schema.deprecated,
            sample: shown.or(property.schema.example.as_ref()).cloned(),
            typed,
            wire,
        });
    }
}

fn part(ty: &Type, scope: &Scope<'_>) -> Part {
    match item_of(ty).unwrap_or(ty) {
        Type::File => Part::File,
        one if sendable::is_plain(one, scope) => Part::Field,
        _ => Part::Json,
    }
}

/// The content of the body that is sent: the first whose parts can be named, else the first.
fn content<'a>(operation: &'a Operation, scope: &mut Scope<'a>) -> Option<&'a MediaType> {
    let reference = operation.body.as_ref()?;
    let body = scope
        .components
        .request_body(reference, scope.diagnostics)?;
    let named = |content: &&MediaType| !matches!(kind_of(content), Body::Content(_));
    let found = body.contents.iter().find(named).or(body.contents.first());
    if found.is_none() {
        scope
            .diagnostics
            .error(body.place, "the body has no content")
            .help("say what it holds: `content: { application/json: { schema: … } }`");
    }
    found
}

/// The type of a part that is a file, or several files; anywhere else the same schema is text.
fn file(schema: &Schema, scope: &mut Scope<'_>) -> Option<Type> {
    let is_file = |schema: &Schema| schema.format.as_deref() == Some("binary");
    let schema = resolved(schema, scope);
    if is_file(&schema) {
        return Some(Type::File);
    }
    let item = resolved(schema.items.as_deref()?, scope);
    is_file(&item).then(|| Type::List(Box::new(Type::File)))
}

/// The place of a property in `required`.
fn rank(object: &Schema, property: &str) -> Option<usize> {
    let mut required = object.required.iter();
    required.position(|name| name.value == property)
}

/// Says of JSON by another name that the request does not carry that name.
fn warn_of_another_json(content: &MediaType, kind: &Body, scope: &mut Scope<'_>) {
    let name = &content.name;
    if *kind == Body::Json && name.value.contains("+json") {
        let message = format!("a body of `{}` is sent as `application/json`", name.value);
        scope.diagnostics.warning(name.place, message);
    }
}

/// How the content is written.
fn kind_of(content: &MediaType) -> Body {
    let name = content.name.value.as_str();
    let essence = name.split(';').next().unwrap_or_default().trim();
    match essence.to_ascii_lowercase().as_str() {
        "application/json" | "*/*" => Body::Json,
        "multipart/form-data" => Body::Multipart,
        "application/x-www-form-urlencoded" => Body::UrlEncoded,
        other if other.ends_with("+json") => Body::Json,
        // Any type will do, so it is the most general one.
        other if other.contains('*') => Body::Content("application/octet-stream".to_owned()),
        _ => Body::Content(name.to_owned()),
    }
}
