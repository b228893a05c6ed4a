//! The body of a request: its properties, each an input, or all of it as one.

use super::{Draft, resolved, root_site};
use crate::lower::scope::Scope;
use crate::lower::{objects, types};
use crate::model::{Body, InputPlace, Type};
use crate::names;
use crate::openapi::{MediaType, Method, Operation, Schema};

/// Adds what the body holds: a draft for each property of an object, one for anything else.
pub(super) fn drafts<'a>(
    operation: &'a Operation,
    id: &str,
    drafts: &mut Vec<Draft>,
    scope: &mut Scope<'a>,
) -> Body {
    let Some((kind, content)) = content(operation, scope) else {
        return Body::None;
    };
    let Some(schema) = &content.schema else {
        return Body::None;
    };
    let name = names::upper(id).ident.to_string();
    let root = root_site(schema, &format!("{id}.request"), &name);
    let object = resolved(schema, scope);
    let example = content.example.as_ref().or(object.example.as_ref());
    if object.properties.is_empty() {
        drafts.push(Draft {
            wire: "body".to_owned(),
            place: content.name.place,
            typed: types::lower(schema, &root, scope),
            travels: InputPlace::WholeBody,
            required: Some(0),
            clearable: false,
            doc: objects::property_doc(schema, "body", scope),
            deprecated: false,
            sample: example.cloned(),
        });
        return kind;
    }
    let is_partial = matches!(operation.method, Method::Patch | Method::Put);
    let sent = object
        .properties
        .iter()
        .filter(|property| !property.schema.read_only);
    for property in sent {
        let wire = property.name.value.clone();
        let mut typed = types::lower(&property.schema, &root.property(&wire), scope);
        if kind == Body::Multipart {
            typed.ty = file(&property.schema, scope).unwrap_or(typed.ty);
        }
        let shown = example.and_then(|example| example.get(&wire));
        drafts.push(Draft {
            place: property.name.place,
            // After the parameters, in the order of `required`.
            required: rank(&object, &wire).map(|rank| rank + 1),
            // Where there is nothing to clear, null says no more than leaving the property out.
            clearable: is_partial && typed.nullable && kind == Body::Json,
            travels: InputPlace::Body,
            doc: objects::property_doc(&property.schema, &wire, scope),
            deprecated: property.schema.deprecated,
            sample: shown.or(property.schema.example.as_ref()).cloned(),
            typed,
            wire,
        });
    }
    kind
}

/// The first content of the body that can be sent.
fn content<'a>(operation: &'a Operation, scope: &mut Scope<'a>) -> Option<(Body, &'a MediaType)> {
    let reference = operation.body.as_ref()?;
    let body = scope
        .components
        .request_body(reference, scope.diagnostics)?;
    let mut contents = body.contents.iter();
    let found = contents.find_map(|content| Some((kind_of(content)?, content)));
    if found.is_none() {
        let (name, place) = match body.contents.first() {
            Some(content) => (content.name.value.as_str(), content.name.place),
            None => ("nothing", body.place),
        };
        scope
            .diagnostics
            .error(place, format!("a body of `{name}` cannot be sent"))
            .help("give `application/json` or `multipart/form-data`");
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

fn kind_of(content: &MediaType) -> Option<Body> {
    let name = content
        .name
        .value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    match name {
        "application/json" | "*/*" => Some(Body::Json),
        "multipart/form-data" => Some(Body::Multipart),
        _ if name.ends_with("+json") => Some(Body::Json),
        _ => None,
    }
}
