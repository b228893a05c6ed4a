//! The report: all changes with their places, the most serious first, and a summary.

use std::cmp::Reverse;
use std::collections::BTreeMap;

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
    /// What has changed, and who notices.
    pub sentence: String,
    /// How to avoid the change.
    pub repair: Option<String>,
    /// The methods and events that use the changed value.
    pub users: Vec<String>,
    /// The owner of the value: a type, a request or an event.
    pub(super) owner: String,
    pub(super) member: String,
    /// The name of the change in `accepted.yaml`.
    pub fingerprint: String,
}

impl Report {
    /// The lowest version that may follow `version`.
    #[must_use]
    pub fn next(&self, version: Version) -> Version {
        version.after(self.upgrade, self.deployed)
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
    old: &Input,
    new: &Input,
) -> Report {
    changes.sort_by_cached_key(|change| {
        let gravity = (change.rust, change.deployed, change.behaviour.is_some());
        (Reverse(gravity), change.rule.id(), change.path())
    });
    let mut places = Places::of(old, new);
    let changes: Vec<Change> = changes
        .into_iter()
        .map(|change| Change {
            rule: change.rule.id(),
            path: change.path(),
            fingerprint: change.fingerprint(),
            place: places.shown(change.spot),
            rust: change.rust,
            wire: change.deployed,
            behaviour: change.behaviour,
            sentence: change.sentence,
            repair: change.repair,
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

/// Lines and columns, which are computed only for the files that need them.
struct Places<'i> {
    old: &'i Input,
    new: &'i Input,
    known: BTreeMap<(bool, u16), Positions>,
}

impl<'i> Places<'i> {
    fn of(old: &'i Input, new: &'i Input) -> Self {
        Self {
            old,
            new,
            known: BTreeMap::new(),
        }
    }

    fn shown(&mut self, spot: Spot) -> String {
        let (is_new, input, place): (bool, &Input, Place) = match spot {
            Spot::Old(place) => (false, self.old, place),
            Spot::New(place) => (true, self.new, place),
        };
        let sources = input.sources();
        let Some(source) = sources.get(usize::from(place.file)).copied().flatten() else {
            return input.document.name.clone();
        };
        let positions = self.known.entry((is_new, place.file));
        let positions = positions.or_insert_with(|| Positions::of(source));
        let (line, column) = positions.line_and_column(place);
        format!("{}:{line}:{column}", source.name)
    }
}
