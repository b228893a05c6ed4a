//! An object that a request sends as one value on one side, and as a value for each of its properties on the other.

use super::rules::What;
use super::seen::Seen;
use super::styles::{Form, as_json, content};
use super::verdict::Deployed;
use super::walk::{Member, Walk, Way};
use super::writing::REFUSED;
use crate::contract::{Contract, Kind, Sent};
use crate::model::{Input, InputPlace};

impl<'c> Walk<'c> {
    /// Records such objects, and takes them from the values that are compared.
    pub(super) fn spread(
        &mut self,
        way: &Way,
        old: &mut Vec<Member<'c>>,
        new: &mut Vec<Member<'c>>,
    ) {
        let (before, after) = (old.clone(), new.clone());
        for whole in &after {
            if let Some(parts) = parts_of(*whole, (&before, &after)) {
                let words = (spread(&parts, whole), together(whole));
                self.spread_otherwise(way, (*whole, whole), &parts, words);
                if let Some((parts, whole)) = insides(&parts, *whole, self.new) {
                    self.rest(way, &parts, &whole);
                }
                old.retain(|member| !is_part(member, whole));
                new.retain(|member| member.identity != whole.identity);
            }
        }
        for whole in &before {
            if let Some(parts) = parts_of(*whole, (&after, &before)) {
                let words = (together(whole), spread(&parts, whole));
                self.spread_otherwise(way, (*whole, &parts[0]), &parts, words);
                if let Some((parts, whole)) = insides(&parts, *whole, self.old) {
                    self.rest(way, &whole, &parts);
                }
                new.retain(|member| !is_part(member, whole));
                old.retain(|member| member.identity != whole.identity);
            }
        }
    }

    /// Compares the properties. What published versions send is refused anyway.
    fn rest(&mut self, way: &Way, old: &[Member<'c>], new: &[Member<'c>]) {
        let place = new.first().or(old.first()).map(|member| member.place);
        let Some(place) = place else {
            return;
        };
        self.unfelt(|walk| walk.members(way, old, new, place.into(), &mut Seen::default()));
    }

    /// The place of the change is the place of `shown`.
    fn spread_otherwise(
        &mut self,
        way: &Way,
        (whole, shown): (Member<'c>, &Member<'c>),
        parts: &[Member<'c>],
        (was, is): (String, String),
    ) {
        let is_part = matches!(whole.given, Some((_, input)) if is_of_form(input.place));
        let what = match is_part {
            true => What::PartChanged,
            false => What::StyleChanged,
        };
        let mut way = way.clone();
        for part in parts {
            way.carriers.extend(self.lines(&way, *part));
        }
        let said = (
            format!(
                "`{}` was sent as {was} and is now sent as {is}.",
                whole.wire
            ),
            REFUSED,
        );
        let member = Member {
            place: shown.place,
            ..whole
        };
        self.note(&way, what, member, Deployed::Broken, said);
    }
}

/// The values of the other side that are the properties of a value, if it is written as one value now and none of them is left.
fn parts_of<'c>(
    whole: Member<'c>,
    (others, beside): (&[Member<'c>], &[Member<'c>]),
) -> Option<Vec<Member<'c>>> {
    let is_one = |(sent, input): (&Sent, &Input)| sent.is_json || is_of_form(input.place);
    let is_known = others.iter().any(|other| other.identity == whole.identity);
    if !whole.given.is_some_and(is_one) || is_known {
        return None;
    }
    let is_left = |part: &Member<'_>| beside.iter().any(|other| other.identity == part.identity);
    let parts: Vec<Member<'c>> = others
        .iter()
        .filter(|part| is_part(part, &whole))
        .copied()
        .collect();
    (!parts.is_empty() && !parts.iter().any(is_left)).then_some(parts)
}

/// Whether a value is a property of the other one.
fn is_part(part: &Member<'_>, whole: &Member<'_>) -> bool {
    let rest = part.identity.strip_prefix(whole.identity);
    rest.is_some_and(|rest| rest.starts_with('['))
}

/// The values for the properties, and the properties of the object; `None` if they cannot be compared one by one.
fn insides<'c>(
    parts: &[Member<'c>],
    whole: Member<'c>,
    contract: &'c Contract,
) -> Option<(Vec<Member<'c>>, Vec<Member<'c>>)> {
    let Kind::Object(properties) = &contract.target(whole.described()).0.kind else {
        return None;
    };
    let part = |part: &Member<'c>| {
        let name = part.identity.strip_prefix(whole.identity)?;
        let name = name.strip_prefix('[')?.strip_suffix(']')?;
        Some(Member {
            identity: name,
            required: part.required || part.parameter_that_needs_it().is_some(),
            ..*part
        })
    };
    let parts: Option<Vec<_>> = parts.iter().map(part).collect();
    Some((parts?, properties.iter().map(Member::of).collect()))
}

fn is_of_form(place: InputPlace) -> bool {
    matches!(place, InputPlace::Part(_))
}

/// How the properties are sent one by one, in words.
fn spread(parts: &[Member<'_>], whole: &Member<'_>) -> String {
    let name = whole.wire;
    if whole
        .given
        .is_some_and(|(_, input)| is_of_form(input.place))
    {
        return "one part for each property".to_owned();
    }
    let has_name = |part: &Member<'_>| {
        let key = part.wire.strip_prefix(name);
        key.is_some_and(|key| key.starts_with('['))
    };
    match parts.iter().all(has_name) {
        true => format!("`{name}[key]=value`"),
        false => "`key=value`".to_owned(),
    }
}

/// How the object is sent as one value, in words.
fn together(whole: &Member<'_>) -> String {
    let part = whole.given.and_then(|(_, input)| content(input));
    part.unwrap_or_else(|| as_json(whole.wire, Form::Map))
}
