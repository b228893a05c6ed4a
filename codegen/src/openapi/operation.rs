//! Operations and webhooks with their parameters, bodies and responses.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use super::content::{self, MediaType};
use super::keys::METHODS;
use super::parameter::{self, Parameter};
use super::{Reference, keywords, reference, security};
use crate::diagnostic::Diagnostics;
use crate::reader::{Keys, Text, check_path};
use crate::tree::{Entry, Node, Place, Value};

/// An HTTP method on a path.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) place: Place,
    pub(crate) id: Option<Text>,
    pub(crate) method: Method,
    pub(crate) path: Text,
    /// The query in the path, behind `?`. The client adds it to every request.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) tag: Option<Text>,
    pub(crate) deprecated: bool,
    pub(crate) parameters: Vec<Reference<Parameter>>,
    pub(crate) body: Option<Reference<RequestBody>>,
    /// The responses by status: `200`, `4XX`, `default`.
    pub(crate) responses: Vec<(Text, Reference<Response>)>,
    /// Whether requests need the API key.
    pub(crate) authenticated: bool,
    /// `x-idempotent`: whether the same request again changes nothing more, if the document says so.
    pub(crate) idempotent: Option<bool>,
}

impl Operation {
    /// The place of its name, or of an operation without a name.
    pub(crate) fn name_place(&self) -> Place {
        self.id.as_ref().map_or(self.place, |id| id.place)
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Delete,
    Get,
    Head,
    Options,
    Patch,
    Post,
    Put,
}

impl Method {
    /// The method for a key of a path item; `None` for `trace`, which API clients never send.
    fn at(key: &str) -> Option<Self> {
        Some(match key {
            "get" => Self::Get,
            "put" => Self::Put,
            "post" => Self::Post,
            "delete" => Self::Delete,
            "options" => Self::Options,
            "head" => Self::Head,
            "patch" => Self::Patch,
            _ => return None,
        })
    }

    /// Whether a body has no defined meaning in HTTP for this method.
    pub(crate) fn is_bodiless(self) -> bool {
        matches!(self, Self::Delete | Self::Get | Self::Head)
    }

    /// How a program sends a raw request with this method: `client.post(…)`. The client has no such function for HEAD and
    /// OPTIONS.
    pub(crate) fn raw_call(self) -> Option<String> {
        let has_method = !matches!(self, Self::Head | Self::Options);
        has_method.then(|| format!("`client.{}(…)`", self.name().to_lowercase()))
    }

    /// The name in HTTP.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Delete => "DELETE",
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

/// The body of a request.
#[derive(Clone, Debug)]
pub(crate) struct RequestBody {
    pub(crate) contents: Vec<MediaType>,
    /// Whether the API rejects a request without the body.
    pub(crate) required: bool,
}

/// What comes back.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) contents: Vec<MediaType>,
}

/// A request from Telnyx.
#[derive(Debug)]
pub(crate) struct Webhook {
    pub(crate) name: Text,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) body: Option<Reference<RequestBody>>,
}

/// Reads the operations of a path.
pub(super) fn read_path(
    entry: &Entry,
    authenticated: bool,
    operations: &mut Vec<Operation>,
    diagnostics: &mut Diagnostics,
) {
    let path = without_fragment(Text::of_key(entry), diagnostics);
    let (path, query) = without_query(path);
    check_path(&path, diagnostics);
    let Some(mut keys) = Keys::of(&entry.node, "a path", diagnostics) else {
        return;
    };
    refuse_reference(&mut keys, diagnostics);
    let shared = keys.list("parameters", diagnostics);
    parameter::check_twice(shared, diagnostics);
    for name in METHODS {
        let Some(method) = Method::at(name) else {
            continue;
        };
        let Some(node) = keys.node(name) else {
            continue;
        };
        operations.extend(read_operation(
            node,
            method,
            (&path, &query),
            shared,
            authenticated,
            diagnostics,
        ));
    }
    keywords::PATH.close(keys, diagnostics);
}

