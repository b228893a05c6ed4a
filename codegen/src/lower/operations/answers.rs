//! What a success answers, its envelope taken off.

use proc_macro2::Ident;

use crate::config;
use crate::lower::naming::{self, is_same_shape};
use crate::lower::resolve::{self, Content, Operation, Resolved, Schema};
use crate::lower::types::Types;
use crate::model::{Answer, Field, ItemKind, Presence, Type};
use crate::reader::Text;
use crate::suggest;

/// The answer of an operation.
pub(super) fn lower<'a>(
    operation: &'a Operation<'a>,
    said: Option<&config::Operation>,
    types: &mut Types<'a>,
) -> Answer {
    check_successes(operation, types);
    let resolved: &'a Resolved<'a> = types.resolved;
    let success = operation.success();
    let pages = naming::pages(operation, said, resolved);
    let answer = resolved.answer(success, pages);
    let schema = success.map(|content| &content.schema);
    let sites = naming::answer_sites(&answer, schema, &operation.id);
    let ty = sites
        .iter()
        .map(|(site, schema)| types.of(schema, site).ty)
        .last();
    let ty = ty.unwrap_or(Type::Json);
    match answer {
        resolve::Answer::Empty => Answer::Empty,
        resolve::Answer::Bytes => Answer::Bytes,
        resolve::Answer::Text => Answer::Text,
        resolve::Answer::Object(schema) => whole(ty, resolved.target(schema)),
        resolve::Answer::Data(_) => Answer::Data(ty),
        resolve::Answer::Page(_) => match ty {
            Type::List(item) => Answer::Page(*item),
            other => Answer::Data(other),
        },
        resolve::Answer::OnlyPage(_) => match ty {
            Type::List(item) => Answer::OnlyPage(*item),
            other => Answer::Data(other),
        },
        resolve::Answer::List(..) => Answer::Exact(ty),
    }
}

/// What a request accepts, where the response is read as bytes or text: its own types, and JSON for errors.
pub(super) fn accepted(operation: &Operation<'_>, answer: &Answer) -> Option<String> {
    if !matches!(answer, Answer::Bytes | Answer::Text) {
        return None;
    }
    let mut types: Vec<&str> = Vec::new();
    for (_, content) in operation.successes() {
        let name = content.map(|content| content.name.value.as_str());
        types.extend(name.filter(|name| !types.contains(name)));
    }
    types.push("application/json;q=0.5");
    Some(types.join(", "))
}

/// Says where the successes of an operation differ, of which the first that has a body is typed.
fn check_successes(operation: &Operation<'_>, types: &mut Types<'_>) {
    let mut found: Option<&Content<'_>> = None;
    let mut without_body = None;
    if operation.successes().next().is_none() && !operation.written.responses.is_empty() {
        let message = "no response of this operation is a success: awaiting it gives an error";
        let place = operation.written.name_place();
        types
            .diagnostics
            .warning(place, message)
            .help("say what a success answers: `200:`");
    }
    for (status, content) in operation.successes() {
        match (found, content) {
            (_, None) => without_body = without_body.or(Some(status)),
            (None, Some(content)) => found = Some(content),
            (Some(first), Some(content)) => note_difference(first, content, status, types),
        }
    }
    if let (Some(_), Some(status)) = (found, without_body) {
        let message = format!("a success with status {} has no body to read", status.value);
        let help = "awaiting it gives `Error::Decode` with the outcome `Applied`; its status tells it apart";
        types.diagnostics.note(status.place, message).help(help);
    }
}

fn note_difference(first: &Content<'_>, other: &Content<'_>, status: &Text, types: &mut Types<'_>) {
    let is_same = first.says_what == other.says_what && is_same_shape(&first.schema, &other.schema);
    if !is_same {
        let message = format!(
            "a success with status {} answers something else; the first success is typed",
            status.value
        );
        let help = "read the other answer from the raw body that `with_response()` keeps";
        types.diagnostics.note(status.place, message).help(help);
    }
}

/// An answer without an envelope. Only an object that has no `data` itself can be told from one.
fn whole(ty: Type, root: Option<&Schema<'_>>) -> Answer {
    let is_told_apart =
        |root: &Schema<'_>| !root.properties.is_empty() && root.property("data").is_none();
    if root.is_some_and(is_told_apart) {
        Answer::Object(ty)
    } else {
        Answer::Exact(ty)
    }
}

/// The type a caller holds after awaiting.
pub(super) fn named(answer: &Answer) -> Option<&proc_macro2::Ident> {
    let (Answer::Data(ty)
    | Answer::Object(ty)
    | Answer::Exact(ty)
    | Answer::Page(ty)
    | Answer::OnlyPage(ty)) = answer
    else {
        return None;
    };
    match ty.item().unwrap_or(ty) {
        Type::Named(name) => Some(name),
        _ => None,
    }
}

/// The list of the answer that `sdk.yaml` waits for.
pub(super) fn until_empty(
    answer: &Answer,
    said: Option<&config::Operation>,
    types: &mut Types<'_>,
) -> Option<Ident> {
    let text = said?.until_empty.as_ref()?;
    let fields = match answer {
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
        let message = format!("the response has no list `{}` to wait for", text.value);
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
