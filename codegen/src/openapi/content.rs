//! What bodies and responses hold, by content type.

use super::{Schema, keywords, schema};
use crate::diagnostic::Diagnostics;
use crate::reader::{Keys, Text};
use crate::suggest;
use crate::tree::{Node, Value};

/// A body of one content type.
#[derive(Clone, Debug)]
pub(crate) struct MediaType {
    pub(crate) name: Text,
    pub(crate) schema: Option<Schema>,
    pub(crate) example: Option<Node>,
}

/// Reads what stands at `content`.
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
            check_encoding(&name, keys.node("encoding"), diagnostics);
            keywords::MEDIA_TYPE.close(keys, diagnostics);
            Some(MediaType {
                name,
                schema,
                example,
            })
        })
        .collect()
}

/// Reports a content type that is a slip of one that the generator goes by.
fn check_content_type(name: &Text, diagnostics: &mut Diagnostics) {
    const KNOWN: [&str; 3] = [
        "application/json",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
    ];
    // Types of their own, a letter away from JSON.
    const OTHERS: [&str; 2] = ["application/jsonl", "application/json5"];
    let essence = name
        .value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let known = KNOWN.iter().find(|known| suggest::is_slip(&essence, known));
    if let Some(known) = known.filter(|_| !OTHERS.contains(&essence.as_str())) {
        let message = format!("`{}` is no content type", name.value);
        diagnostics
            .error(name.place, message)
            .help(format!("did you mean `{known}`?"));
    }
}

/// Warns of an `encoding`, which only a form has.
fn check_encoding(name: &Text, encoding: Option<&Node>, diagnostics: &mut Diagnostics) {
    let is_form =
        name.value.starts_with("multipart/") || name.value.contains("x-www-form-urlencoded");
    let Some(Value::Mapping(entries)) = encoding.map(|node| &node.value) else {
        return;
    };
    for entry in entries.iter().filter(|_| is_form) {
        let message = format!(
            "the `encoding` of `{}` is not supported and has no effect",
            entry.key
        );
        diagnostics.warning(entry.key_place, message);
    }
}
