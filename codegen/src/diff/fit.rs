//! Whether a published crate can still read responses and send valid requests, value by value.

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

use super::bounds::{self, Move};
use crate::contract::{Contract, Kind, Limits, Property, Shape, Text, Travels};

/// What two values were found to be, by their places in memory. A value can hold itself, and another one many times.
type Known = HashMap<(*const Shape, *const Shape), bool>;

/// A value in its contract.
type In<'c> = (&'c Contract, &'c Shape);

/// Whether a decoder made for `old` reads all that `new` allows.
pub(super) fn reads(old: In<'_>, new: In<'_>) -> bool {
    reads_down(old, new, &mut Known::new())
}

fn reads_down((old_in, old): In<'_>, (new_in, new): In<'_>, known: &mut Known) -> bool {
    let (old, new) = (old_in.target(old).0, new_in.target(new).0);
    let pair = (std::ptr::from_ref(old), std::ptr::from_ref(new));
    // While it is looked at, a value that holds itself is no obstacle.
    if let Some(reads) = known.insert(pair, true) {
        known.insert(pair, reads);
        return reads;
    }
    let reads = match (&old.kind, &new.kind) {
        // An open enum keeps whatever comes.
        (Kind::Any | Kind::Several(_) | Kind::Enum(_), _) => true,
        (_, Kind::Several(branches)) => branches
            .iter()
            .all(|branch| reads_down((old_in, old), (new_in, branch), known)),
        // A number where a text is due becomes its text.
        (Kind::Text(_), Kind::Text(_) | Kind::Enum(_) | Kind::Integer(_) | Kind::Number)
        | (Kind::Boolean, Kind::Boolean)
        | (Kind::Number, Kind::Number | Kind::Integer(_)) => true,
        (Kind::Integer(old), Kind::Integer(new)) => holds(old, new),
        (Kind::List(old), Kind::List(new)) | (Kind::Map(old), Kind::Map(new)) => {
            reads_down((old_in, old), (new_in, new), known)
        }
        // A text or an object becomes a list of one.
        (
            Kind::List(items),
            Kind::Text(_) | Kind::Enum(_) | Kind::Object(_) | Kind::Union(..) | Kind::Map(_),
        ) => reads_down((old_in, items), (new_in, new), known),
        (Kind::Object(properties), Kind::Union(_, branches)) => {
            needed(old_in, properties).all(|name| {
                let has = |branch: &Shape| new_in.at(branch, name).is_some();
                branches.iter().all(|(_, branch)| has(branch))
            })
        }
        (Kind::Union(tag, branches), Kind::Object(_)) => {
            let tag = new_in.at(new, tag).map(|tag| &new_in.target(tag).0.kind);
            match tag {
                Some(Kind::Enum(values)) => values
                    .iter()
                    .all(|(value, _)| branches.iter().any(|(known, _)| known == value)),
                _ => false,
            }
        }
        (Kind::Object(_), Kind::Object(_)) => true,
        (Kind::Object(_), Kind::Text(_) | Kind::Enum(_)) => old.text_property.is_some(),
        (Kind::Union(old, _), Kind::Union(new, _)) => old == new,
        (Kind::Map(values), Kind::Object(properties)) => properties
            .iter()
            .all(|property| reads_down((old_in, values), (new_in, &property.shape), known)),
        (Kind::Object(properties), Kind::Map(_)) => needed(old_in, properties).next().is_none(),
        _ => false,
    };
    known.insert(pair, reads);
    reads
}

/// Whether an API that takes `new` accepts all that a client made for `old` sends.
pub(super) fn accepts(old: In<'_>, new: In<'_>, travels: Option<Travels>) -> bool {
    accepts_down(old, new, travels, &mut Known::new())
}

