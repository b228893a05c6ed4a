//! A change and what it costs.

use std::collections::BTreeSet;

use super::rules::Rule;
use super::said::Said;
use super::verdict::{Deployed, Upgrade};
use crate::tree::Place;

/// The number of a compared value. The number 0 stands for everything directly in a request, a response or an event.
pub(super) type Visited = usize;

/// One change between two specs.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) rule: Rule,
    pub(super) rust: Upgrade,
    pub(super) deployed: Deployed,
    /// The new meaning of compiled code, if the meaning has changed.
    pub(super) behaviour: Option<String>,
    /// The owner in Rust: a type, a request or an event.
    pub(super) owner: String,
    /// The value's name on the wire; empty if the value is the whole owner.
    pub(super) member: String,
    pub(super) spot: Spot,
    pub(super) said: Said,
    pub(super) repair: Option<String>,
    /// How code calls what the change breaks: the signatures before and after.
    pub(super) signatures: Vec<String>,
    /// The methods and events that use the value.
    pub(super) users: BTreeSet<String>,
    /// The lines of the surface that the change explains.
    pub(super) claims: Vec<String>,
    /// The compared values that contain the changed value. The lines of all paths to these values also belong to the claims.
    pub(super) visited: BTreeSet<Visited>,
}

/// A place in one of the two specs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spot {
    Old(Place),
    New(Place),
}

impl Change {
    /// The Rust path: `types::Note.subject`.
    pub(super) fn path(&self) -> String {
        match self.member.as_str() {
            "" => self.owner.clone(),
            member => format!("{}.{member}", self.owner),
        }
    }

    /// Identifies the change, with the same text in every run.
    pub(super) fn fingerprint(&self) -> String {
        format!("{} {}", self.rule.id(), self.path())
    }

    /// Whether this is the same change, found on another path.
    fn is_same(&self, other: &Self) -> bool {
        self.rule == other.rule
            && self.owner == other.owner
            && self.member == other.member
            && self.said == other.said
    }

    fn absorb(&mut self, other: Self) {
        self.deployed = self.deployed.max(other.deployed);
        self.behaviour = self.behaviour.take().or(other.behaviour);
        self.users.extend(other.users);
        self.visited.extend(other.visited);
        for claim in other.claims {
            if !self.claims.contains(&claim) {
                self.claims.push(claim);
            }
        }
    }
}

/// Changes, each once.
#[derive(Debug, Default)]
pub(super) struct Changes(pub(super) Vec<Change>);

impl Changes {
    pub(super) fn add(&mut self, change: Change) {
        match self.0.iter_mut().find(|known| known.is_same(&change)) {
            Some(known) => known.absorb(change),
            None => self.0.push(change),
        }
    }
}
