//! The possible changes of a value, and what each costs.

use super::fit::Moved;
use super::rules::{Direction, What};
use super::seen::Seen;
use super::verdict::Deployed;
use super::walk::{Member, Pair, Walk, Way};
use crate::config::quoted;
use crate::contract::{Kind, Shape};
use crate::names;
use crate::tree::Place;

/// What happened to a value, with the place that shows it.
#[derive(Clone, Copy)]
pub(super) enum Fate<'c> {
    /// The document no longer has it.
    Gone(Place),
    /// The document no longer names the property, but allows additional properties like it.
    Other(Place, &'c Shape),
    /// The value now exists in the other direction only.
    Hidden(Place),
}

impl<'c> Walk<'c> {
    pub(super) fn added(&mut self, way: &Way, member: Member<'c>) {
        let wire = member.wire;
        let way = &way.of_new();
        if !member.required {
            let text = match way.direction.is_read() {
                true => format!("The API sends `{wire}` too: a new field."),
                false if member.is_argument() => {
                    format!("Requests can send `{wire}`: a new argument.")
                }
                false if self.lines(way, member).is_empty() => {
                    format!("Requests can send `{wire}`.")
                }
                false => format!("Requests can send `{wire}`: a new setter."),
            };
            return self.note(way, What::Added, member, Deployed::Fine, text);
        }
        let (deployed, said) = match way.direction.is_read() {
            true => (
                Deployed::Fine,
                (format!("The API always sends `{wire}`: a new field."), ""),
            ),
            false => (
                Deployed::Broken,
                (
                    format!("The API requires `{wire}`."),
                    "Published versions do not send it, so their calls are rejected.",
                ),
            ),
        };
        self.note(way, What::AddedRequired, member, deployed, said);
    }

    /// A value that is gone, or that no longer exists in this direction. `fate` says what happened.
    pub(super) fn removed(&mut self, way: &Way, member: Member<'c>, fate: Fate<'c>) {
        let wire = member.wire;
        let is_ignored = way.direction == Direction::Request;
        let target = self.old.target(member.shape).0;
        let is_needed = self.is_needed(member);
        // The type that stands here now lacks the field, so no code that reads the field here compiles.
        let is_elsewhere =
            way.split.is_some() && self.new_index.lines(&way.owner_after, wire).is_empty();
        let gone = match fate {
            Fate::Gone(_) | Fate::Other(..) if is_elsewhere => format!("`{wire}` is gone here."),
            Fate::Gone(_) | Fate::Other(..) => format!("`{wire}` is gone."),
            Fate::Hidden(_) if is_ignored => format!("`{wire}` is only in responses now."),
            Fate::Hidden(_) => format!("`{wire}` is only in requests now."),
        };
        let is_rejected = is_ignored && way.is_closed && matches!(fate, Fate::Gone(_));
        let among = match fate {
            Fate::Other(_, others) if is_ignored || !is_needed => {
                Some(self.among_others(way, member, others))
            }
            _ => None,
        };
        let (deployed, behaviour, cost) = match (is_ignored, is_needed) {
            (true, _) if is_rejected => (
                Deployed::Broken,
                None,
                "The API rejects other properties, so it rejects calls of published versions that send it.".to_owned(),
            ),
            (true, _) => (
                Deployed::Fine,
                Some("what it sets has no effect".to_owned()),
                "The API ignores what published versions send.".to_owned(),
            ),
            (false, true) => (
                self.loss(way),
                None,
                "Published versions cannot read the object without it.".to_owned(),
            ),
            (false, false) => (
                Deployed::Fine,
                Some(format!("it is always {}", empty(target))),
                format!("Published versions read {}.", empty(target)),
            ),
        };
        let (deployed, behaviour, cost) = match among {
            Some((deployed, cost)) => (deployed, None, cost),
            None => (deployed, behaviour.filter(|_| !is_elsewhere), cost),
        };
        let action = match fate {
            Fate::Gone(_) | Fate::Other(..) => format!("restore `{wire}`"),
            Fate::Hidden(_) => format!("remove `writeOnly` of `{wire}`"),
        };
        let repair = match (is_ignored, is_needed) {
            (true, _) => None,
            (false, false) if is_elsewhere => None,
            (false, true) => Some(format!(
                "until the published document is fixed, {action} with an action in spec/overlay.yaml, and report the mistake"
            )),
            (false, false) if matches!(fate, Fate::Hidden(_)) => None,
            (false, false) => Some(format!(
                "to break no code now, {action} as deprecated, with an action in spec/overlay.yaml"
            )),
        };
        let (Fate::Gone(place) | Fate::Other(place, _) | Fate::Hidden(place)) = fate;
        let member = Member { place, ..member };
        let said = (gone, cost);
        self.record(
            way,
            What::Removed,
            member,
            deployed,
            behaviour,
            said,
            repair,
        );
    }

