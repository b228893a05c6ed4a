//! Compares two specs, and records the changes.

use super::change::{Change, Changes, Deployed, Spot, Upgrade};
use super::index::Index;
use super::rules::{Direction, Rule, What};
use crate::contract::{Contract, Property, Sent, Shape, Travels};
use crate::model::{Input, InputKind};
use crate::tree::Place;

/// Two specs, and what was found between them.
pub(super) struct Walk<'c> {
    pub(super) old: &'c Contract,
    pub(super) new: &'c Contract,
    pub(super) old_index: &'c Index<'c>,
    pub(super) new_index: &'c Index<'c>,
    pub(super) changes: Changes,
}

/// What is known of the way to a value.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) direction: Direction,
    /// The method or event that carries it.
    pub(super) user: String,
    /// What it belongs to in Rust: `types::Note`, `notes::SendNote`.
    pub(super) owner: String,
    /// What `owner` is called after the change, if it is another name.
    pub(super) owner_after: String,
    /// Whether something around it is optional: then a published version loses that and no more.
    pub(super) is_shielded: bool,
    pub(super) travels: Option<Travels>,
    /// Whether null can be sent for it.
    pub(super) is_clearable: bool,
    /// Lines of the surface that change with all that is below: a type took the place of another.
    pub(super) carriers: Vec<String>,
}

/// A value with a name.
#[derive(Clone, Copy)]
pub(super) struct Member<'c> {
    pub(super) wire: &'c str,
    /// What makes it the same value on both sides.
    pub(super) identity: &'c str,
    pub(super) required: bool,
    /// How a request has it, if it is one of those that the caller gives.
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

    /// The same with its name before the change.
    pub(super) fn called(self, wire: &'c str) -> Self {
        Self { wire, ..self }
    }

    /// Whether a program always sends it, whatever the document says.
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
        sentence: String,
        repair: Option<String>,
    ) {
        let mut claims = self.lines(way, member);
        claims.extend(way.carriers.iter().cloned());
        claims.extend(Self::builders(way, what));
        let path = format!("{}.{}", way.owner, member.wire);
        self.changes.add(Change {
            rule: Rule::Of(way.direction, what),
            rust: Upgrade::None,
            deployed,
            behaviour: behaviour.map(|text| format!("`{path}`: {text}")),
            owner: way.owner.clone(),
            member: member.wire.to_owned(),
            spot: Spot::New(member.place),
            sentence,
            repair,
            users: [way.user.clone()].into(),
            claims,
        });
    }

    /// Records a change that changes no meaning and has no repair.
    pub(super) fn note(
        &mut self,
        way: &Way,
        what: What,
        member: Member<'_>,
        deployed: Deployed,
        text: String,
    ) {
        self.record(way, what, member, deployed, None, text, None);
    }

    /// The lines of the surface that a value is.
    pub(super) fn lines(&self, way: &Way, member: Member<'_>) -> Vec<String> {
        let old = self.old_index.lines(&way.owner, member.wire).iter();
        let new = self.new_index.lines(&way.owner_after, member.wire).iter();
        old.chain(new).cloned().collect()
    }

    /// The lines that say how an object is built, which change with what is required of it.
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
