//! Defaults and limits in words. They are documented and never checked: Telnyx decides what it takes.

use crate::openapi::Schema;
use crate::tree::Value;

/// A sentence or two on what a schema says of its values.
pub(super) fn of(schema: &Schema) -> Option<String> {
    let limits = &schema.limits;
    let mut sentences = Vec::new();
    if let Some(default) = schema.default.as_ref().and_then(|node| scalar(&node.value)) {
        sentences.push(format!("Telnyx's default: `{default}`."));
    }
    sentences.extend(range(
        "",
        limits.minimum.as_deref(),
        limits.maximum.as_deref(),
    ));
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
    if let Some(pattern) = &limits.pattern {
        sentences.push(format!("Pattern: `{pattern}`."));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn range(unit: &str, least: Option<&str>, most: Option<&str>) -> Option<String> {
    Some(match (least, most) {
        (None, None) => return None,
        (Some(least), None) => format!("At least {least}{unit}."),
        (None, Some(most)) => format!("At most {most}{unit}."),
        (Some(least), Some(most)) if least == most => format!("Exactly {least}{unit}."),
        (Some(least), Some(most)) => format!("From {least} to {most}{unit}."),
    })
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(value) if !value.is_empty() => Some(value.clone()),
        _ => None,
    }
}
