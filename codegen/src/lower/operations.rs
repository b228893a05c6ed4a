//! Operations: a method of a resource and the request it makes.

use std::collections::{HashMap, HashSet};

use proc_macro2::Ident;

use super::inputs::{self, Inputs};
use super::placement::{self, Placement};
use super::scope::Scope;
use super::{answers, examples};
use crate::config::{self, Paging};
use crate::model::{Answer, Body, Doc, Idempotency, InputPlace, Operation};
use crate::names::{self, Name};
use crate::openapi::{self, Document, Method};
use crate::reader;
use crate::tree::Place;

/// An operation and the resource it belongs to.
pub(super) struct Placed {
    /// `["phone_numbers", "messaging"]`
    pub(super) resource: Vec<String>,
    pub(super) operation: Operation,
}

/// Lowers every operation of the document, in its order.
pub(super) fn lower<'a>(document: &'a Document, scope: &mut Scope<'a>) -> Vec<Placed> {
    let operations = distinct(document, scope);
    let placements = placement::of_all(&operations, scope);
    let mut requests = HashSet::new();
    operations
        .iter()
        .zip(placements)
        .map(|((id, operation), placement)| {
            lower_one(operation, id, placement, &mut requests, scope)
        })
        .collect()
}

/// The operations with their names in `sdk.yaml`, each once: the `operationId`, else verb and path.
fn distinct<'a>(
    document: &'a Document,
    scope: &mut Scope<'_>,
) -> Vec<(String, &'a openapi::Operation)> {
    let mut ids: HashMap<&str, Place> = HashMap::new();
    let mut distinct = Vec::new();
    for operation in &document.operations {
        let by_path = || format!("{} {}", verb(operation.method), operation.path.value);
        let Some(id) = &operation.id else {
            distinct.push((by_path(), operation));
            continue;
        };
        match ids.get(id.value.as_str()) {
            None => {
                ids.insert(&id.value, id.place);
                distinct.push((id.value.clone(), operation));
            }
            Some(first) => {
                let name = by_path();
                let message = format!(
                    "two operations are called `{}`: this one goes by `{name}`",
                    id.value
                );
                let help = "give it another `operationId` by the overlay";
                let warning = scope.diagnostics.warning(id.place, message);
                warning.related(*first, "the first stands here").help(help);
                distinct.push((name, operation));
            }
        }
    }
    distinct
}

fn lower_one<'a>(
    operation: &'a openapi::Operation,
    id: &str,
    placement: Placement,
    requests: &mut HashSet<Ident>,
    scope: &mut Scope<'a>,
) -> Placed {
    let said = scope.config.operation(id);
    let path = said
        .and_then(|said| said.path.as_ref())
        .unwrap_or(&operation.path);
    let request = request_name(operation, id, &placement, said, requests, scope);
    let Placement {
        resource,
        method,
        improvised,
        ..
    } = placement;
    let Inputs {
        inputs,
        body,
        samples,
    } = inputs::lower(operation, id, path, said, scope);
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
    let aliases = aliases(operation, id, &method, said);
    let mut lowered = Operation {
        id: id.to_owned(),
        module: names::module_of(&request),
        request_doc: request_doc(&resource, &method, &answer),
        request,
        method,
        verb: names::own(verb(operation.method)),
        path: path.value.clone(),
        idempotency: idempotency(operation, keyed),
        authenticated: operation.authenticated,
        doc: Doc::default(),
        deprecated: operation.deprecated,
        aliases,
        inputs,
        body,
        answer,
    };
    lowered.doc = method_doc(operation, &lowered);
    let example = examples::of(&lowered, &resource, &samples, said, scope);
    lowered.doc = lowered.doc.block(example);
    if said.is_none_or(|said| said.method.is_none()) && !improvised {
        note_placement(operation, &lowered, &resource, scope);
    }
    Placed {
        resource,
        operation: lowered,
    }
}

