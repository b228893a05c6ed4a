//! The result of a successful call, without its envelope.

use proc_macro2::Ident;

use super::inputs;
use crate::config::{self, Paging};
use crate::lower::naming::{self, is_same_shape};
use crate::lower::resolve::{self, Content, Operation, PAGE_FIGURES, Property, Resolved, Schema};
use crate::lower::types::{Told, Types};
use crate::model::{Answer, Field, ItemKind, Nothing, PAGE_NUMBER, Presence, Type};
use crate::reader::Text;
use crate::suggest;

/// The response of an operation, and what a call returns without a body.
pub(super) fn lower<'a>(
    operation: &'a Operation<'a>,
    said: Option<&config::Operation>,
    types: &mut Types<'a>,
) -> (Answer, Nothing) {
    let without_body = check_successes(operation, types);
    let resolved: &'a Resolved<'a> = types.resolved;
    let success = operation.success();
    let pages = naming::pages(operation, said, resolved);
    let answer = resolved.answer(success, pages);
    let schema = success.map(|content| &content.schema);
    let sites = naming::answer_sites(&answer, schema, &operation.id);
    let typed = sites
        .iter()
        .map(|(site, schema)| types.of(schema, site))
        .last();
    for (_, schema) in &sites {
        inputs::check_read_items(schema, types);
    }
    // The whole answer may be null too, and then there is no `data`.
    let null = schema.filter(|schema| resolved.is_nullable(schema));
    let nullable = typed.as_ref().is_some_and(|typed| typed.nullable) || null.is_some();
    let ty = typed.map_or(Type::Json, |typed| typed.ty);
    let answer = match answer {
        resolve::Answer::Empty => Answer::Empty,
        resolve::Answer::Bytes => Answer::Bytes,
        resolve::Answer::Text => Answer::Text,
        resolve::Answer::Object(schema) => whole(ty, resolved.beside_null(schema)),
        resolve::Answer::Data(_) => Answer::Data(ty),
        resolve::Answer::Page(_) => match ty {
            Type::List(item) => Answer::Page(*item),
            other => Answer::Data(other),
        },
        resolve::Answer::OnlyPage(_) => match ty {
            Type::List(item) => Answer::OnlyPage(*item),
            other => Answer::Data(other),
        },
        resolve::Answer::WithMeta(..) => Answer::Exact(ty),
    };
    if !matches!(answer, Answer::Page(_)) {
        let by_rule = resolved.answer(success, naming::pages(operation, None, resolved));
        refuse_paging(said, is_page(&by_rule), types);
    }
    if let (Answer::Page(_) | Answer::OnlyPage(_), Some(success)) = (&answer, success) {
        note_page_meta(success, types);
    }
    if let (Answer::Page(_), Some((Paging::PageNumber, place))) =
        (&answer, said.and_then(|said| said.paging))
        && !naming::has_page_number(operation, resolved)
    {
        let message = format!(
            "`{}` has no parameter `{PAGE_NUMBER}`, so the API may give the first page again and again",
            operation.id
        );
        let help = "add the parameter with an action in the overlay, or remove `paging`";
        types.diagnostics.warning(place, message).help(help);
    }
    let nothing = nothing(&answer, without_body.is_some(), nullable);
    if matches!(answer, Answer::Page(_) | Answer::OnlyPage(_)) {
        note_nothing(without_body, null, types);
    }
    (answer, nothing)
}

/// Reports that `sdk.yaml` gives pages to a response that is no page, or refuses pages to it. `is_page` says whether the response
/// would be a page without the entry.
fn refuse_paging(said: Option<&config::Operation>, is_page: bool, types: &mut Types<'_>) {
    let help = "remove the entry: a page is an object with only a list `data`, and perhaps `meta`";
    match said.and_then(|said| said.paging) {
        Some((Paging::PageNumber, place)) => {
            let message = "the response is no page";
            types.diagnostics.error(place, message).help(help);
        }
        Some((Paging::None, place)) if !is_page => {
            let message = "`paging: none` has no effect, because the response is no page anyway";
            types.diagnostics.warning(place, message).help(help);
        }
        Some((Paging::None, _)) | None => {}
    }
}

fn is_page(answer: &resolve::Answer<'_, '_>) -> bool {
    use resolve::Answer::{OnlyPage, Page};
    matches!(answer, Page(_) | OnlyPage(_))
}

