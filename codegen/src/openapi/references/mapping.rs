//! The references in the `mapping` of a discriminator.

use crate::tree::{Node, Value};

/// Whether a value of `mapping` is a reference, and not the name of a component.
pub(crate) fn is_reference(target: &str) -> bool {
    target.contains(['/', '#'])
}

/// The references in a discriminator.
pub(super) fn references(discriminator: &Node) -> impl Iterator<Item = &str> {
    let mapping = discriminator.get("mapping").map(Node::entries);
    let targets = mapping.unwrap_or_default().iter();
    let targets = targets.filter_map(|entry| entry.node.text());
    targets.filter(|target| is_reference(target))
}

/// The nodes of the references in a discriminator.
pub(super) fn references_mut(discriminator: &mut Node) -> impl Iterator<Item = &mut Node> {
    let entries = match &mut discriminator.value {
        Value::Mapping(entries) => entries.as_mut_slice(),
        _ => &mut [],
    };
    let mapping = entries.iter_mut().filter(|entry| entry.key == "mapping");
    let targets = mapping.flat_map(|entry| match &mut entry.node.value {
        Value::Mapping(targets) => targets.as_mut_slice(),
        _ => &mut [],
    });
    targets
        .map(|entry| &mut entry.node)
        .filter(|node| node.text().is_some_and(is_reference))
}