/// Reports a `$ref` of a path item that has no target. All other path items have replaced their `$ref` already.
fn refuse_reference(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> bool {
    let Some(target) = keys.text("$ref", diagnostics) else {
        return false;
    };
    let message = format!("`{}` does not lead to a path item", target.value);
    diagnostics
        .error(target.place, message)
        .help("write the operations here, or let the `$ref` name an entry of `components/pathItems` in this document");
    true
}

/// A path without its fragment. The fragment only distinguishes operations on one path, and is never sent.
fn without_fragment(path: Text, diagnostics: &mut Diagnostics) -> Text {
    let Some((before, _)) = path.value.split_once('#') else {
        return path;
    };
    let message = format!(
        "the client sends the path `{}` only up to the `#`",
        path.value
    );
    let help = "if the API has another path for this operation, correct the path in the overlay";
    diagnostics.warning(path.place, message).help(help);
    Text {
        value: before.to_owned(),
        ..path
    }
}

/// A path without its query, which distinguishes operations on one path. A query with variables stays in the path and is an
/// error.
fn without_query(path: Text) -> (Text, Vec<(String, String)>) {
    match path.value.split_once('?') {
        Some((before, query)) if !query.contains(['{', '}', '%']) => {
            let pairs = query.split('&').filter(|pair| !pair.is_empty());
            let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let pairs = pairs.collect();
            let path = Text {
                value: before.to_owned(),
                ..path
            };
            (path, pairs)
        }
        _ => (path, Vec::new()),
    }
}

fn read_operation(
    node: &Node,
    method: Method,
    (path, query): (&Text, &[(String, String)]),
    shared: &[Node],
    authenticated: bool,
    diagnostics: &mut Diagnostics,
) -> Option<Operation> {
    let mut keys = Keys::of(node, "an operation", diagnostics)?;
    let operation = Operation {
        place: node.place,
        id: keys.text("operationId", diagnostics),
        method,
        path: path.clone(),
        query: query.to_vec(),
        summary: keys.string("summary", diagnostics),
        description: keys.string("description", diagnostics),
        tag: keys.texts("tags", diagnostics).into_iter().next(),
        deprecated: keys.flag("deprecated", diagnostics),
        parameters: shared
            .iter()
            .chain(keys.list("parameters", diagnostics))
            .filter_map(|node| reference(node, diagnostics, parameter::read))
            .collect(),
        body: keys
            .node("requestBody")
            .and_then(|node| reference(node, diagnostics, read_body)),
        responses: keys
            .entries("responses", diagnostics)
            .iter()
            .filter_map(|entry| read_status(entry, diagnostics))
            .collect(),
        authenticated: keys.node("security").map_or(authenticated, |node| {
            security::requires_key(node, diagnostics)
        }),
        idempotent: keys.boolean("x-idempotent", diagnostics),
    };
    let no_responses = match keys.node("responses").map(|node| &node.value) {
        None => true,
        Some(Value::Mapping(entries)) => entries.is_empty(),
        Some(_) => false,
    };
    if no_responses {
        diagnostics
            .warning(
                node.place,
                "an operation has no `responses`, so the client does not read its response",
            )
            .help("describe the successful response under `200:`");
    }
    parameter::check_twice(keys.list("parameters", diagnostics), diagnostics);
    keywords::OPERATION.close(keys, diagnostics);
    Some(operation)
}

fn read_status(
    entry: &Entry,
    diagnostics: &mut Diagnostics,
) -> Option<(Text, Reference<Response>)> {
    let Entry {
        key,
        key_place,
        node,
    } = entry;
    if key.starts_with("x-") {
        return None;
    }
    let status = key.to_ascii_uppercase();
    let known = key == "default"
        || matches!(
            status.as_bytes(),
            [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'5', b'X', b'X']
        );
    if !known {
        let message = format!("`{key}` is not a status code");
        diagnostics
            .error(*key_place, message)
            .help("write a code such as `200`, a range such as `4XX`, or `default`");
        return None;
    }
    if key != "default" && *key != status {
        diagnostics
            .warning(
                *key_place,
                format!("the generator reads `{key}` as `{status}`"),
            )
            .help(format!(
                "write `{status}`: OpenAPI requires capital letters in a range of status codes"
            ));
    }
    let response = reference(node, diagnostics, read_response)?;
    Some((Text::of_key(entry), response))
}

/// Reads a webhook: the `post` of its path item.
pub(super) fn read_webhook(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Webhook> {
    let mut item = Keys::of(&entry.node, "a webhook", diagnostics)?;
    let name = Text::of_key(entry);
    if refuse_reference(&mut item, diagnostics) {
        return None;
    }
    let Some(node) = item.node("post") else {
        let message = format!(
            "the webhook `{}` has no `post`, so the crate has no event for it",
            name.value
        );
        diagnostics
            .warning(name.place, message)
            .help("under `post:`, describe what Telnyx sends");
        return None;
    };
    keywords::WEBHOOK.close(item, diagnostics);
    let mut keys = Keys::of(node, "an operation", diagnostics)?;
    let webhook = Webhook {
        name,
        summary: keys.string("summary", diagnostics),
        description: keys.string("description", diagnostics),
        body: keys
            .node("requestBody")
            .and_then(|node| reference(node, diagnostics, read_body)),
    };
    keywords::WEBHOOK_OPERATION.close(keys, diagnostics);
    Some(webhook)
}

/// Reads a request body.
pub(super) fn read_body(node: &Node, diagnostics: &mut Diagnostics) -> Option<RequestBody> {
    let mut keys = Keys::of(node, "a request body", diagnostics)?;
    let contents = content::read(&mut keys, diagnostics);
    let required = keys.flag("required", diagnostics);
    check_content(keys.node("content"), node, diagnostics);
    keywords::BODY.close(keys, diagnostics);
    Some(RequestBody { contents, required })
}

/// Reports a body without `content`. `content` is required but may be empty.
fn check_content(content: Option<&Node>, body: &Node, diagnostics: &mut Diagnostics) {
    let help = "describe the content of the body: `content: { application/json: { schema: … } }`";
    match content.map(|node| (&node.value, node.place)) {
        None => {
            _ = diagnostics
                .error(body.place, "the body has no content")
                .help(help)
        }
        Some((Value::Mapping(entries), place)) if entries.is_empty() => {
            let message = "the body has no content, so the client sends no body";
            diagnostics.warning(place, message).help(help);
        }
        Some(_) => {}
    }
}

/// Reads a response.
pub(super) fn read_response(node: &Node, diagnostics: &mut Diagnostics) -> Option<Response> {
    let mut keys = Keys::of(node, "a response", diagnostics)?;
    let contents = content::read(&mut keys, diagnostics);
    keywords::RESPONSE.close(keys, diagnostics);
    Some(Response { contents })
}

/// A path with `{}` for each variable, because the names of variables are not sent.
pub(crate) fn template(path: &str) -> String {
    let parts = path.split('{');
    let parts = parts.map(|part| part.split_once('}').map_or(part, |(_, after)| after));
    parts.collect::<Vec<_>>().join("{}")
}

/// Warns about two paths that differ only in the names of their variables, because no request can distinguish them.
pub(super) fn check_templates(operations: &[Operation], diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, &Text> = HashMap::new();
    for operation in operations {
        let path = &operation.path;
        match seen.entry(template(&path.value)) {
            Slot::Vacant(slot) => _ = slot.insert(path),
            Slot::Occupied(mut slot) if slot.get().value != path.value => {
                let message = format!(
                    "`{}` and `{}` are the same path",
                    slot.get().value,
                    path.value
                );
                diagnostics
                    .warning(path.place, message)
                    .related(slot.get().place, "the other path is here")
                    .help("use the same variable names in both paths, and merge their operations under one key");
                slot.insert(path);
            }
            Slot::Occupied(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_template_of_a_path_has_no_names_of_variables() {
        assert_eq!(super::template("/a/{x}/b/{y}c"), "/a/{}/b/{}c");
    }
}
