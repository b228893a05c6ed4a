//! Compares the responses of two operations.

use super::change::Spot;
use super::index::{Index, Placed, RESPONSE};
use super::operations::Side;
use super::pairs::In;
use super::reading::{self, Reading};
use super::rules::{Direction, Rule, What};
use super::same;
use super::seen::Seen;
use super::shapes::whole_member;
use super::verdict::Deployed;
use super::walk::{Member, Walk, Way};
use crate::contract::{Answered, Contract, Envelope, Kind, Shape};
use crate::tree::Place;

/// The type of the `meta` of a page.
const META: &str = "PageMeta";

impl<'c> Walk<'c> {
    pub(super) fn answers(
        &mut self,
        way: &Way,
        ((before, before_in), (after, _)): (Side<'c>, Side<'c>),
    ) {
        let (old, new) = (&before.answered, &after.answered);
        if self.another_first(before_in, (old, new), after.place) {
            self.other_successes(before_in, (old, new), after.place);
            return;
        }
        if old.envelope != new.envelope {
            let deployed = self.read_in(old, new);
            let (was, is) = (around(self.old, old), around(self.new, new));
            let cost = match deployed {
                Deployed::Fine => "",
                _ => deployed.of_response(),
            };
            let said = (format!("The response was {was} and is now {is}."), cost);
            let spot = Spot::New(after.place);
            let mut change = self.change(Rule::EnvelopeChanged, before_in, spot, said);
            change.deployed = deployed;
            change.claims = vec![
                before_in.request.clone(),
                format!("{}::items()", before_in.request),
            ];
            self.changes.add(change);
        }
        self.other_successes(before_in, (old, new), after.place);
        let (Some(old_shape), Some(new_shape)) = (self.told(old, new), self.told_after(old, new))
        else {
            return;
        };
        self.nothing(way, (old, old_shape), (new, new_shape));
        self.like_an_envelope(way, (old, new));
        // A property of an object without an envelope is a field of that object.
        let whole = old.shape.as_ref().map(std::ptr::from_ref);
        let is_field = whole != Some(std::ptr::from_ref(old_shape));
        let way = Way {
            is_shielded: is_field,
            ..way.clone()
        };
        self.whole(&way, RESPONSE, old_shape, new_shape);
        if (old.envelope, new.envelope) == (Envelope::Page, Envelope::Page) {
            let way = Way {
                owner: META.to_owned(),
                owner_after: META.to_owned(),
                // The crate returns `None` for an unreadable value.
                is_shielded: true,
                ..way.clone()
            };
            let [old, new] =
                [old, new].map(|page| page.meta.iter().map(Member::of).collect::<Vec<_>>());
            self.members(&way, &old, &new, after.place.into(), &mut Seen::default());
        }
    }

