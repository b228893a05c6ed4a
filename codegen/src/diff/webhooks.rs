//! Compares the webhooks of two contracts.
//!
//! The name of a webhook is the name of its variant. A published version uses only the kind of an event.

use std::collections::BTreeSet;

use super::carried::Carried;
use super::change::{Change, Changes, Spot};
use super::index::EVENT;
use super::rules::{Direction, Rule, What};
use super::said::Said;
use super::shapes::whole_member;
use super::surface::event_path;
use super::unions::NO_LONGER_UNKNOWN;
use super::verdict::{Deployed, Upgrade};
use super::walk::{Walk, Way};
use crate::config::quoted;
use crate::contract::{Shape, Webhook};
use crate::model::Event;

/// What becomes of a webhook whose kinds are all new.
const LOST: &str = "Published versions know none of its kinds, and give it as `Unrecognized`.";

/// What becomes of an event whose schema no longer lists its kinds.
const UNLISTED: &str = "Published versions still read events of this kind, but a new version does not recognize the event.";

/// A webhook on one side.
#[derive(Clone, Copy)]
struct Told<'c> {
    webhook: &'c Webhook,
    event: &'c Event,
}

impl<'c> Told<'c> {
    fn all(webhooks: &'c [Webhook], events: &'c [Event]) -> Vec<Self> {
        let both = webhooks.iter().zip(events);
        both.map(|(webhook, event)| Self { webhook, event })
            .collect()
    }

    fn path(self) -> String {
        event_path(&self.event.variant.to_string())
    }

    fn has(self, kind: &String) -> bool {
        self.event.kinds.contains(kind)
    }

    /// The webhook with the same name on the other side, if there is one.
    fn by_name(self, others: &[Self]) -> Option<Self> {
        let mut others = others.iter().copied();
        others.find(|other| other.webhook.name == self.webhook.name)
    }
}

/// The event that has a kind.
fn of_kind<'c>(kind: &String, all: &[Told<'c>]) -> Option<Told<'c>> {
    all.iter().copied().find(|told| told.has(kind))
}

impl<'c> Walk<'c> {
    pub(super) fn webhooks(&mut self) {
        let old = Told::all(&self.old.webhooks, self.old_index.events);
        let new = Told::all(&self.new.webhooks, self.new_index.events);
        let mut renamed = Vec::new();
        for before in &old {
            let by_kind = || {
                let mut new = new.iter().copied();
                new.find(|after| {
                    let is_new = after.by_name(&old).is_none();
                    is_new && before.event.kinds.iter().any(|kind| after.has(kind))
                })
            };
            match before.by_name(&new) {
                Some(after) => self.webhook((*before, after), (&old, &new)),
                None => match by_kind() {
                    Some(after) => {
                        renamed.push(after.path());
                        self.renamed_webhook(*before, after);
                        self.webhook((*before, after), (&old, &new));
                    }
                    None => {
                        let text = "The event is no longer documented.";
                        let spot = Spot::Old(before.webhook.place);
                        let path = before.path();
                        let change = self.event(Rule::EventRemoved, &path, spot, text);
                        change.claims.push(path);
                        self.moved_kinds(*before, None, &new, false);
                    }
                },
            }
        }
        for after in &new {
            let path = after.path();
            if after.by_name(&old).is_none() && !renamed.contains(&path) {
                let known = after
                    .event
                    .kinds
                    .iter()
                    .find_map(|kind| of_kind(kind, &old));
                let said = (
                    "The API sends this new event: a new variant.",
                    format!("Published versions read it as {}.", taken_for(known)),
                );
                let spot = Spot::New(after.webhook.place);
                let change = self.event(Rule::EventAdded, &path, spot, said);
                if known.is_none() && !after.event.kinds.is_empty() {
                    change.behaviour = Some(format!("`{path}`: {NO_LONGER_UNKNOWN}"));
                }
                change.claims.push(path);
            }
        }
    }

    fn renamed_webhook(&mut self, before: Told<'c>, after: Told<'c>) {
        let said = (
            format!(
                "The webhook `{}` is now called `{}`.",
                before.webhook.name, after.webhook.name
            ),
            "Published versions do not go by this name.",
        );
        let spot = Spot::New(after.webhook.place);
        let change = self.event(Rule::EventRenamed, &before.path(), spot, said);
        change.claims = vec![before.path(), after.path()];
    }

