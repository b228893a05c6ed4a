//! Changes of the unnamed contents of a list, a map or an object.

use std::collections::BTreeSet;

use super::reading::{self, Reading};
use super::rules::What;
use super::seen::Seen;
use super::verdict::Deployed;
use super::walk::{Member, Walk, Way};
use super::{accepting, fit, same};
use crate::contract::{Contract, Kind, Shape};

impl<'c> Walk<'c> {
    /// Compares the unnamed contents of a list, a map or an object. `part` is the name of the contents in a sentence.
    pub(super) fn part(
        &mut self,
        way: &Way,
        inner: &Way,
        part: &'static str,
        (old, before): (Member<'c>, &'c Shape),
        (new, after): (Member<'c>, &'c Shape),
        seen: &mut Seen,
    ) {
        let (before_target, was_null) = self.old.target(before);
        let (after_target, is_null) = self.new.target(after);
        let limits = fit::moved_between((self.old, before), (self.new, after));
        let inside = |way: &Way| Way {
            part: Some(part),
            is_whole: false,
            ..way.clone()
        };
        let way = inside(way);
        self.limits(&way, (old, new), &limits);
        if was_null != is_null {
            let loss = match reading::of_null(before_target) {
                Reading::Wholly => Deployed::Fine,
                // The decoder removes a null from a list or a map.
                _ => Deployed::PartlyRead,
            };
            let loss = match way.direction.is_read() {
                true => loss,
                false if before_target.holds_any_json() => Deployed::Broken,
                false => Deployed::Fine,
            };
            self.null_parts(&way, new, is_null, loss);
        }
        self.kinds(
            &way,
            &inside(inner),
            (old, before_target),
            (new, after_target),
            seen,
        );
    }

    /// Compares branches that no Rust type can distinguish. They matter only in requests, because a response keeps such a union
    /// as JSON.
    pub(super) fn several(
        &mut self,
        way: &Way,
        (old, before): (Member<'c>, &'c [Shape]),
        (new, after): (Member<'c>, &'c [Shape]),
        seen: &mut Seen,
    ) {
        if way.direction.is_read() {
            return;
        }
        let (old_in, new_in, denied) = (self.old, self.new, self.denied);
        let accepts = |branch: &Shape, other: &Shape| {
            accepting::accepts((old_in, branch), (new_in, other), way.travels, denied)
        };
        let mut left: Vec<&Shape> = after.iter().collect();
        let mut others = Vec::new();
        for branch in before {
            let is_same = |other: &&Shape| {
                let different = &mut self.denied.same.borrow_mut();
                same::is_same((self.old, branch), (self.new, other), different)
            };
            match left.iter().position(is_same) {
                Some(index) => drop(left.remove(index)),
                None => others.push(branch),
            }
        }
        for branch in others {
            let words = fit::described(self.old, branch);
            if let Some(index) = self.own(branch, &left, way) {
                let other = left.remove(index);
                let mut compare = |walk: &mut Self| {
                    walk.part(way, way, "such value", (old, branch), (new, other), seen);
                };
                let takes = |other: &Shape| accepts(branch, other);
                match !takes(other) && after.iter().any(takes) {
                    true => self.unfelt(compare),
                    false => compare(self),
                }
                continue;
            }
            let is_accepted = after.iter().any(|other| accepts(branch, other));
            // The same must be true for the new branch, so that swapped sides produce mirrored changes.
            let stays_within = |old: &Shape, new: &Shape| {
                let (old, new) = ((self.old, old), (self.new, new));
                accepting::accepts(new, old, way.travels, self.denied)
            };
            let candidates = left.iter().enumerate().filter(|(_, other)| {
                let is_known = before.iter().any(|old| stays_within(old, other));
                fit::described(self.new, other) == words
                    && (!is_accepted || accepts(branch, other))
                    && (!is_known || stays_within(branch, other))
            });
            let nearest = candidates.min_by_key(|(_, other)| self.unlike(branch, other));
            let Some((index, _)) = nearest else {
                let (deployed, cost) = match is_accepted {
                    true => (
                        Deployed::Fine,
                        "Another branch accepts what published versions send.",
                    ),
                    false => (
                        Deployed::Broken,
                        "The API may reject what published versions send.",
                    ),
                };
                let happened = format!("`{}` no longer has a branch: {words}.", old.wire);
                self.note(way, What::TypeChanged, new, deployed, (happened, cost));
                continue;
            };
            let other = left.remove(index);
            self.part(way, way, "such value", (old, branch), (new, other), seen);
        }
        for branch in left {
            let words = fit::described(self.new, branch);
            let text = format!("`{}` has a new branch: {words}.", old.wire);
            self.note(way, What::TypeChanged, new, Deployed::Fine, text);
        }
    }

    /// The branch with the same properties that accepts all values of this branch, or has only values that this branch accepts.
    fn own(&self, branch: &Shape, left: &[&Shape], way: &Way) -> Option<usize> {
        let is_object = |contract: &Contract, shape: &Shape| matches!(&contract.target(shape).0.kind, Kind::Object(properties) if !properties.is_empty());
        let is_own = |other: &&Shape| {
            let (old, new) = ((self.old, branch), (self.new, *other));
            is_object(self.old, branch)
                && is_object(self.new, other)
                && self.unlike(branch, other) == 0
                && (accepting::accepts(old, new, way.travels, self.denied)
                    || accepting::accepts(new, old, way.travels, self.denied))
        };
        left.iter().position(is_own)
    }

