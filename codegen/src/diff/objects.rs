//! Compares two objects, with what they show of themselves on this way.

use super::accepting;
use super::seen::Seen;
use super::shapes::Owner;
use super::values::Fate;
use super::walk::{Member, Walk, Way};
use crate::contract::{Contract, Property, Shape, Travels};

/// An object, and the value that it is.
type Object<'c> = (Member<'c>, &'c Shape);

impl<'c> Walk<'c> {
    pub(super) fn objects(
        &mut self,
        way: &Way,
        inner: &Way,
        ((old, old_target), (new, new_target)): (Object<'c>, Object<'c>),
        (before, after): (&'c [Property], &'c [Property]),
        seen: &mut Seen,
    ) {
        self.closed(way, (old, old_target), (new, new_target));
        self.texts(way, (old, old_target), (new, new_target));
        let mut inner = self.way_into(inner, way, old, (old_target, new_target));
        let names = vec![inner.owner.clone(), inner.owner_after.clone()];
        let sides = (old_target, new_target);
        let Some(visited) = seen.enter(sides, names, &inner, &mut self.carried) else {
            return;
        };
        inner = inner.below(visited);
        let is_read = way.direction.is_read();
        let (mut before, unseen) = travelling(self.old, before, is_read);
        let (mut after, hidden) = travelling(self.new, after, is_read);
        before.retain(|member| match find(&hidden, member) {
            Some(hidden) => {
                self.removed(&inner, *member, Fate::Hidden(hidden.place));
                false
            }
            None => true,
        });
        if is_read {
            after.retain(|member| match find(&unseen, member) {
                Some(unseen) => {
                    self.shown(&inner, (*unseen, *member));
                    false
                }
                None => true,
            });
        }
        let new_owner = Owner {
            place: new_target.place,
            others: new_target.others.as_deref(),
        };
        self.members(&inner, &before, &after, new_owner, seen);
        self.others(&inner, (old, old_target), (new, new_target), seen);
        seen.leave((old_target, new_target), &inner);
    }

    /// The way into an object.
    fn way_into(
        &mut self,
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
            is_closed: new.is_closed,
            is_clearable: accepting::holds_anything(self.old, old),
            is_shielded: inner.is_shielded && !inner.is_item,
            is_item: false,
            part: None,
            split: self.split(old, new),
            ..inner.clone()
        }
    }
}

/// The property of the same name, if it is there.
fn find<'m, 'c>(members: &'m [Member<'c>], member: &Member<'c>) -> Option<&'m Member<'c>> {
    members.iter().find(|known| known.wire == member.wire)
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
