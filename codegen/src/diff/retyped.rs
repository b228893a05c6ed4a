//! A value that has another type.

use super::listed::{self, Value};
use super::pairs::In;
use super::reading::{self, Reading};
use super::rules::{Direction, What};
use super::seen::Seen;
use super::verdict::Deployed;
use super::walk::{Member, Pair, Walk, Way};
use super::{accepting, fit};
use crate::contract::{Contract, Kind, Limits, Sent, Shape, Text, Travels};
use crate::model::{Input, InputPlace, Part, Type};

impl<'c> Walk<'c> {
    /// Records another type, and what the other side of the wire makes of it.
    pub(super) fn type_changed(
        &mut self,
        way: &Way,
        (old, old_target): (Member<'c>, &'c Shape),
        (new, new_target): (Member<'c>, &'c Shape),
    ) {
        let is_read = way.direction.is_read();
        let sides = ((self.old, old_target), (self.new, new_target));
        let before = described(self.old, way, old, old_target);
        let after = described(self.new, way, new, new_target);
        let deployed = match is_read {
            true => self.of_reading(way, sides),
            false => {
                let is_accepted = accepting::accepts(sides.0, sides.1, way.travels, self.denied)
                    || self.is_list_of_one((old, old_target), (new, new_target));
                match is_accepted {
                    true => Deployed::Fine,
                    false => Deployed::Broken,
                }
            }
        };
        let cost = match deployed {
            Deployed::Fine if is_read => "Published versions read it.",
            Deployed::Fine => "The API accepts what published versions send.",
            Deployed::PartlyRead => "Published versions lose a part and read the rest.",
            Deployed::Broken if way.direction == Direction::Event => {
                "Published versions cannot read the event."
            }
            Deployed::Broken if is_read => "Published versions cannot read the response.",
            Deployed::Broken => "The API rejects what published versions send.",
        };
        let told = way.told_first(old.wire);
        let said = (format!("{told} was {before} and is now {after}."), cost);
        let repair = repair(way, old_target, new_target);
        self.record(way, What::TypeChanged, new, deployed, None, said, repair);
    }

    /// Records a property that only requests had. The old type has an optional field for it, which reads what comes now.
    pub(super) fn shown(&mut self, way: &Way, (old, new): Pair<'c>) {
        let (old_target, new_target) = (self.old.target(old.shape).0, self.new.target(new.shape).0);
        let (deployed, cost) = match reading::of((self.old, old.shape), (self.new, new.shape)) {
            Reading::Wholly => (Deployed::Fine, "Published versions read it."),
            Reading::Partly => (
                Deployed::PartlyRead,
                "Published versions lose a part of it.",
            ),
            Reading::Lost => (
                Deployed::PartlyRead,
                "Published versions cannot read it, and read the rest.",
            ),
            Reading::Stuck => (
                Deployed::Broken,
                "Published versions cannot read the object with it.",
            ),
        };
        let before = fit::described(self.old, old_target);
        let after = fit::described(self.new, new_target);
        let types = match before == after {
            true => String::new(),
            false => format!(" It was {before} and is now {after}."),
        };
        let happened = format!(
            "The API sends `{}` too, which was only in requests.{types}",
            old.wire
        );
        let repair = repair(way, old_target, new_target);
        self.record(
            &way.of_new(),
            What::Added,
            new,
            deployed,
            None,
            (happened, cost),
            repair,
        );
    }

    /// What happens to a value whose type has changed.
    fn of_reading(&self, way: &Way, (old, new): (In<'_>, In<'_>)) -> Deployed {
        let is_list = |shape: &Shape| matches!(shape.kind, Kind::List(_));
        if way.is_whole && is_list(old.1) && !is_list(new.1) {
            return Deployed::Broken;
        }
        let reading = match way.is_item {
            true => reading::of_item(old, new),
            false => reading::of(old, new),
        };
        match reading {
            Reading::Wholly => Deployed::Fine,
            Reading::Partly => Deployed::PartlyRead,
            Reading::Lost => self.loss(way),
            Reading::Stuck => Deployed::Broken,
        }
    }

    /// Whether a part of a form is a file on one side only. As a file, the part has a file name.
    pub(super) fn file_or_text(&mut self, way: &Way, (old, new): Pair<'c>) -> bool {
        if old.given.is_none() || new.given.is_none() || is_file(&old) == is_file(&new) {
            return false;
        }
        let before = described(self.old, way, old, self.old.target(old.shape).0);
        let after = described(self.new, way, new, self.new.target(new.shape).0);
        let said = (
            format!("`{}` was {before} and is now {after}.", old.wire),
            "The API rejects what published versions send.",
        );
        self.note(way, What::TypeChanged, new, Deployed::Broken, said);
        true
    }

