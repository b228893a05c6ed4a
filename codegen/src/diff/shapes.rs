//! Compares two values, with all their parts.

use super::change::Deployed;
use super::fit;
use super::rules::{Direction, What};
use super::seen::Seen;
use super::values::Fate;
use super::walk::{Member, Pair, Walk, Way};
use crate::contract::{Contract, Kind, Property, Shape, Travels};
use crate::tree::Place;

impl<'c> Walk<'c> {
    /// Compares the members of two owners; `is_there` says whether the owner itself always is.
    pub(super) fn members(
        &mut self,
        way: &Way,
        old: &[Member<'c>],
        new: &[Member<'c>],
        new_owner: Place,
        seen: &mut Seen,
    ) {
        let lacks = |members: &[Member<'_>], identity: &str| {
            members.iter().all(|known| known.identity != identity)
        };
        let gone: Vec<_> = old
            .iter()
            .filter(|member| lacks(new, member.identity))
            .collect();
        let come: Vec<_> = new
            .iter()
            .filter(|member| lacks(old, member.identity))
            .collect();
        if let ([before], [after]) = (gone.as_slice(), come.as_slice())
            && self.is_alike(**before, **after)
        {
            self.renamed(way, **before, **after);
        } else {
            for member in gone {
                self.removed(way, *member, Fate::Gone(new_owner));
            }
            for member in come {
                self.added(way, *member);
            }
        }
        for before in old {
            let mut same = new.iter();
            if let Some(after) = same.find(|after| after.identity == before.identity) {
                self.member(way, (*before, *after), seen);
            }
        }
    }

    fn is_alike(&self, old: Member<'c>, new: Member<'c>) -> bool {
        let (old_shape, new_shape) = (self.old.target(old.shape).0, self.new.target(new.shape).0);
        let is_named = |shape: &Shape| {
            matches!(
                shape.kind,
                Kind::Object(_) | Kind::Union(..) | Kind::Enum(_)
            )
        };
        old.required == new.required
            && match (is_named(old_shape), is_named(new_shape)) {
                (true, true) => old_shape.rust == new_shape.rust,
                (false, false) => {
                    let reads = fit::reads((self.old, old.shape), (self.new, new.shape));
                    reads
                        && fit::reads((self.new, new.shape), (self.old, old.shape))
                        && fit::described(self.old, old.shape)
                            == fit::described(self.new, new.shape)
                }
                _ => false,
            }
    }

    /// Compares a value before and after.
    fn member(&mut self, way: &Way, pair: Pair<'c>, seen: &mut Seen) {
        let (old, new) = pair;
        let (old_target, old_null) = self.old.target(old.shape);
        let (new_target, new_null) = self.new.target(new.shape);
        if old.required != new.required {
            self.presence(way, pair);
        }
        if old_null != new_null {
            self.nullable(way, pair, new_null);
        }
        if way.direction == Direction::Request {
            self.default(way, pair);
            self.style(way, pair);
        }
        let moved = fit::moved(&self.old.limits(old.shape), &self.new.limits(new.shape));
        self.limits(way, pair, &moved);
        if new.shape.deprecated && !old.shape.deprecated {
            let text = format!(
                "`{}` is deprecated. The compiler warns about code that uses it.",
                old.wire
            );
            self.note(way, What::Deprecated, pair.1, Deployed::Fine, text);
        }
        let is_list = matches!(old_target.kind, Kind::List(_));
        let is_sure = old.required && !old_null && !is_list;
        let inner = Way {
            is_shielded: way.is_shielded || !is_sure,
            is_clearable: false,
            ..way.clone()
        };
        self.kinds(way, &inner, (old, old_target), (new, new_target), seen);
    }

    /// Compares what two values are; `inner` is the way to what they hold.
    pub(super) fn kinds(
        &mut self,
        way: &Way,
        inner: &Way,
        (old, old_target): (Member<'c>, &'c Shape),
        (new, new_target): (Member<'c>, &'c Shape),
        seen: &mut Seen,
    ) {
        let way = &Way {
            is_shielded: inner.is_shielded,
            ..way.clone()
        };
        match (&old_target.kind, &new_target.kind) {
            (Kind::Object(before), Kind::Object(after)) => {
                let mut inner = self.way_into(inner, way, old, (old_target, new_target));
                let names = vec![inner.owner.clone(), inner.owner_after.clone()];
                let Some(carriers) = seen.enter((old_target, new_target), names, &inner) else {
                    return;
                };
                inner.carriers = carriers;
                let is_read = way.direction.is_read();
                let (before, _) = travelling(self.old, before, is_read);
                let (after, hidden) = travelling(self.new, after, is_read);
                let is_hidden =
                    |member: &Member<'_>| hidden.iter().find(|known| known.wire == member.wire);
                for member in &before {
                    if let Some(hidden) = is_hidden(member) {
                        self.removed(&inner, *member, Fate::Hidden(hidden.place));
                    }
                }
                let before: Vec<_> = before
                    .into_iter()
                    .filter(|member| is_hidden(member).is_none())
                    .collect();
                self.members(&inner, &before, &after, new_target.place, seen);
                self.others(&inner, (old, old_target), (new, new_target), seen);
                seen.leave((old_target, new_target));
            }
            (Kind::Enum(before), Kind::Enum(after)) => {
                self.values(way, (old, new), (old_target, new_target), before, after);
            }
            (Kind::Union(old_tag, before), Kind::Union(new_tag, after)) => {
                let names = [
                    &way.owner,
                    &way.owner_after,
                    &inner.owner,
                    &inner.owner_after,
                ];
                let wires = [old.wire, new.wire].map(str::to_owned);
                let names = names.into_iter().cloned().chain(wires).collect();
                let Some(carriers) = seen.enter((old_target, new_target), names, way) else {
                    return;
                };
                let [way, inner] = [way, inner].map(|way| Way {
                    carriers: carriers.clone(),
                    ..way.clone()
                });
                let (way, inner) = (&way, &inner);
                self.tag(
                    way,
                    (old_tag, old_target),
                    (new_tag, new_target),
                    (old, new),
                );
                self.branches(
                    way,
                    inner,
                    (old, new),
                    (old_target, before),
                    (new_target, after),
                    seen,
                );
                seen.leave((old_target, new_target));
            }
            (Kind::List(before), Kind::List(after)) | (Kind::Map(before), Kind::Map(after)) => {
                let (before_target, was_null) = self.old.target(before);
                let (after_target, is_null) = self.new.target(after);
                let limits = fit::moved(&self.old.limits(before), &self.new.limits(after));
                self.limits(way, (old, new), &limits);
                if was_null != is_null {
                    self.null_items(way, new, is_null);
                }
                let (was_alone, is_alone) = (old_target.is_one_or_list, new_target.is_one_or_list);
                if way.direction.is_read() && was_alone != is_alone {
                    self.one_or_list(way, new, is_alone);
                }
                let inner = Way {
                    is_shielded: true,
                    ..inner.clone()
                };
                self.kinds(way, &inner, (old, before_target), (new, after_target), seen);
            }
            (Kind::Text(before), Kind::Text(after)) if before == after => {}
            (Kind::Integer(before), Kind::Integer(after)) if before == after => {}
            (Kind::Several(_), Kind::Several(_))
                if fit::described(self.old, old_target) == fit::described(self.new, new_target) => {
            }
            (Kind::Boolean, Kind::Boolean)
            | (Kind::Number, Kind::Number)
            | (Kind::Any, Kind::Any) => {}
            _ => self.type_changed(way, (old, old_target), (new, new_target)),
        }
    }

    /// The way into an object.
    fn way_into(
        &self,
        inner: &Way,
        way: &Way,
        member: Member<'_>,
        (old, new): (&Shape, &Shape),
    ) -> Way {
        let named = |name: &Option<String>| name.as_ref().map(|name| format!("types::{name}"));
        let owner = named(&old.rust).or_else(|| named(&new.rust));
        let owner = owner.unwrap_or_else(|| format!("{}.{}", way.owner, member.wire));
        let owner_after = named(&new.rust).unwrap_or_else(|| owner.clone());
        let mut carriers = inner.carriers.clone();
        if owner != owner_after {
            carriers.extend(self.lines(way, member));
        }
        Way {
            owner,
            owner_after,
            carriers,
            travels: inner.travels.map(|_| Travels::Body),
            ..inner.clone()
        }
    }

    /// Compares all that a response or an event tells.
    pub(super) fn whole(&mut self, way: &Way, name: &'c str, old: &'c Shape, new: &'c Shape) {
        let (old_target, new_target) = (self.old.target(old).0, self.new.target(new).0);
        let (old, new) = (whole_member(name, old), whole_member(name, new));
        let sides = ((old, old_target), (new, new_target));
        self.kinds(way, way, sides.0, sides.1, &mut Seen::default());
    }
}

/// The properties that travel this way, and those that do not.
fn travelling<'c>(
    contract: &Contract,
    properties: &'c [Property],
    is_read: bool,
) -> (Vec<Member<'c>>, Vec<Member<'c>>) {
    let members = properties.iter().map(Member::of);
    members.partition(|member| !contract.is_hidden(member.shape, is_read))
}

/// All of a response or an event as a value.
pub(super) fn whole_member<'c>(name: &'c str, shape: &'c Shape) -> Member<'c> {
    Member {
        wire: name,
        identity: name,
        required: true,
        given: None,
        place: shape.place,
        shape,
    }
}
