//! The differences between what the spec and the client say of one request, response or event.

use std::collections::BTreeSet;

use super::{Shape, Shapes};

/// A difference between the spec and the client.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    /// `SendMessage response`
    pub(super) part: String,
    /// `.data.body.text`
    pub(super) path: String,
    pub(super) kind: Kind,
    /// Where the overlay would mend it.
    target: String,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    OnlyClient(BTreeSet<String>),
    OnlySpec,
    /// Types: those of the client, and those of the spec.
    Types(BTreeSet<String>, BTreeSet<String>),
    /// Values: those that only the client has, and those that only the spec has.
    Values(BTreeSet<String>, BTreeSet<String>),
    RequiredByClient,
    RequiredBySpec,
    /// Properties without a name: whether the client allows them.
    Open(bool),
    /// An extension of ours that says nothing the client says.
    Tolerated,
}

/// Compares all paths, a path below one that differs as a whole excepted.
pub(super) fn compare(part: &str, ours: &Shapes, theirs: &Shapes, found: &mut Vec<Difference>) {
    let mut paths: BTreeSet<&String> = ours.keys().collect();
    paths.extend(theirs.keys());
    let mut whole: Vec<&String> = Vec::new();
    for path in paths {
        if path.is_empty() || whole.iter().any(|above| is_below(path, above)) {
            continue;
        }
        let owner = || {
            let above = path.rsplit_once('.').map_or("", |(above, _)| above);
            let above = ours.get(above).map(|shape| shape.target.clone());
            above.unwrap_or_default()
        };
        let mut tell = |kind, target| {
            found.push(Difference {
                part: part.to_owned(),
                path: path.clone(),
                kind,
                target,
            });
        };
        match (ours.get(path), theirs.get(path)) {
            (None, Some(theirs)) => {
                whole.push(path);
                tell(Kind::OnlyClient(theirs.kinds.clone()), owner());
            }
            (Some(ours), None) => {
                whole.push(path);
                tell(Kind::OnlySpec, ours.target.clone());
            }
            (Some(ours), Some(theirs)) => {
                for kind in at_path(path, ours, theirs) {
                    let is_requirement =
                        matches!(kind, Kind::RequiredByClient | Kind::RequiredBySpec);
                    let target = if is_requirement {
                        owner()
                    } else {
                        ours.target.clone()
                    };
                    tell(kind, target);
                }
            }
            (None, None) => {}
        }
    }
}

fn is_below(path: &str, above: &str) -> bool {
    let rest = path.strip_prefix(above);
    rest.is_some_and(|rest| rest.starts_with(['.', '[']))
}

fn at_path(path: &str, ours: &Shape, theirs: &Shape) -> Vec<Kind> {
    let mut found = Vec::new();
    let missing = theirs
        .kinds
        .iter()
        .any(|kind| !ours.kinds.contains(kind) && !ours.tolerated.contains(kind));
    let beyond = ours.kinds.iter().any(|kind| !theirs.kinds.contains(kind));
    if missing || beyond {
        found.push(Kind::Types(theirs.kinds.clone(), ours.kinds.clone()));
    }
    // Of an item of a list, the list may need it.
    let is_needed = ours.tolerated.is_empty()
        || path.ends_with("[]")
        || ours
            .tolerated
            .iter()
            .any(|kind| theirs.kinds.contains(kind));
    if !is_needed {
        found.push(Kind::Tolerated);
    }
    let only = |one: &Shape, other: &Shape| {
        let values = one.values.difference(&other.values);
        values.cloned().collect::<BTreeSet<String>>()
    };
    let (new, old) = (only(theirs, ours), only(ours, theirs));
    if !new.is_empty() || !old.is_empty() {
        found.push(Kind::Values(new, old));
    }
    match (ours.required, theirs.required) {
        (true, false) => found.push(Kind::RequiredBySpec),
        (false, true) => found.push(Kind::RequiredByClient),
        _ => {}
    }
    if ours.open != theirs.open {
        found.push(Kind::Open(theirs.open));
    }
    found
}

impl Difference {
    /// What is the same for all operations that share a schema.
    pub(super) fn key(&self) -> String {
        let last = self.path.rsplit('.').next().unwrap_or_default();
        format!("{} {last} {:?}", self.target, self.kind)
    }

    /// The difference in words: `only the client has it: string`.
    pub(super) fn what(&self) -> String {
        let list = |words: &BTreeSet<String>| {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            words.join(", ")
        };
        match &self.kind {
            Kind::OnlyClient(kinds) => format!("only the client has it: {}", list(kinds)),
            Kind::OnlySpec => "only the spec has it".to_owned(),
            Kind::Types(theirs, ours) => format!("spec: {}; client: {}", list(ours), list(theirs)),
            Kind::Values(new, old) => {
                format!(
                    "values only of the client: [{}]; only of the spec: [{}]",
                    list(new),
                    list(old)
                )
            }
            Kind::RequiredByClient => "only the client requires it".to_owned(),
            Kind::RequiredBySpec => "only the spec requires it".to_owned(),
            Kind::Open(true) => "only the client allows further properties".to_owned(),
            Kind::Open(false) => "only the spec allows further properties".to_owned(),
            Kind::Tolerated => "the client has no other form of it".to_owned(),
        }
    }

    /// Prints the difference, and the action of the overlay that would settle it.
    pub(super) fn print(&self) {
        println!("{} {}: {}", self.part, self.path, self.what());
        let last = self.path.rsplit('.').next().unwrap_or_default();
        let name = last.trim_end_matches("[]");
        let list = |words: &BTreeSet<String>| {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            format!("[{}]", words.join(", "))
        };
        let (target, update) = match &self.kind {
            Kind::OnlyClient(kinds) => (
                format!("{}.properties", self.target),
                format!(
                    "update: {{ {name}: {{ description: TODO, type: {} }} }}",
                    list(kinds)
                ),
            ),
            Kind::OnlySpec => (self.target.clone(), "remove: true".to_owned()),
            Kind::Types(theirs, _) => (
                self.target.clone(),
                format!("update: {{ type: {} }}", list(theirs)),
            ),
            Kind::Values(new, _) if !new.is_empty() => (
                self.target.clone(),
                format!("update: {{ enum: {} }}", list(new)),
            ),
            Kind::Values(_, old) => (
                format!(
                    "{}.enum[?@ == '{}']",
                    self.target,
                    old.first().map_or("", String::as_str)
                ),
                "remove: true".to_owned(),
            ),
            Kind::RequiredByClient => (
                self.target.clone(),
                format!("update: {{ required: [{name}] }}"),
            ),
            Kind::RequiredBySpec => (
                format!("{}.required[?@ == '{name}']", self.target),
                "remove: true".to_owned(),
            ),
            Kind::Open(true) => (
                self.target.clone(),
                "update: { additionalProperties: {} }".to_owned(),
            ),
            Kind::Open(false) => (
                format!("{}.additionalProperties", self.target),
                "remove: true".to_owned(),
            ),
            Kind::Tolerated => (
                format!("{}['x-one-or-list', 'x-text-property']", self.target),
                "remove: true".to_owned(),
            ),
        };
        println!("  - target: {target}");
        println!("    description: \"Source: Telnyx's Python client.\"");
        println!("    {update}\n");
    }
}
