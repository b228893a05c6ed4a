//! Compares the operations of two contracts.

use std::collections::HashSet;

use super::change::{Change, Spot};
use super::index::{Placed, RESPONSE};
use super::paths::plain;
use super::retyped::is_whole;
use super::rules::{Direction, Rule, What};
use super::seen::Seen;
use super::shapes::whole_member;
use super::verdict::{Deployed, Upgrade};
use super::walk::{Member, Walk, Way};
use crate::contract::{Answered, Contract, Envelope, Exchange, Shape, Travels};
use crate::model::Idempotency;

/// The type of the `meta` of a page.
const META: &str = "PageMeta";

/// An operation on one side.
pub(super) type Side<'c> = (&'c Exchange, &'c Placed<'c>);

impl<'c> Walk<'c> {
    pub(super) fn operations(&mut self) {
        let mut met = HashSet::new();
        for before in &self.old.operations {
            let same_id = |after: &&Exchange| after.id == before.id;
            let same_call = |after: &&Exchange| {
                let is_new = self.old.operations.iter().all(|known| known.id != after.id);
                is_new
                    && !met.contains(&after.id)
                    && after.verb == before.verb
                    && plain(&after.path) == plain(&before.path)
            };
            let after = self.new.operations.iter().find(same_id);
            let after = after.or_else(|| self.new.operations.iter().find(same_call));
            match after {
                Some(after) => {
                    met.insert(&after.id);
                    self.operation(before, after);
                }
                None => self.removed_operation(before),
            }
        }
        for after in &self.new.operations {
            if !met.contains(&after.id) {
                self.added_operation(after);
            }
        }
    }

    fn removed_operation(&mut self, before: &Exchange) {
        let Some(placed) = self.old_index.operation(&before.id) else {
            return;
        };
        let cost = self.reached(before);
        let text = format!("`{} {}` is gone. {cost}.", before.verb, before.path);
        let mut change = self.change(
            Rule::OperationRemoved,
            placed,
            Spot::Old(before.place),
            text,
        );
        change.deployed = Deployed::Broken;
        change.repair = Some(
            "to keep the method until the next major version, add the operation in spec/overlay.yaml".to_owned(),
        );
        self.changes.add(change);
    }

    fn added_operation(&mut self, after: &Exchange) {
        let Some(placed) = self.new_index.operation(&after.id) else {
            return;
        };
        let text = format!(
            "`{} {}` is a new operation: a new method.",
            after.verb, after.path
        );
        let mut change = self.change(Rule::OperationAdded, placed, Spot::New(after.place), text);
        let has_key = after
            .inputs
            .iter()
            .any(|input| input.travels == Travels::Key);
        if after.verb == "POST" && !has_key {
            change.repair = Some(
                "find out whether it takes an `Idempotency-Key`. Without one, the client does not retry if the request may have taken effect. If it takes none, set `x-idempotent: false` in spec/overlay.yaml"
                    .to_owned(),
            );
        }
        self.changes.add(change);
    }

    fn operation(&mut self, before: &'c Exchange, after: &'c Exchange) {
        let (old, new) = (self.old_index, self.new_index);
        let (Some(before_in), Some(after_in)) =
            (old.operation(&before.id), new.operation(&after.id))
        else {
            return;
        };
        let sides = ((before, before_in), (after, after_in));
        self.call(sides);
        self.writing(sides);
        self.needs(sides);
        let way = Way::of(
            Direction::Request,
            &before_in.user,
            &before_in.request,
            &after_in.request,
        );
        self.inputs(&way, sides);
        let way = Way {
            direction: Direction::Response,
            ..way
        };
        self.answers(&way, sides);
    }

