//! The maximum size of a tree, so no input can exhaust the memory or the stack.

use super::{Entry, Node, Value};

/// The maximum nesting of a document, because every stage of the generator is recursive.
pub(crate) const MAX_DEPTH: usize = 100;

/// The maximum number of nodes in a document. Telnyx's whole document has a quarter of a million.
pub(super) const MAX_NODES: u32 = 1_000_000;

/// What to do about a document that is nested too deep.
pub(super) const FEWER_LEVELS: &str =
    "move the inner parts into `components`, and refer to them with a `$ref`";

/// What to do about a document with too many nodes.
pub(super) const FEWER_NODES: &str = "remove the paths that the crate does not need";

/// How much memory a node takes with everything inside it, and how deeply it is nested.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    pub(crate) bytes: usize,
    /// 0 for a scalar.
    pub(crate) depth: usize,
}

impl Extent {
    pub(crate) fn of(node: &Node) -> Self {
        let own = size_of::<Node>();
        match &node.value {
            Value::Null | Value::Bool(_) | Value::Number(_) => Self {
                bytes: own,
                depth: 0,
            },
            Value::String(text) => Self {
                bytes: own + text.len(),
                depth: 0,
            },
            Value::Sequence(items) => Self::around(items.iter().map(Self::of)),
            Value::Mapping(entries) => Self::around(entries.iter().map(Self::of_entry)),
        }
    }

    fn of_entry(entry: &Entry) -> Self {
        let Self { bytes, depth } = Self::of(&entry.node);
        Self {
            bytes: bytes + size_of::<Entry>() + entry.key.len(),
            depth,
        }
    }

    fn around(inner: impl Iterator<Item = Self>) -> Self {
        let empty = Self {
            bytes: size_of::<Node>(),
            depth: 1,
        };
        inner.fold(empty, |all, one| Self {
            bytes: all.bytes + one.bytes,
            depth: all.depth.max(one.depth + 1),
        })
    }
}
