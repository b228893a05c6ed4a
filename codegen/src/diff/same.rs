//! Whether two values are the same, regardless of their order and places in the document.

use std::collections::{HashMap, HashSet};

use super::pairs::{In, ShapePair, pair};
use crate::contract::Kind;

/// The results for pairs of values, and the pairs that are known to differ.
struct Known<'d> {
    found: HashMap<ShapePair, bool>,
    different: &'d mut HashSet<ShapePair>,
}

/// Adds pairs that differ to `different`.
pub(super) fn is_same(old: In<'_>, new: In<'_>, different: &mut HashSet<ShapePair>) -> bool {
    let found = HashMap::new();
    same(old, new, &mut Known { found, different })
}

fn same((old_in, old): In<'_>, (new_in, new): In<'_>, known: &mut Known<'_>) -> bool {
    if old_in.limits(old) != new_in.limits(new) || old_in.default(old) != new_in.default(new) {
        return false;
    }
    let ((old, old_null), (new, new_null)) = (old_in.target(old), new_in.target(new));
    let pair = pair(old, new);
    if known.different.contains(&pair) {
        return false;
    }
    // A value that contains itself counts as the same while its comparison runs.
    if let Some(is_same) = known.found.get(&pair) {
        return *is_same && old_null == new_null;
    }
    known.found.insert(pair, true);
    let is_same = old.is_closed == new.is_closed
        && old.any_text == new.any_text
        && old.read_only == new.read_only
        && same_kind((old_in, old), (new_in, new), known);
    known.found.insert(pair, is_same);
    if !is_same {
        known.different.insert(pair);
    }
    is_same && old_null == new_null
}

fn same_kind((old_in, old): In<'_>, (new_in, new): In<'_>, known: &mut Known<'_>) -> bool {
    let mut inner = |old, new| same((old_in, old), (new_in, new), known);
    let has_same_rest = match (&old.others, &new.others) {
        (Some(old), Some(new)) => inner(old, new),
        (old, new) => old.is_none() && new.is_none(),
    };
    has_same_rest
        && match (&old.kind, &new.kind) {
            (Kind::Object(before), Kind::Object(after)) => {
                before.len() == after.len()
                    && before.iter().all(|old| {
                        let mut after = after.iter();
                        let new = after.find(|new| new.name == old.name);
                        new.is_some_and(|new| {
                            old.required == new.required && inner(&old.shape, &new.shape)
                        })
                    })
            }
            (Kind::Enum(before), Kind::Enum(after)) => {
                let has = |value: &str| after.iter().any(|(known, _)| known == value);
                before.len() == after.len() && before.iter().all(|(value, _)| has(value))
            }
            (Kind::Union(was, before), Kind::Union(is, after)) => {
                was == is
                    && before.len() == after.len()
                    && before.iter().all(|(value, old)| {
                        let mut after = after.iter();
                        let new = after.find(|(known, _)| known == value);
                        new.is_some_and(|(_, new)| inner(old, new))
                    })
            }
            (Kind::Map(old), Kind::Map(new)) | (Kind::List(old), Kind::List(new)) => {
                inner(old, new)
            }
            (Kind::Several(before), Kind::Several(after)) => {
                before.len() == after.len()
                    && before
                        .iter()
                        .all(|old| after.iter().any(|new| inner(old, new)))
            }
            (Kind::Integer(old), Kind::Integer(new)) => old == new,
            (Kind::Text(old), Kind::Text(new)) => old == new,
            (Kind::Boolean, Kind::Boolean)
            | (Kind::Number, Kind::Number)
            | (Kind::Any, Kind::Any) => true,
            _ => false,
        }
}