/// Says of a page that a success may come without one.
fn note_nothing(without_body: Option<&Text>, null: Option<&Schema<'_>>, types: &mut Types<'_>) {
    let without_body = without_body.map(|status| {
        let message = format!(
            "the response with status {} has no body to read",
            status.value
        );
        (status.place, message)
    });
    let null = null.map(|schema| {
        let message = "the response may be null instead of a page".to_owned();
        (schema.place, message)
    });
    for (place, message) in without_body.into_iter().chain(null) {
        let help = "awaiting the request then returns `Error::Decode` with the outcome `Applied`; the error's status shows which response the client received";
        types.diagnostics.note(place, message).help(help);
    }
}

/// What a call returns for a success without a value, if the document mentions such a success.
fn nothing(answer: &Answer, without_body: bool, nullable: bool) -> Nothing {
    let (Answer::Data(ty) | Answer::Object(ty) | Answer::Exact(ty)) = answer else {
        return Nothing::Error;
    };
    match ty {
        // Null is itself a value of JSON.
        Type::Json if !without_body => Nothing::Error,
        _ if !without_body && !nullable => Nothing::Error,
        Type::Json | Type::List(_) | Type::Map(_) => Nothing::Default,
        _ => Nothing::None,
    }
}

/// The value of `Accept`, unless it is plain JSON: the types that the response can be decoded from, and JSON for errors.
pub(super) fn accepted(operation: &Operation<'_>, answer: &Answer) -> Option<String> {
    const JSON: &str = "application/json";
    let is_raw = matches!(answer, Answer::Bytes | Answer::Text);
    let contents = operation.successes().filter_map(|(_, content)| content);
    let read = contents.filter(|content| is_raw || content.is_json());
    let named = read.map(|content| match content.json_type() {
        None if content.is_json() => JSON.to_owned(),
        _ => content.name.value.clone(),
    });
    let mut types: Vec<String> = Vec::new();
    for name in named {
        if !types.contains(&name) {
            types.push(name);
        }
    }
    let is_plain = |name: &String| name == JSON;
    if types.iter().all(is_plain) {
        return None;
    }
    if !types.iter().any(is_plain) {
        types.push(format!("{JSON};q=0.5"));
    }
    Some(types.join(", "))
}

