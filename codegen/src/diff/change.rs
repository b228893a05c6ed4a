//! A change and what it costs.

use std::collections::BTreeSet;

use super::rules::Rule;
use super::verdict::{Deployed, Upgrade};
use crate::tree::Place;

/// A value that was compared, by a number. The number 0 is what a request, a response or an event carries.
pub(super) type Visited = usize;

/// One change between two specs.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) rule: Rule,
    pub(super) rust: Upgrade,
    pub(super) deployed: Deployed,
    /// What compiled code means now, where that is something else.
    pub(super) behaviour: Option<String>,
    /// What it belongs to in Rust: a type, a request, an event.
    pub(super) owner: String,
    /// Its name there on the wire; empty where it is all of the owner.
    pub(super) member: String,
    pub(super) spot: Spot,
    pub(super) sentence: String,
    pub(super) repair: Option<String>,
    /// The methods and events that carry it.
    pub(super) users: BTreeSet<String>,
    /// The lines of the surface that it explains.
    pub(super) claims: Vec<String>,
    /// The compared values that it is in. The lines of all ways to them belong to the claims.
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

    /// What tells it apart from all others, the same from run to run.
    pub(super) fn fingerprint(&self) -> String {
        format!("{} {}", self.rule.id(), self.path())
    }

    /// Whether it is the same change, met on another way.
    fn is_same(&self, other: &Self) -> bool {
        self.rule == other.rule
            && self.owner == other.owner
            && self.member == other.member
            && self.sentence == other.sentence
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
