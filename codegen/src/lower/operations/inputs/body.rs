//! The body of a request: an input for each property, or one input for the whole body.

use super::draft::{Draft, Need};
use super::{encodings, files, nulls, read_only, sendable, several_types};
use crate::lower::naming::{self, BodySlots, Site, Slot, Slots};
use crate::lower::resolve::{Content, Kind, Operation, Schema};
use crate::lower::types::{Typed, Types, check_required, note_undescribed};
use crate::lower::words;
use crate::model::{Body, Input, InputKind, InputPlace, Part, Type};
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
            properties(
                slots,
                content,
                &kind,
                operation.written.method,
                drafts,
                types,
            );
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

/// Adds a draft for each property that the client sends.
fn properties<'a>(
    slots: Slots<'a, 'a>,
    content: &'a Content<'a>,
    kind: &Body,
    method: Method,
    drafts: &mut Vec<Draft<'a>>,
    types: &mut Types<'a>,
) {
    if !sendable::check_count(&slots, content.name, types.diagnostics) {
        return;
    }
    for object in slots.objects {
        check_required(object, types.diagnostics);
        sendable::check_properties(object, types);
    }
    let is_merge = content.content_type().is_merge_patch();
    let is_partial = is_merge || matches!(method, Method::Patch | Method::Put);
    encodings::check(content, &slots.slots, types.diagnostics);
    for Slot {
        wire,
        site,
        schema,
        place,
        property_of,
        is_below_optional,
        part,
    } in slots.slots
    {
        note_undescribed(&wire, place, schema, types);
        let is_multipart = *kind == Body::Multipart;
        let file = match is_multipart {
            true => files::of(schema, types.resolved)
                .or_else(|| files::of_anything(schema, content.encoding(part), types.resolved)),
            false => None,
        };
        if is_multipart && file.is_none() {
            files::check(&wire, schema, types);
        }
        let is_text = *kind != Body::Json && !encodings::is_json(content, part);
        let list = match is_text && file.is_none() {
            true => several_types::one_or_list(schema, &site, types),
            false => None,
        };
        let typed = file
            .or(list)
            .map_or_else(|| types.of(schema, &site), Typed::of);
        let rank = property_of.and_then(|(object, name)| object.rank(name));
        let rank = rank.filter(|_| !is_below_optional);
        if *kind == Body::Json && (is_merge || method == Method::Patch) {
            nulls::check_below(schema, method, types);
        }
        read_only::check_below(schema, types.resolved, types.diagnostics);
        if *kind == Body::Json {
            nulls::check_items(schema, types);
        }
        let (travels, part_type) = match kind {
            Body::Json => (InputPlace::Body, None),
            _ => {
                let of_part = (schema, &typed.ty);
                let (part, part_type) = encodings::part(content, (part, &wire), of_part, types);
                if part != Part::Json {
                    several_types::warn_of_json((&wire, place), schema, &typed.ty, types);
                }
                (InputPlace::Part(part), part_type)
            }
        };
        let of_object = property_of.and_then(|(object, _)| object.type_words.example);
        let example = content.example.or(of_object);
        drafts.push(Draft {
            place,
            need: rank.map_or(Need::Optional, Need::RequiredProperty),
            // If there is nothing to clear, null means the same as an absent property.
            clearable: is_partial && typed.nullable && *kind == Body::Json,
            filled: *kind == Body::Json && is_filled(schema, &typed.ty),
            travels,
            part_types: part_type
                .map(|own| (wire.clone(), own))
                .into_iter()
                .collect(),
            is_json: false,
            doc: words::of_property(schema, &wire),
            deprecated: schema.deprecated,
            sample: example
                .and_then(|example| example.get(&wire))
                .or(schema.words.example),
            typed,
            wire,
        });
    }
}

/// Whether the document requires at least one character in a string, or one item in a list.
fn is_filled(schema: &Schema<'_>, ty: &Type) -> bool {
    let limits = &schema.words.limits;
    let least = match ty {
        Type::List(_) => limits.min_items.as_ref(),
        _ => limits.min_length.as_ref(),
    };
    least.is_some_and(|least| least != "0")
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
