//! Descriptions of values, and how their limits changed.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::bounds::{self, Move};
use super::listed;
use super::pairs::In;
use crate::contract::{Contract, Kind, Limits, Shape, Text};
use crate::lower::is_multiple;

/// Whether a range contains all of another range, or the other range is empty.
pub(super) fn holds(range: &RangeInclusive<i128>, other: &RangeInclusive<i128>) -> bool {
    other.is_empty() || range.contains(other.start()) && range.contains(other.end())
}

/// How limits changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Moved {
    /// Limits that now allow less, in words.
    pub(super) tighter: Vec<String>,
    /// Limits that now allow more, in words.
    pub(super) looser: Vec<String>,
}

/// How the limits of a value changed, if both sides have limits of the same kind.
pub(super) fn moved_between((old_in, old): In<'_>, (new_in, new): In<'_>) -> Moved {
    let (before, after) = (&old_in.target(old).0.kind, &new_in.target(new).0.kind);
    let is_number = |kind: &Kind| matches!(kind, Kind::Integer(_) | Kind::Number);
    let is_text = |kind: &Kind| matches!(kind, Kind::Text(_) | Kind::Enum(_));
    let is_object = |kind: &Kind| matches!(kind, Kind::Object(_) | Kind::Map(_));
    let is_one_sort = std::mem::discriminant(before) == std::mem::discriminant(after)
        || is_number(before) && is_number(after)
        || is_text(before) && is_text(after)
        || is_object(before) && is_object(after);
    if !is_one_sort {
        return Moved::default();
    }
    let (old_limits, new_limits) = (old_in.limits(old), new_in.limits(new));
    let mut moved = moved(&old_limits, &new_limits);
    if let (Kind::Enum(before), Kind::Enum(after)) = (before, after) {
        let mut kept: Vec<&String> = before.iter().map(|(value, _)| value).collect();
        kept.retain(|value| after.iter().any(|(other, _)| other == *value));
        let holds = |limits: &Limits| kept.iter().all(|value| listed::holds_text(limits, value));
        let is_open = |side: In<'_>| side.0.target(side.1).0.any_text;
        moved.keep(
            is_open((old_in, old)) || !holds(&new_limits),
            is_open((new_in, new)) || !holds(&old_limits),
        );
    } else {
        moved.keep(
            !is_listed_in((old_in, old), (new_in, new)),
            !is_listed_in((new_in, new), (old_in, old)),
        );
    }
    moved
}

/// Whether all values of one side can be listed, and the other side allows each of them.
fn is_listed_in(one: In<'_>, other: In<'_>) -> bool {
    let values = listed::all(one);
    values.is_some_and(|values| {
        let mut values = values.iter();
        values.all(|value| listed::allows(other, value, false))
    })
}

/// How limits moved.
pub(super) fn moved(old: &Limits, new: &Limits) -> Moved {
    let mut moved = Moved::default();
    for one in bounds::moves(old, new) {
        match one {
            Move::Tighter(text) => moved.tighter.push(text),
            Move::Looser(text) => moved.looser.push(text),
        }
    }
    moved.steps(&old.multiples, &new.multiples);
    moved.values(&old.values, &new.values);
    moved.required(old, new);
    moved.any_of(old, new);
    match (old.unique_items, new.unique_items) {
        (false, true) => moved.tighter.push("`uniqueItems: true`".to_owned()),
        (true, false) => moved.looser.push("no `uniqueItems`".to_owned()),
        _ => {}
    }
    let come = new.patterns.difference(&old.patterns);
    let come: Vec<String> = come
        .map(|pattern| format!("`pattern: {pattern}`"))
        .collect();
    if come.is_empty() && new.patterns.is_empty() && !old.patterns.is_empty() {
        moved.looser.push("no `pattern`".to_owned());
    } else if come.is_empty() {
        let gone = old.patterns.difference(&new.patterns);
        let gone = gone.map(|pattern| format!("no `pattern: {pattern}`"));
        moved.looser.extend(gone);
    }
    moved.tighter.extend(come);
    moved
}

impl Moved {
    /// Drops the tighter limits unless `is_tighter` is true, and the looser limits unless `is_looser` is true.
    fn keep(&mut self, is_tighter: bool, is_looser: bool) {
        if !is_tighter {
            self.tighter.clear();
        }
        if !is_looser {
            self.looser.clear();
        }
    }

    fn steps(&mut self, old: &[f64], new: &[f64]) {
        let shown = |steps: &[f64]| match steps {
            [] => "no `multipleOf`".to_owned(),
            steps => {
                let steps = steps.iter().map(|step| format!("`multipleOf: {step}`"));
                steps.collect::<Vec<_>>().join(", ")
            }
        };
        let lacks = |steps: &[f64], others: &[f64]| -> Vec<f64> {
            let is_lacking = |other: &&f64| !steps.iter().any(|step| is_multiple(*step, **other));
            others.iter().filter(is_lacking).copied().collect()
        };
        let come = lacks(old, new);
        if !come.is_empty() {
            self.tighter.push(shown(&come));
        }
        if !lacks(new, old).is_empty() {
            self.looser.push(shown(new));
        }
    }

