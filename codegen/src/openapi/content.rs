//! The contents of bodies and responses, by content type.

use super::content_type::ContentType;
use super::parameter::{Style, style_of};
use super::{Schema, keywords, schema};
use crate::diagnostic::Diagnostics;
use crate::reader::{Keys, Text};
use crate::suggest;
use crate::tree::Node;

/// A body with one content type.
#[derive(Clone, Debug)]
pub(crate) struct MediaType {
    pub(crate) name: Text,
    pub(crate) schema: Option<Schema>,
    pub(crate) example: Option<Node>,
    /// How the parts of a form are written, by part name.
    pub(crate) encoding: Vec<(Text, Encoding)>,
}

/// How a part of a form is written.
#[derive(Clone, Debug)]
pub(crate) struct Encoding {
    pub(crate) content_type: Option<Text>,
    /// The style, as for a parameter, and whether each item of a list or an object is written separately. The content type then
    /// has no effect.
    pub(crate) style: Option<(Style, bool)>,
}

impl MediaType {
    /// Removes the style of each part, if the form is a multipart form.
    pub(super) fn ignore_styles_of_parts(&mut self, diagnostics: &mut Diagnostics) {
        if ContentType::of(&self.name.value).is_urlencoded_form() {
            return;
        }
        for (part, encoding) in &mut self.encoding {
            if encoding.style.take().is_some() {
                let message = format!(
                    "the `style` of `{}` has no effect, because OpenAPI 3.0 ignores it in `{}`",
                    part.value, self.name.value
                );
                diagnostics.warning(part.place, message).help(
                    "remove `style` and `explode`; to follow them, write the document in OpenAPI 3.1",
                );
            }
        }
    }
}

/// Reads the value of `content`.
pub(super) fn read(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Vec<MediaType> {
    keys.entries("content", diagnostics)
        .iter()
        .filter_map(|entry| {
            let name = Text::of_key(entry);
            let mut keys = Keys::of(&entry.node, "a media type", diagnostics)?;
            let schema = keys
                .node("schema")
                .and_then(|node| schema::read(node, diagnostics));
            let example = keys.node("example").cloned();
            check_content_type(&name, diagnostics);
            let encoding = read_encoding(&name, &mut keys, diagnostics);
            keywords::MEDIA_TYPE.close(keys, diagnostics);
            Some(MediaType {
                name,
                schema,
                example,
                encoding,
            })
        })
        .collect()
}

/// Warns about a content type that differs in one letter from one that the generator knows. It may be a real content type.
fn check_content_type(name: &Text, diagnostics: &mut Diagnostics) {
    const KNOWN: [&str; 3] = [
        "application/json",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
    ];
    // Real content types that differ from JSON in one letter.
    const OTHERS: [&str; 4] = [
        "application/bson",
        "application/hjson",
        "application/json5",
        "application/jsonl",
    ];
    let essence = ContentType::of(&name.value);
    let essence = essence.as_str();
    let known = KNOWN.iter().find(|known| suggest::is_slip(essence, known));
    if let Some(known) = known.filter(|_| !OTHERS.contains(&essence)) {
        let message = format!(
            "for the client, `{}` and `{known}` are different content types",
            name.value
        );
        diagnostics
            .warning(name.place, message)
            .help(format!("did you mean `{known}`?"));
    }
    check_form(name, diagnostics);
}

/// Reports a content type that no header can contain, and warns about one that is not a type and a subtype.
fn check_form(name: &Text, diagnostics: &mut Diagnostics) {
    const HELP: &str = "write a type and a subtype, such as `application/json`";
    let text = &name.value;
    let shown = text.escape_debug();
    if text.trim().is_empty() || !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        let message = format!("no request or response can have the content type `{shown}`");
        diagnostics.error(name.place, message).help(HELP);
    } else if !ContentType::of(text).is_well_formed() {
        let message =
            format!("`{shown}` is not a valid content type, but the client uses it unchanged");
        diagnostics.warning(name.place, message).help(HELP);
    }
}

/// The same for each content type in a list of them.
fn check_each(listed: &Text, diagnostics: &mut Diagnostics) {
    for name in listed.value.split(',') {
        let name = Text {
            value: name.trim().to_owned(),
            place: listed.place,
        };
        check_form(&name, diagnostics);
    }
}

/// Reads the `encoding` of a form. It has no effect for any other content type.
fn read_encoding(
    name: &Text,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<(Text, Encoding)> {
    let content_type = ContentType::of(&name.value);
    let is_form = content_type.is_multipart_form() || content_type.is_urlencoded_form();
    let entries = keys.entries("encoding", diagnostics);
    let read = entries.iter().filter(|_| is_form).filter_map(|entry| {
        let mut keys = Keys::of(&entry.node, "an encoding", diagnostics)?;
        let style = keys.text("style", diagnostics);
        let style = style.and_then(|text| style_of(&text, diagnostics));
        let explode = keys.boolean("explode", diagnostics);
        // Either keyword means that the part is written like a parameter.
        let style = match (style, explode) {
            (None, None) => None,
            (style, explode) => {
                let style = style.unwrap_or(Style::Plain);
                Some((style, explode.unwrap_or_else(|| style.explodes())))
            }
        };
        let content_type = keys.text("contentType", diagnostics);
        if let Some(listed) = &content_type {
            check_each(listed, diagnostics);
        }
        keywords::ENCODING.close(keys, diagnostics);
        Some((
            Text::of_key(entry),
            Encoding {
                content_type,
                style,
            },
        ))
    });
    read.collect()
}
