//! The body of a request: an input for each property, or one input for the whole body.

use super::draft::{Draft, Need};
use super::properties::Properties;
use super::{encodings, nulls, read_only};
use crate::lower::naming::{self, BodySlots, Site};
use crate::lower::resolve::{Content, Kind, Operation};
use crate::lower::types::{Typed, Types};
use crate::lower::words;
use crate::model::{Body, Input, InputKind, InputPlace, Type};
use crate::openapi::{ContentType, Method};

/// Adds the drafts of a body: one for each property of an object, or one for any other body.
pub(super) fn drafts<'a>(
    operation: &'a Operation<'a>,
    drafts: &mut Vec<Draft<'a>>,
    types: &mut Types<'a>,
) -> Body {
    let Some(content) = operation.body() else {
        return Body::None;
    };
    let kind = content.body();
    warn_of_others(operation, content, types);
    warn_of_range(content, operation.written.method, types);
    match naming::of_body(content, &operation.id, types.resolved) {
        BodySlots::Properties(slots) => {
            let properties = Properties {
                content,
                kind: &kind,
                method: operation.written.method,
            };
            properties.add(slots, drafts, types);
        }
        BodySlots::Whole(site) => {
            read_only::check_below(&content.schema, types.resolved, types.diagnostics);
            if kind == Body::Json {
                nulls::check_items(&content.schema, types);
            }
            let is_merge = content.content_type().is_merge_patch();
            if kind == Body::Json && (is_merge || operation.written.method == Method::Patch) {
                nulls::check_below(&content.schema, operation.written.method, types);
            }
            let draft = whole(content, &kind, &site, operation.written.method, types);
            drafts.push(draft);
        }
    }
    kind
}

/// A body that the caller passes as one argument.
fn whole<'a>(
    content: &'a Content<'a>,
    kind: &Body,
    site: &Site,
    method: Method,
    types: &mut Types<'a>,
) -> Draft<'a> {
    let typed = match kind {
        Body::None | Body::Json => types.of(&content.schema, site),
        Body::Multipart | Body::UrlEncoded => Typed::of(Type::Form),
        Body::Content(name) if ContentType::of(name).is_text() => Typed::of(Type::Text),
        Body::Content(_) => Typed::of(Type::Bytes),
    };
    warn_of_boundary(content, kind, method, types);
    if typed.ty == Type::Form {
        warn_of_form(content, types);
    }
    Draft {
        wire: "body".to_owned(),
        place: content.name.place,
        typed,
        travels: InputPlace::WholeBody,
        part_types: encodings::of_whole(content, kind, types),
        is_json: false,
        need: Need::Required,
        clearable: false,
        filled: false,
        doc: words::of_site(&content.schema, "The body."),
        deprecated: false,
        sample: content.example.or_else(|| {
            let target = types.resolved.target(&content.schema)?;
            target.type_words.example
        }),
    }
}

/// Two ways to solve a problem: a change to the document, or a raw request.
fn or_by_hand(help: &str, wish: &str, method: Method) -> String {
    match method.raw_call() {
        Some(call) => format!("{help}; to {wish}, use {call}"),
        None => help.to_owned(),
    }
}

/// Warns about a multipart body of unknown form, because only the caller knows its boundary.
fn warn_of_boundary(content: &Content<'_>, kind: &Body, method: Method, types: &mut Types<'_>) {
    let content_type = content.content_type();
    if matches!(kind, Body::Content(_)) && content_type.is_multipart() {
        let message = format!(
            "the client sends `{}` without a boundary, so no server can read the body",
            content.name.value
        );
        let help = "document `multipart/form-data` if the API accepts it";
        types
            .diagnostics
            .warning(content.name.place, message)
            .help(or_by_hand(help, "send another body", method));
    }
}

/// Warns about a range of content types, such as `image/*`, because nobody knows which type the client should send.
fn warn_of_range(content: &Content<'_>, method: Method, types: &mut Types<'_>) {
    if let Some(sent) = content.type_beyond_range() {
        let message = format!(
            "the client sends `{}` as `{sent}`, which is another content type",
            content.name.value
        );
        let help = match content.content_type().is_json() {
            true => {
                "in the overlay, name the content type that the API accepts, such as `application/json`"
            }
            false => {
                "in the overlay, name the content type that the API accepts, such as `image/png`"
            }
        };
        types
            .diagnostics
            .warning(content.name.place, message)
            .help(or_by_hand(help, "send several content types", method));
    }
}

/// Warns about a form with a schema that describes more than the method's one argument can express.
fn warn_of_form(content: &Content<'_>, types: &mut Types<'_>) {
    let Some(form) = types.resolved.target(&content.schema) else {
        return;
    };
    let (place, reason, help) = match (form.kind(), &form.map_values) {
        (Kind::Object, Some(values)) => (
            values.place,
            "the form may have other parts",
            "in the overlay, remove `additionalProperties`",
        ),
        (Kind::Any | Kind::Map(_), _) => return,
        (Kind::Union, _) => (
            form.place,
            "the form is a union",
            "in the overlay, describe one object with all parts as properties",
        ),
        _ => (
            form.place,
            "its schema is not an object",
            "in the overlay, describe an object with the parts as properties",
        ),
    };
    let message = format!("the form has no setters for its parts, because {reason}");
    types.diagnostics.warning(place, message).help(help);
}

/// The first argument in the body.
pub(super) fn argument(inputs: &[Input]) -> Option<&Input> {
    inputs.iter().find(|input| {
        let is_in_body = matches!(
            input.place,
            InputPlace::Body | InputPlace::Part(_) | InputPlace::WholeBody
        );
        is_in_body && input.kind == InputKind::Argument
    })
}

/// Notes that an optional body is never missing, because it contains an argument.
pub(super) fn note_optional(
    operation: &Operation<'_>,
    argument: Option<&Input>,
    types: &mut Types<'_>,
) {
    let content = operation.body().filter(|_| !operation.needs_body);
    let argument = argument.filter(|argument| argument.ty != Type::Form);
    if let (Some(content), Some(argument)) = (content, argument) {
        let message = format!(
            "the body is optional, but the client always sends it, because `{}` is an argument",
            argument.name
        );
        let help = "in the overlay, write `required: true` if the API needs the body";
        types
            .diagnostics
            .note(content.name.place, message)
            .help(or_by_hand(help, "send no body", operation.written.method));
    }
}

/// Warns about each body that is never sent, because the client sends another one, unless both have the same contents.
fn warn_of_others(operation: &Operation<'_>, sent: &Content<'_>, types: &mut Types<'_>) {
    for other in &operation.bodies {
        let is_sent = other.name.place == sent.name.place;
        let is_same = other.carries_the_same(sent, types.resolved)
            && naming::is_same_shape(&other.schema, &sent.schema);
        if !is_sent && !is_same {
            let message = format!(
                "the client never sends this body as `{}`: the client uses another content type of the operation",
                other.name.value
            );
            let help = "in the overlay, keep only the content type that the API needs";
            let method = operation.written.method;
            types
                .diagnostics
                .warning(other.name.place, message)
                .help(or_by_hand(help, "send another content type", method));
        }
    }
}