    /// How many properties only one of the two objects has.
    fn unlike(&self, old: &Shape, new: &Shape) -> usize {
        let names = |contract: &'c Contract, shape: &Shape| -> BTreeSet<String> {
            match &contract.target(shape).0.kind {
                Kind::Object(properties) => {
                    let names = properties.iter().map(|property| property.name.clone());
                    names.collect()
                }
                _ => BTreeSet::new(),
            }
        };
        let (old, new) = (names(self.old, old), names(self.new, new));
        old.symmetric_difference(&new).count()
    }

    /// Whether an object may have additional properties.
    pub(super) fn closed(
        &mut self,
        way: &Way,
        (old, old_target): (Member<'c>, &'c Shape),
        (new, new_target): (Member<'c>, &'c Shape),
    ) {
        let has_others = old_target.others.is_some() || new_target.others.is_some();
        if old_target.is_closed == new_target.is_closed || has_others {
            return;
        }
        let told = way.told_first(old.wire);
        let (what, now, cost) = match new_target.is_closed {
            true => (
                What::LimitTightened,
                "may have no other properties now",
                "Published versions send none.",
            ),
            false => (
                What::LimitLoosened,
                "may have other properties now",
                "Published versions ignore them.",
            ),
        };
        let said = (format!("{told} {now}."), cost);
        self.note(way, what, new, Deployed::Fine, said);
    }

    /// Whether the API may send a string instead of an object.
    pub(super) fn texts(
        &mut self,
        way: &Way,
        (old, old_target): (Member<'c>, &'c Shape),
        (new, new_target): (Member<'c>, &'c Shape),
    ) {
        let (was, is) = (&old_target.text_property, &new_target.text_property);
        if was == is || !way.direction.is_read() {
            return;
        }
        let told = way.told_first(old.wire);
        let (deployed, said) = match (was, is) {
            (None, Some(_)) => (
                self.loss(way),
                (
                    format!("{told} may come as a string now."),
                    "Published versions do not read the string.",
                ),
            ),
            (Some(before), Some(after)) => {
                let text = format!(
                    "A string in place of {} is its `{after}` now, not its `{before}`.",
                    way.told(old.wire)
                );
                let behaviour = format!("a string is its `{after}`, not its `{before}`");
                return self.record(
                    way,
                    What::TypeChanged,
                    new,
                    Deployed::Fine,
                    Some(behaviour),
                    text,
                    None,
                );
            }
            _ => (
                Deployed::Fine,
                (format!("{told} never comes as a string now."), ""),
            ),
        };
        self.note(way, What::TypeChanged, new, deployed, said);
    }

    /// Whether an enum allows any other string.
    pub(super) fn any_text(
        &mut self,
        way: &Way,
        (old, old_target): (Member<'c>, &'c Shape),
        (new, new_target): (Member<'c>, &'c Shape),
    ) {
        let (told, told_first) = (way.told(old.wire), way.told_first(old.wire));
        let (what, deployed, text) = match (old_target.any_text, new_target.any_text) {
            (false, true) => (
                What::LimitLoosened,
                Deployed::Fine,
                format!("{told_first} may now also be a text that is not listed."),
            ),
            (true, false) if way.direction.is_read() => (
                What::LimitTightened,
                Deployed::Fine,
                format!("{told_first} is always one of the listed values now."),
            ),
            (true, false) => (
                What::LimitTightened,
                Deployed::Broken,
                format!("The API accepts only the listed values of {told} now."),
            ),
            _ => return,
        };
        self.note(way, what, new, deployed, text);
    }

    /// Whether the items of a list, or the values of a map, may be null. `loss` is what happens to a null.
    fn null_parts(&mut self, way: &Way, new: Member<'c>, is_nullable: bool, loss: Deployed) {
        let told = way.told_first(new.wire);
        let (what, deployed, now, cost) = match (is_nullable, way.direction.is_read()) {
            (true, true) => {
                let cost = match loss {
                    Deployed::Fine => "Published versions read it.",
                    _ => "Published versions lose what is null.",
                };
                (What::BecameNullable, loss, "may be null now", cost)
            }
            (true, false) => (
                What::BecameNullable,
                Deployed::Fine,
                "may be null now",
                "Published versions never send null there.",
            ),
            (false, false) if loss == Deployed::Broken => (
                What::NoLongerNullable,
                Deployed::Broken,
                "cannot be null now",
                "The API rejects calls that send null.",
            ),
            (false, _) => (
                What::NoLongerNullable,
                Deployed::Fine,
                "is no longer null",
                "",
            ),
        };
        self.note(way, what, new, deployed, (format!("{told} {now}."), cost));
    }

    /// Whether the API may send a single item without its list.
    pub(super) fn one_or_list(&mut self, way: &Way, new: Member<'c>, is_alone: bool) {
        let wire = new.wire;
        let said = match is_alone {
            true => (
                format!("One item of `{wire}` may come without a list."),
                "Published versions read it, unless they decode strictly.",
            ),
            false => (format!("One item of `{wire}` always comes in a list."), ""),
        };
        self.note(way, What::TypeChanged, new, Deployed::Fine, said);
    }
}
