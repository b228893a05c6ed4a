//! Finds removed lines in the snapshots of the public surface.

use std::collections::BTreeSet;

use crate::diff::base;
use crate::workspace::{read_text, root};

const FOLDER: &str = "tests/snapshots/surface";

/// The lines of the surface of hand-written code that are gone since a revision. Of generated code, the report says more.
pub(crate) fn taken_away(revision: &str) -> Result<Vec<String>, String> {
    compared(revision, only_in_first)
}

/// The lines that it gained since a revision.
pub(crate) fn added(revision: &str) -> Result<Vec<String>, String> {
    compared(revision, |before, after| only_in_first(after, before))
}

/// What a comparison finds in each page of hand-written code.
fn compared(
    revision: &str,
    compare: impl Fn(&str, &str) -> Vec<String>,
) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for page in ["crate", "transport", "webhook"] {
        let path = format!("{FOLDER}/{page}.snap");
        let Some(before) = base::file(revision, &path)? else {
            continue;
        };
        let before = String::from_utf8_lossy(&before).into_owned();
        let after = read_text(&root().join(&path)).unwrap_or_default();
        found.extend(compare(&before, &after));
    }
    Ok(found)
}

fn only_in_first(first: &str, second: &str) -> Vec<String> {
    let known: BTreeSet<&str> = second.lines().collect();
    let only = first
        .lines()
        .filter(|line| !known.contains(line) && !is_generated(line));
    only.map(str::to_owned).collect()
}

/// Whether the generator writes what the line tells: events, and the accessors of resources, which give a handle of their
/// own name.
fn is_generated(line: &str) -> bool {
    let accessor = line
        .strip_prefix("pub fn Client::")
        .and_then(|rest| rest.split_once("(&self) -> "));
    let is_accessor =
        accessor.is_some_and(|(name, handle)| name.replace('_', "").eq_ignore_ascii_case(handle));
    is_accessor || line.starts_with("webhook::Event::")
}
