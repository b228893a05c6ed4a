//! Limits of values, such as `minimum` and `maxLength`.

use super::SchemaType;
use super::keys::{has_names, is_part};
use crate::diagnostic::Diagnostics;
use crate::reader::Keys;
use crate::tree::{Entry, Node, Value};

/// The types with limits such as `minimum`.
pub(super) const NUMBERS: &[SchemaType] = &[SchemaType::Integer, SchemaType::Number];

/// Limits of values. The crate documents them but never checks them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limits {
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    /// A number must be larger than this.
    pub(crate) exclusive_minimum: Option<String>,
    /// A number must be smaller than this.
    pub(crate) exclusive_maximum: Option<String>,
    /// A number must be a multiple of each of these.
    pub(crate) multiples: Vec<String>,
    pub(crate) min_length: Option<String>,
    pub(crate) max_length: Option<String>,
    pub(crate) min_items: Option<String>,
    pub(crate) max_items: Option<String>,
    /// Whether the items of a list must be unique.
    pub(crate) unique_items: bool,
    pub(crate) min_properties: Option<String>,
    pub(crate) max_properties: Option<String>,
    /// A string must match each of these.
    pub(crate) patterns: Vec<String>,
}

impl Limits {
    /// The limits of a value that must satisfy both these limits and others: the tighter one of two. All patterns and multiples
    /// count.
    pub(crate) fn and(&self, other: &Self) -> Self {
        Self {
            minimum: larger(&self.minimum, &other.minimum),
            maximum: smaller(&self.maximum, &other.maximum),
            exclusive_minimum: larger(&self.exclusive_minimum, &other.exclusive_minimum),
            exclusive_maximum: smaller(&self.exclusive_maximum, &other.exclusive_maximum),
            multiples: both(&self.multiples, &other.multiples),
            min_length: larger(&self.min_length, &other.min_length),
            max_length: smaller(&self.max_length, &other.max_length),
            min_items: larger(&self.min_items, &other.min_items),
            max_items: smaller(&self.max_items, &other.max_items),
            unique_items: self.unique_items || other.unique_items,
            min_properties: larger(&self.min_properties, &other.min_properties),
            max_properties: smaller(&self.max_properties, &other.max_properties),
            patterns: both(&self.patterns, &other.patterns),
        }
    }

    /// The limits that apply to a value of these types; all limits if the types are not known.
    pub(super) fn of_types(self, types: &[SchemaType]) -> Self {
        let numbers = fit(NUMBERS, types);
        let strings = fit(&[SchemaType::String], types);
        let lists = fit(&[SchemaType::Array], types);
        let objects = fit(&[SchemaType::Object], types);
        Self {
            minimum: self.minimum.filter(|_| numbers),
            maximum: self.maximum.filter(|_| numbers),
            exclusive_minimum: self.exclusive_minimum.filter(|_| numbers),
            exclusive_maximum: self.exclusive_maximum.filter(|_| numbers),
            multiples: only(self.multiples, numbers),
            min_length: self.min_length.filter(|_| strings),
            max_length: self.max_length.filter(|_| strings),
            patterns: only(self.patterns, strings),
            min_items: self.min_items.filter(|_| lists),
            max_items: self.max_items.filter(|_| lists),
            unique_items: self.unique_items && lists,
            min_properties: self.min_properties.filter(|_| objects),
            max_properties: self.max_properties.filter(|_| objects),
        }
    }

    /// The limits of a value that must satisfy all of these.
    pub(crate) fn all<'l>(limits: impl Iterator<Item = &'l Self>) -> Self {
        limits.fold(Self::default(), |all, limits| all.and(limits))
    }

    /// Limits that exclude each other: the keywords of the lower and the higher one, and a sentence.
    pub(crate) fn clashes(&self) -> impl Iterator<Item = ([&'static str; 2], String)> {
        let pairs = [
            ("minimum", &self.minimum, "maximum", &self.maximum),
            ("minLength", &self.min_length, "maxLength", &self.max_length),
            ("minItems", &self.min_items, "maxItems", &self.max_items),
            (
                "minProperties",
                &self.min_properties,
                "maxProperties",
                &self.max_properties,
            ),
        ];
        pairs.into_iter().filter_map(|(low, least, high, most)| {
            let (least, most) = (least.as_ref()?, most.as_ref()?);
            let is_clash = value(least)? > value(most)?;
            let message = format!("no value fits: `{low}` is {least}, and `{high}` is {most}");
            is_clash.then_some(([low, high], message))
        })
    }
}

/// Whether a keyword for these types applies to a value of the other types. If the types of the value are not known, all keywords
/// apply.
pub(super) fn fit(keyword: &[SchemaType], types: &[SchemaType]) -> bool {
    types.is_empty() || types.iter().any(|one| keyword.contains(one))
}

/// The entries of both lists, each once.
fn both(own: &[String], others: &[String]) -> Vec<String> {
    let mut both = own.to_vec();
    both.extend(others.iter().filter(|other| !own.contains(other)).cloned());
    both
}

