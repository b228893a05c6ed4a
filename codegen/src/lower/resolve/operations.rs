//! Operations: their parameters, and the contents of their bodies and successes. Parameters of an operation override those of its
//! path.

use std::collections::HashMap;

use super::contents::Content;
use super::merge::Merger;
use super::schema::Schema;
use crate::model::{Body, COMMA, InputPlace};
use crate::openapi::{
    self, Document, Location, Method, Reference, RequestBody, Response, Style, is_of_token,
};
use crate::reader::Text;
use crate::tree::Place;

/// An operation.
#[derive(Debug)]
pub(in crate::lower) struct Operation<'a> {
    /// The key in `sdk.yaml`: the `operationId`, or else the method and path.
    pub(in crate::lower) id: String,
    pub(in crate::lower) written: &'a openapi::Operation,
    /// The parameters that a request can contain.
    pub(in crate::lower) parameters: Vec<Parameter<'a>>,
    /// The required cookies, which no request can contain.
    pub(in crate::lower) cookies: Vec<&'a Text>,
    /// The bodies, by content type.
    pub(in crate::lower) bodies: Vec<Content<'a>>,
    /// Whether the API rejects a request without a body.
    pub(in crate::lower) needs_body: bool,
    /// The responses, by status: every success, and the default. Ranges of statuses come last.
    pub(in crate::lower) answers: Vec<(&'a Text, Vec<Content<'a>>)>,
}

/// A parameter.
#[derive(Debug)]
pub(in crate::lower) struct Parameter<'a> {
    pub(in crate::lower) written: &'a openapi::Parameter,
    /// Its own description, or the one beside the `$ref` to it.
    pub(in crate::lower) description: Option<&'a str>,
    pub(in crate::lower) travels: InputPlace,
    pub(in crate::lower) schema: Schema<'a>,
    /// What a value is that is written as JSON, if that is known.
    pub(in crate::lower) json: Option<Schema<'a>>,
}

impl<'a> Operation<'a> {
    /// The content of the body that the client sends: plain JSON, or else the first content whose parts have names, or else the
    /// first content.
    pub(in crate::lower) fn body(&self) -> Option<&Content<'a>> {
        let is_plain = |content: &&Content<'_>| content.content_type().is_plain_json();
        let is_named = |content: &&Content<'_>| !matches!(content.body(), Body::Content(_));
        let plain = self.bodies.iter().find(is_plain);
        let named = || self.bodies.iter().find(is_named);
        plain.or_else(named).or(self.bodies.first())
    }

    /// The content that each success is decoded from, by status: plain JSON, or else other JSON, or else the first content.
    /// `None` for a success without a body.
    pub(in crate::lower) fn successes(
        &self,
    ) -> impl Iterator<Item = (&'a Text, Option<&Content<'a>>)> {
        self.all_successes().map(|(status, contents)| {
            let mut json = contents.iter().filter(|content| content.is_json());
            let first = json.clone().next();
            let plain = json.find(|content| content.content_type().is_plain_json());
            (status, plain.or(first).or(contents.first()))
        })
    }

    /// The successes by status, each with all its contents.
    pub(in crate::lower) fn all_successes(
        &self,
    ) -> impl Iterator<Item = (&'a Text, &[Content<'a>])> {
        let is_success = |status: &Text| status.value.starts_with('2');
        // If the document names no success, the default response is one.
        let any_named = self
            .written
            .responses
            .iter()
            .any(|(status, _)| is_success(status));
        let answers = self.answers.iter();
        answers
            .filter(move |(status, _)| is_success(status) || !any_named)
            .map(|(status, contents)| (*status, contents.as_slice()))
    }

    /// The content of the first success that has any.
    pub(in crate::lower) fn success(&self) -> Option<&Content<'a>> {
        self.successes().find_map(|(_, content)| content)
    }
}

