//! Whether the API accepts what a published crate sends, if the type of the value has changed.

use std::collections::{HashMap, HashSet};

use super::fit::{self, holds};
use super::pairs::{Denied, In, ShapePair, pair};
use super::{bounds, listed};
use crate::contract::{Contract, Kind, Property, Shape, Travels};

/// Whether an API that accepts `new` also accepts everything that a client for `old` sends. Adds pairs that it rejects to
/// `denied`.
pub(super) fn accepts(old: In<'_>, new: In<'_>, travels: Option<Travels>, denied: &Denied) -> bool {
    // Outside of a body, every value is text.
    let is_text = travels
        .is_some_and(|travels| matches!(travels, Travels::Path | Travels::Query | Travels::Header));
    let refused = match is_text {
        true => &denied.accepted_as_text,
        false => &denied.accepted,
    };
    Acceptance {
        is_text,
        known: HashMap::new(),
        refused: &mut refused.borrow_mut(),
    }
    .all(old, new)
}

struct Acceptance<'d> {
    is_text: bool,
    known: HashMap<ShapePair, bool>,
    refused: &'d mut HashSet<ShapePair>,
}

impl Acceptance<'_> {
    fn all(&mut self, (old_in, old): In<'_>, (new_in, new): In<'_>) -> bool {
        if self.takes_each((old_in, old), (new_in, new)) {
            return true;
        }
        if !is_within((old_in, old), (new_in, new)) {
            return false;
        }
        let (old, new) = (old_in.target(old).0, new_in.target(new).0);
        let pair = pair(old, new);
        if self.refused.contains(&pair) {
            return false;
        }
        // A value that contains itself counts as accepted while its comparison runs.
        if let Some(accepts) = self.known.get(&pair) {
            return *accepts;
        }
        self.known.insert(pair, true);
        let accepts = self.of_kinds((old_in, old), (new_in, new));
        self.known.insert(pair, accepts);
        if !accepts {
            self.refused.insert(pair);
        }
        accepts
    }

    /// Whether all old values can be listed, and the API accepts each of them.
    fn takes_each(&self, old: In<'_>, new: In<'_>) -> bool {
        let values = listed::all(old);
        values.is_some_and(|values| {
            let mut values = values.iter();
            values.all(|value| listed::allows(new, value, self.is_text))
        })
    }

    fn of_kinds(&mut self, (old_in, old): In<'_>, (new_in, new): In<'_>) -> bool {
        match (&old.kind, &new.kind) {
            (_, Kind::Any) => true,
            // `takes_each` has shown that the API rejects one of the old enum's values.
            (Kind::Enum(_), _) if !old.any_text => false,
            (Kind::Text(_) | Kind::Enum(_), Kind::Text(_)) => true,
            (Kind::Text(_) | Kind::Enum(_), Kind::Enum(_)) => new.any_text,
            (Kind::Union(was, branches), Kind::Union(is, others)) if was == is => {
                branches.iter().all(|(value, branch)| {
                    let mut others = others.iter();
                    let other = others.find(|(other, _)| other == value);
                    other.is_some_and(|(_, other)| self.all((old_in, branch), (new_in, other)))
                })
            }
            (Kind::Union(_, branches), _) => branches
                .iter()
                .all(|(_, branch)| self.all((old_in, branch), (new_in, new))),
            (Kind::Several(branches), _) => branches
                .iter()
                .all(|branch| self.all((old_in, branch), (new_in, new))),
            (_, Kind::Several(branches)) => branches
                .iter()
                .any(|branch| self.all((old_in, old), (new_in, branch))),
            (Kind::Boolean | Kind::Integer(_) | Kind::Number, Kind::Text(_)) => self.is_text,
            (Kind::Boolean, Kind::Boolean) | (Kind::Number | Kind::Integer(_), Kind::Number) => {
                true
            }
            (Kind::Integer(_), Kind::Integer(range)) => {
                let sent = bounds::integers(&old_in.limits(old));
                sent.is_some_and(|sent| holds(range, &sent))
            }
            (Kind::List(old), Kind::List(new)) => self.part((old_in, old), (new_in, new)),
            (Kind::Object(_), Kind::Union(tag, branches)) => {
                self.told((old_in, old), tag, (new_in, branches))
            }
            (Kind::Object(_) | Kind::Map(_), Kind::Object(_) | Kind::Map(_)) => {
                self.object((old_in, old), (new_in, new))
            }
            _ => false,
        }
    }

    /// An item of a list or a value of a map, which can be null only if its type holds any JSON.
    fn part(&mut self, (old_in, old): In<'_>, (new_in, new): In<'_>) -> bool {
        let (target, nullable) = old_in.target(old);
        let has_null = nullable && target.holds_any_json();
        (!has_null || listed::takes_null(new_in, new)) && self.all((old_in, old), (new_in, new))
    }

    /// An object for a union. Without a tag that the API knows, the API cannot know the kind.
    fn told(
        &mut self,
        (old_in, old): In<'_>,
        tag: &str,
        (new_in, branches): (&Contract, &[(String, Shape)]),
    ) -> bool {
        let told = old_in.property(old, tag).filter(|told| told.required);
        let Some(Kind::Enum(values)) = told.map(|told| &old_in.target(&told.shape).0.kind) else {
            return false;
        };
        values.iter().all(|(value, _)| {
            let branch = branches.iter().find(|(known, _)| known == value);
            branch.is_some_and(|(_, branch)| self.all((old_in, old), (new_in, branch)))
        })
    }

    /// An object or a map that replaces another object or map.
    fn object(&mut self, (old_in, old): In<'_>, (new_in, new): In<'_>) -> bool {
        let (rest_before, rest_after) = (rest(old), rest(new));
        let mut due = properties(new).iter().filter(|due| due.required);
        let is_sent = |name: &str| requires(old_in, old, name);
        let has_all = due.all(|due| new_in.is_hidden(&due.shape, false) || is_sent(&due.name));
        let mut sent = properties(old).iter();
        let mut others = properties(new).iter();
        has_all
            && sent.all(|sent| {
                let side = (old_in, &sent.shape);
                old_in.is_hidden(&sent.shape, false)
                    || match (new_in.property(new, &sent.name), rest_after) {
                        (Some(known), _) => {
                            let taken = (new_in, &known.shape);
                            let has_null = sends_null((old_in, old), sent);
                            self.all(side, taken)
                                && (!has_null || listed::takes_null(new_in, &known.shape))
                        }
                        (None, Some(rest)) => self.all(side, (new_in, rest)),
                        (None, None) => !new.is_closed,
                    }
            })
            && rest_before.is_none_or(|before| {
                let is_taken = match rest_after {
                    Some(rest) => self.part((old_in, before), (new_in, rest)),
                    None => !new.is_closed,
                };
                is_taken
                    && others.all(|other| {
                        old_in.property(old, &other.name).is_some()
                            || self.all((old_in, before), (new_in, &other.shape))
                    })
            })
    }
}

