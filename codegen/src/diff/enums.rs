//! The values of an enum that come and go.

use super::rules::What;
use super::verdict::Deployed;
use super::walk::{Member, Pair, Walk, Way};
use crate::contract::Shape;
use crate::tree::Place;

/// A value of an enum, and where it is written.
type Value = (String, Place);

impl<'c> Walk<'c> {
    pub(super) fn values(
        &mut self,
        way: &Way,
        (old, new): Pair<'c>,
        (old_target, new_target): (&'c Shape, &'c Shape),
        before: &'c [Value],
        after: &'c [Value],
    ) {
        let named = |shape: &Shape| shape.rust.as_ref().map(|name| format!("types::{name}"));
        let owner = named(old_target).or_else(|| named(new_target));
        let mut carriers = way.carriers.clone();
        if old_target.rust != new_target.rust {
            carriers.extend(self.lines(way, old));
        }
        let way = &Way {
            owner: owner.clone().unwrap_or_else(|| way.owner.clone()),
            owner_after: named(new_target)
                .or(owner)
                .unwrap_or_else(|| way.owner.clone()),
            carriers,
            split: self.split(old_target, new_target),
            ..way.clone()
        };
        let rejoined = self.rejoined(way.split.as_ref());
        let lacks =
            |values: &[Value], (value, _): &Value| values.iter().all(|(known, _)| known != value);
        for value in before.iter().filter(|value| lacks(after, value)) {
            self.value_removed(way, (old, new), &value.0, rejoined.clone());
        }
        let way = &way.of_new();
        for value in after.iter().filter(|value| lacks(before, value)) {
            self.value_added(way, (old, new), value, rejoined.clone());
        }
    }

    fn value_removed(
        &mut self,
        way: &Way,
        (old, new): Pair<'c>,
        value: &'c str,
        rejoined: Option<String>,
    ) {
        let wire = old.wire;
        let (deployed, behaviour, text) = match way.direction.is_read() {
            true => (
                Deployed::Fine,
                Some("it never comes".to_owned()),
                format!("The API no longer sends the value `{value}` of `{wire}`."),
            ),
            false => (
                Deployed::Broken,
                None,
                format!("The API rejects the value `{value}` of `{wire}` now."),
            ),
        };
        let member = Member {
            wire: value,
            place: new.shape.place,
            ..old
        };
        let repair = rejoined.unwrap_or_else(|| format!(
            "to keep the variant until the next major version, add `{value}` back with an action in spec/overlay.yaml"
        ));
        self.record(
            way,
            What::ValueRemoved,
            member,
            deployed,
            behaviour,
            text,
            Some(repair),
        );
    }

    fn value_added(
        &mut self,
        way: &Way,
        (old, new): Pair<'c>,
        (value, place): &'c Value,
        rejoined: Option<String>,
    ) {
        let wire = old.wire;
        let (behaviour, said) = match way.direction.is_read() {
            true => (
                Some(
                    "`Unrecognized` no longer matches it, because it now has a variant".to_owned(),
                ),
                (
                    format!("The API sends the new value `{value}` of `{wire}`."),
                    "Published versions read it as `Unrecognized`.",
                ),
            ),
            false => (
                None,
                (
                    format!("Requests can send the new value `{value}` of `{wire}`."),
                    "",
                ),
            ),
        };
        let member = Member {
            wire: value,
            place: *place,
            ..new
        };
        self.record(
            way,
            What::ValueAdded,
            member,
            Deployed::Fine,
            behaviour,
            said,
            rejoined,
        );
    }
}