/// The operations of the document, in its order.
pub(super) fn of_document<'a>(
    document: &'a Document,
    merger: &mut Merger<'a, '_>,
) -> Vec<Operation<'a>> {
    distinct(document, merger)
        .into_iter()
        .map(|(id, written)| {
            let parameters = written_parameters(written, merger);
            let body = body(written, merger);
            Operation {
                id,
                written,
                cookies: required_cookies(&parameters),
                parameters: travelling(parameters, merger),
                needs_body: body.is_some_and(|body| body.required),
                bodies: body.map_or_else(Vec::new, |body| contents(body, merger)),
                answers: answers(written, merger),
            }
        })
        .collect()
}

/// The operations with their keys in `sdk.yaml`, which are unique.
fn distinct<'a>(
    document: &'a Document,
    merger: &mut Merger<'_, '_>,
) -> Vec<(String, &'a openapi::Operation)> {
    let mut ids: HashMap<&str, Place> = HashMap::new();
    let mut distinct = Vec::new();
    for operation in &document.operations {
        let by_path = || format!("{} {}", operation.method.name(), operation.path.value);
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
                    "two operations have the id `{}`: the generator calls the second operation `{name}`",
                    id.value
                );
                // Paths with one path item have the same operations.
                let help = match *first == id.place {
                    true => format!(
                        "both paths refer to this operation: name the second one in sdk.yaml, under `operations: {{ {name:?}: … }}`"
                    ),
                    false => {
                        "give the second operation another `operationId` in the overlay".to_owned()
                    }
                };
                let warning = merger.diagnostics.warning(id.place, message);
                warning.related(*first, "the first one is here").help(help);
                distinct.push((name, operation));
            }
        }
    }
    distinct
}

/// A parameter, and its description.
type Described<'a> = (&'a openapi::Parameter, Option<&'a str>);

/// The parameters. An operation's own parameters replace those of its path.
fn written_parameters<'a>(
    operation: &'a openapi::Operation,
    merger: &mut Merger<'a, '_>,
) -> Vec<Described<'a>> {
    let mut parameters: Vec<Described<'_>> = Vec::new();
    for reference in &operation.parameters {
        let found = merger.components.parameter(reference, merger.diagnostics);
        let Some(parameter) = found else {
            continue;
        };
        let beside = match reference {
            Reference::To(link) => link.description.as_deref(),
            Reference::Inline(_) => None,
        };
        let described = (parameter, beside.or(parameter.description.as_deref()));
        let same = |(known, _): &&mut Described<'_>| {
            known.location == parameter.location && known.has_name(&parameter.name.value)
        };
        match parameters.iter_mut().find(same) {
            Some(known) => *known = described,
            None => parameters.push(described),
        }
    }
    parameters
}

fn required_cookies<'a>(parameters: &[Described<'a>]) -> Vec<&'a Text> {
    let parameters = parameters.iter().map(|(parameter, _)| *parameter);
    parameters
        .filter(|parameter| parameter.location == Location::Cookie && parameter.required)
        .map(|parameter| &parameter.name)
        .collect()
}

/// The parameters that a request can contain.
fn travelling<'a>(
    parameters: Vec<Described<'a>>,
    merger: &mut Merger<'a, '_>,
) -> Vec<Parameter<'a>> {
    parameters
        .into_iter()
        .filter_map(|(written, description)| {
            Some(Parameter {
                written,
                description,
                travels: place_of(written, merger)?,
                schema: merger.schema(&written.schema),
                json: written
                    .json_schema
                    .as_ref()
                    .filter(|_| written.is_json)
                    .map(|schema| merger.schema(schema)),
            })
        })
        .collect()
}

/// The headers that the client sets itself. The runtime refuses some of them; the others belong to the connection.
const SET_BY_CLIENT: [&str; 8] = [
    "accept-encoding",
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-connection",
    "transfer-encoding",
    "upgrade",
];

