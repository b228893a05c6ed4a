//! The report: all changes with their places, the most serious first, and a summary.

use std::cell::OnceCell;
use std::cmp::Reverse;

use super::change::{self, Spot};
use super::verdict::{Deployed, Upgrade};
use super::version::Version;
use crate::Input;
use crate::tree::{Place, Positions};

/// What `diff` does not compare, because nothing in the crate depends on it.
pub(super) const NOT_FOLLOWED: &str = "servers, security schemes, callbacks, response headers, error responses, examples, descriptions, formats of strings other than `date-time`, keywords that the generator does not read";

/// What a change of the spec means.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the next version costs users.
    pub upgrade: Upgrade,
    /// What happens to the published version.
    pub deployed: Deployed,
    /// New meanings of code that still compiles.
    pub meaning: Vec<String>,
    /// The changes, the most serious first.
    pub changes: Vec<Change>,
}

/// A change in words.
#[derive(Clone, Debug)]
pub struct Change {
    /// The id of the rule that reports the change.
    pub rule: String,
    /// What the change costs users who upgrade.
    pub rust: Upgrade,
    /// What happens to the published version.
    pub wire: Deployed,
    /// The new meaning of code that still compiles.
    pub behaviour: Option<String>,
    /// The path of the changed item in Rust.
    pub path: String,
    /// `spec/openapi.yaml:812:7`
    pub place: String,
    /// What happened.
    pub happened: String,
    /// Who notices that; empty if there is nothing more to say.
    pub cost: String,
    /// How to avoid the change.
    pub repair: Option<String>,
    /// How code calls what the change breaks, before and after.
    pub signatures: Vec<String>,
    /// The methods and events that use the changed value.
    pub users: Vec<String>,
    /// The owner of the value: a type, a request or an event.
    pub(super) owner: String,
    pub(super) member: String,
    /// The name of the change in `accepted.yaml`.
    pub fingerprint: String,
}

impl Change {
    /// What happened, and who notices.
    #[must_use]
    pub fn sentence(&self) -> String {
        let parts = [self.happened.as_str(), self.cost.as_str()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    }

    /// Whether a new version makes the compiler warn about code that compiles.
    #[must_use]
    pub fn warns(&self) -> bool {
        self.rule.ends_with("-deprecated") && !self.cost.is_empty()
    }

    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        self.happened == other.happened && self.cost == other.cost
    }
}

impl Report {
    /// The lowest version that may follow `version`.
    #[must_use]
    pub fn next(&self, version: Version) -> Version {
        version.after(self.upgrade, self.is_noticed())
    }

    /// Whether users notice the change even if their code compiles: they feel it, or the compiler warns.
    #[must_use]
    pub fn is_noticed(&self) -> bool {
        self.is_felt() || self.warns()
    }

    /// Whether a new version makes the compiler warn about code that compiles.
    #[must_use]
    pub fn warns(&self) -> bool {
        self.changes.iter().any(Change::warns)
    }

    /// Whether users feel the change without an upgrade: published versions lose something, or the same code has a new meaning.
    #[must_use]
    pub fn is_felt(&self) -> bool {
        self.deployed != Deployed::Fine || !self.meaning.is_empty()
    }

    /// The changes that break users' code.
    pub fn breaks(&self) -> impl Iterator<Item = &Change> {
        let is_break = |change: &&Change| change.rust == Upgrade::Major;
        self.changes.iter().filter(is_break)
    }
}

pub(super) fn of(
    mut changes: Vec<change::Change>,
    upgrade: Upgrade,
    old: &Places,
    new: &Places,
) -> Report {
    changes.sort_by_cached_key(|change| {
        let gravity = (change.rust, change.deployed, change.behaviour.is_some());
        (Reverse(gravity), change.rule.id(), change.path())
    });
    let shown = |spot| match spot {
        Spot::Old(place) => old.shown(place),
        Spot::New(place) => new.shown(place),
    };
    let changes: Vec<Change> = changes
        .into_iter()
        .map(|change| Change {
            rule: change.rule.id(),
            path: change.path(),
            fingerprint: change.fingerprint(),
            place: shown(change.spot),
            rust: change.rust,
            wire: change.deployed,
            behaviour: change.behaviour,
            happened: change.said.happened,
            cost: change.said.cost,
            repair: change.repair,
            signatures: change.signatures,
            users: change.users.into_iter().collect(),
            owner: change.owner,
            member: change.member,
        })
        .collect();
    let deployed = changes.iter().map(|change| change.wire).max();
    let mut meaning: Vec<String> = Vec::new();
    for behaviour in changes
        .iter()
        .filter_map(|change| change.behaviour.as_ref())
    {
        if !meaning.contains(behaviour) {
            meaning.push(behaviour.clone());
        }
    }
    Report {
        upgrade,
        deployed: deployed.unwrap_or_default(),
        meaning,
        changes,
    }
}

/// Lines and columns in the files of a spec. The places of a file are looked up once, when the first is asked for.
pub(super) struct Places<'i> {
    input: &'i Input,
    known: [OnceCell<Positions>; 3],
}

impl<'i> Places<'i> {
    pub(super) fn of(input: &'i Input) -> Self {
        Self {
            input,
            known: Default::default(),
        }
    }

    fn shown(&self, place: Place) -> String {
        let file = usize::from(place.file);
        let sources = self.input.sources();
        let Some(source) = sources.get(file).copied().flatten() else {
            return self.input.document.name.clone();
        };
        let positions = self.known[file].get_or_init(|| Positions::of(source));
        let (line, column) = positions.line_and_column(place);
        format!("{}:{line}:{column}", source.name)
    }
}
