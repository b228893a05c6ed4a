//! Compares what the tests cover with what there is to cover.

use std::collections::BTreeSet;
use std::fmt::Debug;

/// Fails unless `covered` is exactly `wanted`; says what is missing and what is too much, and in which file that is mended.
pub(crate) fn check<T: Debug + Ord>(
    covered: &BTreeSet<T>,
    wanted: &BTreeSet<T>,
    what: &str,
    file: &str,
) {
    let missing: Vec<&T> = wanted.difference(covered).collect();
    let needless: Vec<&T> = covered.difference(wanted).collect();
    assert!(
        missing.is_empty() && needless.is_empty(),
        "{what}: missing {missing:?}, needless {needless:?}; edit {file}"
    );
}
