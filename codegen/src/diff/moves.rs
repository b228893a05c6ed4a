//! Values that moved to another part of the request and have the same name in Rust.

use super::operations::{Side, members};
use super::rules::What;
use super::seen::Seen;
use super::verdict::Deployed;
use super::walk::{Member, Pair, Walk, Way};
use crate::contract::Travels;

impl<'c> Walk<'c> {
    /// The values that moved, each with its place in the old request and in the new one.
    pub(super) fn moves(
        &mut self,
        way: &Way,
        sides: (Side<'c>, Side<'c>),
        all: &[(Member<'c>, Member<'c>)],
    ) {
        let (_, (after, _)) = sides;
        for (old, new) in all {
            let (from, to) = (travels(old), travels(new));
            let is_rejected = new.required || from == Travels::Body && after.is_body_closed;
            let (deployed, cost) = match is_rejected {
                true => (
                    Deployed::Broken,
                    "The API rejects the calls of published versions.",
                ),
                false => (
                    Deployed::Fine,
                    "The API ignores what published versions send.",
                ),
            };
            let behaviour = (deployed == Deployed::Fine).then(|| {
                format!(
                    "published versions send it in the {}, where it has no effect",
                    part(from)
                )
            });
            let called = match old.wire == new.wire {
                true => String::new(),
                false => format!("`{}` ", new.wire),
            };
            let happened = format!(
                "`{}` was in the {} and is now {called}in the {}.",
                old.wire,
                part(from),
                part(to)
            );
            let mut way = Way {
                travels: Some(to),
                ..way.clone()
            };
            let moved = Member {
                place: new.place,
                ..*old
            };
            way.carriers.extend(self.lines(&way, *new));
            let said = (happened, cost);
            self.record(&way, What::Moved, moved, deployed, behaviour, said, None);
            let alike = Member {
                required: old.required,
                ..*new
            };
            let compare = |walk: &mut Self| walk.member(&way, (*old, alike), &mut Seen::default());
            match is_rejected {
                true => compare(self),
                false => self.unfelt(compare),
            }
        }
    }

    /// Removes the values that moved from the old and new values of one part.
    pub(super) fn drop_moved(
        (old, new): (&mut Vec<Member<'c>>, &mut Vec<Member<'c>>),
        moved: &[Pair<'c>],
    ) {
        old.retain(|member| moved.iter().all(|(before, _)| !is_same(member, before)));
        new.retain(|member| moved.iter().all(|(_, after)| !is_same(member, after)));
    }

    /// Pairs of values with one name in Rust, where the old value is gone from its part, and the new value is new in its part.
    pub(super) fn moved(
        &self,
        way: &Way,
        ((before, before_in), (after, after_in)): (Side<'c>, Side<'c>),
    ) -> Vec<Pair<'c>> {
        let all = |exchange, placed| -> Vec<Member<'c>> {
            let travels = Travels::ALL.into_iter();
            travels
                .flat_map(|travels| members(exchange, travels, placed))
                .collect()
        };
        let (old, new) = (all(before, before_in), all(after, after_in));
        let may_move = |member: &&Member<'_>| {
            matches!(
                travels(member),
                Travels::Path | Travels::Query | Travels::Header | Travels::Body
            )
        };
        let stays = |member: &Member<'_>, others: &[Member<'_>]| {
            others.iter().any(|other| is_same(member, other))
        };
        let gone = old
            .iter()
            .filter(may_move)
            .filter(|member| !stays(member, &new));
        let pairs = gone.filter_map(|before| {
            let lines = self.old_index.lines(&way.owner, before.wire);
            let mut come = new
                .iter()
                .filter(may_move)
                .filter(|member| !stays(member, &old));
            let after = come.find(|after| {
                let others = self.new_index.lines(&way.owner_after, after.wire);
                // All arguments share the surface line of their method.
                let may_be_same = before.wire == after.wire
                    || ![before, after].map(travels).contains(&Travels::Path);
                travels(before) != travels(after)
                    && may_be_same
                    && lines.iter().any(|line| others.contains(line))
            })?;
            Some((*before, *after))
        });
        pairs.collect()
    }
}

/// Whether this is the same value in the same part.
fn is_same(member: &Member<'_>, other: &Member<'_>) -> bool {
    travels(member) == travels(other) && member.identity == other.identity
}

/// Where a request contains a value.
fn travels(member: &Member<'_>) -> Travels {
    member.given.map_or(Travels::Body, |(sent, _)| sent.travels)
}

fn part(travels: Travels) -> &'static str {
    match travels {
        Travels::Path => "path",
        Travels::Query => "query",
        Travels::Header | Travels::Key => "headers",
        Travels::Body | Travels::WholeBody => "body",
    }
}
