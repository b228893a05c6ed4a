//! The contents of an OpenAPI 3.0 or 3.1 document, each part with its place. This module resolves nothing.

mod content;
mod content_type;
mod discriminator;
mod enums;
mod fit;
mod keys;
mod keywords;
mod limits;
mod never;
mod operation;
mod parameter;
mod pattern;
mod references;
mod schema;
mod security;
mod servers;
mod told;
mod values;

pub(crate) use content::{Encoding, MediaType};
pub(crate) use content_type::{ContentType, is_of_token};
pub use keys::{HOLD_DATA, HOLD_NAMES, METHODS};
pub(crate) use keywords::is_read_in_schema;
#[cfg(test)]
pub(crate) use keywords::tests::in_use as keywords_in_use;
pub(crate) use limits::Limits;
pub(crate) use operation::{Method, Operation, RequestBody, Response, Webhook, template};
pub(crate) use parameter::{Location, Parameter, Style};
pub(crate) use references::{Moved, include_siblings, is_mapped_reference, settle};
pub(crate) use schema::{AdditionalProperties, Discriminator, Property, Schema, SchemaType};
pub(crate) use told::SECRET;
pub(crate) use values::{not_of_type, shown, wrong_type};

use crate::diagnostic::Diagnostics;
use crate::reader::{Keys, Text, entries};
use crate::tree::{Entry, Node};

/// An OpenAPI document.
#[derive(Debug)]
pub(crate) struct Document {
    /// Whether the document uses OpenAPI 3.1, and not 3.0.
    pub(crate) is_3_1: bool,
    pub(crate) operations: Vec<Operation>,
    pub(crate) webhooks: Vec<Webhook>,
    pub(crate) schemas: Vec<Component<Schema>>,
    pub(crate) parameters: Vec<Component<Parameter>>,
    pub(crate) responses: Vec<Component<Response>>,
    pub(crate) request_bodies: Vec<Component<RequestBody>>,
    pub(crate) tags: Vec<Tag>,
    /// The schemas that became components.
    pub(crate) moved: Moved,
}

/// A named entry of `components`.
#[derive(Debug)]
pub(crate) struct Component<T> {
    pub(crate) name: Text,
    pub(crate) value: T,
}

/// A tag with its description.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
}

/// A part that may be inline or in `components`.
#[derive(Debug)]
pub(crate) enum Reference<T> {
    Inline(T),
    To(Link),
}

/// A `$ref` of a part that is not a schema.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) target: Text,
    /// The description beside the `$ref`, which replaces that of the component.
    pub(crate) description: Option<String>,
}

/// Reads the document from its tree, in which the schemas in `moved` became components.
pub(crate) fn read(root: &Node, moved: Moved, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mut keys = Keys::of(root, "an OpenAPI document", diagnostics)?;
    if let Some(version) = keys.node("swagger") {
        diagnostics
            .error(version.place, "Swagger is not supported")
            .help("write the document in OpenAPI 3.0 or 3.1");
        return None;
    }
    let version = keys.required_text("openapi", "the document", diagnostics)?;
    let minor = version.value.splitn(3, '.').take(2).collect::<Vec<_>>();
    if !matches!(minor.as_slice(), ["3", "0" | "1"]) {
        let message = format!("OpenAPI {} is not supported", version.value);
        let help = match minor.as_slice() {
            ["3", _] => {
                "in the overlay, set the version to 3.1: `target: $.openapi`, `update: 3.1.1`; each newer keyword then gets a warning"
            }
            _ => "write the document in OpenAPI 3.0 or 3.1",
        };
        diagnostics.error(version.place, message).help(help);
        return None;
    }
    if let Some(node) = keys.node("servers") {
        servers::check(node, diagnostics);
    }
    security::check_names(root, diagnostics);
    let security = keys.node("security");
    let authenticated = security.is_some_and(|node| security::requires_key(node, diagnostics));
    let mut document = Document {
        is_3_1: minor[1] == "1",
        operations: Vec::new(),
        webhooks: Vec::new(),
        schemas: Vec::new(),
        parameters: Vec::new(),
        responses: Vec::new(),
        request_bodies: Vec::new(),
        tags: Vec::new(),
        moved,
    };
    let is_extension = |entry: &&Entry| entry.key.starts_with("x-");
    let paths = keys.entries("paths", diagnostics).iter();
    for entry in paths.filter(|entry| !is_extension(entry)) {
        operation::read_path(entry, authenticated, &mut document.operations, diagnostics);
    }
    for entry in keys.entries("webhooks", diagnostics) {
        document
            .webhooks
            .extend(operation::read_webhook(entry, diagnostics));
    }
    for node in keys.list("tags", diagnostics) {
        let tag = read_tag(node, diagnostics);
        let mut known = document.tags.iter();
        if let Some(tag) = &tag
            && known.any(|known| known.name == tag.name)
        {
            let message = format!("the tag `{}` is listed twice", tag.name);
            diagnostics
                .warning(node.place, message)
                .help("remove one of the two tags; the generator uses the first");
        }
        document.tags.extend(tag);
    }
    if let Some(node) = keys.node("components") {
        read_components(node, &mut document, diagnostics);
    }
    match document.is_3_1 {
        true => limits::check_flags(root, false, diagnostics),
        false => ignore_styles(&mut document, diagnostics),
    }
    operation::check_templates(&document.operations, diagnostics);
    keywords::DOCUMENT.close(keys, diagnostics);
    Some(document)
}

