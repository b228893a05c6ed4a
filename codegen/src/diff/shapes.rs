//! Compares two values, with all their parts.

use super::fit;
use super::reading::{self, Reading};
use super::rules::{Direction, What};
use super::seen::Seen;
use super::values::Fate;
use super::verdict::Deployed;
use super::walk::{Member, Pair, Walk, Way};
use crate::contract::{Kind, Shape, Travels};
use crate::model::{Input, InputPlace, Part};
use crate::tree::Place;

/// The owner of members.
#[derive(Clone, Copy)]
pub(super) struct Owner<'c> {
    pub(super) place: Place,
    /// The owner's additional properties, if the document describes them.
    pub(super) others: Option<&'c Shape>,
}

impl From<Place> for Owner<'_> {
    fn from(place: Place) -> Self {
        Self {
            place,
            others: None,
        }
    }
}

impl<'c> Walk<'c> {
    /// Compares the members of two owners.
    pub(super) fn members(
        &mut self,
        way: &Way,
        old: &[Member<'c>],
        new: &[Member<'c>],
        new_owner: Owner<'c>,
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
        let renamed = self.renames(&gone, &come);
        for (before, after) in &renamed {
            self.renamed(way, *before, *after, seen);
        }
        for member in gone {
            if renamed
                .iter()
                .all(|(before, _)| before.identity != member.identity)
            {
                let map = new
                    .iter()
                    .find_map(|map| Some((map, self.holds(map, member)?)));
                let fate = match (map, new_owner.others) {
                    (Some((map, values)), _) => Fate::Other(map.place, values),
                    (None, Some(others)) => Fate::Other(new_owner.place, others),
                    (None, None) => Fate::Gone(new_owner.place),
                };
                self.removed(way, *member, fate);
            }
        }
        for member in come {
            if renamed
                .iter()
                .all(|(_, after)| after.identity != member.identity)
            {
                let is_sent = |known: &Member<'_>, parameter: &str| {
                    let inside = known.identity.strip_prefix(parameter);
                    inside.is_some_and(|inside| inside.starts_with('['))
                };
                let parameter = member.parameter_that_needs_it();
                let is_missed = parameter
                    .is_some_and(|parameter| old.iter().any(|known| is_sent(known, parameter)));
                let member = Member {
                    required: member.required || is_missed,
                    ..*member
                };
                self.added(way, member);
            }
        }
        for before in old {
            let mut same = new.iter();
            if let Some(after) = same.find(|after| after.identity == before.identity) {
                self.member(way, (*before, *after), seen);
            }
        }
    }

    /// The values of a map in the query that is sent as `name[key]=value`, if such a value can be the other one.
    fn holds(&self, map: &Member<'c>, other: &Member<'_>) -> Option<&'c Shape> {
        let (_, input) = map.given?;
        match &self.new.target(map.shape).0.kind {
            Kind::Map(values) if is_key(input, other.wire) => Some(values),
            _ => None,
        }
    }

