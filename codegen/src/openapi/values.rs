//! Values that a schema gives, against what it says of values: defaults, examples, enums and limits.

use super::limits::Limits;
use super::{Schema, SchemaType, pattern};
use crate::diagnostic::Diagnostics;
use crate::reader::Text;
use crate::tree::{Node, Value};

/// Warns of the values of `schema`, which was read from `node`, that do not fit it, and reports a schema that none fits.
pub(super) fn check(node: &Node, schema: &Schema, diagnostics: &mut Diagnostics) {
    check_limits(node, &schema.limits, diagnostics);
    if schema.reference.is_some() {
        return;
    }
    for (what, value) in [("default", &schema.default), ("example", &schema.example)] {
        if let Some(value) = value {
            check_value(what, value, schema, diagnostics);
        }
    }
    if let Some(Value::Sequence(values)) = node.get("enum").map(|list| &list.value) {
        // A number or boolean among strings is reported where the enum is read.
        let is_told = |value: &&Node| {
            schema.types == [SchemaType::String]
                && matches!(value.value, Value::Number(_) | Value::Bool(_))
        };
        for value in values.iter().filter(|value| !is_told(value)) {
            if let Some(reason) = wrong_type(value, schema) {
                let message = format!("the value {}{reason}", shown(value));
                diagnostics
                    .warning(value.place, message)
                    .help("correct the value or the type");
            }
        }
    }
    check_types(schema, diagnostics);
    check_enums(schema, diagnostics);
}

/// Warns of a default or an example that does not fit, in itself or in what it holds.
pub(super) fn check_value(
    what: &str,
    value: &Node,
    schema: &Schema,
    diagnostics: &mut Diagnostics,
) {
    if let Some(reason) = misfit(value, schema) {
        let message = format!("the {what} {}{reason}", shown(value));
        let is_unquoted =
            schema.types == [SchemaType::String] && !matches!(value.value, Value::String(_));
        let help = if is_unquoted {
            "put it in quotes, or correct the type"
        } else {
            "correct the value or the schema"
        };
        diagnostics.warning(value.place, message).help(help);
    }
    for property in &schema.properties {
        if let Some(inner) = value.get(&property.name.value) {
            check_value(what, inner, &property.schema, diagnostics);
        }
    }
    if let (Value::Sequence(items), Some(schema)) = (&value.value, &schema.items) {
        for item in items {
            check_value(what, item, schema, diagnostics);
        }
    }
}

/// Why a value does not fit, as the end of a sentence.
fn misfit(value: &Node, schema: &Schema) -> Option<String> {
    wrong_type(value, schema).or_else(|| {
        let limits = &schema.limits;
        match &value.value {
            Value::Number(number) => {
                let number = number.as_f64()?;
                beyond_format(number, schema)
                    .or_else(|| outside(number, "", &limits.minimum, &limits.maximum))
            }
            Value::String(text) => outside(
                length(text.chars().count()),
                " characters",
                &limits.min_length,
                &limits.max_length,
            ),
            Value::Sequence(items) => outside(
                length(items.len()),
                " items",
                &limits.min_items,
                &limits.max_items,
            ),
            _ => None,
        }
    })
}

/// Why a number does not fit the format, as the end of a sentence.
fn beyond_format(number: f64, schema: &Schema) -> Option<String> {
    let fits = match schema.format.as_deref() {
        Some("int32") => (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number),
        Some("uint64") => number >= 0.0,
        _ => true,
    };
    let format = schema.format.as_deref().filter(|_| !fits)?;
    Some(format!("does not fit the format `{format}`"))
}

fn length(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn wrong_type(value: &Node, schema: &Schema) -> Option<String> {
    let fits = |known: &SchemaType| match (known, &value.value) {
        (SchemaType::Array, Value::Sequence(_))
        | (SchemaType::Boolean, Value::Bool(_))
        | (SchemaType::Number, Value::Number(_))
        | (SchemaType::Object, Value::Mapping(_))
        | (SchemaType::String, Value::String(_)) => true,
        (SchemaType::Integer, Value::Number(number)) => {
            number.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        // Amounts and codes come as both.
        (SchemaType::String, Value::Number(_)) => schema.wire_format.is_some(),
        _ => false,
    };
    let is_free = schema.types.is_empty() || matches!(value.value, Value::Null);
    if is_free || schema.types.iter().any(fits) {
        return None;
    }
    let names: Vec<&str> = schema.types.iter().map(|known| known.name()).collect();
    Some(format!(
        "is {}, not {}",
        value.value.kind(),
        names.join(" or ")
    ))
}

fn outside(size: f64, unit: &str, least: &Option<String>, most: &Option<String>) -> Option<String> {
    let limit = |text: &Option<String>| text.as_ref()?.parse::<f64>().ok();
    match (limit(least), limit(most)) {
        (Some(least), _) if size < least => Some(format!("is below the minimum, {least}{unit}")),
        (_, Some(most)) if size > most => Some(format!("is above the maximum, {most}{unit}")),
        _ => None,
    }
}

fn check_limits(node: &Node, limits: &Limits, diagnostics: &mut Diagnostics) {
    let pairs = [
        ("minimum", &limits.minimum, "maximum", &limits.maximum),
        (
            "minLength",
            &limits.min_length,
            "maxLength",
            &limits.max_length,
        ),
        ("minItems", &limits.min_items, "maxItems", &limits.max_items),
    ];
    for (low, least, high, most) in pairs {
        if let (Some(least), Some(most)) = (least, most)
            && outside_of_itself(least, most)
            && let Some(place) = node.get(low).map(|node| node.place)
        {
            let message = format!("no value fits: `{low}` is {least}, and `{high}` is {most}");
            diagnostics
                .warning(place, message)
                .help("correct one of them");
        }
    }
    if let Some(pattern) = &limits.pattern
        && let Some(reason) = pattern::mistake(pattern)
        && let Some(place) = node.get("pattern").map(|node| node.place)
    {
        let message = format!("the pattern is not a regular expression: {reason}");
        diagnostics
            .warning(place, message)
            .help("correct the pattern");
    }
}

fn outside_of_itself(least: &str, most: &str) -> bool {
    matches!((least.parse::<f64>(), most.parse::<f64>()), (Ok(least), Ok(most)) if least > most)
}

/// Reports types that exclude each other, in the schema and the branches of its `allOf` that are written in place.
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
                    "a value must match every branch of an `allOf`; use `oneOf` if it matches one",
                );
        }
    }
}

/// Warns of enums without a common value, in the schema and the branches of its `allOf` that are written in place.
fn check_enums(schema: &Schema, diagnostics: &mut Diagnostics) {
    let mut listed = std::iter::once(schema)
        .chain(&schema.all_of)
        .filter_map(|schema| Some((schema.place, schema.values.as_ref()?)));
    let Some((first, values)) = listed.next() else {
        return;
    };
    for (place, others) in listed {
        let is_shared = |text: &&Text| others.iter().any(|other| other.value == text.value);
        if !values.iter().any(|value| is_shared(&value)) {
            diagnostics
                .warning(place, "no value is in both enums")
                .related(first, "the other enum stands here")
                .help("`allOf` asks for all of its branches; `oneOf` for one");
        }
    }
}

/// A value in a sentence, with a blank behind it; a long one is not repeated.
fn shown(value: &Node) -> String {
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