    /// Whether a single value in the query or in a form is read as a list of one.
    fn is_list_of_one(
        &self,
        (_, old_target): (Member<'c>, &'c Shape),
        (new, new_target): (Member<'c>, &'c Shape),
    ) -> bool {
        let is_one = |(_, input): (_, &Input)| match input.place {
            InputPlace::Query | InputPlace::Part(Part::Field | Part::File) => true,
            InputPlace::JoinedQuery(separator) | InputPlace::Part(Part::Joined(separator)) => {
                lacks(separator, (self.old, old_target))
            }
            _ => false,
        };
        match &new_target.kind {
            Kind::List(items) if new.given.is_some_and(is_one) => {
                accepting::accepts(
                    (self.old, old_target),
                    (self.new, items),
                    Some(Travels::Query),
                    self.denied,
                ) && may_be_one(&self.new.limits(new.shape))
            }
            _ => false,
        }
    }

    /// Compares a body whose properties the caller sets one by one with a body that the caller passes as one argument.
    pub(super) fn whole_body(
        &mut self,
        way: &Way,
        (before, after): (&[Member<'c>], &[Member<'c>]),
        all: (Option<&'c Shape>, Option<&'c Shape>),
    ) {
        let shown = |members: &[Member<'c>], contract| match members {
            [whole] if is_whole(whole) => fit::described(contract, whole.shape),
            _ => "given by its properties".to_owned(),
        };
        let (old, new) = (shown(before, self.old), shown(after, self.new));
        let (before_parts, after_parts) = (parts(self.old, before), parts(self.new, after));
        let accepts = |(old, new)| {
            let (old, new) = ((self.old, old), (self.new, new));
            accepting::accepts(old, new, Some(Travels::Body), self.denied)
        };
        let (deployed, cost) = match (&before_parts, &after_parts) {
            (Some(_), Some(_)) => (Deployed::Fine, "The crate sends the same JSON."),
            _ if all.0.zip(all.1).is_some_and(accepts) => (
                Deployed::Fine,
                "The API accepts what published versions send.",
            ),
            _ => (
                Deployed::Broken,
                "The API rejects what published versions send.",
            ),
        };
        let Some(first) = after.first() else {
            return;
        };
        let mut way = way.clone();
        for member in before {
            way.carriers.extend(self.lines(&way, *member));
        }
        for member in after {
            way.carriers.extend(self.lines(&way, *member));
        }
        let said = (
            format!("The request body was {old} and is now {new}."),
            cost,
        );
        let body = first.called("body");
        self.note(&way, What::TypeChanged, body, deployed, said);
        if let (Some(before), Some(after)) = (before_parts, after_parts) {
            let mut seen = Seen::default();
            self.members(&way, &before, &after, first.place.into(), &mut seen);
        }
    }
}

/// How responses are read that may have one of two types.
fn repair(way: &Way, old: &Shape, new: &Shape) -> Option<String> {
    match (&old.kind, &new.kind) {
        (_, Kind::Text(Text::Numeric)) => None,
        (Kind::Integer(_) | Kind::Number, Kind::Text(_))
        | (Kind::Text(_), Kind::Integer(_) | Kind::Number)
            if way.direction.is_read() =>
        {
            Some("if the server sends both, use `x-format: integer` or `decimal` on a string in spec/overlay.yaml, which reads both".to_owned())
        }
        _ => None,
    }
}

/// Whether no value contains this text.
fn lacks(separator: &str, (contract, shape): In<'_>) -> bool {
    match &contract.target(shape).0.kind {
        Kind::Boolean | Kind::Integer(_) | Kind::Number => true,
        _ => listed::all((contract, shape)).is_some_and(|values| {
            let has =
                |value: &Value| matches!(value, Value::Text(text) if text.contains(separator));
            !values.iter().any(has)
        }),
    }
}

/// Whether a list may have only one item.
fn may_be_one(limits: &Limits) -> bool {
    let mut lower = limits.lower.iter();
    lower.all(|(keyword, least)| *keyword != "minItems" || *least <= 1.0)
}

/// Whether a part of a form is a file, or a list of files.
fn is_file(member: &Member<'_>) -> bool {
    let ty = member.given.map(|(_, input)| &input.ty);
    ty.is_some_and(|ty| matches!(ty.item().unwrap_or(ty), Type::File))
}

/// A value in a few words.
fn described(contract: &Contract, way: &Way, member: Member<'_>, target: &Shape) -> String {
    match (way.part, &target.kind) {
        (None, Kind::List(_)) if is_file(&member) => "a list of files".to_owned(),
        (None, _) if is_file(&member) => "a file".to_owned(),
        _ => fit::described(contract, target),
    }
}

/// Whether the value is a whole body.
pub(super) fn is_whole(member: &Member<'_>) -> bool {
    let is_whole = |(sent, _): &(&Sent, _)| sent.travels == Travels::WholeBody;
    member.given.as_ref().is_some_and(is_whole)
}

/// The properties of a body, regardless of how the caller passes them; `None` if the body is not an object.
fn parts<'c>(contract: &'c Contract, members: &[Member<'c>]) -> Option<Vec<Member<'c>>> {
    match members {
        [whole] if is_whole(whole) => match &contract.target(whole.shape).0.kind {
            Kind::Object(properties) => Some(properties.iter().map(Member::of).collect()),
            _ => None,
        },
        _ => Some(members.to_vec()),
    }
}
