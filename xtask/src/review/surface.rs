//! Lines that the snapshots of the public surface lose.

use std::collections::BTreeSet;

use crate::diff::base;
use crate::workspace::{read_text, root};

const FOLDER: &str = "tests/snapshots/surface";

/// The lines of the surface of hand-written code that are gone since a revision. Of generated code, the report says more.
pub(super) fn taken_away(revision: &str) -> Result<Vec<String>, String> {
    let mut taken = Vec::new();
    for page in ["crate", "transport", "webhook"] {
        let path = format!("{FOLDER}/{page}.snap");
        let Some(before) = base::file(revision, &path)? else {
            continue;
        };
        let after = read_text(&root().join(&path)).unwrap_or_default();
        let after: BTreeSet<&str> = after.lines().collect();
        let before = String::from_utf8_lossy(&before).into_owned();
        let gone = before
            .lines()
            .filter(|line| !after.contains(line) && !is_generated(line));
        taken.extend(gone.map(str::to_owned));
    }
    Ok(taken)
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
