//! Compares two specs, and records the changes.

use std::collections::BTreeSet;

use super::carried::Carried;
use super::change::{Change, Changes, Spot, Visited};
use super::index::Index;
use super::pairs::Denied;
use super::rules::{Direction, Rule, What};
use super::said::Said;
use super::verdict::{Deployed, Upgrade};
use crate::config::quoted;
use crate::contract::{Contract, Property, Sent, Shape, Travels};
use crate::model::{Input, InputKind};
use crate::tree::Place;

/// Two specs, and the differences found between them.
pub(super) struct Walk<'c> {
    pub(super) old: &'c Contract,
    pub(super) new: &'c Contract,
    pub(super) old_index: &'c Index<'c>,
    pub(super) new_index: &'c Index<'c>,
    pub(super) denied: &'c Denied,
    pub(super) changes: Changes,
    /// Types that replaced others: the names before and after.
    pub(super) replaced: BTreeSet<(String, String)>,
    pub(super) carried: Carried,
    /// The types of enums in responses and events, with the values that they still have somewhere.
    pub(super) coming: BTreeSet<(String, String)>,
}

/// What is known about the path to a value.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) direction: Direction,
    /// The method or event that uses the value.
    pub(super) user: String,
    /// The value's owner in Rust: `types::Note`, `notes::SendNote`.
    pub(super) owner: String,
    /// The owner's name after the change, if the name has changed.
    pub(super) owner_after: String,
    /// Whether something around the value is optional. A published version then loses only that.
    pub(super) is_shielded: bool,
    /// Whether the value is the whole response or event. No other form is accepted for it, such as one item for a list.
    pub(super) is_whole: bool,
    /// Whether the value is an item of a list. The crate never drops an object from a list, so nothing shields the object's
    /// contents.
    pub(super) is_item: bool,
    pub(super) travels: Option<Travels>,
    /// Whether the path leads into an object whose map of additional properties can contain null for an optional property.
    pub(super) is_clearable: bool,
    /// Whether the API rejects properties that the new document does not name.
    pub(super) is_closed: bool,
    /// The contents of a list, map or object that have no name of their own, if the path leads there.
    pub(super) part: Option<&'static str>,
    /// The names of the value's type before and after, if the value shared the type with other places and no longer does.
    pub(super) split: Option<(String, String)>,
    /// The closest value above this one that was compared.
    pub(super) from: Visited,
    /// Lines of the surface between `from` and this value. If a type replaced another, these lines change together with
    /// everything below them.
    pub(super) carriers: Vec<String>,
}

impl Way {
    /// The path to the values in a request, a response or an event.
    pub(super) fn of(direction: Direction, user: &str, owner: &str, owner_after: &str) -> Self {
        Self {
            direction,
            user: user.to_owned(),
            owner: owner.to_owned(),
            owner_after: owner_after.to_owned(),
            is_shielded: false,
            is_whole: false,
            is_item: false,
            travels: None,
            is_clearable: false,
            is_closed: false,
            part: None,
            split: None,
            from: 0,
            carriers: Vec::new(),
        }
    }

    /// The same path from a value that was compared. All paths to that value store their lines there.
    pub(super) fn below(&self, visited: Visited) -> Self {
        Self {
            from: visited,
            carriers: Vec::new(),
            ..self.clone()
        }
    }

    /// The same path to a new value, with the new name of its owner.
    pub(super) fn of_new(&self) -> Self {
        Self {
            owner: self.owner_after.clone(),
            ..self.clone()
        }
    }

    /// A value in a sentence: `` `labels` ``, or `` each item of `labels` ``.
    pub(super) fn told(&self, wire: &str) -> String {
        match self.part {
            Some(part) => format!("each {part} of `{wire}`"),
            None => format!("`{wire}`"),
        }
    }

    /// The same at the start of a sentence.
    pub(super) fn told_first(&self, wire: &str) -> String {
        match self.part {
            Some(part) => format!("Each {part} of `{wire}`"),
            None => format!("`{wire}`"),
        }
    }
}

/// A value with a name.
#[derive(Clone, Copy)]
pub(super) struct Member<'c> {
    pub(super) wire: &'c str,
    /// Identifies the same value on both sides.
    pub(super) identity: &'c str,
    pub(super) required: bool,
    /// The value in the request, if the caller passes it.
    pub(super) given: Option<(&'c Sent, &'c Input)>,
    pub(super) place: Place,
    pub(super) shape: &'c Shape,
}

impl<'c> Member<'c> {
    pub(super) fn of(property: &'c Property) -> Self {
        Self {
            wire: &property.name,
            identity: &property.name,
            required: property.required,
            given: None,
            place: property.place,
            shape: &property.shape,
        }
    }

    /// The same value with its name before the change.
    pub(super) fn called(self, wire: &'c str) -> Self {
        Self { wire, ..self }
    }

    /// The value as the document describes it. In Rust, a value that is written as JSON takes anything.
    pub(super) fn described(&self) -> &'c Shape {
        let json = self.given.and_then(|(sent, _)| sent.json.as_ref());
        json.unwrap_or(self.shape)
    }

    /// The optional parameter that contains this property, if a call that sends the parameter must also send the property.
    pub(super) fn parameter_that_needs_it(&self) -> Option<&'c str> {
        let (sent, _) = self.given?;
        sent.required_in.as_deref()
    }

    /// Whether a program always sends the value, even if the document does not require it.
    pub(super) fn is_argument(&self) -> bool {
        let is_argument = |(_, input): &(&Sent, &Input)| input.kind == InputKind::Argument;
        self.given.as_ref().is_some_and(is_argument)
    }
}