    fn webhook(
        &mut self,
        (before, after): (Told<'c>, Told<'c>),
        (old, new): (&[Told<'c>], &[Told<'c>]),
    ) {
        let path = before.path();
        let spot = Spot::New(after.webhook.place);
        let now = match before.event.kinds.is_empty() {
            true => "now",
            false => "too",
        };
        for kind in &after.event.kinds {
            if !before.has(kind) {
                let known = taken_for(of_kind(kind, old));
                let said = (
                    format!("Events of the kind `{kind}` are this event {now}."),
                    format!("Published versions read them as {known}."),
                );
                let path = after.path();
                let change = self.event(Rule::EventKindAdded, &path, spot, said);
                change.behaviour = Some(format!("a match on `{path}` now also gets `{kind}`"));
            }
        }
        let kinds = &after.event.kinds;
        let is_new = |kind: &String| of_kind(kind, old).is_none();
        let is_lost = !kinds.is_empty() && kinds.iter().all(is_new);
        let (is_told, is_there) = self.is_found(before, after);
        self.moved_kinds(before, Some(after), new, is_lost);
        for kind in &before.event.kinds {
            if !after.has(kind) && of_kind(kind, new).is_none() {
                let happened = match kinds.is_empty() {
                    true => format!("`{kind}` is no longer listed as the kind of this event."),
                    false => format!("Events of the kind `{kind}` are no longer this event."),
                };
                let cost = match is_lost {
                    true => LOST,
                    false if kinds.is_empty() && is_told && is_there => UNLISTED,
                    false => "",
                };
                let change = self.event(Rule::EventKindRemoved, &path, spot, (happened, cost));
                change.behaviour = Some(format!("a match on `{path}` no longer gets `{kind}`"));
                if is_lost {
                    change.deployed = Deployed::Broken;
                }
                // One help has all kinds.
                if kinds.is_empty() && before.event.kinds.first() == Some(kind) {
                    change.repair = Some(kept_kinds(before, after));
                }
            }
        }
        let gone = match (is_told, is_there) {
            (true, true) => None,
            (false, true) => Some("The kind of the event is no longer where it was."),
            (true, false) => Some("The content of the event is no longer where it was."),
            (false, false) => {
                Some("The kind and the content of the event are no longer where they were.")
            }
        };
        if let Some(gone) = gone.filter(|_| !before.event.kinds.is_empty()) {
            let said = (gone, "Published versions read the event as `Unrecognized`.");
            let change = self.event(Rule::EventMoved, &path, spot, said);
            change.deployed = Deployed::Broken;
        }
        let compare = |walk: &mut Self| walk.payload(before, after);
        match before.event.kinds.is_empty() {
            // Published versions never recognize the event.
            true => self.unfelt(compare),
            false => compare(self),
        }
        self.kinds_as_values((before, after), (old, new));
    }

    /// Corrects what is said of the kinds as values of their property, if they belong to two events.
    fn kinds_as_values(
        &mut self,
        (before, after): (Told<'c>, Told<'c>),
        (old, new): (&[Told<'c>], &[Told<'c>]),
    ) {
        let places = &self.old_index.tags;
        let types = [(self.old, before), (self.new, after)].map(|(contract, told)| {
            let mut places = places.iter();
            let tag = places.find_map(|place| {
                let inside = place.strip_prefix(&told.event.pointer)?;
                contract.at(&told.webhook.payload, inside)
            });
            let rust = tag.and_then(|tag| contract.target(tag).0.rust.as_ref());
            rust.map(|rust| format!("types::{rust}"))
        });
        let changes = self.changes.0.iter_mut();
        for change in changes.filter(|change| types.contains(&Some(change.owner.clone()))) {
            match change.rule {
                Rule::Of(Direction::Event, What::ValueAdded) => {
                    if let Some(known) = of_kind(&change.member, old) {
                        let read = known.path();
                        change.said.cost =
                            format!("Published versions read such an event as `{read}`.");
                    }
                }
                Rule::Of(Direction::Event, What::ValueRemoved) => {
                    if let Some(other) = of_kind(&change.member, new) {
                        let value = &change.member;
                        let path = other.path();
                        let happened = format!("`{value}` is a value of the event `{path}` now.");
                        change.said = happened.into();
                    }
                }
                _ => {}
            }
        }
    }

