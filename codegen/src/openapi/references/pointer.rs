//! JSON pointers to parts of a document.

use crate::tree::{Node, Value};

/// A path to a node, as keys and indices.
pub(super) type Pointer = Vec<String>;

/// The node that a pointer leads to.
pub(super) fn find<'n>(root: &'n Node, pointer: &[String]) -> Option<&'n Node> {
    pointer
        .iter()
        .try_fold(root, |node, step| match &node.value {
            Value::Sequence(items) => items.get(step.parse::<usize>().ok()?),
            _ => node.get(step),
        })
}

/// The node at a pointer, for a change.
pub(super) fn find_mut<'n>(root: &'n mut Node, pointer: &[String]) -> Option<&'n mut Node> {
    pointer
        .iter()
        .try_fold(root, |node, step| match &mut node.value {
            Value::Sequence(items) => items.get_mut(step.parse::<usize>().ok()?),
            Value::Mapping(entries) => entries
                .iter_mut()
                .find(|entry| entry.key == *step)
                .map(|entry| &mut entry.node),
            _ => None,
        })
}