    pub(super) fn renamed(&mut self, way: &Way, old: Member<'c>, new: Member<'c>, seen: &mut Seen) {
        let (before, after) = (old.wire, new.wire);
        let is_read = way.direction.is_read();
        let deployed = match is_read {
            true if self.is_needed(old) => self.loss(way),
            false if old.required || way.is_closed => Deployed::Broken,
            true | false => Deployed::Fine,
        };
        let behaviour = (deployed == Deployed::Fine).then(|| match is_read {
            true => format!("published versions find it empty, because the API sends `{after}`"),
            false => format!("published versions send `{before}`, which has no effect"),
        });
        let cost = match (deployed, is_read) {
            (Deployed::Fine, _) => "",
            (_, true) => "Published versions cannot read the object without the old name.",
            (_, false) => "The API rejects calls of published versions, which send the old name.",
        };
        let said = (format!("`{before}` now has the name `{after}`."), cost);
        let line = format!(
            "{}: {}",
            quoted(after),
            names::lower(before).ident.to_string().trim_end_matches('_')
        );
        let is_kept = {
            let old_lines = self.old_index.lines(&way.owner, before);
            !old_lines.is_empty() && old_lines == self.new_index.lines(&way.owner_after, after)
        };
        let ty = way.owner_after.strip_prefix("types::");
        // Another place had the type before, with the new name.
        let is_of_others =
            way.owner != way.owner_after && ty.is_some_and(|ty| self.old.place_of(ty).is_some());
        let repair = match ty {
            // The value has the same name in Rust, or is a property of another type.
            _ if is_kept || is_of_others || way.split.is_some() => None,
            Some(owner) => Some(format!(
                "to keep the name in Rust, add this to sdk.yaml, under `fields`: `{owner}: {{ {line} }}`"
            )),
            None if new.given.is_none() => None,
            None => Some(format!(
                "to keep the name in Rust, add this to sdk.yaml, under `names` of the operation: `{line}`"
            )),
        };
        let mut renaming = way.clone();
        renaming.carriers.extend(self.lines(way, new));
        let member = Member {
            place: new.place,
            ..old
        };
        self.record(
            &renaming,
            What::Renamed,
            member,
            deployed,
            behaviour,
            said,
            repair,
        );
        let pair = (old.called(after), new);
        let mut compare = |walk: &mut Self| walk.member(&way.of_new(), pair, seen);
        match deployed {
            // Published versions neither send nor read what has the new name.
            Deployed::Fine => self.unfelt(compare),
            _ => compare(self),
        }
    }

    pub(super) fn default(&mut self, way: &Way, (old, new): Pair<'c>) {
        let before = self.old.default(old.described());
        let after = self.new.default(new.described());
        // A required value is never omitted, and neither is an argument.
        let is_sent = |member: Member<'_>| member.required || member.is_argument();
        if before == after || is_sent(old) || is_sent(new) {
            return;
        }
        let shown =
            |value: Option<&str>| value.map_or("none".to_owned(), |value| format!("`{value}`"));
        let (before, after) = (shown(before), shown(after));
        let told = match old.wire == new.wire {
            true => format!("`{}`", new.wire),
            false => format!("`{}`, which was `{}`,", new.wire, old.wire),
        };
        let text = format!("The default of {told} was {before} and is {after}.");
        let behaviour = format!("an omitted value means {after}, not {before}");
        let repair = format!("set `{}` in every call to keep the old meaning", new.wire);
        self.record(
            way,
            What::DefaultChanged,
            new,
            Deployed::Fine,
            Some(behaviour),
            text,
            Some(repair),
        );
    }

    pub(super) fn limits(&mut self, way: &Way, (old, new): Pair<'c>, moved: &Moved) {
        let is_read = way.direction.is_read();
        let told = way.told(old.wire);
        if !moved.tighter.is_empty() {
            let limits = moved.tighter.join(", ");
            let is_filled =
                |member: Member<'_>| member.given.is_some_and(|(_, input)| input.filled);
            let checked = match is_filled(new) && !is_filled(old) {
                true => "A new version of the crate only checks that the value is not empty.",
                false => "The crate does not check this.",
            };
            let (deployed, cost) = match is_read {
                true => (Deployed::Fine, String::new()),
                false => (
                    Deployed::Broken,
                    format!("It rejects other calls. {checked}"),
                ),
            };
            let said = (format!("The API limits {told} to {limits} now."), cost);
            self.note(way, What::LimitTightened, new, deployed, said);
        }
        if !moved.looser.is_empty() {
            let told = way.told_first(old.wire);
            let text = format!("{told} now allows more: {}.", moved.looser.join(", "));
            self.note(way, What::LimitLoosened, new, Deployed::Fine, text);
        }
    }

    /// What is lost with a value that is needed and cannot be read.
    pub(super) fn loss(&self, way: &Way) -> Deployed {
        match way.is_shielded {
            true => Deployed::PartlyRead,
            false => Deployed::Broken,
        }
    }
}

/// How an absent value is read.
fn empty(target: &Shape) -> &'static str {
    match target.kind {
        Kind::List(_) => "an empty list",
        _ => "`None`",
    }
}