    /// Whether the crate reads another success now, and both sides have one of the two. Published versions still get the success
    /// that they read.
    fn another_first(
        &mut self,
        placed: &Placed<'_>,
        (old, new): (&'c Answered, &'c Answered),
        place: Place,
    ) -> bool {
        let (Some(was), Some(is)) = (&old.status, &new.status) else {
            return false;
        };
        let (Some(before), Some(after)) = (&old.body, &new.body) else {
            return false;
        };
        let find = |all: &'c [(String, Shape)], status: &str| {
            let mut all = all.iter();
            all.find(|(known, _)| known == status).map(|(_, body)| body)
        };
        let known = find(&old.others, is);
        let is_one_kept = known.is_some() || find(&new.others, was).is_some();
        let is_same = || {
            let different = &mut self.denied.same.borrow_mut();
            same::is_same((self.old, before), (self.new, after), different)
        };
        if was == is || !is_one_kept || old.may_be_empty != new.may_be_empty || is_same() {
            return false;
        }
        let known = known.map(|known| self.read_another(old, (self.old, known)));
        let deployed = self.read_another(old, (self.new, after));
        let (deployed, cost) = match known == Some(deployed) {
            true => (Deployed::Fine, "Published versions read each as before."),
            false => (deployed, deployed.of_response()),
        };
        let happened = format!("The success that the crate reads is `{is}` now, not `{was}`.");
        let rule = Rule::Of(Direction::Response, What::TypeChanged);
        let mut change = self.change(rule, placed, Spot::New(place), (happened, cost));
        change.deployed = deployed;
        change.claims = vec![
            placed.request.clone(),
            format!("{}::items()", placed.request),
        ];
        change.claims.extend(fields(self.old, self.old_index, old));
        change.claims.extend(fields(self.new, self.new_index, new));
        self.changes.add(change);
        true
    }

    /// Compares the other successes, which the crate decodes as if they had the first status.
    fn other_successes(
        &mut self,
        placed: &Placed<'_>,
        (old, new): (&Answered, &Answered),
        place: Place,
    ) {
        let find = |all: &'_ [(String, Shape)], status: &str| {
            all.iter().position(|(known, _)| known == status)
        };
        let mut told = Vec::new();
        for (status, shape) in &new.others {
            let deployed = self.read_another(old, (self.new, shape));
            let known = find(&old.others, status).map(|index| &old.others[index].1);
            let is_first = old.status.as_ref() == Some(status);
            let known = known.or(old.body.as_ref().filter(|_| is_first));
            let before = known.map(|known| self.read_another(old, (self.old, known)));
            if before == Some(deployed) {
                continue;
            }
            let came = match before {
                None => "is new",
                Some(_) => "has another body now",
            };
            let happened = format!("The success `{status}` {came}.");
            told.push((happened, deployed.of_response(), deployed));
        }
        for (status, _) in &old.others {
            let is_first = new.status.as_ref() == Some(status);
            if find(&new.others, status).is_none() && !is_first {
                let happened = format!("The success `{status}` no longer has a body of its own.");
                told.push((happened, "", Deployed::Fine));
            }
        }
        for (happened, cost, deployed) in told {
            let rule = Rule::Of(Direction::Response, What::TypeChanged);
            let mut change = self.change(rule, placed, Spot::New(place), (happened, cost));
            change.deployed = deployed;
            self.changes.add(change);
        }
    }

    /// How the reader of a response reads another body.
    fn read_another(&self, old: &Answered, (contract, other): In<'_>) -> Deployed {
        let Some(before) = &old.shape else {
            return Deployed::Fine;
        };
        let other = match old.envelope {
            Envelope::Empty | Envelope::Bytes | Envelope::Text => return Deployed::Fine,
            Envelope::Bare => Some(other),
            Envelope::Data | Envelope::Page => contract.at(other, "data"),
        };
        let Some(other) = other else {
            return Deployed::Broken;
        };
        reading::of_whole((self.old, before), (contract, other))
    }

    /// Finds a new property `data` that makes published versions treat an object as an envelope. They do so if the response has
    /// only the properties `data` and `meta`.
    fn like_an_envelope(&mut self, way: &Way, (old, new): (&'c Answered, &'c Answered)) {
        let (Some(before), Some(after)) = (&old.shape, &new.shape) else {
            return;
        };
        let after = self.new.target(after).0;
        let (Kind::Object(properties), Some(data)) =
            (&after.kind, self.new.property(after, "data"))
        else {
            return;
        };
        let is_of_envelope = |name: &str| ["data", "meta"].contains(&name);
        let mut needed = properties.iter().filter(|property| property.required);
        let may_be_object = matches!(
            self.new.target(&data.shape).0.kind,
            Kind::Object(_) | Kind::Map(_) | Kind::Union(..) | Kind::Several(_) | Kind::Any
        );
        if !old.may_be_enveloped
            || new.envelope != Envelope::Bare
            || !may_be_object
            || !needed.all(|property| is_of_envelope(&property.name))
        {
            return;
        }
        let deployed = match reading::of((self.old, before), (self.new, &data.shape)) {
            Reading::Wholly | Reading::Partly => Deployed::PartlyRead,
            Reading::Lost | Reading::Stuck => Deployed::Broken,
        };
        let text = "If a response has no other properties than `data` and `meta`, published versions read `data` as the whole response.";
        let named = |shape: &Shape| shape.rust.as_ref().map(|name| format!("types::{name}"));
        let way = Way {
            owner: named(after).unwrap_or_else(|| way.owner_after.clone()),
            ..way.clone()
        };
        let member = Member::of(data);
        self.note(&way, What::Added, member, deployed, text);
    }

    /// Whether a success may have no value.
    fn nothing(
        &mut self,
        way: &Way,
        (old, old_shape): (&Answered, &'c Shape),
        (new, new_shape): (&Answered, &'c Shape),
    ) {
        let (target, was_null) = self.old.target(old_shape);
        let was = old.may_be_empty || was_null;
        let is = new.may_be_empty || self.new.target(new_shape).1;
        // A page without a list is empty. Any other list cannot be null here.
        let is_list = matches!(target.kind, Kind::List(_)) && old.envelope != Envelope::Page;
        let reading = match new.may_be_empty || is_list {
            true => Reading::Lost,
            false => reading::of_null(target),
        };
        const NULL: &str = "The response may be null now.";
        let (what, deployed, said) = match (was, is) {
            (false, true) if reading == Reading::Wholly => (
                What::BecameNullable,
                Deployed::Fine,
                (NULL, "Published versions read it."),
            ),
            (false, true) if reading == Reading::Partly => (
                What::BecameNullable,
                Deployed::PartlyRead,
                (NULL, "Published versions read null as `Unrecognized`."),
            ),
            (false, true) => (
                What::BecameNullable,
                Deployed::Broken,
                (
                    "The response may be null or empty now.",
                    "Published versions then return an error.",
                ),
            ),
            (true, false) => (
                What::NoLongerNullable,
                Deployed::Fine,
                ("The response is no longer null or empty.", ""),
            ),
            _ => return,
        };
        let member = whole_member(RESPONSE, new_shape);
        self.note(way, what, member, deployed, said);
    }

    /// The part of the old response that is compared. If the other side has an envelope, this is the content of the envelope.
    fn told(&self, old: &'c Answered, new: &Answered) -> Option<&'c Shape> {
        inside(self.old, old, new.envelope)
    }

    fn told_after(&self, old: &Answered, new: &'c Answered) -> Option<&'c Shape> {
        inside(self.new, new, old.envelope)
    }
}

/// The surface lines of a response's own fields.
fn fields(contract: &Contract, index: &Index<'_>, answered: &Answered) -> Vec<String> {
    let target = answered
        .shape
        .as_ref()
        .map(|shape| contract.target(shape).0);
    let Some((Kind::Object(properties), Some(rust))) =
        target.map(|target| (&target.kind, &target.rust))
    else {
        return Vec::new();
    };
    let owner = format!("types::{rust}");
    let properties = properties.iter();
    properties
        .flat_map(|property| index.lines(&owner, &property.name).iter().cloned())
        .collect()
}

/// The part of a response that is compared with a response in another envelope.
fn inside<'c>(
    contract: &'c Contract,
    answered: &'c Answered,
    other: Envelope,
) -> Option<&'c Shape> {
    let shape = answered.shape.as_ref()?;
    let is_enveloped = |envelope| matches!(envelope, Envelope::Data | Envelope::Page);
    if answered.envelope == Envelope::Bare && is_enveloped(other) {
        return Some(contract.at(shape, "data").unwrap_or(shape));
    }
    Some(shape)
}

fn around(contract: &Contract, answered: &Answered) -> &'static str {
    let shape = answered.shape.as_ref();
    let has_data = || shape.is_some_and(|shape| contract.at(shape, "data").is_some());
    match answered.envelope {
        Envelope::Bare if has_data() => "an object with `data` and other properties",
        Envelope::Data => "in an envelope `data`",
        Envelope::Page => "a page",
        Envelope::Bare => "without an envelope",
        Envelope::Empty => "empty",
        Envelope::Bytes => "bytes",
        Envelope::Text => "text",
    }
}