    /// What the call itself is: its name, where it goes, how it is repeated.
    fn call(&mut self, ((before, before_in), (after, after_in)): (Side<'c>, Side<'c>)) {
        let spot = Spot::New(after.place);
        if before.id != after.id {
            let text = format!(
                "The operation `{}` now has the name `{}`.",
                before.id, after.id
            );
            let mut change = self.change(Rule::OperationRenamed, before_in, spot, text);
            change.behaviour = Some(format!(
                "traces and logs say `{}`, not `{}`",
                after.id, before.id
            ));
            change
                .claims
                .extend([after_in.method.clone(), after_in.request.clone()]);
            change.repair = (before_in.method != after_in.method).then(|| {
                format!("to keep the names, move the entry of `{}` in sdk.yaml to `{}`, with `method` and `request`", before.id, after.id)
            });
            self.changes.add(change);
        }
        self.route((before, before_in), (after, after_in));
        if after.deprecated && !before.deprecated {
            let text = "The operation is deprecated. The compiler warns about code that calls it."
                .to_owned();
            let change = self.change(Rule::OperationDeprecated, before_in, spot, text);
            self.changes.add(change);
        }
        if before.authenticated != after.authenticated {
            let (deployed, text) = match after.authenticated {
                true => (
                    Deployed::Broken,
                    "The operation needs the API key now. Published versions send none, so their calls are rejected.",
                ),
                false => (Deployed::Fine, "The operation no longer needs the API key."),
            };
            let mut change = self.change(
                Rule::AuthenticationChanged,
                before_in,
                spot,
                text.to_owned(),
            );
            change.deployed = deployed;
            self.changes.add(change);
        }
        let (was, is) = (before_in.idempotency, after_in.idempotency);
        if was != is {
            let text = format!("A retry was {} and is now {}.", repeated(was), repeated(is));
            let mut change = self.change(Rule::RetriesChanged, before_in, spot, text.clone());
            change.behaviour = Some(format!(
                "`{}`: a retry is now {}",
                before_in.user,
                repeated(is)
            ));
            self.changes.add(change);
        }
    }

    fn inputs(&mut self, way: &Way, sides: (Side<'c>, Side<'c>)) {
        let ((before, before_in), (after, after_in)) = sides;
        let is_partial = |exchange: &Exchange| ["PATCH", "PUT"].contains(&exchange.verb);
        let body = |exchange, placed| {
            let mut body = members(exchange, Travels::Body, placed);
            body.extend(members(exchange, Travels::WholeBody, placed));
            body
        };
        let (old_body, new_body) = (body(before, before_in), body(after, after_in));
        let is_mixed = !old_body.is_empty()
            && !new_body.is_empty()
            && old_body.iter().any(is_whole) != new_body.iter().any(is_whole);
        if is_mixed {
            let way = Way {
                travels: Some(Travels::Body),
                is_closed: after.is_body_closed,
                ..way.clone()
            };
            self.whole_body(&way, &old_body, &new_body);
        }
        let moved = match is_mixed {
            true => Vec::new(),
            false => self.moved(way, sides),
        };
        self.moves(way, sides, &moved);
        for travels in Travels::ALL {
            if is_mixed && matches!(travels, Travels::Body | Travels::WholeBody) {
                continue;
            }
            let mut old = members(before, travels, before_in);
            let mut new = members(after, travels, after_in);
            Self::drop_moved((&mut old, &mut new), &moved);
            let way = Way {
                travels: Some(travels),
                is_clearable: travels == Travels::Body && is_partial(before),
                is_closed: travels == Travels::Body && after.is_body_closed,
                ..way.clone()
            };
            self.members(&way, &old, &new, after.place, &mut Seen::default());
        }
    }