fn accepts_down(
    (old_in, old): In<'_>,
    (new_in, new): In<'_>,
    travels: Option<Travels>,
    known: &mut Known,
) -> bool {
    let (old, new) = (old_in.target(old).0, new_in.target(new).0);
    let pair = (std::ptr::from_ref(old), std::ptr::from_ref(new));
    if let Some(accepts) = known.insert(pair, true) {
        known.insert(pair, accepts);
        return accepts;
    }
    // Outside of a body everything is text.
    let is_text = travels
        .is_some_and(|travels| matches!(travels, Travels::Path | Travels::Query | Travels::Header));
    let accepts = match (&old.kind, &new.kind) {
        (_, Kind::Any) | (Kind::Text(_) | Kind::Enum(_), Kind::Text(_)) => true,
        (Kind::Text(_), Kind::Enum(_)) => new.any_text,
        (Kind::Several(branches), _) => branches
            .iter()
            .all(|branch| accepts_down((old_in, branch), (new_in, new), travels, known)),
        (_, Kind::Several(branches)) => branches
            .iter()
            .any(|branch| accepts_down((old_in, old), (new_in, branch), travels, known)),
        (Kind::Boolean | Kind::Integer(_) | Kind::Number, Kind::Text(_)) if is_text => true,
        (Kind::Boolean, Kind::Boolean) | (Kind::Number | Kind::Integer(_), Kind::Number) => true,
        (Kind::Integer(old), Kind::Integer(new)) => holds(new, old),
        // What values came and went is said of each.
        (Kind::Enum(_), Kind::Enum(_)) | (Kind::Object(_), Kind::Object(_) | Kind::Map(_)) => true,
        // Without its tag, the API cannot know the kind.
        (Kind::Object(properties), Kind::Union(tag, _)) => properties
            .iter()
            .any(|property| property.name == *tag && property.required),
        (Kind::Union(old, _), Kind::Union(new, _)) => old == new,
        (Kind::List(old), Kind::List(new)) | (Kind::Map(old), Kind::Map(new)) => {
            accepts_down((old_in, old), (new_in, new), travels, known)
        }
        _ => false,
    };
    known.insert(pair, accepts);
    accepts
}

/// The properties without which the decoder of an object fails.
fn needed<'p>(contract: &'p Contract, properties: &'p [Property]) -> impl Iterator<Item = &'p str> {
    let needed = properties.iter().filter(|property| {
        let (target, nullable) = contract.target(&property.shape);
        property.required && !nullable && !matches!(target.kind, Kind::List(_))
    });
    needed.map(|property| property.name.as_str())
}

/// Whether a range has all of another in it.
fn holds(range: &RangeInclusive<i128>, other: &RangeInclusive<i128>) -> bool {
    range.contains(other.start()) && range.contains(other.end())
}

/// What became of limits.
#[derive(Clone, Debug, Default)]
pub(super) struct Moved {
    /// What allows less now, in words.
    pub(super) tighter: Vec<String>,
    /// What allows more now, in words.
    pub(super) looser: Vec<String>,
}

/// How the limits of a value moved.
pub(super) fn moved(old: &Limits, new: &Limits) -> Moved {
    let mut moved = Moved::default();
    for one in bounds::moves(old, new) {
        match one {
            Move::Tighter(text) => moved.tighter.push(text),
            Move::Looser(text) => moved.looser.push(text),
        }
    }
    moved.steps(old.multiple_of, new.multiple_of);
    moved.values(&old.values, &new.values);
    moved.required(&old.required, &new.required);
    match (old.unique_items, new.unique_items) {
        (false, true) => moved.tighter.push("`uniqueItems: true`".to_owned()),
        (true, false) => moved.looser.push("no `uniqueItems`".to_owned()),
        _ => {}
    }
    match (&old.pattern, &new.pattern) {
        (Some(_), None) => moved.looser.push("no `pattern`".to_owned()),
        (old, Some(new)) if old.as_ref() != Some(new) => {
            moved.tighter.push(format!("`pattern: {new}`"));
        }
        _ => {}
    }
    moved
}

impl Moved {
    fn steps(&mut self, old: Option<f64>, new: Option<f64>) {
        match (old, new) {
            (Some(_), None) => self.looser.push("no `multipleOf`".to_owned()),
            (Some(old), Some(new)) if old % new == 0.0 && old > new => {
                self.looser.push(format!("`multipleOf: {new}`"));
            }
            (old, Some(new)) if old != Some(new) => {
                self.tighter.push(format!("`multipleOf: {new}`"));
            }
            _ => {}
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

    /// Compares the properties that are required beside those of the type.
    fn required(&mut self, old: &[String], new: &[String]) {
        for name in new.iter().filter(|name| !old.contains(name)) {
            self.tighter.push(format!("`required: [{name}]`"));
        }
        for name in old.iter().filter(|name| !new.contains(name)) {
            self.looser.push(format!("no `required: [{name}]`"));
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
        Kind::Map(values) if matches!(values.kind, Kind::Any) => "any object".to_owned(),
        Kind::Map(_) => "a map".to_owned(),
        Kind::Several(branches) => {
            // A union can hold itself by way of a list.
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