/// Reports differences between the successes of an operation. Only the first success with a body has a type. Returns the first
/// success without a body, if another one has a body.
fn check_successes<'a>(operation: &Operation<'a>, types: &mut Types<'_>) -> Option<&'a Text> {
    warn_of_stream(operation, types);
    warn_of_range(operation, types);
    note_other_contents(operation, types);
    let mut found: Option<(&Text, &Content<'_>)> = None;
    let mut without_body = None;
    if operation.successes().next().is_none() && !operation.written.responses.is_empty() {
        let message = "this operation documents no successful response, so awaiting the request always returns an error";
        let place = operation.written.name_place();
        types
            .diagnostics
            .warning(place, message)
            .help("describe the successful response under `200:`");
    }
    for (status, content) in operation.successes() {
        match (found, content) {
            (_, None) => without_body = without_body.or(Some(status)),
            (None, Some(content)) => found = Some((status, content)),
            (Some(first), Some(content)) => note_difference(first, (status, content), types),
        }
    }
    without_body.filter(|_| found.is_some())
}

/// Warns that a call returns a stream of events only when the stream has ended.
fn warn_of_stream(operation: &Operation<'_>, types: &mut Types<'_>) {
    let content = operation.success();
    let stream = content.filter(|content| content.content_type().is_sequence());
    if let Some(stream) = stream {
        let message = match stream.content_type().is_text() {
            true => {
                "the client reads this stream of events to its end, and returns the whole stream as one string"
            }
            false => "the client reads this sequence to its end, and returns its bytes",
        };
        types.diagnostics.warning(stream.name.place, message).help(
            "if the API offers JSON, document JSON instead; a stream that never ends causes a timeout",
        );
    }
}

/// Warns of a range of content types that does not hold the JSON that the client accepts.
fn warn_of_range(operation: &Operation<'_>, types: &mut Types<'_>) {
    let contents = operation.successes().filter_map(|(_, content)| content);
    for content in contents {
        let content_type = content.content_type();
        if content_type.is_range() && content_type.is_json() {
            let message = format!(
                "the client accepts `application/json` here, not `{}`",
                content.name.value
            );
            let help = "in the overlay, name the content type of the response, such as `application/problem+json`";
            types
                .diagnostics
                .warning(content.name.place, message)
                .help(help);
        }
    }
}

fn note_difference(
    (typed, first): (&Text, &Content<'_>),
    (status, other): (&Text, &Content<'_>),
    types: &mut Types<'_>,
) {
    if !is_same(first, other) {
        let message = format!(
            "the response with status {} has another schema, and the crate has a type only for the response with status {}",
            status.value, typed.value
        );
        let help = "read the other response from the raw body, with `with_response()`";
        types.diagnostics.note(status.place, message).help(help);
    }
}

/// Whether the decoder can distinguish a response without an envelope from one with an envelope. The object must not have a
/// property `data` itself.
pub(in crate::lower) fn may_be_enveloped(root: &Schema<'_>) -> bool {
    !root.properties.is_empty() && root.property("data").is_none()
}

fn is_same(one: &Content<'_>, other: &Content<'_>) -> bool {
    one.says_what == other.says_what && is_same_shape(&one.schema, &other.schema)
}

/// Notes each content type of the success that the client never requests, unless it is for the same data.
fn note_other_contents(operation: &Operation<'_>, types: &mut Types<'_>) {
    let Some(read) = operation.success() else {
        return;
    };
    let is_same_data = |other: &Content<'_>| {
        let is_said = read.says_what || other.is_json();
        // An item of a sequence is not the whole response.
        let is_single = !other.content_type().is_sequence();
        read.is_json() && is_single && is_said && is_same(read, other)
    };
    let holds = |contents: &&[Content<'_>]| {
        let mut places = contents.iter().map(|content| content.name.place);
        places.any(|place| place == read.name.place)
    };
    let mut all = operation.all_successes().map(|(_, contents)| contents);
    for other in all.find(holds).unwrap_or_default() {
        if other.name.place != read.name.place && !is_same_data(other) {
            let message = format!(
                "the client never asks for this response as `{}`: the client asks for `{}`",
                other.name.value, read.name.value
            );
            let note = types.diagnostics.note(other.name.place, message);
            if let Some(call) = operation.written.method.raw_call() {
                note.help(format!("to get this content type, send a raw request, such as {call}, with the header `Accept`"));
            }
        }
    }
}

/// Notes each property of `meta` that a `Page` does not have.
fn note_page_meta<'a>(success: &'a Content<'a>, types: &mut Types<'a>) {
    let resolved = types.resolved;
    let root = resolved.beside_null(&success.schema);
    let meta = root.and_then(|root| resolved.beside_null(&root.property("meta")?.schema));
    for Property { name, .. } in meta.iter().flat_map(|meta| &meta.properties) {
        let is_figure = PAGE_FIGURES.contains(&name.value.as_str());
        if !is_figure && types.tell_once(name.place, Told::PageMeta) {
            let message = format!(
                "the crate does not read `{}` in the `meta` of a page",
                name.value
            );
            let help = "read the property from the raw body, with `with_response()`";
            types.diagnostics.note(name.place, message).help(help);
        }
    }
}

/// A response without an envelope.
fn whole(ty: Type, root: Option<&Schema<'_>>) -> Answer {
    if root.is_some_and(may_be_enveloped) {
        Answer::Object(ty)
    } else {
        Answer::Exact(ty)
    }
}

/// The type that a caller gets after awaiting.
pub(super) fn named(answer: &Answer) -> Option<&proc_macro2::Ident> {
    let ty = answer.ty()?;
    match ty.item().unwrap_or(ty) {
        Type::Named(name) => Some(name),
        _ => None,
    }
}

/// The list in the response that `until_done` waits for, from `sdk.yaml`.
pub(super) fn until_empty(
    (answer, nothing): (&Answer, Nothing),
    said: Option<&config::Operation>,
    types: &mut Types<'_>,
) -> Option<Ident> {
    let text = said?.until_empty.as_ref()?;
    let fields = match answer {
        // If there may be no response, there is no list to wait for.
        _ if nothing == Nothing::None => None,
        Answer::Data(Type::Named(name)) | Answer::Object(Type::Named(name)) => types.item(name),
        _ => None,
    };
    let fields = match fields {
        Some(ItemKind::Object(object)) => object.fields.as_slice(),
        _ => &[],
    };
    let is_list = |field: &&Field| field.wire == text.value && field.presence == Presence::List;
    let list = fields.iter().find(is_list).map(|field| field.name.clone());
    if list.is_none() {
        let message = format!(
            "`until_done` checks the list `{}`, but the response has no such list",
            text.value
        );
        let lists = fields
            .iter()
            .filter(|field| field.presence == Presence::List);
        let lists: Vec<String> = lists.map(|field| field.wire.clone()).collect();
        let help = suggest::help(
            &text.value,
            lists.iter().map(String::as_str),
            "name a property of the response that is a list",
        );
        types.diagnostics.error(text.place, message).help(help);
    }
    list
}
