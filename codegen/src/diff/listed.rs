//! Lists the values that a schema allows, and checks whether a schema allows a value.

use std::ops::RangeInclusive;

use super::bounds;
use super::pairs::In;
use crate::contract::{Contract, Kind, Limits, Shape};
use crate::lower::{is_like, is_multiple};

/// The maximum number of integers that are compared one by one.
const MOST: i128 = 300;
/// The largest number up to which each integer has an `f64` of its own.
const EXACT: u128 = 1 << f64::MANTISSA_DIGITS;

/// A value of a request.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    Boolean(bool),
}

/// All values that a schema allows, if there are few and each is known.
pub(super) fn all((contract, shape): In<'_>) -> Option<Vec<Value>> {
    let target = contract.target(shape).0;
    let limits = contract.limits(shape);
    let values: Vec<Value> = match &target.kind {
        Kind::Enum(values) if !target.any_text => {
            let values = values.iter();
            return Some(
                values
                    .map(|(value, _)| Value::Text(value.clone()))
                    .collect(),
            );
        }
        Kind::Boolean => vec![Value::Boolean(true), Value::Boolean(false)],
        Kind::Integer(_) | Kind::Number if !limits.values.is_empty() => {
            let numbers = limits.values.iter().map(|value| exact(value));
            numbers.collect::<Option<Vec<Value>>>()?
        }
        Kind::Integer(_) => {
            let range = bounds::integers(&limits)?;
            let is_exact = |end: &i128| end.unsigned_abs() <= EXACT;
            let is_short = range.end().saturating_sub(*range.start()) <= MOST;
            if !is_short || !is_exact(range.start()) || !is_exact(range.end()) {
                return None;
            }
            range.map(|number| Value::Number(number as f64)).collect()
        }
        _ => return None,
    };
    let is_allowed = |value: &Value| allows((contract, shape), value, false);
    Some(values.into_iter().filter(is_allowed).collect())
}

/// A number, if an `f64` holds it as it is written.
fn exact(written: &str) -> Option<Value> {
    let number: f64 = written.parse().ok()?;
    (number.to_string() == written).then_some(Value::Number(number))
}

/// Whether a schema allows a value. If `is_text` is true, requests contain each value as text.
pub(super) fn allows((contract, shape): In<'_>, value: &Value, is_text: bool) -> bool {
    let target = contract.target(shape).0;
    let limits = || contract.limits(shape);
    match &target.kind {
        Kind::Any => match value {
            Value::Text(_) => true,
            _ => is_among(&limits(), &text(value, true).unwrap_or_default()),
        },
        Kind::Several(branches) => branches.iter().any(|branch| {
            // A union of several types can contain itself.
            let is_several = matches!(contract.target(branch).0.kind, Kind::Several(_));
            !is_several && allows((contract, branch), value, is_text)
        }),
        Kind::Enum(values) => text(value, is_text).is_some_and(|text| {
            let is_listed = target.any_text || values.iter().any(|(value, _)| *value == text);
            is_listed && holds_text(&limits(), &text)
        }),
        Kind::Text(_) => text(value, is_text).is_some_and(|text| holds_text(&limits(), &text)),
        Kind::Boolean => {
            let is_boolean = match value {
                Value::Boolean(_) => true,
                Value::Text(text) => is_text && ["true", "false"].contains(&text.as_str()),
                Value::Number(_) => false,
            };
            let written = text(value, true).unwrap_or_default();
            is_boolean && is_among(&limits(), &written)
        }
        Kind::Integer(range) => number(value, is_text)
            .is_some_and(|number| is_within(range, number) && holds_number(&limits(), number)),
        Kind::Number => {
            number(value, is_text).is_some_and(|number| holds_number(&limits(), number))
        }
        _ => false,
    }
}

/// Whether limits allow a string.
pub(super) fn holds_text(limits: &Limits, text: &str) -> bool {
    let length = text.chars().count() as f64;
    let lower = limits.lower.iter();
    let mut lower = lower.filter(|(keyword, _)| *keyword == "minLength");
    let upper = limits.upper.iter();
    let mut upper = upper.filter(|(keyword, _)| *keyword == "maxLength");
    let is_match = |pattern: &String| is_like(text, pattern).unwrap_or(false);
    lower.all(|(_, least)| length >= *least)
        && upper.all(|(_, most)| length <= *most)
        && limits.patterns.iter().all(is_match)
}

fn holds_number(limits: &Limits, number: f64) -> bool {
    let lower = limits.lower.iter().all(|(keyword, least)| match *keyword {
        "minimum" => number >= *least,
        "exclusiveMinimum" => number > *least,
        _ => true,
    });
    let upper = limits.upper.iter().all(|(keyword, most)| match *keyword {
        "maximum" => number <= *most,
        "exclusiveMaximum" => number < *most,
        _ => true,
    });
    let mut multiples = limits.multiples.iter();
    lower
        && upper
        && multiples.all(|step| is_multiple(number, *step))
        && is_among(limits, &number.to_string())
}

/// Whether a value is in the list, if there is a list.
fn is_among(limits: &Limits, value: &str) -> bool {
    limits.values.is_empty() || limits.values.iter().any(|known| known == value)
}

fn is_within(range: &RangeInclusive<i128>, number: f64) -> bool {
    number.fract() == 0.0 && range.contains(&(number as i128))
}

fn text(value: &Value, is_text: bool) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => is_text.then(|| number.to_string()),
        Value::Boolean(value) => is_text.then(|| value.to_string()),
    }
}

fn number(value: &Value, is_text: bool) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) if is_text => text.parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

/// Whether a value in a request may be null, as far as the document shows.
pub(super) fn takes_null(contract: &Contract, shape: &Shape) -> bool {
    let (target, nullable) = contract.target(shape);
    nullable
        || match &target.kind {
            Kind::Any => true,
            Kind::Several(branches) => branches.iter().any(|branch| {
                let (target, nullable) = contract.target(branch);
                nullable || matches!(target.kind, Kind::Any)
            }),
            _ => false,
        }
}
