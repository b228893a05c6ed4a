//! Compares the cases that tests cover with those that they should cover.

use std::collections::BTreeSet;
use std::fmt::Debug;

/// Fails unless `covered` is exactly `wanted`. Names each case to add or to remove, and the file to edit.
pub(crate) fn check<T: Debug + Ord>(
    covered: &BTreeSet<T>,
    wanted: &BTreeSet<T>,
    what: &str,
    file: &str,
) {
    let missing = wanted.difference(covered);
    let needless = covered.difference(wanted);
    let edits: Vec<String> = missing
        .map(|case| format!("{file} lacks {case:?}: add it"))
        .chain(needless.map(|case| format!("{file} has {case:?}, which does not exist: remove it")))
        .collect();
    assert!(edits.is_empty(), "{what}:\n  {}", edits.join("\n  "));
}
