//! The report: all changes with their places, the most serious first, and a summary.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::change::{self, Spot};
use super::verdict::{Deployed, Upgrade};
use super::version::Version;
use crate::Input;
use crate::tree::{Place, Positions};

/// What is not compared, because nothing of the crate follows it.
pub(super) const NOT_FOLLOWED: &str = "servers, security schemes, callbacks, response headers, error responses, examples, descriptions, formats of strings other than `date-time`, keywords that the generator does not read";

/// What a change of the spec means.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the next version costs its users.
    pub upgrade: Upgrade,
    /// What becomes of the version that is published.
    pub deployed: Deployed,
    /// What compiled code means now that it did not mean before.
    pub meaning: Vec<String>,
    /// The changes, gravest first.
    pub changes: Vec<Change>,
}

/// A change in words.
#[derive(Clone, Debug)]
pub struct Change {
    /// The id of its rule.
    pub rule: String,
    /// What it costs users who upgrade.
    pub rust: Upgrade,
    /// What becomes of the version that is published.
    pub wire: Deployed,
    /// What compiled code means now.
    pub behaviour: Option<String>,
    /// Its path in Rust.
    pub path: String,
    /// `spec/openapi.yaml:812:7`
    pub place: String,
    /// What has changed and who notices.
    pub sentence: String,
    /// How to avoid it.
    pub repair: Option<String>,
    /// The methods and events that carry it.
    pub users: Vec<String>,
    /// What it belongs to: a type, a request, an event.
    pub(super) owner: String,
    pub(super) member: String,
    /// What `accepted.yaml` calls it.
    pub fingerprint: String,
}

impl Report {
    /// The least version that may follow `version`.
    #[must_use]
    pub fn next(&self, version: Version) -> Version {
        version.after(self.upgrade, self.deployed)
    }

    /// The changes that break a user of the crate.
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

/// Lines and columns, looked up for the files that are asked for.
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
