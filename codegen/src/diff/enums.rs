//! The values of an enum that come and go.

use std::collections::HashSet;

use super::rules::{Direction, Rule, What};
use super::unions::NO_LONGER_UNKNOWN;
use super::verdict::Deployed;
use super::walk::{Member, Pair, Walk, Way};
use crate::contract::{Contract, Kind, Property, Shape};
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
        let before_in_rust = way.owner.clone();
        if way.direction.is_read() {
            let come = after
                .iter()
                .map(|(value, _)| (way.owner.clone(), value.clone()));
            self.coming.extend(come);
        }
        let lacks =
            |values: &[Value], (value, _): &Value| values.iter().all(|(known, _)| known != value);
        for value in before.iter().filter(|value| lacks(after, value)) {
            self.value_removed(way, (old, new), &value.0, rejoined.clone());
        }
        let way = &way.of_new();
        for value in after.iter().filter(|value| lacks(before, value)) {
            let is_known = !self.old_index.lines(&before_in_rust, &value.0).is_empty();
            self.value_added(way, (old, new), value, (is_known, rejoined.clone()));
        }
    }

    /// Takes back what is said of values that other responses or events still have.
    pub(super) fn keep_coming(&mut self) {
        self.coming.extend(sent_values(self.new));
        for change in &mut self.changes.0 {
            let is_gone = matches!(
                change.rule,
                Rule::Of(Direction::Response | Direction::Event, What::ValueRemoved)
            );
            let value = (change.owner.clone(), change.member.clone());
            if is_gone && self.coming.contains(&value) {
                change.behaviour = None;
            }
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
        // Another place may still have the value, so the type keeps its variant.
        let is_kept = !self.new_index.lines(&way.owner_after, value).is_empty();
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
        let restored = || {
            format!(
                "to keep the variant until the next major version, add `{value}` back with an action in spec/overlay.yaml"
            )
        };
        let repair = rejoined.or_else(|| (!is_kept).then(restored));
        self.record(
            way,
            What::ValueRemoved,
            member,
            deployed,
            behaviour,
            text,
            repair,
        );
    }

    fn value_added(
        &mut self,
        way: &Way,
        (old, new): Pair<'c>,
        (value, place): &'c Value,
        (is_known, rejoined): (bool, Option<String>),
    ) {
        let wire = old.wire;
        let (behaviour, said) = match way.direction.is_read() {
            true if is_known => (
                None,
                (
                    format!("The API sends the new value `{value}` of `{wire}`."),
                    "Published versions know it from another place.",
                ),
            ),
            true => (
                Some(NO_LONGER_UNKNOWN.to_owned()),
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

/// The types of the enums in all responses and events, with their values.
fn sent_values(contract: &Contract) -> Vec<(String, String)> {
    let answers = contract.operations.iter().map(|one| &one.answered);
    let mut left: Vec<&Shape> = answers
        .flat_map(|answered| {
            let others = answered.others.iter().map(|(_, shape)| shape);
            let meta = answered.meta.iter().map(|property| &property.shape);
            let whole = answered.shape.iter().chain(&answered.body);
            whole.chain(others).chain(meta)
        })
        .collect();
    left.extend(contract.webhooks.iter().map(|webhook| &webhook.body));
    left.extend(contract.webhooks.iter().map(|webhook| &webhook.payload));
    let mut seen: HashSet<*const Shape> = HashSet::new();
    let mut values = Vec::new();
    while let Some(shape) = left.pop() {
        let shape = contract.target(shape).0;
        if !seen.insert(shape) {
            continue;
        }
        let is_sent = |property: &&Property| !contract.is_hidden(&property.shape, true);
        match &shape.kind {
            Kind::Object(properties) => {
                let properties = properties.iter().filter(is_sent);
                left.extend(properties.map(|property| &property.shape));
            }
            Kind::Union(_, branches) => left.extend(branches.iter().map(|(_, branch)| branch)),
            Kind::Several(branches) => left.extend(branches),
            Kind::Map(inner) | Kind::List(inner) => left.push(inner),
            Kind::Enum(all) => {
                let owner = shape.rust.iter().map(|name| format!("types::{name}"));
                values.extend(owner.flat_map(|owner| {
                    let all = all.iter();
                    all.map(move |(value, _)| (owner.clone(), value.clone()))
                }));
            }
            _ => {}
        }
        left.extend(shape.others.as_deref());
    }
    values
}
