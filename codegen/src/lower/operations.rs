//! Operations: a method of a resource and the request it makes.

use std::collections::{HashMap, HashSet};

use proc_macro2::Ident;

use super::inputs::{self, Inputs};
use super::scope::Scope;
use super::{answers, examples};
use crate::config::{self, Paging};
use crate::model::{Answer, Doc, Idempotency, InputPlace, Operation};
use crate::names;
use crate::openapi::{self, Document, Method};
use crate::tree::Place;

/// An operation and the resource it belongs to.
pub(super) struct Placed {
    /// `["phone_numbers", "messaging"]`
    pub(super) resource: Vec<String>,
    pub(super) operation: Operation,
    pub(super) place: Place,
}

/// Lowers every operation of the document, in its order.
pub(super) fn lower<'a>(document: &'a Document, scope: &mut Scope<'a>) -> Vec<Placed> {
    let mut ids: HashMap<String, Place> = HashMap::new();
    let mut requests = HashSet::new();
    let mut placed = Vec::new();
    for operation in &document.operations {
        let id = id_of(operation);
        if let Some(first) = ids.insert(id.clone(), operation.place) {
            let place = operation.id.as_ref().map_or(operation.place, |id| id.place);
            scope
                .diagnostics
                .error(place, format!("two operations are called `{id}`"))
                .related(first, "the first stands here")
                .help("give one of them another `operationId` by the overlay");
            continue;
        }
        placed.push(lower_one(operation, &id, &mut requests, scope));
    }
    placed
}

fn lower_one<'a>(
    operation: &'a openapi::Operation,
    id: &str,
    requests: &mut HashSet<String>,
    scope: &mut Scope<'a>,
) -> Placed {
    let said = scope.config.operation(id);
    let path = said
        .and_then(|said| said.path.as_ref())
        .unwrap_or(&operation.path)
        .value
        .clone();
    let (resource, method) = location(operation, id, said, scope);
    let request = request_name(operation, id, said, requests, scope);
    let Inputs {
        inputs,
        body,
        samples,
    } = inputs::lower(operation, id, &path, said, scope);
    let paging = said.and_then(|said| said.paging).unwrap_or_else(|| {
        if inputs::has_page_number(&inputs) {
            Paging::PageNumber
        } else {
            Paging::None
        }
    });
    let answer = answers::lower(operation, id, paging, scope);
    let keyed = inputs
        .iter()
        .any(|input| input.place == InputPlace::IdempotencyKey);
    let mut lowered = Operation {
        id: id.to_owned(),
        module: names::module_of(&request),
        request_doc: request_doc(&resource, &method, &answer),
        request,
        method,
        verb: names::own(verb(operation.method)),
        path,
        idempotency: idempotency(operation, keyed),
        authenticated: operation.authenticated,
        doc: Doc::default(),
        deprecated: operation.deprecated,
        aliases: aliases(operation, id, said),
        inputs,
        body,
        answer,
    };
    lowered.doc = method_doc(operation, &lowered);
    let example = examples::of(&lowered, &resource, &samples, said, scope);
    lowered.doc = lowered.doc.block(example);
    let place = operation.id.as_ref().map_or(operation.place, |id| id.place);
    Placed {
        resource,
        operation: lowered,
        place,
    }
}

/// The operation's name in `sdk.yaml`: its `operationId`, else its verb and path.
fn id_of(operation: &openapi::Operation) -> String {
    operation.id.as_ref().map_or_else(
        || format!("{} {}", verb(operation.method), operation.path.value),
        |id| id.value.clone(),
    )
}

fn verb(method: Method) -> &'static str {
    match method {
        Method::Delete => "DELETE",
        Method::Get => "GET",
        Method::Head => "HEAD",
        Method::Options => "OPTIONS",
        Method::Patch => "PATCH",
        Method::Post => "POST",
        Method::Put => "PUT",
    }
}

/// The resource and the method: from `sdk.yaml`, else the tag and the operation's name.
fn location(
    operation: &openapi::Operation,
    id: &str,
    said: Option<&config::Operation>,
    scope: &mut Scope<'_>,
) -> (Vec<String>, Ident) {
    if let Some(text) = said.and_then(|said| said.method.as_ref()) {
        match given_location(&text.value) {
            Some(location) => return location,
            None => {
                let message = format!("`{}` is no resource and method", text.value);
                let help = "write names in snake case, the first not that of a module or method of the \
                            client: `messages.send`";
                scope.diagnostics.error(text.place, message).help(help);
            }
        }
    }
    let mut segments = operation.path.value.split('/');
    let segment = segments.find(|part| !part.is_empty() && !part.starts_with('{'));
    let tag = operation.tag.as_ref().map(|tag| tag.value.as_str());
    let mut resource = names::lower(tag.or(segment).unwrap_or("api"))
        .ident
        .to_string();
    if names::is_reserved_resource(&resource) {
        let message =
            format!("the resource `{resource}` is called `{resource}_api`: the client has another");
        let key = super::scope::quoted(id);
        let help = format!(
            "name it in sdk.yaml: `operations: {{ {key}: {{ method: {resource}_api.… }} }}`"
        );
        scope.diagnostics.note(operation.place, message).help(help);
        resource.push_str("_api");
    }
    (vec![resource], names::lower(id).ident)
}

