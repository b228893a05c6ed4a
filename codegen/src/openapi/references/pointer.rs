//! Pointers into a document (RFC 6901).

use crate::tree::{Node, Value};

/// A path to a node: keys and indices.
pub(super) type Pointer = Vec<String>;

/// The node that a pointer leads to.
pub(super) fn find<'n>(root: &'n Node, pointer: &Pointer) -> Option<&'n Node> {
    pointer
        .iter()
        .try_fold(root, |node, step| match &node.value {
            Value::Sequence(items) => items.get(step.parse::<usize>().ok()?),
            _ => node.get(step),
        })
}

/// The same, to be changed.
pub(super) fn find_mut<'n>(root: &'n mut Node, pointer: &Pointer) -> Option<&'n mut Node> {
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

/// The text without `%20` and the like; `None` if that is no text.
pub(super) fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits
            .filter(|_| *first == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}