/// Removes the styles of parts of `multipart/form-data`, which OpenAPI 3.0 ignores.
fn ignore_styles(document: &mut Document, diagnostics: &mut Diagnostics) {
    let operations = document.operations.iter_mut();
    let inline = operations.filter_map(|operation| match &mut operation.body {
        Some(Reference::Inline(body)) => Some(body),
        _ => None,
    });
    let components = document.request_bodies.iter_mut();
    for body in inline.chain(components.map(|component| &mut component.value)) {
        for content in &mut body.contents {
            content.ignore_styles_of_parts(diagnostics);
        }
    }
}

fn read_components(node: &Node, document: &mut Document, diagnostics: &mut Diagnostics) {
    let Some(mut keys) = Keys::of(node, "`components`", diagnostics) else {
        return;
    };
    document.schemas = components(keys.node("schemas"), diagnostics, schema::read);
    document.parameters = components(keys.node("parameters"), diagnostics, |node, diagnostics| {
        written_out(node, diagnostics, parameter::read)
    });
    document.responses = components(keys.node("responses"), diagnostics, |node, diagnostics| {
        written_out(node, diagnostics, operation::read_response)
    });
    document.request_bodies = components(
        keys.node("requestBodies"),
        diagnostics,
        |node, diagnostics| written_out(node, diagnostics, operation::read_body),
    );
    for scheme in keys.entries("securitySchemes", diagnostics) {
        security::check_scheme(scheme, diagnostics);
    }
    keywords::COMPONENTS.close(keys, diagnostics);
}

fn components<T>(
    node: Option<&Node>,
    diagnostics: &mut Diagnostics,
    read: fn(&Node, &mut Diagnostics) -> Option<T>,
) -> Vec<Component<T>> {
    let Some(node) = node else { return Vec::new() };
    entries(node, "a section of `components`", diagnostics)
        .iter()
        .filter_map(|entry| {
            Some(Component {
                name: Text::of_key(entry),
                value: read(&entry.node, diagnostics)?,
            })
        })
        .collect()
}

/// Reads a component. [`settle`] has removed components that are only a `$ref`, except those without a target and those with
/// other keywords.
fn written_out<T>(
    node: &Node,
    diagnostics: &mut Diagnostics,
    read: fn(&Node, &mut Diagnostics) -> Option<T>,
) -> Option<T> {
    let Some(target) = node.get("$ref") else {
        return read(node, diagnostics);
    };
    if fit::beside_reference(node).next().is_some() {
        fit::check_part(node, diagnostics);
        return None;
    }
    let name = crate::reader::text(target, "`$ref`", diagnostics)?.value;
    diagnostics
        .error(
            target.place,
            format!("`{name}` does not lead to a component in the section of this `$ref`"),
        )
        .help(
            "let the `$ref` lead to a component that is not a `$ref` itself: `#/components/…/Name`",
        );
    None
}

fn read_tag(node: &Node, diagnostics: &mut Diagnostics) -> Option<Tag> {
    let mut keys = Keys::of(node, "a tag", diagnostics)?;
    let name = keys.required_text("name", "a tag", diagnostics)?.value;
    let description = keys.string("description", diagnostics);
    keywords::TAG.close(keys, diagnostics);
    Some(Tag { name, description })
}

/// Reads a part that may be a `$ref` into `components/{section}`.
fn reference<T>(
    node: &Node,
    diagnostics: &mut Diagnostics,
    read: impl FnOnce(&Node, &mut Diagnostics) -> Option<T>,
) -> Option<Reference<T>> {
    match node.get("$ref") {
        Some(target) => {
            fit::check_part(node, diagnostics);
            let description = node.get("description");
            let description = description
                .and_then(|node| crate::reader::text(node, "`description`", diagnostics))
                .map(|text| text.value);
            let target = crate::reader::text(target, "`$ref`", diagnostics)?;
            Some(Reference::To(Link {
                target,
                description,
            }))
        }
        None => read(node, diagnostics).map(Reference::Inline),
    }
}