/// The schema of an object's additional properties.
fn rest(shape: &Shape) -> Option<&Shape> {
    match &shape.kind {
        Kind::Map(values) => Some(values),
        _ => shape.others.as_deref(),
    }
}

fn properties(shape: &Shape) -> &[Property] {
    match &shape.kind {
        Kind::Object(properties) => properties,
        _ => &[],
    }
}

/// Whether a valid object always has the property.
fn requires(contract: &Contract, shape: &Shape, name: &str) -> bool {
    let property = contract.property(shape, name);
    property.is_some_and(|property| property.required)
}

/// Whether the limits of the new value allow everything that the limits of the old value allow.
fn is_within((old_in, old): In<'_>, (new_in, new): In<'_>) -> bool {
    let (before, after) = (old_in.limits(old), new_in.limits(new));
    let target = old_in.target(old).0;
    if matches!(target.kind, Kind::Enum(_)) && !target.any_text {
        // Its values are looked at themselves.
        return true;
    }
    fit::moved(&before, &after).tighter.is_empty()
}

/// Whether a call sends null for a property of an object. The crate writes null for a required property without a value. For an
/// optional property, the map of additional properties can contain a null.
pub(super) fn sends_null((contract, object): In<'_>, property: &Property) -> bool {
    let (target, nullable) = contract.target(&property.shape);
    nullable
        && (target.holds_any_json()
            || match property.required {
                true => !matches!(target.kind, Kind::List(_)),
                false => holds_anything(contract, object),
            })
}

/// Whether an object has additional properties with any JSON.
pub(super) fn holds_anything(contract: &Contract, object: &Shape) -> bool {
    let others = object.others.as_deref();
    others.is_some_and(|others| matches!(contract.target(others).0.kind, Kind::Any))
}