/// The list, or an empty list.
fn only(list: Vec<String>, is_kept: bool) -> Vec<String> {
    if is_kept { list } else { Vec::new() }
}

fn value(limit: &str) -> Option<f64> {
    limit.parse().ok()
}

fn larger(one: &Option<String>, other: &Option<String>) -> Option<String> {
    match (one, other) {
        (Some(own), Some(second)) if value(second) > value(own) => other.clone(),
        _ => one.as_ref().or(other.as_ref()).cloned(),
    }
}

fn smaller(one: &Option<String>, other: &Option<String>) -> Option<String> {
    match (one, other) {
        (Some(own), Some(second)) if value(second) < value(own) => other.clone(),
        _ => one.as_ref().or(other.as_ref()).cloned(),
    }
}

/// Reads the limits among the keywords of a schema.
pub(super) fn read(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Limits {
    let mut minimum = number(keys, "minimum", diagnostics);
    let mut maximum = number(keys, "maximum", diagnostics);
    Limits {
        exclusive_minimum: exclusive(keys, "exclusiveMinimum", &mut minimum, diagnostics),
        exclusive_maximum: exclusive(keys, "exclusiveMaximum", &mut maximum, diagnostics),
        minimum,
        maximum,
        multiples: step(keys, diagnostics).into_iter().collect(),
        min_length: count(keys, "minLength", diagnostics),
        max_length: count(keys, "maxLength", diagnostics),
        min_items: count(keys, "minItems", diagnostics),
        max_items: count(keys, "maxItems", diagnostics),
        unique_items: keys.flag("uniqueItems", diagnostics),
        min_properties: count(keys, "minProperties", diagnostics),
        max_properties: count(keys, "maxProperties", diagnostics),
        patterns: keys.string("pattern", diagnostics).into_iter().collect(),
    }
}

fn number(keys: &mut Keys<'_>, key: &'static str, diagnostics: &mut Diagnostics) -> Option<String> {
    match keys.node(key)? {
        Node {
            value: Value::Number(number),
            ..
        } => Some(number.to_string()),
        node => {
            let message = format!("`{key}` must be a number, not {}", node.value.kind());
            diagnostics
                .error(node.place, message)
                .help("write a number, without quotes");
            None
        }
    }
}

/// An exclusive limit. It is a number, or in OpenAPI 3.0 `true` beside an inclusive limit, which then becomes the exclusive
/// limit.
fn exclusive(
    keys: &mut Keys<'_>,
    key: &'static str,
    limit: &mut Option<String>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    match keys.node(key).map(|node| &node.value) {
        Some(Value::Bool(true)) => limit.take(),
        Some(Value::Bool(false)) => None,
        _ => number(keys, key, diagnostics),
    }
}

/// Warns about each exclusive limit that is a boolean, as in OpenAPI 3.0. `are_names` says whether the keys of the node are
/// names.
pub(super) fn check_flags(node: &Node, are_names: bool, diagnostics: &mut Diagnostics) {
    match &node.value {
        Value::Mapping(entries) => {
            for Entry { key, node, .. } in entries {
                let is_exclusive = ["exclusiveMinimum", "exclusiveMaximum"].contains(&key.as_str());
                if !are_names && is_exclusive && matches!(node.value, Value::Bool(_)) {
                    let message = format!(
                        "`{key}` is a number since OpenAPI 3.1: the generator reads this boolean as in OpenAPI 3.0"
                    );
                    let help = format!("write the limit itself: `{key}: 5`");
                    diagnostics.warning(node.place, message).help(help);
                }
                if is_part(key, are_names) {
                    check_flags(node, has_names(key, are_names), diagnostics);
                }
            }
        }
        Value::Sequence(items) => {
            for item in items {
                check_flags(item, false, diagnostics);
            }
        }
        _ => {}
    }
}

/// The value of `multipleOf`.
fn step(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let text = number(keys, "multipleOf", diagnostics)?;
    let place = keys.node("multipleOf")?.place;
    if value(&text).is_some_and(|step| step > 0.0) {
        return Some(text);
    }
    diagnostics
        .warning(
            place,
            format!("`multipleOf` has no effect, because `{text}` is not above 0"),
        )
        .help("write a number above 0");
    None
}

/// A number of characters, items or properties: `2`, also written as `2.0`.
fn count(keys: &mut Keys<'_>, key: &'static str, diagnostics: &mut Diagnostics) -> Option<String> {
    let text = number(keys, key, diagnostics)?;
    let place = keys.node(key)?.place;
    let is_count = |count: &f64| *count >= 0.0 && count.fract() == 0.0;
    if let Some(count) = text.parse::<f64>().ok().filter(is_count) {
        return Some(count.to_string());
    }
    diagnostics
        .warning(
            place,
            format!("`{key}` has no effect, because `{text}` is not a count"),
        )
        .help("write a whole number, 0 or more");
    None
}