/// A value before and after.
pub(super) type Pair<'c> = (Member<'c>, Member<'c>);

impl<'c> Walk<'c> {
    /// Records a change of a value.
    #[expect(clippy::too_many_arguments, reason = "each is a part of the record")]
    pub(super) fn record(
        &mut self,
        way: &Way,
        what: What,
        member: Member<'_>,
        deployed: Deployed,
        behaviour: Option<String>,
        said: impl Into<Said>,
        repair: Option<String>,
    ) {
        let mut said = said.into();
        if let Some((before, after)) = &way.split {
            said.happened.push_str(&format!(
                " The type here was `{before}` and is now `{after}`, because the other places keep `{before}` as it was."
            ));
        }
        let mut claims = self.lines(way, member);
        match what {
            // These change no code.
            What::LimitTightened
            | What::LimitLoosened
            | What::Deprecated
            | What::DefaultChanged => claims.clear(),
            // An optional value has its type anyway. A setter that clears it comes or goes.
            What::BecameNullable | What::NoLongerNullable if !member.required => {
                claims.retain(|line| is_clear(line) && self.is_of_one_side(way, member, line));
            }
            _ => claims.extend(Self::builders(way, what)),
        }
        claims.extend(way.carriers.iter().cloned());
        let path = format!("{}.{}", way.owner, member.wire);
        let told = match &way.split {
            // Other places keep the type, and its meaning.
            Some(_) => format!("`{path}` of `{}`", way.user),
            None => format!("`{path}`"),
        };
        self.changes.add(Change {
            rule: Rule::Of(way.direction, what),
            rust: Upgrade::None,
            deployed,
            behaviour: behaviour.map(|text| format!("{told}: {text}")),
            owner: way.owner.clone(),
            member: member.wire.to_owned(),
            spot: Spot::New(member.place),
            said,
            repair,
            signatures: Vec::new(),
            users: [way.user.clone()].into(),
            claims,
            visited: [way.from].into(),
        });
    }

    /// Records a change that changes no meaning and cannot be avoided.
    pub(super) fn note(
        &mut self,
        way: &Way,
        what: What,
        member: Member<'_>,
        deployed: Deployed,
        said: impl Into<Said>,
    ) {
        self.record(way, what, member, deployed, None, said, None);
    }

    /// Records changes of a value that published versions neither send nor read. These changes cost published versions nothing.
    pub(super) fn unfelt(&mut self, record: impl FnOnce(&mut Self)) {
        let known = std::mem::take(&mut self.changes);
        record(self);
        let found = std::mem::replace(&mut self.changes, known);
        for mut change in found.0 {
            if change.deployed != Deployed::Fine {
                change.said.cost.clear();
                change.deployed = Deployed::Fine;
            }
            self.changes.add(change);
        }
    }

    /// The names of a type before and after, if other places still have the old type.
    pub(super) fn split(&mut self, old: &Shape, new: &Shape) -> Option<(String, String)> {
        let (before, after) = (old.rust.as_ref()?, new.rust.as_ref()?);
        if before == after {
            return None;
        }
        let names = (before.clone(), after.clone());
        self.replaced.insert(names.clone());
        let is_kept = self.new.place_of(before).is_some();
        is_kept.then_some(names)
    }

    /// How a line in `sdk.yaml` restores the type of an enum. Enums with one name become one enum with all values.
    pub(super) fn rejoined(&self, split: Option<&(String, String)>) -> Option<String> {
        let (before, after) = split?;
        let key = quoted(self.new.keys.get(after)?);
        Some(format!(
            "to keep the type, add this under `types` in sdk.yaml: `{key}: {before}`"
        ))
    }

    /// The surface lines of a value.
    pub(super) fn lines(&self, way: &Way, member: Member<'_>) -> Vec<String> {
        let old = self.old_index.lines(&way.owner, member.wire).iter();
        let new = self.new_index.lines(&way.owner_after, member.wire).iter();
        old.chain(new).cloned().collect()
    }

    /// Whether only one of the two crates has a line.
    fn is_of_one_side(&self, way: &Way, member: Member<'_>, line: &String) -> bool {
        let old = self.old_index.lines(&way.owner, member.wire);
        let new = self.new_index.lines(&way.owner_after, member.wire);
        old.contains(line) != new.contains(line)
    }

    /// The lines that describe how a program creates an object. They change if other values become required.
    pub(super) fn builders(way: &Way, what: What) -> Vec<String> {
        match what {
            What::AddedRequired
            | What::Removed
            | What::Renamed
            | What::BecameRequired
            | What::BecameOptional
            | What::BecameNullable
            | What::NoLongerNullable
            | What::TypeChanged => {
                let owner = &way.owner;
                vec![format!("{owner}::new()"), format!("{owner}: Default")]
            }
            _ => Vec::new(),
        }
    }
}

/// Whether a line of the surface is a setter that clears a value: `notes::SendNote::clear_text()`.
pub(super) fn is_clear(line: &str) -> bool {
    let name = line.rsplit_once("::").map(|(_, name)| name);
    name.is_some_and(|name| name.starts_with("clear_"))
}
