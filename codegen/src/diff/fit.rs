//! Whether a published crate can still read responses and send valid requests, value by value.

use crate::contract::{Contract, Kind, Limits, Shape, Text, Travels};

/// Whether a decoder made for `old` reads all that `new` allows.
pub(super) fn reads(
    (old_in, old): (&Contract, &Shape),
    (new_in, new): (&Contract, &Shape),
) -> bool {
    let (old, new) = (old_in.target(old).0, new_in.target(new).0);
    match (&old.kind, &new.kind) {
        // An open enum keeps whatever comes.
        (Kind::Any | Kind::Enum(_), _) => true,
        // A number where a text is due becomes its text.
        (Kind::Text(_), Kind::Text(_) | Kind::Enum(_) | Kind::Integer { .. } | Kind::Number) => {
            true
        }
        (Kind::Boolean, Kind::Boolean) | (Kind::Number, Kind::Number | Kind::Integer { .. }) => {
            true
        }
        (Kind::Integer { is_32_bits: old }, Kind::Integer { is_32_bits: new }) => *new || !*old,
        (Kind::List(old), Kind::List(new)) | (Kind::Map(old), Kind::Map(new)) => {
            reads((old_in, old), (new_in, new))
        }
        (Kind::Object(properties), Kind::Union(_, branches)) => {
            let needed = properties.iter().filter(|property| {
                let (target, nullable) = old_in.target(&property.shape);
                property.required && !nullable && !matches!(target.kind, Kind::List(_))
            });
            let mut needed = needed.map(|property| property.name.as_str());
            needed.all(|name| {
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
        (Kind::Object(_), Kind::Object(_)) | (Kind::Union(..), Kind::Union(..)) => true,
        (Kind::Map(values), Kind::Object(properties)) => properties
            .iter()
            .all(|property| reads((old_in, values), (new_in, &property.shape))),
        (Kind::Object(_), Kind::Map(_)) => true,
        _ => false,
    }
}

/// Whether an API that takes `new` accepts all that a client made for `old` sends.
pub(super) fn accepts(
    (old_in, old): (&Contract, &Shape),
    (new_in, new): (&Contract, &Shape),
    travels: Option<Travels>,
) -> bool {
    let (old, new) = (old_in.target(old).0, new_in.target(new).0);
    // Outside of a body everything is text.
    let is_text = travels
        .is_some_and(|travels| matches!(travels, Travels::Path | Travels::Query | Travels::Header));
    match (&old.kind, &new.kind) {
        (_, Kind::Any) | (Kind::Text(_) | Kind::Enum(_), Kind::Text(_)) => true,
        (Kind::Boolean | Kind::Integer { .. } | Kind::Number, Kind::Text(_)) if is_text => true,
        (Kind::Boolean, Kind::Boolean) | (Kind::Number | Kind::Integer { .. }, Kind::Number) => {
            true
        }
        (Kind::Integer { is_32_bits: old }, Kind::Integer { is_32_bits: new }) => *old || !*new,
        // What values came and went is said of each.
        (Kind::Enum(_), Kind::Enum(_))
        | (Kind::Object(_), Kind::Object(_) | Kind::Union(..) | Kind::Map(_))
        | (Kind::Union(..), Kind::Union(..)) => true,
        (Kind::List(old), Kind::List(new)) | (Kind::Map(old), Kind::Map(new)) => {
            accepts((old_in, old), (new_in, new), travels)
        }
        _ => false,
    }
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
    moved.bounds(&old.upper, &new.upper, |old, new| new < old);
    moved.bounds(&old.lower, &new.lower, |old, new| new > old);
    match (&old.pattern, &new.pattern) {
        (Some(_), None) => moved.looser.push("no `pattern`".to_owned()),
        (old, Some(new)) if old.as_ref() != Some(new) => {
            moved.tighter.push(format!("`pattern: {new}`"));
        }
        _ => {}
    }
    moved
}

type Bounds = [(&'static str, f64)];

impl Moved {
    fn bounds(&mut self, old: &Bounds, new: &Bounds, is_tighter: fn(f64, f64) -> bool) {
        let find = |bounds: &Bounds, keyword: &str| {
            let found = bounds.iter().find(|(known, _)| *known == keyword);
            found.map(|(_, value)| *value)
        };
        for (keyword, value) in new {
            let text = format!("`{keyword}: {value}`");
            match find(old, keyword) {
                None => self.tighter.push(text),
                Some(before) if is_tighter(before, *value) => self.tighter.push(text),
                Some(before) if is_tighter(*value, before) => self.looser.push(text),
                Some(_) => {}
            }
        }
        for (keyword, _) in old {
            if find(new, keyword).is_none() {
                self.looser.push(format!("no `{keyword}`"));
            }
        }
    }
}

/// A shape in a few words: `a list of strings`.
pub(super) fn described(contract: &Contract, shape: &Shape) -> String {
    let (target, _) = contract.target(shape);
    match &target.kind {
        Kind::Component(name) => format!("`{name}`"),
        Kind::Object(_) => match &target.rust {
            Some(name) => format!("an object `{name}`"),
            None => "an object".to_owned(),
        },
        Kind::Enum(_) => "an enum".to_owned(),
        Kind::Union(tag, _) => format!("one of several by `{tag}`"),
        Kind::Map(_) => "a map".to_owned(),
        Kind::List(items) => format!("a list of {}", described(contract, items)),
        Kind::Boolean => "a boolean".to_owned(),
        Kind::Integer { is_32_bits: true } => "an integer of 32 bits".to_owned(),
        Kind::Integer { is_32_bits: false } => "an integer".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Text(Text::Timestamp) => "a date-time".to_owned(),
        Kind::Text(Text::Numeric) => "a string or number".to_owned(),
        Kind::Text(Text::ErrorCode) => "an error code".to_owned(),
        Kind::Text(Text::Plain) => "a string".to_owned(),
        Kind::Any => "anything".to_owned(),
    }
}
