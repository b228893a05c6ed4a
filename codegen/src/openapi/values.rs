//! Compares the values in a schema with the schema's own restrictions: defaults, examples, enums and limits.

use super::limits::Limits;
use super::{Schema, SchemaType, pattern};
use crate::diagnostic::Diagnostics;
use crate::tree::{Node, Value};

/// Warns about values of `schema` that do not match it, and reports a schema that no value matches. `schema` was read from
/// `node`.
pub(super) fn check(node: &Node, schema: &Schema, diagnostics: &mut Diagnostics) {
    check_limits(node, &schema.limits, diagnostics);
    if schema.reference.is_some() {
        return;
    }
    if let Some(Value::Sequence(values)) = node.get("enum").map(|list| &list.value) {
        // The reader of enums already reports a number or boolean among strings.
        let is_told = |value: &&Node| {
            schema.types == [SchemaType::String]
                && matches!(value.value, Value::Number(_) | Value::Bool(_))
        };
        for value in values.iter().filter(|value| !is_told(value)) {
            if let Some(reason) = wrong_type(value, &schema.types, schema.wire_format.is_some()) {
                let message = format!("the value {}{reason}", shown(value));
                diagnostics
                    .warning(value.place, message)
                    .help("correct the value or the type");
            }
        }
    }
    check_types(schema, diagnostics);
    check_const(node, diagnostics);
}

/// That a value has another type than these, as the end of a sentence.
pub(crate) fn wrong_type(
    value: &Node,
    types: &[SchemaType],
    may_be_number: bool,
) -> Option<String> {
    let fits = |known: &SchemaType| match (known, &value.value) {
        (SchemaType::Array, Value::Sequence(_))
        | (SchemaType::Boolean, Value::Bool(_))
        | (SchemaType::Number, Value::Number(_))
        | (SchemaType::Object, Value::Mapping(_))
        | (SchemaType::String, Value::String(_)) => true,
        (SchemaType::Integer, Value::Number(number)) => {
            number.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        // Telnyx sends amounts and codes as strings and as numbers.
        (SchemaType::String, Value::Number(_)) => may_be_number,
        _ => false,
    };
    let is_free = types.is_empty() || matches!(value.value, Value::Null);
    if is_free || types.iter().any(fits) {
        return None;
    }
    Some(not_of_type(value, types))
}

/// That a value has none of these types, as the end of a sentence.
pub(crate) fn not_of_type(value: &Node, types: &[SchemaType]) -> String {
    let names: Vec<&str> = types.iter().map(|known| known.name()).collect();
    format!("is {}, not {}", value.value.kind(), names.join(" or "))
}

fn check_limits(node: &Node, limits: &Limits, diagnostics: &mut Diagnostics) {
    for ([low, high], message) in limits.clashes() {
        if let Some(place) = node.get(low).map(|node| node.place) {
            diagnostics
                .warning(place, message)
                .help(format!("correct `{low}` or `{high}`"));
        }
    }
    if let Some(pattern) = limits.patterns.first()
        && let Some(reason) = pattern::mistake(pattern)
        && let Some(place) = node.get("pattern").map(|node| node.place)
    {
        let message = format!("the pattern is not a regular expression: {reason}");
        diagnostics
            .warning(place, message)
            .help("correct the pattern");
    }
}

/// Reports types that exclude each other, in the schema and the inline branches of its `allOf`.
fn check_types(schema: &Schema, diagnostics: &mut Diagnostics) {
    let typed: Vec<&Schema> = std::iter::once(schema)
        .chain(&schema.all_of)
        .filter(|schema| !schema.types.is_empty())
        .collect();
    let Some((first, others)) = typed.split_first() else {
        return;
    };
    for other in others {
        let is_nullable = first.nullable && other.nullable;
        let shares = !SchemaType::common(&first.types, &other.types).is_empty();
        if !shares && !is_nullable {
            let message = format!(
                "no value is both {} and {}",
                first.types[0].name(),
                other.types[0].name()
            );
            diagnostics
                .error(other.place, message)
                .related(first.place, "the other type is here")
                .help(
                    "a value must match every branch of an `allOf`; use `oneOf` if it must match only one branch",
                );
        }
    }
}

/// Warns about a `const` that is not a value of the `enum` beside it.
fn check_const(node: &Node, diagnostics: &mut Diagnostics) {
    let (Some(only), Some(list)) = (node.get("const"), node.get("enum")) else {
        return;
    };
    if let Value::Sequence(values) = &list.value
        && values.iter().all(|value| value.to_json() != only.to_json())
    {
        diagnostics
            .warning(only.place, "the `const` is not a value of the `enum`")
            .related(list.place, "the enum is here")
            .help("remove the `const` or the `enum`");
    }
}

/// A value in a sentence, with a blank after it. A long value is not repeated.
pub(crate) fn shown(value: &Node) -> String {
    let text = match &value.value {
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(value) => value.clone(),
        _ => return String::new(),
    };
    match text.chars().count() > 40 || text.contains('\n') {
        true => String::new(),
        false => format!("`{text}` "),
    }
}