/// Says that an operation hangs where a rule puts it, where `sdk.yaml` places others.
fn note_placement(
    operation: &openapi::Operation,
    lowered: &Operation,
    resource: &[String],
    scope: &mut Scope<'_>,
) {
    if !scope.config.places_operations() {
        return;
    }
    let Operation { id, method, .. } = lowered;
    let path = format!("{}.{method}", resource.join("."));
    let arguments: Vec<String> = lowered
        .arguments()
        .map(|input| super::scope::quoted(&input.wire))
        .collect();
    let message = format!("the operation `{id}` is called `{path}` by a rule");
    let help = format!(
        "keep its name and its arguments in sdk.yaml: `operations: {{ {}: {{ method: {path}, arguments: [{}] }} }}`",
        super::scope::quoted(id),
        arguments.join(", ")
    );
    scope
        .diagnostics
        .note(operation.name_place(), message)
        .help(help);
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

fn request_name(
    operation: &openapi::Operation,
    id: &str,
    placement: &Placement,
    said: Option<&config::Operation>,
    requests: &mut HashSet<Ident>,
    scope: &mut Scope<'_>,
) -> Ident {
    if let Some(text) = said.and_then(|said| said.request.as_ref()) {
        let (reason, help) = match names::given_upper(&text.value) {
            None => (
                "it is not in upper camel case",
                "write a name such as `SendMessage`",
            ),
            Some(ident) if is_reserved_request(&ident, placement) => (
                "the file of the request has the name already",
                "write another: the request is none of the types, modules and handles around it",
            ),
            Some(ident) if requests.insert(names::module_of(&ident)) => return ident,
            Some(_) => (
                "another request is called so",
                "name one of the two otherwise",
            ),
        };
        let message = format!(
            "`{}` cannot be the name of this request: {reason}",
            text.value
        );
        scope.diagnostics.error(text.place, message).help(help);
    }
    let name = names::upper(id);
    let is_reserved = is_reserved_request(&name.ident, placement);
    let Name { ident, improvised } = name
        .with_ending_if(is_reserved, "Request")
        .free(|ident| requests.insert(names::module_of(ident)));
    if improvised {
        scope
            .diagnostics
            .note(
                operation.name_place(),
                format!("the request of `{id}` is called `{ident}` for want of a better name"),
            )
            .help(format!(
                "name it in sdk.yaml: `operations: {{ {}: {{ request: {ident} }} }}`",
                super::scope::quoted(id)
            ));
    }
    ident
}

/// Whether the file of the resource has the name already.
fn is_reserved_request(name: &Ident, placement: &Placement) -> bool {
    let module = names::module_of(name).to_string();
    names::is_reserved_request(name)
        || *name == super::resources::handle_name(&placement.resource)
        || placement.resource.last() == Some(&module)
        || placement.children.contains(&module)
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
    method: &Ident,
    said: Option<&config::Operation>,
) -> Vec<String> {
    let said = said.into_iter().flat_map(|said| &said.aliases);
    let said = said.map(|alias| alias.value.as_str());
    let mut aliases: Vec<String> = Vec::new();
    for alias in [id, &operation.path.value].into_iter().chain(said) {
        // Nor may an alias be the method's own name.
        let usable = reader::can_be_alias(alias) && *method != alias;
        if usable && aliases.iter().all(|known| known != alias) {
            aliases.push(alias.to_owned());
        }
    }
    aliases
}

fn method_doc(operation: &openapi::Operation, lowered: &Operation) -> Doc {
    let summary = operation
        .summary
        .as_deref()
        .map(|text| format!("{}.", text.trim().trim_end_matches('.')));
    let call = format!("`{} {}`", lowered.verb, lowered.path);
    let mut doc = Doc::or(summary.as_deref(), || format!("Calls {call}."));
    if let Some(description) = &operation.description {
        doc = doc.paragraph(description);
    }
    if summary.is_some() {
        doc = doc.paragraph(&call);
    }
    if let Body::Content(content_type) = &lowered.body {
        doc = doc.paragraph(&format!("The body is sent as `{content_type}`."));
    }
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
