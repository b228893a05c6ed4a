//! Sentences about defaults and limits. The crate documents limits but does not check them, because Telnyx decides.

use crate::lower::resolve::Words;
use crate::markdown::code;
use crate::openapi::Limits;
use crate::tree::{Node, Value};

/// One or two sentences about the values of a schema.
pub(super) fn of(words: &Words<'_>) -> Option<String> {
    let mut sentences = Vec::new();
    if let Some(default) = words.default.and_then(shown) {
        sentences.push(format!("Telnyx's default: {}.", code(&default)));
    }
    describe(&words.limits, &mut sentences);
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn describe(limits: &Limits, sentences: &mut Vec<String>) {
    sentences.extend(range(
        "",
        limits.minimum.as_deref(),
        limits.maximum.as_deref(),
    ));
    let more = limits.exclusive_minimum.iter();
    let less = limits.exclusive_maximum.iter();
    sentences.extend(more.map(|limit| format!("More than {limit}.")));
    sentences.extend(less.map(|limit| format!("Less than {limit}.")));
    let steps = limits.multiples.iter();
    sentences.extend(steps.map(|step| format!("A multiple of {step}.")));
    sentences.extend(range(
        " characters",
        limits.min_length.as_deref(),
        limits.max_length.as_deref(),
    ));
    sentences.extend(range(
        " items",
        limits.min_items.as_deref(),
        limits.max_items.as_deref(),
    ));
    sentences.extend(range(
        " properties",
        limits.min_properties.as_deref(),
        limits.max_properties.as_deref(),
    ));
    let patterns = limits.patterns.iter();
    sentences.extend(patterns.map(|pattern| format!("Pattern: {}.", code(pattern))));
}

fn range(unit: &str, least: Option<&str>, most: Option<&str>) -> Option<String> {
    Some(match (least, most) {
        (None, None) => return None,
        (Some(least), None) => format!("At least {least}{}.", counted(unit, least)),
        (None, Some(most)) => format!("At most {most}{}.", counted(unit, most)),
        (Some(least), Some(most)) if least == most => {
            format!("Exactly {least}{}.", counted(unit, least))
        }
        (Some(least), Some(most)) => format!("From {least} to {most}{unit}."),
    })
}

/// The unit after a number: ` character` after 1.
fn counted<'u>(unit: &'u str, number: &str) -> &'u str {
    match number {
        "1" => unit.trim_end_matches('s'),
        _ => unit,
    }
}

fn shown(node: &Node) -> Option<String> {
    match &node.value {
        Value::Null => None,
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(value) => (!value.is_empty()).then(|| value.clone()),
        Value::Sequence(items) => (!items.is_empty()).then(|| node.to_json().to_string()),
        Value::Mapping(entries) => (!entries.is_empty()).then(|| node.to_json().to_string()),
    }
}
