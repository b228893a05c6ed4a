//! A value that has another type.

use super::fit;
use super::rules::{Direction, What};
use super::seen::Seen;
use super::verdict::Deployed;
use super::walk::{Member, Walk, Way};
use crate::contract::{Contract, Kind, Sent, Shape, Travels};
use crate::model::{Input, InputPlace};

impl<'c> Walk<'c> {
    /// Records another type, with what the other side of the wire makes of it.
    pub(super) fn type_changed(
        &mut self,
        way: &Way,
        (old, old_target): (Member<'c>, &'c Shape),
        (new, new_target): (Member<'c>, &'c Shape),
    ) {
        let is_read = way.direction.is_read();
        let sides = ((self.old, old_target), (self.new, new_target));
        let is_understood = match is_read {
            true => fit::reads(sides.0, sides.1),
            false => {
                fit::accepts(sides.0, sides.1, way.travels)
                    || self.is_list_of_one((old, old_target), (new, new_target))
            }
        };
        let before = fit::described(self.old, old_target);
        let after = fit::described(self.new, new_target);
        let deployed = match (is_understood, is_read) {
            (true, _) => Deployed::Fine,
            (false, true) if is_stuck(way, old_target, new_target) => Deployed::Broken,
            (false, true) => self.loss(way, true),
            (false, false) => Deployed::Broken,
        };
        let cost = match deployed {
            Deployed::Fine if is_read => "Published versions read it",
            Deployed::Fine => "The API accepts what published versions send",
            Deployed::PartlyRead => "Published versions lose a part and read the rest",
            Deployed::Broken if way.direction == Direction::Event => {
                "Published versions cannot read the event"
            }
            Deployed::Broken if is_read => "Published versions cannot read the response",
            Deployed::Broken => "The API rejects what published versions send",
        };
        let told = way.told_first(old.wire);
        let text = format!("{told} was {before} and is now {after}. {cost}.");
        let repair = match (&old_target.kind, &new_target.kind) {
            (Kind::Integer(_) | Kind::Number, Kind::Text(_)) | (Kind::Text(_), Kind::Integer(_) | Kind::Number) if is_read => {
                Some("if the server sends both, use `x-format: integer` or `decimal` on a string in spec/overlay.yaml, which reads both".to_owned())
            }
            _ => None,
        };
        self.record(way, What::TypeChanged, new, deployed, None, text, repair);
    }

    /// Whether one value in the query is read as a list of one.
    fn is_list_of_one(
        &self,
        (_, old_target): (Member<'c>, &'c Shape),
        (new, new_target): (Member<'c>, &'c Shape),
    ) -> bool {
        let is_exploded = |(_, input): (_, &Input)| input.place == InputPlace::Query;
        match &new_target.kind {
            Kind::List(items) if new.given.is_some_and(is_exploded) => fit::accepts(
                (self.old, old_target),
                (self.new, items),
                Some(Travels::Query),
            ),
            _ => false,
        }
    }

    /// Compares a body whose properties the caller gives with one that is given as a whole.
    pub(super) fn whole_body(&mut self, way: &Way, before: &[Member<'c>], after: &[Member<'c>]) {
        let shown = |members: &[Member<'c>], contract| match members {
            [whole] if is_whole(whole) => fit::described(contract, whole.shape),
            _ => "given by its properties".to_owned(),
        };
        let (old, new) = (shown(before, self.old), shown(after, self.new));
        let (before_parts, after_parts) = (parts(self.old, before), parts(self.new, after));
        let (deployed, cost) = match (&before_parts, &after_parts) {
            (Some(_), Some(_)) => (Deployed::Fine, "The crate sends the same JSON."),
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
        let text = format!("The request body was {old} and is now {new}. {cost}");
        let body = first.called("body");
        self.note(&way, What::TypeChanged, body, deployed, text);
        if let (Some(before), Some(after)) = (before_parts, after_parts) {
            let mut seen = Seen::default();
            self.members(&way, &before, &after, first.place, &mut seen);
        }
    }
}

/// Whether the new value is an object in a list, which the crate neither drops nor keeps as a text.
fn is_stuck(way: &Way, old: &Shape, new: &Shape) -> bool {
    let is_object = matches!(new.kind, Kind::Object(_) | Kind::Map(_) | Kind::Union(..));
    way.is_item && is_object && !matches!(old.kind, Kind::Text(_))
}

/// Whether the value is a whole body.
pub(super) fn is_whole(member: &Member<'_>) -> bool {
    let is_whole = |(sent, _): &(&Sent, _)| sent.travels == Travels::WholeBody;
    member.given.as_ref().is_some_and(is_whole)
}

/// The properties of a body, however the caller gives them; `None` if it is no object.
fn parts<'c>(contract: &'c Contract, members: &[Member<'c>]) -> Option<Vec<Member<'c>>> {
    match members {
        [whole] if is_whole(whole) => match &contract.target(whole.shape).0.kind {
            Kind::Object(properties) => Some(properties.iter().map(Member::of).collect()),
            _ => None,
        },
        _ => Some(members.to_vec()),
    }
}
