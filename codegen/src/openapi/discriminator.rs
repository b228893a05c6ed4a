//! The `discriminator` of a union.

use super::{Discriminator, keywords};
use crate::diagnostic::Diagnostics;
use crate::reader::{Keys, Text, check_name, text};
use crate::tree::Node;

/// Reads a discriminator.
pub(super) fn read(node: &Node, diagnostics: &mut Diagnostics) -> Option<Discriminator> {
    let mut keys = Keys::of(node, "`discriminator`", diagnostics)?;
    let property = keys.required_text("propertyName", "the discriminator", diagnostics);
    if let Some(property) = &property {
        check_name(property, "property", diagnostics);
    }
    let mapping = keys
        .entries("mapping", diagnostics)
        .iter()
        .filter_map(|entry| {
            let value = Text::of_key(entry);
            Some((
                value,
                text(&entry.node, "a value of `mapping`", diagnostics)?,
            ))
        })
        .collect();
    keywords::DISCRIMINATOR.close(keys, diagnostics);
    Some(Discriminator {
        property: property?,
        mapping,
    })
}