    fn answers(&mut self, way: &Way, ((before, before_in), (after, _)): (Side<'c>, Side<'c>)) {
        let (old, new) = (&before.answered, &after.answered);
        if old.envelope != new.envelope {
            let deployed = self.read_in(old, new);
            let cost = match deployed {
                Deployed::Fine => "",
                Deployed::PartlyRead => " Published versions lose a part and read the rest.",
                Deployed::Broken => " Published versions cannot read it.",
            };
            let (was, is) = (around(old.envelope), around(new.envelope));
            let text = format!("The response was {was} and is now {is}.{cost}");
            let spot = Spot::New(after.place);
            let mut change = self.change(Rule::EnvelopeChanged, before_in, spot, text);
            change.deployed = deployed;
            change.claims = vec![
                before_in.request.clone(),
                format!("{}::items()", before_in.request),
            ];
            self.changes.add(change);
        }
        let (Some(old_shape), Some(new_shape)) = (self.told(old, new), self.told_after(old, new))
        else {
            return;
        };
        self.nothing(way, (old, old_shape), (new, new_shape));
        // What stands in an object without an envelope is a field of it.
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
                // The crate reads `None` for what it cannot read.
                is_shielded: true,
                ..way.clone()
            };
            let [old, new] =
                [old, new].map(|page| page.meta.iter().map(Member::of).collect::<Vec<_>>());
            self.members(&way, &old, &new, after.place, &mut Seen::default());
        }
    }

    /// Whether a success may come without a value.
    fn nothing(
        &mut self,
        way: &Way,
        (old, old_shape): (&Answered, &'c Shape),
        (new, new_shape): (&Answered, &'c Shape),
    ) {
        let was = old.may_be_empty || self.old.target(old_shape).1;
        let is = new.may_be_empty || self.new.target(new_shape).1;
        let (what, deployed, text) = match (was, is) {
            (false, true) => (
                What::BecameNullable,
                Deployed::Broken,
                "The response may be null or empty now. Published versions then return an error.",
            ),
            (true, false) => (
                What::NoLongerNullable,
                Deployed::Fine,
                "The response is no longer null or empty.",
            ),
            _ => return,
        };
        let member = whole_member(RESPONSE, new_shape);
        self.note(way, what, member, deployed, text.to_owned());
    }

    /// What of the old response is compared: the content of an envelope where the other side has one.
    fn told(&self, old: &'c Answered, new: &Answered) -> Option<&'c Shape> {
        inside(self.old, old, new.envelope)
    }

    fn told_after(&self, old: &Answered, new: &'c Answered) -> Option<&'c Shape> {
        inside(self.new, new, old.envelope)
    }

    /// A change of an operation as a whole.
    pub(super) fn change(
        &self,
        rule: Rule,
        placed: &Placed<'_>,
        spot: Spot,
        sentence: String,
    ) -> Change {
        Change {
            rule,
            rust: Upgrade::None,
            deployed: Deployed::Fine,
            behaviour: None,
            owner: placed.request.clone(),
            member: String::new(),
            spot,
            sentence,
            repair: None,
            users: [placed.user.clone()].into(),
            claims: vec![placed.method.clone(), placed.request.clone()],
        }
    }
}

/// What of a response is compared with one in another envelope.
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

/// The values that travel in one part of a request.
pub(super) fn members<'c>(
    exchange: &'c Exchange,
    travels: Travels,
    placed: &Placed<'c>,
) -> Vec<Member<'c>> {
    let sent = exchange.inputs.iter();
    let sent = sent.filter(|sent| sent.travels == travels);
    sent.filter_map(|sent| {
        Some(Member {
            wire: &sent.wire,
            identity: &sent.identity,
            required: sent.required,
            given: Some((sent, placed.input(sent)?)),
            place: sent.place,
            shape: &sent.shape,
        })
    })
    .collect()
}

fn repeated(idempotency: Idempotency) -> &'static str {
    match idempotency {
        Idempotency::Natural => "always safe",
        Idempotency::Key => "safe with the same key",
        Idempotency::None => "possible only if the request took no effect",
    }
}

fn around(envelope: Envelope) -> &'static str {
    match envelope {
        Envelope::Data => "in an envelope `data`",
        Envelope::Page => "a page",
        Envelope::Bare => "without an envelope",
        Envelope::Empty => "empty",
        Envelope::Bytes => "bytes",
        Envelope::Text => "text",
    }
}
