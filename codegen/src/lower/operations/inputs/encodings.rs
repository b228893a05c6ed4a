//! How the client writes the parts of a form: as the document's `encoding` defines, or else by their types.

use std::collections::HashSet;

use super::{sendable, several_types};
use crate::diagnostic::Diagnostics;
use crate::lower::naming::Slot;
use crate::lower::resolve::{Content, Resolved, Schema, separator};
use crate::lower::types::Types;
use crate::model::{Body, Part, Type};
use crate::openapi::{ContentType, Encoding, Style};
use crate::reader::Text;
use crate::suggest;
use crate::tree::Place;

/// Warns about an encoding for a part that the form does not have, and about two parts with one name.
pub(super) fn check(content: &Content<'_>, slots: &[Slot<'_, '_>], diagnostics: &mut Diagnostics) {
    let mut names = HashSet::new();
    for Slot { wire, place, .. } in slots {
        if !names.insert(wire) {
            let message = format!("the form can contain `{wire}` twice");
            diagnostics
                .warning(*place, message)
                .help("rename or remove one of the two parts");
        }
    }
    for (name, _) in content.encodings() {
        if slots.iter().all(|slot| slot.part != name.value) {
            let known = slots.iter().map(|slot| slot.part);
            let help = suggest::help(
                &name.value,
                known,
                "remove the encoding, or add the property",
            );
            let message = format!(
                "the form has no part `{}`, so this encoding has no effect",
                name.value
            );
            diagnostics.warning(name.place, message).help(help);
        }
    }
}

/// The content types of the parts in a form that the caller passes as one argument. Warns about settings that only the caller can
/// apply.
pub(super) fn of_whole<'a>(
    content: &Content<'a>,
    kind: &Body,
    types: &mut Types<'a>,
) -> Vec<(String, String)> {
    let resolved = types.resolved;
    for (name, encoding) in content.encodings() {
        if encoding.style.is_some() {
            let message = format!(
                "the client does not follow the `style` of `{}`, because the caller writes each part of this form",
                name.value
            );
            types
                .diagnostics
                .warning(name.place, message)
                .help("in the overlay, describe an object with the parts as properties");
        }
    }
    if *kind != Body::Multipart {
        return Vec::new();
    }
    let encodings = content.encodings().iter();
    let listed = encodings.filter_map(|(name, encoding)| {
        let content_type = encoding.content_type.as_ref()?;
        let is_followed = encoding.style.is_none();
        let own = only(&content_type.value).filter(|_| is_followed)?;
        Some((name.value.clone(), own))
    });
    let form = resolved.target(&content.schema);
    let properties = form.into_iter().flat_map(|form| &form.properties);
    let described = properties.filter_map(|property| {
        let name = &property.name.value;
        let own = described(&property.schema, resolved)?;
        content
            .encoding(name)
            .is_none()
            .then(|| (name.clone(), own))
    });
    listed.chain(described).collect()
}

/// Whether the document defines a part as JSON.
pub(super) fn is_json(content: &Content<'_>, name: &str) -> bool {
    let encoding = content.encoding(name);
    let encoding = encoding.filter(|encoding| encoding.style.is_none());
    let content_type = encoding.and_then(|encoding| encoding.content_type.as_ref());
    content_type.is_some_and(|text| json_of(text).is_some())
}

/// The kind of a part, and its content type. `wire` is the name of the part, or of a property of the part.
pub(super) fn part<'a>(
    content: &Content<'_>,
    (name, wire): (&str, &str),
    (schema, ty): (&Schema<'a>, &Type),
    types: &mut Types<'a>,
) -> (Part, Option<String>) {
    let by_type = match ty.item().unwrap_or(ty) {
        Type::File => Part::File,
        Type::Json if several_types::is_object(schema, ty, types.resolved) => Part::Json,
        one if sendable::is_plain(one, types) => Part::Field,
        _ => Part::Json,
    };
    let encoding = content.encoding(name);
    // If the properties of a part become separate parts, the part itself does not exist.
    if name != wire && by_type == Part::Json {
        warn_of_inner(content, (name, wire), types);
    }
    let encoding = encoding.filter(|_| name == wire);
    match encoding {
        Some(Encoding {
            style: Some(style), ..
        }) => (styled(content, name, by_type, *style, ty, types), None),
        Some(Encoding {
            content_type: Some(content_type),
            ..
        }) => typed(content, content_type, by_type, types),
        _ => {
            let own = described(schema, types.resolved);
            (by_type, own.filter(|own| may_have(content, by_type, own)))
        }
    }
}

/// The content type from the schema of a part.
fn described<'a>(schema: &Schema<'a>, resolved: &Resolved<'a>) -> Option<String> {
    let own = resolved.media_type(schema);
    own.filter(|name| ContentType::of(name).is_well_formed())
        .and_then(only)
}

/// Whether a part can have the content type, and does not have it by default.
fn may_have(content: &Content<'_>, part: Part, content_type: &str) -> bool {
    let usual = match part {
        Part::File => "application/octet-stream",
        Part::Field => "text/plain",
        Part::Json | Part::Joined(_) => return false,
    };
    content.body() == Body::Multipart && content_type != usual
}

/// The only content type in a list of content types. If there are several, the caller of a file chooses.
fn only(listed: &str) -> Option<String> {
    let only = listed.trim();
    (!only.contains([',', '*'])).then(|| only.to_owned())
}

/// The JSON type in a list of content types.
fn json_of(listed: &Text) -> Option<&str> {
    let mut listed = listed.value.split(',').map(str::trim);
    listed.find(|name| ContentType::of(name).is_json())
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
        _ => "as one part for each value, all with the same name",
    };
    if let Some(place) = place(content, name) {
        let message = format!("the client sends `{name}` {how}, and ignores the `style`");
        types
            .diagnostics
            .warning(place, message)
            .help("if the API accepts this format, remove the `style` in the overlay; otherwise, send a raw request with a `Form`");
    }
    by_type
}

/// Warns of an object or a list of objects in a part that is written out: the style has no notation for it.
fn warn_of_inner(content: &Content<'_>, (name, wire): (&str, &str), types: &mut Types<'_>) {
    if let Some(place) = place(content, name) {
        let message = format!(
            "the client sends `{wire}` as JSON, because the `style` of `{name}` defines no format for `{wire}`"
        );
        let help = "in the overlay, remove the `style`, so that the client sends the part as JSON";
        types.diagnostics.warning(place, message).help(help);
    }
}

/// Where the encoding of a part is written.
fn place(content: &Content<'_>, name: &str) -> Option<Place> {
    let mut encodings = content.encodings().iter();
    let (known, _) = encodings.find(|(known, _)| known.value == name)?;
    Some(known.place)
}

/// A part with a content type from the document.
fn typed(
    content: &Content<'_>,
    text: &Text,
    by_type: Part,
    types: &mut Types<'_>,
) -> (Part, Option<String>) {
    let json = json_of(text);
    let only = only(&text.value).filter(|only| may_have(content, by_type, only));
    match by_type {
        Part::File => (Part::File, only),
        Part::Field | Part::Json if json.is_some() => {
            let is_own = |json: &&str| !json.contains('*') && *json != "application/json";
            let own = json.filter(|json| content.body() == Body::Multipart && is_own(json));
            (Part::Json, own.map(str::to_owned))
        }
        Part::Field => (Part::Field, only),
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
