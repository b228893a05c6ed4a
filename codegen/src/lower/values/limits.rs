//! Checks a value against its limits.

use std::collections::HashSet;

use regex_lite::Regex;

use crate::openapi::Limits;
use crate::tree::{Node, Value};

/// Why a value is outside of the limits, as the end of a sentence.
pub(super) fn misfit(value: &Node, limits: &Limits) -> Option<String> {
    match &value.value {
        Value::Number(number) => of_number(number.as_f64()?, limits),
        Value::String(text) => outside(
            length(text.chars().count()),
            " characters",
            &limits.min_length,
            &limits.max_length,
        )
        .or_else(|| {
            let mut patterns = limits.patterns.iter();
            patterns.find_map(|pattern| unlike(text, pattern))
        }),
        Value::Sequence(items) => outside(
            length(items.len()),
            " items",
            &limits.min_items,
            &limits.max_items,
        )
        .or_else(|| {
            let has_twice = limits.unique_items && has_twice(items);
            has_twice.then(|| "contains an item twice".to_owned())
        }),
        Value::Mapping(entries) => outside(
            length(entries.len()),
            " properties",
            &limits.min_properties,
            &limits.max_properties,
        ),
        _ => None,
    }
}

/// Whether a text matches a pattern; `None` if the pattern uses a feature that only ECMA-262 has.
pub(crate) fn is_like(text: &str, pattern: &str) -> Option<bool> {
    Some(Regex::new(pattern).ok()?.is_match(text))
}

fn unlike(text: &str, pattern: &str) -> Option<String> {
    let is_unlike = is_like(text, pattern) == Some(false);
    is_unlike.then(|| "does not match the pattern".to_owned())
}

/// Whether a number is a multiple of another one in decimal notation: 0.3 is a multiple of 0.1, although no `f64` is exactly 0.1.
pub(crate) fn is_multiple(number: f64, step: f64) -> bool {
    let count = number / step;
    (count - count.round()).abs() <= count.abs() * f64::EPSILON * 4.0
}

fn of_number(number: f64, limits: &Limits) -> Option<String> {
    if let Some(reason) = outside(number, "", &limits.minimum, &limits.maximum) {
        return Some(reason);
    }
    if let Some(least) = limit(&limits.exclusive_minimum).filter(|least| number <= *least) {
        return Some(format!("is not greater than {least}"));
    }
    if let Some(most) = limit(&limits.exclusive_maximum).filter(|most| number >= *most) {
        return Some(format!("is not less than {most}"));
    }
    let steps = limits.multiples.iter().filter_map(|step| step.parse().ok());
    let missed = steps.into_iter().find(|step| !is_multiple(number, *step))?;
    Some(format!("is not a multiple of {missed}"))
}

fn has_twice(items: &[Node]) -> bool {
    let mut seen = HashSet::new();
    !items.iter().all(|item| seen.insert(item.to_json()))
}

fn length(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn limit(text: &Option<String>) -> Option<f64> {
    text.as_ref()?.parse().ok()
}

fn outside(size: f64, unit: &str, least: &Option<String>, most: &Option<String>) -> Option<String> {
    let (below, above) = match unit {
        "" => ("is below the minimum,", "is above the maximum,"),
        _ => ("has fewer than", "has more than"),
    };
    match (limit(least), limit(most)) {
        (Some(least), _) if size < least => Some(format!("{below} {least}{unit}")),
        (_, Some(most)) if size > most => Some(format!("{above} {most}{unit}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_multiple_of_a_fraction_is_one_of_the_number_as_it_is_written() {
        for (number, step) in [(0.3, 0.1), (0.1, 0.01), (1.0, 0.5), (0.7, 0.1), (6.0, 3.0)] {
            assert!(is_multiple(number, step), "{number} {step}");
            assert!(!is_multiple(step, number), "{step} {number}");
        }
        for (number, step) in [(0.3, 0.2), (1.0, 0.3), (2.5, 1.0), (1e-9, 0.1)] {
            assert!(!is_multiple(number, step), "{number} {step}");
        }
    }
}