    /// Says of the kinds of an event that are another event now what published versions make of them. `is_lost` says whether
    /// they know none of the kinds that the event has now.
    fn moved_kinds(
        &mut self,
        before: Told<'c>,
        after: Option<Told<'c>>,
        new: &[Told<'c>],
        is_lost: bool,
    ) {
        let is_kept = |kind: &String| after.is_some_and(|after| after.has(kind));
        for kind in &before.event.kinds {
            let Some(other) = of_kind(kind, new).filter(|_| !is_kept(kind)) else {
                continue;
            };
            let deployed = self.read_as(before, other);
            let (path, is_now) = (before.path(), other.path());
            let result = match deployed {
                Deployed::Fine => "still read them as this event",
                Deployed::PartlyRead => "still read them as this event, and lose a part",
                Deployed::Broken => "take them for this event, and cannot read them",
            };
            let rest = match is_lost {
                true => format!(" The rest of `{path}` is new. {LOST}"),
                false => String::new(),
            };
            let said = (
                format!("Events of the kind `{kind}` are the event `{is_now}` now."),
                format!("Published versions {result}.{rest}"),
            );
            let spot = Spot::New(other.webhook.place);
            let change = self.event(Rule::EventKindRemoved, &path, spot, said);
            change.deployed = match is_lost {
                true => Deployed::Broken,
                false => deployed,
            };
            change.behaviour = Some(format!("a match on `{path}` no longer gets `{kind}`"));
        }
    }

    /// How a published version reads one event if it takes the event for another.
    fn read_as(&self, before: Told<'c>, after: Told<'c>) -> Deployed {
        let mut walk = Walk {
            changes: Changes::default(),
            replaced: BTreeSet::new(),
            carried: Carried::default(),
            coming: BTreeSet::new(),
            ..*self
        };
        walk.payload(before, after);
        let changes = walk.changes.0.iter().map(|change| change.deployed);
        match self.is_found(before, after) {
            (true, true) => changes.max().unwrap_or_default(),
            _ => Deployed::Broken,
        }
    }

    /// Whether a published version finds the kind of an event, and its content.
    fn is_found(&self, before: Told<'c>, after: Told<'c>) -> (bool, bool) {
        let body = &after.webhook.body;
        let is_there = |pointer: &String| self.new.at(body, pointer).is_some();
        let is_told = self.old_index.tags.iter().any(is_there);
        (is_told, is_there(&before.event.pointer))
    }

    fn payload(&mut self, before: Told<'c>, after: Told<'c>) {
        let way = Way::of(
            Direction::Event,
            &before.path(),
            &before.path(),
            &after.path(),
        );
        // A published version looks at the old place, even if `sdk.yaml` now names another place.
        let (contract, pointer) = (self.new, &before.event.pointer);
        let after_there = contract.at(&after.webhook.body, pointer);
        let after = after_there.unwrap_or(&after.webhook.payload);
        let before = &before.webhook.payload;
        self.null_payload(&way, before, after);
        self.whole(&way, EVENT, before, after);
    }

    /// Whether the content of an event may be null.
    fn null_payload(&mut self, way: &Way, before: &'c Shape, after: &'c Shape) {
        let (was, is) = (self.old.target(before).1, self.new.target(after).1);
        let (what, deployed, said) = match (was, is) {
            (false, true) => (
                What::BecameNullable,
                Deployed::Broken,
                (
                    "The content of the event may be null now.",
                    "Published versions cannot read such an event.",
                ),
            ),
            (true, false) => (
                What::NoLongerNullable,
                Deployed::Fine,
                ("The content of the event is no longer null.", ""),
            ),
            _ => return,
        };
        let member = whole_member(EVENT, after);
        self.note(way, what, member, deployed, said);
    }

    /// A change of an event as a whole, which changes no code by itself.
    fn event(&mut self, rule: Rule, path: &str, spot: Spot, said: impl Into<Said>) -> &mut Change {
        self.changes.0.push(Change {
            rule,
            rust: Upgrade::None,
            deployed: Deployed::Fine,
            behaviour: None,
            owner: path.to_owned(),
            member: String::new(),
            spot,
            said: said.into(),
            repair: None,
            signatures: Vec::new(),
            users: [path.to_owned()].into(),
            claims: Vec::new(),
            visited: BTreeSet::new(),
        });
        let last = self.changes.0.len() - 1;
        &mut self.changes.0[last]
    }
}

/// How a new version recognizes an event whose schema no longer lists its kinds.
fn kept_kinds(before: Told<'_>, after: Told<'_>) -> String {
    let kinds: Vec<String> = before.event.kinds.iter().map(|kind| quoted(kind)).collect();
    let key = quoted(&after.webhook.name);
    format!(
        "to keep the kinds, add this to the entry `{key}` under `webhooks.events` in sdk.yaml: `kinds: [{}]`",
        kinds.join(", ")
    )
}

/// The event for which published versions take a new event: the one that had its kind, if any.
fn taken_for(known: Option<Told<'_>>) -> String {
    let path = known.map(Told::path);
    path.map_or("`Unrecognized`".to_owned(), |path| format!("`{path}`"))
}