    /// Pairs of removed and new members that are alike, if each is like only one other.
    fn renames(&self, gone: &[&Member<'c>], come: &[&Member<'c>]) -> Vec<Pair<'c>> {
        let only = |like: Vec<Member<'c>>| match like.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let pairs = gone.iter().filter_map(|before| {
            let like = come
                .iter()
                .filter(|after| self.is_alike(**before, ***after));
            let after = only(like.map(|after| **after).collect())?;
            let like = gone.iter().filter(|other| self.is_alike(***other, after));
            only(like.map(|before| **before).collect())?;
            Some((**before, after))
        });
        pairs.collect()
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
                    let sides = ((self.old, old.shape), (self.new, new.shape));
                    let is_read = |old, new| reading::of(old, new) == Reading::Wholly;
                    is_read(sides.0, sides.1)
                        && is_read(sides.1, sides.0)
                        && fit::described(self.old, old.shape)
                            == fit::described(self.new, new.shape)
                }
                _ => false,
            }
    }

    /// Compares a value before and after.
    pub(super) fn member(&mut self, way: &Way, pair: Pair<'c>, seen: &mut Seen) {
        let (old, new) = pair;
        let (old_target, old_null) = self.old.target(old.shape);
        let (new_target, new_null) = self.new.target(new.shape);
        let way = &match is_text(&old) && is_text(&new) {
            true => Way {
                travels: Some(Travels::Query),
                ..way.clone()
            },
            false => way.clone(),
        };
        if old.required != new.required {
            self.presence(way, pair);
        }
        self.beside(way, pair);
        if old_null != new_null {
            self.nullable(way, pair, new_null);
        }
        if way.direction == Direction::Request {
            self.default(way, pair);
            if self.file_or_text(way, pair) {
                return;
            }
            self.style(way, pair);
            if self.json_text(way, pair) {
                return;
            }
        }
        let moved = fit::moved_between((self.old, old.shape), (self.new, new.shape));
        self.limits(way, pair, &moved);
        if new.shape.deprecated && !old.shape.deprecated {
            let happened = format!("`{}` is deprecated.", old.wire);
            let warns = self.new_index.warns(&way.owner_after, new.wire)
                && !self.old_index.warns(&way.owner, old.wire);
            let said = match way.direction == Direction::Request && warns {
                true => (happened, "The compiler warns about code that sets it."),
                false => (happened, ""),
            };
            self.note(way, What::Deprecated, pair.1, Deployed::Fine, said);
        }
        // An unreadable field becomes null, if it may be null.
        let is_sure = old.required && !old_null && reading::of_null(old_target) == Reading::Lost;
        let inner = Way {
            is_shielded: way.is_shielded || !is_sure,
            is_item: false,
            is_clearable: false,
            ..way.clone()
        };
        self.kinds(way, &inner, (old, old_target), (new, new_target), seen);
    }

    /// Compares the kinds of two values; `inner` is the path to their contents.
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
            is_item: inner.is_item,
            ..way.clone()
        };
        match (&old_target.kind, &new_target.kind) {
            (Kind::Object(before), Kind::Object(after)) => {
                let sides = ((old, old_target), (new, new_target));
                self.objects(way, inner, sides, (before, after), seen);
            }
            (Kind::Enum(before), Kind::Enum(after)) => {
                self.any_text(way, (old, old_target), (new, new_target));
                self.values(way, (old, new), (old_target, new_target), before, after);
            }
            (Kind::Union(..), Kind::Union(..)) => {
                let names = names(way, inner, (old, new));
                let sides = (old_target, new_target);
                let Some(visited) = seen.enter(sides, names, way, &mut self.carried) else {
                    return;
                };
                let below = (&way.below(visited), &inner.below(visited));
                self.unions(below, (old, new), sides, seen);
                seen.leave(sides, way);
            }
            (Kind::List(before), Kind::List(after)) | (Kind::Map(before), Kind::Map(after))
                if old_target.is_json == new_target.is_json =>
            {
                let (was_alone, is_alone) = (old_target.is_one_or_list, new_target.is_one_or_list);
                if way.direction.is_read() && was_alone != is_alone {
                    self.one_or_list(way, new, is_alone);
                }
                let is_list = matches!(old_target.kind, Kind::List(_));
                let part = if is_list { "item" } else { "value" };
                // The decoder drops a list or a map as a whole, unless it is a map in a list, or the whole response. A required
                // map cannot be dropped, but a required list is then empty.
                let inner = Way {
                    is_shielded: match is_list {
                        true => !way.is_whole,
                        false => inner.is_shielded && !inner.is_item,
                    },
                    is_item: is_list,
                    ..inner.clone()
                };
                self.part(way, &inner, part, (old, before), (new, after), seen);
            }
            (Kind::Text(before), Kind::Text(after)) if before == after => {}
            (Kind::Integer(before), Kind::Integer(after)) if before == after => {}
            (Kind::Several(before), Kind::Several(after))
                if fit::described(self.old, old_target) == fit::described(self.new, new_target) =>
            {
                let names = names(way, inner, (old, new));
                let sides = (old_target, new_target);
                let Some(visited) = seen.enter(sides, names, way, &mut self.carried) else {
                    return;
                };
                let way = way.below(visited);
                self.several(&way, (old, before), (new, after), seen);
                seen.leave((old_target, new_target), &way);
            }
            (Kind::Boolean, Kind::Boolean)
            | (Kind::Number, Kind::Number)
            | (Kind::Any, Kind::Any) => {}
            _ => self.type_changed(way, (old, old_target), (new, new_target)),
        }
    }

    /// Compares everything in a response or an event.
    pub(super) fn whole(&mut self, way: &Way, name: &'c str, old: &'c Shape, new: &'c Shape) {
        let (old_target, new_target) = (self.old.target(old).0, self.new.target(new).0);
        let limits = fit::moved_between((self.old, old), (self.new, new));
        let (old, new) = (whole_member(name, old), whole_member(name, new));
        self.limits(way, (old, new), &limits);
        let sides = ((old, old_target), (new, new_target));
        let whole = Way {
            is_whole: !way.is_shielded,
            ..way.clone()
        };
        self.kinds(&whole, way, sides.0, sides.1, &mut Seen::default());
    }
}

/// Whether a name is the one that a map in the query gives to one of its values: `page[number]` of `page`.
pub(super) fn is_key(map: &Input, name: &str) -> bool {
    let key = name.strip_prefix(map.wire.as_str());
    map.place == (InputPlace::QueryMap { is_deep: true })
        && key.is_some_and(|key| key.starts_with('['))
}

/// The names that a recorded change takes from the path, for contents without a name.
fn names(way: &Way, inner: &Way, (old, new): Pair<'_>) -> Vec<String> {
    let owners = [
        &way.owner,
        &way.owner_after,
        &inner.owner,
        &inner.owner_after,
    ];
    let mut names: Vec<String> = owners.into_iter().cloned().collect();
    names.extend([old.wire, new.wire, way.part.unwrap_or_default()].map(str::to_owned));
    if let Some((before, after)) = &way.split {
        names.extend([before.clone(), after.clone()]);
    }
    names
}

/// Whether the value is a part of a form that is sent as text, like a value in the query.
fn is_text(member: &Member<'_>) -> bool {
    let place = member.given.map(|(_, input)| input.place);
    matches!(place, Some(InputPlace::Part(Part::Field | Part::Joined(_))))
}

/// A whole response or event as a value.
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
