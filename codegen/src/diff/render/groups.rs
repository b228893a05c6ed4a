//! Groups changes as a user sees them: one change in several places, or several changes of one kind in one place.

use std::collections::BTreeSet;

use crate::diff::report::{Change, Report};
use crate::diff::verdict::{Deployed, Upgrade};

/// The rule whose changes are one group, though each has its own names.
const RENAMED: &str = "rust-type-renamed";

/// The rule whose changes each have a name to keep.
const FEATURE_GONE: &str = "feature-removed";

/// How a sentence starts that is said of one item, and of several.
const STARTS: [(&str, &str); 3] = [
    ("It is ", "They are "),
    ("It needs ", "They need "),
    ("It no longer needs ", "They no longer need "),
];

/// How what is said of a type with a new name ends.
const OTHERWISE_SAME: &str = " and is otherwise the same.";

/// Changes that the report combines.
#[derive(Clone)]
pub(super) struct Group<'r> {
    pub(super) changes: Vec<&'r Change>,
    /// What the first change says, without the name of what changed.
    nameless: String,
    /// Whether all changes have the owner of the first, and say the same but for the names.
    is_of_one_owner: bool,
    /// Whether all changes say the same.
    has_one_sentence: bool,
}

/// The changes of a report in groups, with the most serious first.
pub(super) fn of(report: &Report) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for change in &report.changes {
        let nameless = without_name(change);
        let mut known = groups.iter_mut();
        match known.find(|group| group.tells(change, &nameless)) {
            Some(group) => group.add(change, &nameless),
            None => groups.push(Group::of(change)),
        }
    }
    groups
}

impl<'r> Group<'r> {
    fn tells(&self, change: &Change, nameless: &str) -> bool {
        let first = self.first();
        let same_cost =
            first.rule == change.rule && first.rust == change.rust && first.wire == change.wire;
        let same_owner = self.is_of_one_owner && self.has_owner_of(change, nameless);
        let same_words = self.has_one_sentence && first.says_the_same(change);
        let is_name = change.rule == RENAMED;
        same_cost && (same_owner && !change.member.is_empty() || same_words || is_name)
    }

    fn has_owner_of(&self, change: &Change, nameless: &str) -> bool {
        self.first().owner == change.owner && self.nameless == nameless
    }

    fn add(&mut self, change: &'r Change, nameless: &str) {
        self.is_of_one_owner &= self.has_owner_of(change, nameless);
        self.has_one_sentence &= self.first().says_the_same(change);
        self.changes.push(change);
    }

    /// The same groups, so that each says all: types with new names have nothing in common.
    pub(super) fn in_full(&self) -> Vec<Self> {
        match self.first().rule.as_str() {
            RENAMED => self.changes.iter().map(|change| Self::of(change)).collect(),
            _ => vec![self.clone()],
        }
    }

    fn of(change: &'r Change) -> Self {
        Self {
            changes: vec![change],
            nameless: without_name(change),
            is_of_one_owner: true,
            has_one_sentence: true,
        }
    }

    pub(super) fn first(&self) -> &Change {
        self.changes[0]
    }

    /// `types::Note: subject, tags` or `subject of types::Note, types::Memo`; of many names, the first.
    pub(super) fn title(&self) -> String {
        self.title_of(3, 8)
    }

    /// The title with all names.
    pub(super) fn whole_title(&self) -> String {
        self.title_of(usize::MAX, usize::MAX)
    }

    fn title_of(&self, most_owners: usize, most_members: usize) -> String {
        let first = self.first();
        let owners = self.owners();
        if owners.len() > 1 {
            let listed = listed(owners.into_iter(), most_owners);
            return match first.member.as_str() {
                "" => listed,
                member => format!("`{member}` of {listed}"),
            };
        }
        let members: BTreeSet<&str> = self
            .changes
            .iter()
            .map(|change| change.member.as_str())
            .collect();
        match members.len() {
            1 => first.path.clone(),
            _ => format!(
                "{}: {}",
                first.owner,
                listed(members.into_iter(), most_members)
            ),
        }
    }

    fn owners(&self) -> BTreeSet<&str> {
        let owners = self.changes.iter().map(|change| change.owner.as_str());
        owners.collect()
    }

    /// The methods and events that the group affects.
    pub(super) fn users(&self) -> String {
        let users: BTreeSet<&str> = self
            .changes
            .iter()
            .flat_map(|change| &change.users)
            .map(String::as_str)
            .filter(|user| *user != self.first().owner)
            .collect();
        listed(users.into_iter(), 3)
    }

    /// `major`, `minor, broken`: the group's costs, without those that are zero.
    pub(super) fn costs(&self) -> String {
        let first = self.first();
        let mut costs = Vec::new();
        if first.rust != Upgrade::None {
            costs.push(first.rust.word());
        }
        if first.wire != Deployed::Fine {
            costs.push(first.wire.word());
        }
        if self.changes.iter().any(|change| change.behaviour.is_some()) {
            costs.push("new meaning");
        }
        if costs.is_empty() {
            costs.push("no cost");
        }
        costs.join(", ")
    }

    /// How code calls what the group breaks, each once.
    pub(super) fn signatures(&self) -> Vec<&str> {
        let mut signatures: Vec<&str> = Vec::new();
        for signature in self.changes.iter().flat_map(|change| &change.signatures) {
            if !signatures.contains(&signature.as_str()) {
                signatures.push(signature);
            }
        }
        signatures
    }

    /// How to avoid the changes: the help of the first, or for types with new names and lost features one help with all lines.
    pub(super) fn repair(&self) -> Option<String> {
        let first = self.first();
        let repair = first.repair.as_deref()?;
        let all = self.changes.iter();
        let all = all.filter_map(|change| change.repair.as_deref()?.split_once(": `"));
        let lines: Vec<&str> = all.map(|(_, line)| line).collect();
        Some(match (first.rule.as_str(), repair.split_once(": `")) {
            (RENAMED | FEATURE_GONE, Some((start, _))) if lines.len() > 1 => {
                let start = start.replace("the name, add this", "the names, add these");
                let start = start.replace("keep it, add this", "keep them, add these");
                format!("{start}: `{}", lines.join(", `"))
            }
            _ => repair.to_owned(),
        })
    }

    /// One sentence for all changes, or the first of several sentences.
    pub(super) fn sentence(&self) -> String {
        let first = self.first().sentence();
        let mut starts = STARTS.iter().filter(|(one, _)| first.starts_with(one));
        if let Some((one, several)) = starts.next().filter(|_| self.owners().len() > 1) {
            return first.replacen(one, several, 1);
        }
        match self.has_one_sentence {
            true => first,
            false if self.first().rule == RENAMED => {
                let all = self.changes.iter().map(|change| &change.happened);
                let all = all.map(|one| one.trim_end_matches(OTHERWISE_SAME));
                let all: Vec<&str> = all.collect();
                format!("{}. All are otherwise the same.", all.join(", "))
            }
            false => format!("{first} The others changed in the same way."),
        }
    }
}

/// What a change says, without the name of what changed.
fn without_name(change: &Change) -> String {
    change
        .sentence()
        .replace(&format!("`{}`", change.member), "")
}

/// Some of the names, with the number of omitted names.
fn listed<'n>(names: impl ExactSizeIterator<Item = &'n str>, most: usize) -> String {
    let count = names.len();
    let shown: Vec<&str> = names.take(most).collect();
    match count.saturating_sub(most) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
