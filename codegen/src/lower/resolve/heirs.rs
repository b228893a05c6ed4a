//! Base schemas with a discriminator and without branches. The components that include the base by `allOf` are its branches.

use std::collections::BTreeMap;

use super::pointers;
use crate::openapi::{Component, Schema};

/// The components that `allOf` makes of a base, by the base's name.
pub(super) struct Heirs<'a> {
    bases: BTreeMap<&'a str, &'a Component<Schema>>,
    heirs: BTreeMap<String, Vec<&'a Component<Schema>>>,
}

impl<'a> Heirs<'a> {
    pub(super) fn of(schemas: &'a [Component<Schema>]) -> Self {
        let mut heirs: BTreeMap<String, Vec<&Component<Schema>>> = BTreeMap::new();
        for component in schemas {
            for branch in &component.value.all_of {
                let reference = branch.reference.as_ref();
                let name =
                    reference.and_then(|reference| pointers::name_in("schemas", &reference.value));
                if let Some(name) = name {
                    heirs.entry(name).or_default().push(component);
                }
            }
        }
        let is_base =
            |schema: &Schema| schema.discriminator.is_some() && schema.branches.is_empty();
        let bases = schemas
            .iter()
            .filter(|component| is_base(&component.value))
            .map(|component| (component.name.value.as_str(), component));
        Self {
            bases: bases.collect(),
            heirs,
        }
    }

    /// Those of a base, and theirs; those of a base among them are its own.
    pub(super) fn of_base(&self, base: &Schema) -> Vec<&'a Component<Schema>> {
        let mut bases = self.bases.values();
        let Some(base) = bases.find(|component| std::ptr::eq(&component.value, base)) else {
            return Vec::new();
        };
        let mut found: Vec<&Component<Schema>> = Vec::new();
        let mut open = vec![*base];
        while let Some(next) = open.pop() {
            let direct = self.heirs.get(&next.name.value).into_iter().flatten();
            for heir in direct {
                let is_known = |known: &&Component<Schema>| std::ptr::eq(*known, *heir);
                if std::ptr::eq(*base, *heir) || found.iter().any(is_known) {
                    continue;
                }
                found.push(heir);
                if !self.bases.contains_key(heir.name.value.as_str()) {
                    open.push(heir);
                }
            }
        }
        // In an order that does not depend on where in the document one is added.
        found.sort_by(|one, other| one.name.value.cmp(&other.name.value));
        found
    }
}
