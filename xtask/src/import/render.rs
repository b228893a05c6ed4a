//! Writes nodes as YAML, in the style of the spec.

use telnyx_codegen::{Node, Value};

/// The lines of a mapping's entry at `indent`.
pub(super) fn entry(key: &str, node: &Node, indent: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    let key = self::key(key);
    match &node.value {
        Value::Mapping(entries) if !entries.is_empty() => {
            let mut lines = vec![format!("{pad}{key}:")];
            for inner in entries {
                lines.extend(entry(&inner.key, &inner.node, indent + 2));
            }
            lines
        }
        Value::Sequence(items) if !items.is_empty() => {
            let mut lines = vec![format!("{pad}{key}:")];
            for inner in items {
                lines.extend(item(inner, indent + 2));
            }
            lines
        }
        _ => vec![format!("{pad}{key}: {}", scalar(node))],
    }
}

/// The lines of a list item at `indent`.
pub(super) fn item(node: &Node, indent: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    let mut lines = match &node.value {
        Value::Mapping(entries) if !entries.is_empty() => {
            let entries = entries.iter();
            entries
                .flat_map(|inner| entry(&inner.key, &inner.node, indent + 2))
                .collect()
        }
        _ => vec![format!("{pad}  {}", scalar(node))],
    };
    if let Some(first) = lines.first_mut() {
        first.replace_range(indent..=indent, "-");
    }
    lines
}

/// A key of a mapping.
pub(super) fn key(key: &str) -> String {
    scalar_text(key)
}

/// A node on one line.
pub(super) fn scalar(node: &Node) -> String {
    match &node.value {
        Value::String(text) => scalar_text(text),
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(scalar).collect();
            format!("[{}]", items.join(", "))
        }
        _ => node.to_json(),
    }
}

/// A string with as few quotes and escapes as YAML allows.
fn scalar_text(text: &str) -> String {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || "_-./$ ()".contains(letter);
    let looks_plain = text
        .starts_with(|letter: char| letter.is_ascii_alphabetic() || "/$".contains(letter))
        && text
            .chars()
            .all(|letter| is_word(letter) || letter == '{' || letter == '}')
        && !text.ends_with(' ');
    let lower = text.to_ascii_lowercase();
    let is_other = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "~",
    ]
    .contains(&lower.as_str());
    match text {
        _ if looks_plain && !is_other => text.to_owned(),
        _ if text.contains(['\n', '\t', '\\']) || text.chars().any(char::is_control) => {
            // A JSON string is also a valid YAML string.
            json(text)
        }
        _ => format!("'{}'", text.replace('\'', "''")),
    }
}

fn json(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            other if other.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(other))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// The start of a long text.
pub(super) fn short(json: &str) -> String {
    match json.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &json[..end]),
        None => json.to_owned(),
    }
}
