//! Compares the operations of two contracts.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::change::{Change, Spot};
use super::index::{Index, Placed};
use super::retyped::is_whole;
use super::rules::{Direction, Rule};
use super::said::Said;
use super::seen::Seen;
use super::verdict::{Deployed, Upgrade};
use super::walk::{Member, Walk, Way};
use crate::contract::{Exchange, Travels};
use crate::model::Idempotency;
use crate::openapi::template;

/// An operation on one side.
pub(super) type Side<'c> = (&'c Exchange, &'c Placed<'c>);

impl<'c> Walk<'c> {
    pub(super) fn operations(&mut self) {
        let (pairs, come) = self.paired();
        for (before, after) in pairs {
            match after {
                Some(after) => self.operation(before, after),
                None => self.removed_operation(before),
            }
        }
        for after in come {
            self.added_operation(after);
        }
    }

    /// Each old operation with what it is now, and the operations that are new. What has no old id may have an old call, or the
    /// name of an old method.
    fn paired(&self) -> (Vec<(&'c Exchange, Option<&'c Exchange>)>, Vec<&'c Exchange>) {
        let (old, new) = (&self.old.operations, &self.new.operations);
        let known: HashSet<&str> = old.iter().map(|before| before.id.as_str()).collect();
        let by_id: HashMap<&str, &Exchange> =
            new.iter().map(|after| (after.id.as_str(), after)).collect();
        let same_id = |before: &'c Exchange| (before, by_id.get(before.id.as_str()).copied());
        let mut pairs: Vec<_> = old.iter().map(same_id).collect();
        let mut come: Vec<_> = new.iter().collect();
        come.retain(|after| !known.contains(after.id.as_str()));
        let keys: [fn(&Exchange, &Index<'_>) -> Option<String>; 2] = [
            |exchange, _| Some(format!("{} {}", exchange.verb, template(&exchange.path))),
            |exchange, index| Some(index.operation(&exchange.id)?.method.clone()),
        ];
        for key in keys {
            let mut left: HashMap<String, Vec<&Exchange>> = HashMap::new();
            for after in come.iter().rev() {
                if let Some(key) = key(after, self.new_index) {
                    left.entry(key).or_default().push(after);
                }
            }
            let mut met = HashSet::new();
            for (before, after) in pairs.iter_mut().filter(|(_, after)| after.is_none()) {
                let key = key(before, self.old_index);
                *after = key.and_then(|key| left.get_mut(&key)?.pop());
                met.extend(after.map(|after| after.id.as_str()));
            }
            come.retain(|after| !met.contains(after.id.as_str()));
        }
        (pairs, come)
    }

    fn removed_operation(&mut self, before: &Exchange) {
        let Some(placed) = self.old_index.operation(&before.id) else {
            return;
        };
        let cost = self.reached(before);
        let gone = format!("`{} {}` is gone.", before.verb, before.path);
        let mut change = self.change(
            Rule::OperationRemoved,
            placed,
            Spot::Old(before.place),
            (gone, cost),
        );
        change.deployed = Deployed::Broken;
        change.claims = vec![placed.method.clone(), placed.request.clone()];
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
        change.claims = vec![placed.method.clone(), placed.request.clone()];
        let has_key = after
            .inputs
            .iter()
            .any(|input| input.travels == Travels::Key);
        if after.verb == "POST" && !has_key && !after.says_idempotent {
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
        self.page_number(sides);
        let way = Way {
            direction: Direction::Response,
            ..way
        };
        self.answers(&way, sides);
    }

    /// Compares the call itself: its name, its address, and whether the client may repeat it.
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
            for (was, is) in [
                (&before_in.method, &after_in.method),
                (&before_in.request, &after_in.request),
            ] {
                if was != is {
                    change.claims.extend([was.clone(), is.clone()]);
                }
            }
            change.repair = (before_in.method != after_in.method).then(|| {
                format!("to keep the names, move the entry of `{}` in sdk.yaml to `{}`, with `method` and `request`", before.id, after.id)
            });
            self.changes.add(change);
        }
        self.route((before, before_in), (after, after_in));
        if after.deprecated && !before.deprecated {
            let said = (
                "The operation is deprecated.",
                "The compiler warns about code that calls it.",
            );
            let change = self.change(Rule::OperationDeprecated, before_in, spot, said);
            self.changes.add(change);
        }
        if before.authenticated != after.authenticated {
            let (deployed, said) = match after.authenticated {
                true => (
                    Deployed::Broken,
                    (
                        "The operation needs the API key now.",
                        "Published versions send none, so their calls are rejected.",
                    ),
                ),
                false => (
                    Deployed::Fine,
                    ("The operation no longer needs the API key.", ""),
                ),
            };
            let mut change = self.change(Rule::AuthenticationChanged, before_in, spot, said);
            change.deployed = deployed;
            self.changes.add(change);
        }
        let (was, is) = (before_in.idempotency, after_in.idempotency);
        if was != is {
            let text = format!("A retry was {} and is now {}.", repeated(was), repeated(is));
            let mut change = self.change(Rule::RetriesChanged, before_in, spot, text);
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
            let all = (before.body.as_ref(), after.body.as_ref());
            self.whole_body(&way, (&old_body, &new_body), all);
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
            pair_by_name(&mut old, &new);
            let way = Way {
                travels: Some(travels),
                is_closed: travels == Travels::Body && after.is_body_closed,
                ..way.clone()
            };
            self.omitted(&way, (&mut old, &mut new), sides);
            self.spread(&way, &mut old, &mut new);
            self.members(&way, &old, &new, after.place.into(), &mut Seen::default());
        }
    }

    /// A change of an operation as a whole, which changes no code by itself.
    pub(super) fn change(
        &self,
        rule: Rule,
        placed: &Placed<'_>,
        spot: Spot,
        said: impl Into<Said>,
    ) -> Change {
        Change {
            rule,
            rust: Upgrade::None,
            deployed: Deployed::Fine,
            behaviour: None,
            owner: placed.request.clone(),
            member: String::new(),
            spot,
            said: said.into(),
            repair: None,
            signatures: Vec::new(),
            users: [placed.user.clone()].into(),
            claims: Vec::new(),
            visited: BTreeSet::new(),
        }
    }
}

/// The values in one part of a request.
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

/// Gives a value the identity of a value with the same name on the wire, if no other value has the same identity.
fn pair_by_name<'c>(old: &mut [Member<'c>], new: &[Member<'c>]) {
    let known: Vec<&str> = old.iter().map(|member| member.identity).collect();
    for member in old {
        let is_same = |other: &&Member<'_>| other.identity == member.identity;
        if new.iter().any(|other| is_same(&other)) {
            continue;
        }
        let mut others = new.iter();
        let other =
            others.find(|other| other.wire == member.wire && !known.contains(&other.identity));
        if let Some(other) = other {
            member.identity = other.identity;
        }
    }
}

fn repeated(idempotency: Idempotency) -> &'static str {
    match idempotency {
        Idempotency::Natural => "always safe",
        Idempotency::Key => "safe with the same key",
        Idempotency::None => "possible only if the request took no effect",
    }
}