/// The resource and method of `phone_numbers.messaging.update`.
fn given_location(text: &str) -> Option<(Vec<String>, Ident)> {
    let mut parts: Vec<String> = text.split('.').map(str::to_owned).collect();
    let method = names::given(&parts.pop()?)?;
    let valid = !names::is_reserved_resource(parts.first()?)
        && parts.iter().all(|part| names::given(part).is_some());
    valid.then_some((parts, method))
}

fn request_name(
    operation: &openapi::Operation,
    id: &str,
    said: Option<&config::Operation>,
    requests: &mut HashSet<String>,
    scope: &mut Scope<'_>,
) -> Ident {
    if let Some(text) = said.and_then(|said| said.request.as_ref()) {
        match names::given(&text.value) {
            Some(ident) if requests.insert(names::module_of(&ident).to_string()) => return ident,
            _ => {
                let message = format!("`{}` cannot be the name of this request", text.value);
                let help =
                    "write an upper camel case name that no other request has: `SendMessage`";
                scope.diagnostics.error(text.place, message).help(help);
            }
        }
    }
    let name = names::upper(id);
    let mut ident = name.ident.clone();
    let mut improvised = name.improvised;
    if names::is_reserved_type(&ident) {
        improvised = true;
        ident = names::own(&format!("{ident}Request"));
    }
    let mut number = 2;
    while !requests.insert(names::module_of(&ident).to_string()) {
        improvised = true;
        ident = names::numbered(&name.ident, number);
        number += 1;
    }
    if improvised {
        let place = operation.id.as_ref().map_or(operation.place, |id| id.place);
        scope
            .diagnostics
            .note(
                place,
                format!("the request of `{id}` is called `{ident}` for want of a better name"),
            )
            .help(format!(
                "name it in sdk.yaml: `operations: {{ {}: {{ request: {ident} }} }}`",
                super::scope::quoted(id)
            ));
    }
    ident
}

fn idempotency(operation: &openapi::Operation, keyed: bool) -> Idempotency {
    match operation.method {
        Method::Delete | Method::Get | Method::Head | Method::Options | Method::Put => {
            Idempotency::Natural
        }
        Method::Patch | Method::Post if operation.idempotent => Idempotency::Natural,
        Method::Patch | Method::Post if keyed => Idempotency::Key,
        Method::Patch | Method::Post => Idempotency::None,
    }
}

fn aliases(
    operation: &openapi::Operation,
    id: &str,
    said: Option<&config::Operation>,
) -> Vec<String> {
    let mut aliases = vec![id.to_owned(), operation.path.value.clone()];
    aliases.extend(
        said.into_iter()
            .flat_map(|said| &said.aliases)
            .map(|alias| alias.value.clone()),
    );
    aliases.dedup();
    aliases
}

fn method_doc(operation: &openapi::Operation, lowered: &Operation) -> Doc {
    let summary = operation
        .summary
        .as_deref()
        .map(|text| format!("{}.", text.trim().trim_end_matches('.')));
    let mut doc = Doc::or(summary.as_deref(), || {
        format!("Calls `{} {}`.", lowered.verb, lowered.path)
    });
    if let Some(description) = &operation.description {
        doc = doc.paragraph(description);
    }
    doc = doc.paragraph(&format!("`{} {}`", lowered.verb, lowered.path));
    doc = doc.paragraph(match lowered.idempotency {
        Idempotency::Natural => "Repeating it changes nothing, so it is retried when an answer is lost.",
        Idempotency::Key => {
            "Every attempt carries the same `Idempotency-Key`, so it is retried when an answer is lost."
        }
        Idempotency::None => {
            "Telnyx takes no idempotency key here, so it is retried only when it never left or was turned \
             away with 429."
        }
    });
    let arguments: Vec<String> = lowered
        .arguments()
        .map(|input| {
            format!(
                "- `{}`: {}",
                input.name,
                input.doc.summary().replace('\n', " ")
            )
        })
        .collect();
    if arguments.is_empty() {
        doc
    } else {
        doc.paragraph("# Arguments")
            .paragraph(&arguments.join("\n"))
    }
}

fn request_doc(resource: &[String], method: &Ident, answer: &Answer) -> Doc {
    let handle = super::resources::handle_name(resource);
    let made_by = format!("Request of [`{handle}::{method}`](super::{handle}::{method}).");
    let gives = match (answer, answers::named(answer)) {
        (Answer::Page(_), Some(name)) => format!(
            "Awaiting it gives one [`Page`] of [`{name}`](types::{name}); [`items`](Self::items) goes through all."
        ),
        (Answer::Page(_), None) => {
            "Awaiting it gives one [`Page`]; [`items`](Self::items) goes through all.".to_owned()
        }
        (Answer::Data(crate::model::Type::List(_)), Some(name)) => {
            format!("Awaiting it gives a list of [`{name}`](types::{name}).")
        }
        (_, Some(name)) => format!("Awaiting it gives [`{name}`](types::{name})."),
        (Answer::Empty, None) => "Awaiting it gives `()`: the answer holds nothing.".to_owned(),
        (Answer::Bytes, None) => "Awaiting it gives the bytes of the answer.".to_owned(),
        (Answer::Text, None) => "Awaiting it gives the text of the answer.".to_owned(),
        (_, None) => "Awaiting it gives the answer.".to_owned(),
    };
    Doc(vec![made_by, String::new(), gives])
}