    fn values(&mut self, old: &[String], new: &[String]) {
        let listed = |values: &[String]| format!("`enum: [{}]`", values.join(", "));
        let lacks = |values: &[String], others: &[String]| {
            let mut others = others.iter();
            others.any(|value| !values.contains(value))
        };
        match (old, new) {
            ([], []) => {}
            (_, []) => self.looser.push("no `enum`".to_owned()),
            ([], _) => self.tighter.push(listed(new)),
            _ => {
                if lacks(new, old) {
                    self.tighter.push(listed(new));
                }
                if lacks(old, new) {
                    self.looser.push(listed(new));
                }
            }
        }
    }

    /// Compares the required properties that the type itself does not have.
    fn required(&mut self, old: &Limits, new: &Limits) {
        for name in new
            .required
            .iter()
            .filter(|name| !old.always.contains(*name))
        {
            self.tighter.push(format!("`required: [{name}]`"));
        }
        for name in old
            .required
            .iter()
            .filter(|name| !new.always.contains(*name))
        {
            self.looser.push(format!("no `required: [{name}]`"));
        }
    }

    /// Compares the properties that branches beside the object's own properties require.
    fn any_of(&mut self, old: &Limits, new: &Limits) {
        let allows = |new: &Limits, old: &Limits| {
            let none = [BTreeSet::new()];
            let sets = if old.any_of.is_empty() {
                &none
            } else {
                old.any_of.as_slice()
            };
            let is_enough = |sent: &BTreeSet<String>| {
                let is_sent = |name| sent.contains(name) || old.always.contains(name);
                let mut due = new.any_of.iter();
                new.any_of.is_empty() || due.any(|due| due.iter().all(is_sent))
            };
            sets.iter().all(is_enough)
        };
        let shown = |limits: &Limits| {
            let sets = limits.any_of.iter().map(|set| {
                let names: Vec<&str> = set.iter().map(String::as_str).collect();
                format!("{{ required: [{}] }}", names.join(", "))
            });
            match limits.any_of.is_empty() {
                true => "no `anyOf`".to_owned(),
                false => format!("`anyOf: [{}]`", sets.collect::<Vec<_>>().join(", ")),
            }
        };
        if !allows(new, old) {
            self.tighter.push(shown(new));
        }
        if !allows(old, new) {
            self.looser.push(shown(new));
        }
    }
}

/// A shape in a few words: `a list of strings`.
pub(super) fn described(contract: &Contract, shape: &Shape) -> String {
    let (target, _) = contract.target(shape);
    match &target.kind {
        Kind::Component(name) => format!("`{name}`"),
        Kind::Merged(_) => "a schema that only refers to itself".to_owned(),
        Kind::Object(_) => match &target.rust {
            Some(name) => format!("an object `{name}`"),
            None => "an object".to_owned(),
        },
        Kind::Enum(_) => "an enum".to_owned(),
        Kind::Union(tag, _) => format!("one of several by `{tag}`"),
        Kind::Map(_) if target.is_json => "any object".to_owned(),
        Kind::Map(values) if matches!(values.kind, Kind::Any) => "a map of anything".to_owned(),
        Kind::Map(_) => "a map".to_owned(),
        Kind::Several(branches) => {
            // A union can contain itself through a list.
            let one = |branch| match &contract.target(branch).0.kind {
                Kind::List(_) => "a list".to_owned(),
                Kind::Several(_) => "one of several".to_owned(),
                _ => described(contract, branch),
            };
            let branches: BTreeSet<String> = branches.iter().map(one).collect();
            branches.into_iter().collect::<Vec<_>>().join(" or ")
        }
        Kind::List(items) => match contract.target(items).0.kind {
            Kind::Text(Text::Plain) => "a list of strings".to_owned(),
            Kind::Integer(_) => "a list of integers".to_owned(),
            _ => format!("a list of {}", described(contract, items)),
        },
        Kind::Boolean => "a boolean".to_owned(),
        Kind::Integer(range) if *range.start() == 0 => "an integer without a sign".to_owned(),
        Kind::Integer(range) if *range.end() <= i32::MAX.into() => {
            "an integer of 32 bits".to_owned()
        }
        Kind::Integer(_) => "an integer".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Text(Text::Timestamp) => "a date-time".to_owned(),
        Kind::Text(Text::Numeric) => "a string or number".to_owned(),
        Kind::Text(Text::ErrorCode) => "an error code".to_owned(),
        Kind::Text(Text::Plain) => "a string".to_owned(),
        Kind::Any => "anything".to_owned(),
    }
}
