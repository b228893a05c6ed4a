//! An operation or a webhook, and its place in the document.

use std::collections::BTreeSet;

use telnyx_codegen::{Entry, METHODS, Node};

use super::tree::{entries, items, text, text_at};

/// An operation and its place in the document.
#[derive(Clone, Copy)]
pub(super) struct Operation<'n> {
    pub(super) path: &'n str,
    pub(super) method: &'n str,
    /// The path with all its operations.
    pub(super) item: &'n Entry,
    /// The operation under its method.
    pub(super) entry: &'n Entry,
    pub(super) node: &'n Node,
}

impl<'n> Operation<'n> {
    /// Its `operationId`, or its path if it has no id.
    pub(super) fn id(&self) -> &'n str {
        text_at(self.node, "operationId").unwrap_or(self.path)
    }

    pub(super) fn tags(&self) -> Vec<&'n str> {
        let tags = self.node.get("tags").map(items).unwrap_or_default();
        tags.iter().filter_map(text).collect()
    }

    /// The same operation in another document: the one with the same id, or else the one with the same method and path. `own`
    /// contains the other operations of this document, because an operation with one of their ids is not this one.
    pub(super) fn find_in<'o>(
        &self,
        own: &[Operation<'_>],
        others: &[Operation<'o>],
    ) -> Option<Operation<'o>> {
        let same_id = others.iter().find(|other| other.has_id_of(self));
        let is_call = |other: &&Operation<'_>| {
            other.call() == self.call() && !own.iter().any(|one| one.has_id_of(other))
        };
        same_id.or_else(|| others.iter().find(is_call)).copied()
    }

    fn has_id_of(&self, other: &Operation<'_>) -> bool {
        let id = text_at(self.node, "operationId");
        id.is_some() && id == text_at(other.node, "operationId")
    }

    pub(super) fn call(&self) -> (&'n str, &'n str) {
        (self.method, self.path)
    }
}

/// The operations of a document, or its webhooks.
pub(super) fn operations<'n>(root: &'n Node, section: &str) -> Vec<Operation<'n>> {
    let paths = root.get(section).map(entries).unwrap_or_default();
    paths.iter().flat_map(operations_of).collect()
}

/// An `operationId` that two operations share, with its place. OpenAPI requires unique ids.
pub(super) fn repeated_id(root: &Node) -> Option<String> {
    let mut known: Vec<Operation<'_>> = Vec::new();
    for section in ["paths", "webhooks"] {
        for operation in operations(root, section) {
            if let Some(other) = known.iter().find(|other| other.has_id_of(&operation)) {
                let [(first, at), (second, there)] = [other.call(), operation.call()];
                return Some(format!(
                    "the operationId `{}` stands at `{first} {at}` and at `{second} {there}`, but must be unique",
                    operation.id()
                ));
            }
            known.push(operation);
        }
    }
    None
}

/// The parts that the operations of a path share, such as parameters.
pub(super) fn shared_by(item: &Entry) -> impl Iterator<Item = &Entry> {
    entries(&item.node).iter().filter(|entry| !is_method(entry))
}

fn is_method(entry: &Entry) -> bool {
    METHODS.contains(&entry.key.as_str())
}

/// The operations of one path or webhook.
pub(super) fn operations_of(item: &Entry) -> Vec<Operation<'_>> {
    let methods = entries(&item.node).iter();
    let methods = methods.filter(|entry| is_method(entry));
    let operations = methods.map(|entry| Operation {
        path: &item.key,
        method: &entry.key,
        item,
        entry,
        node: &entry.node,
    });
    operations.collect()
}

/// The tags that the spec covers: those of which it has most published operations and webhooks. If all of Telnyx's events share a
/// tag, a few of them do not make the tag covered.
pub(super) fn families<'n>(upstream: &'n Node, known: &Node) -> BTreeSet<&'n str> {
    let (mut matched, mut others) = (Vec::new(), Vec::new());
    for section in ["paths", "webhooks"] {
        let (all, known) = (operations(upstream, section), operations(known, section));
        for operation in &all {
            match operation.find_in(&all, &known) {
                Some(_) => matched.extend(operation.tags()),
                None => others.extend(operation.tags()),
            }
        }
    }
    let count = |tags: &[&str], tag: &str| tags.iter().filter(|one| **one == tag).count();
    let is_family = |tag: &&str| count(&matched, tag) >= count(&others, tag);
    matched.iter().copied().filter(is_family).collect()
}
