//! How the client writes the parts of a form: by `encoding` of the document, or else by their types.

use super::sendable;
use crate::diagnostic::Diagnostics;
use crate::lower::naming::Slot;
use crate::lower::resolve::{Content, separator};
use crate::lower::types::Types;
use crate::model::{Body, Part, Type};
use crate::openapi::{ContentType, Encoding, Style};
use crate::reader::Text;
use crate::suggest;

/// Warns of the encoding of a part that the form does not have.
pub(super) fn check(content: &Content<'_>, slots: &[Slot<'_, '_>], diagnostics: &mut Diagnostics) {
    for (name, _) in content.encodings() {
        if slots.iter().all(|slot| slot.part != name.value) {
            let known = slots.iter().map(|slot| slot.part);
            let help = suggest::help(&name.value, known, "remove it, or add the property");
            let message = format!(
                "the form has no part `{}`, so this encoding has no effect",
                name.value
            );
            diagnostics.warning(name.place, message).help(help);
        }
    }
}

/// What the part of a form is, and the content type that it has. `wire` is the part's name, or that of a property of it.
pub(super) fn part(
    content: &Content<'_>,
    (name, wire): (&str, &str),
    ty: &Type,
    types: &mut Types<'_>,
) -> (Part, Option<String>) {
    let by_type = match ty.item().unwrap_or(ty) {
        Type::File => Part::File,
        one if sendable::is_plain(one, types) => Part::Field,
        _ => Part::Json,
    };
    let Some(encoding) = content.encoding(name) else {
        return (by_type, None);
    };
    // A part that is written out is there by its properties alone.
    if name != wire {
        return (by_type, None);
    }
    match encoding.style {
        Some((style, explode)) => (
            styled(content, name, by_type, (style, explode), ty, types),
            None,
        ),
        None => typed(content, encoding, by_type, types),
    }
}

/// A part that is written like a parameter.
fn styled(
    content: &Content<'_>,
    name: &str,
    by_type: Part,
    (style, explode): (Style, bool),
    ty: &Type,
    types: &mut Types<'_>,
) -> Part {
    let is_list = matches!(ty, Type::List(_));
    match (by_type, is_list) {
        (Part::Field, true) if !explode => {
            if let Some(separator) = separator(style) {
                return Part::Joined(separator);
            }
        }
        (Part::Field, _) if style == Style::Plain => return Part::Field,
        _ => {}
    }
    let how = match by_type {
        Part::Json => "as JSON",
        _ if !is_list => "as one value",
        _ => "as one part for each value, all with its name",
    };
    let place = content
        .encodings()
        .iter()
        .find(|(known, _)| known.value == name)
        .map(|(known, _)| known.place);
    if let Some(place) = place {
        let message =
            format!("the client sends `{name}` {how}, and supports no other `style` for it");
        types.diagnostics.warning(place, message);
    }
    by_type
}

/// A part with the content type that the document gives it.
fn typed(
    content: &Content<'_>,
    encoding: &Encoding,
    by_type: Part,
    types: &mut Types<'_>,
) -> (Part, Option<String>) {
    let Some(text) = &encoding.content_type else {
        return (by_type, None);
    };
    let listed: Vec<&str> = text.value.split(',').map(str::trim).collect();
    let is_json = |name: &&str| ContentType::of(name).is_json();
    let json = listed.iter().copied().find(is_json);
    // Only parts of a multipart form have a type; of several, the caller of a file chooses.
    let only = match listed.as_slice() {
        [only] if !only.contains('*') => Some((*only).to_owned()),
        _ => None,
    };
    let has_types = content.body() == Body::Multipart;
    match by_type {
        Part::File => (Part::File, only.filter(|_| has_types)),
        Part::Field | Part::Json if json.is_some() => {
            let is_own = |json: &&str| !json.contains('*') && *json != "application/json";
            let own = json.filter(|json| has_types && is_own(json));
            (Part::Json, own.map(str::to_owned))
        }
        Part::Field => {
            let own = only.filter(|only| has_types && only != "text/plain");
            (Part::Field, own)
        }
        Part::Json | Part::Joined(_) => {
            warn_of_json(text, types);
            (by_type, None)
        }
    }
}

fn warn_of_json(content_type: &Text, types: &mut Types<'_>) {
    let message = format!(
        "the client sends this part as `application/json`, not as `{}`",
        content_type.value
    );
    types
        .diagnostics
        .warning(content_type.place, message)
        .help("only a file or a string can have a content type of its own");
}