/// Where a request contains a parameter; `None` if no request contains it.
fn place_of(parameter: &openapi::Parameter, merger: &mut Merger<'_, '_>) -> Option<InputPlace> {
    let name = parameter.name.value.to_ascii_lowercase();
    match parameter.location {
        Location::Path => Some(InputPlace::Path),
        Location::Query if parameter.explode => Some(InputPlace::Query),
        Location::Query => Some(match separator(parameter.style) {
            Some(separator) => InputPlace::JoinedQuery(separator),
            None => InputPlace::Query,
        }),
        Location::Header => match name.as_str() {
            // OpenAPI leaves these three headers to the client.
            "accept" | "authorization" | "content-type" => None,
            "idempotency-key" => Some(InputPlace::IdempotencyKey),
            name if SET_BY_CLIENT.contains(&name) => {
                warn_of_header(parameter, "the client sets this header itself", merger);
                None
            }
            _ if name.is_empty() || !name.bytes().all(is_of_token) => {
                warn_of_header(parameter, "this is not a valid header name", merger);
                None
            }
            _ => Some(InputPlace::Header),
        },
        Location::Cookie => {
            let name = &parameter.name;
            let message = format!(
                "cookies are not supported: the client never sends the cookie `{}`",
                name.value
            );
            merger.diagnostics.warning(name.place, message).help(
                "to send a cookie, add the header `Cookie` to the request with `with_options`",
            );
            None
        }
    }
}

/// The separator between the items of a list that is written as one value.
pub(in crate::lower) fn separator(style: Style) -> Option<&'static str> {
    match style {
        Style::Plain => Some(COMMA),
        Style::Pipes => Some("|"),
        Style::Spaces => Some(" "),
        Style::DeepObject | Style::Label | Style::Matrix => None,
    }
}

fn warn_of_header(parameter: &openapi::Parameter, reason: &str, merger: &mut Merger<'_, '_>) {
    let name = &parameter.name;
    let message = format!(
        "the parameter for the header `{}` has no effect: {reason}",
        name.value.escape_debug()
    );
    merger
        .diagnostics
        .warning(name.place, message)
        .help("remove it");
}

fn body<'a>(
    operation: &'a openapi::Operation,
    merger: &mut Merger<'a, '_>,
) -> Option<&'a RequestBody> {
    let body = operation.body.as_ref()?;
    merger.components.request_body(body, merger.diagnostics)
}

fn contents<'a>(body: &'a RequestBody, merger: &mut Merger<'a, '_>) -> Vec<Content<'a>> {
    let contents = body.contents.iter();
    contents
        .map(|content| Content::of(content, merger))
        .collect()
}

fn answers<'a>(
    operation: &'a openapi::Operation,
    merger: &mut Merger<'a, '_>,
) -> Vec<(&'a Text, Vec<Content<'a>>)> {
    let mut answers = Vec::new();
    for (status, response) in &operation.responses {
        if !status.value.starts_with('2') && status.value != "default" {
            continue;
        }
        let found = merger.components.response(response, merger.diagnostics);
        let Some(response) = found else {
            continue;
        };
        if has_no_body(&status.value) {
            warn_of_content(status, response, merger);
        }
        let contents = response.contents.iter();
        // The response to a HEAD has no body, even if the document describes one.
        let contents =
            contents.filter(|_| operation.method != Method::Head && !has_no_body(&status.value));
        let contents = contents.map(|content| Content::of(content, merger));
        answers.push((status, contents.collect()));
    }
    // A status comes before the range that includes it.
    answers.sort_by_key(|(status, _)| status.value.to_ascii_uppercase().ends_with("XX"));
    answers
}

/// Whether no response with the status has a body (RFC 9110, sections 15.3.5 and 15.3.6).
fn has_no_body(status: &str) -> bool {
    matches!(status, "204" | "205")
}

fn warn_of_content(status: &Text, response: &Response, merger: &mut Merger<'_, '_>) {
    if let Some(content) = response.contents.first() {
        let message = format!(
            "the client reads no body here, because a response with status {} never has one",
            status.value
        );
        merger
            .diagnostics
            .warning(content.name.place, message)
            .help("remove the `content`, or correct the status");
    }
}
