//! Base schemas with a discriminator and without branches. The components that include the base by `allOf` are its branches.

use std::collections::BTreeMap;

use super::pointers;
use crate::openapi::{Component, Document, Moved, Schema};
use crate::pointer;
use crate::reader::Text;

/// The components that include a base by `allOf`, by the base's name.
pub(super) struct Heirs<'a> {
    bases: BTreeMap<&'a str, &'a Component<Schema>>,
    /// The values that each base lists for its discriminator.
    listed: BTreeMap<&'a str, Vec<&'a str>>,
    heirs: BTreeMap<String, Vec<&'a Component<Schema>>>,
    moved: &'a Moved,
}

impl<'a> Heirs<'a> {
    pub(super) fn of(
        document: &'a Document,
        named: &BTreeMap<&'a str, &'a Component<Schema>>,
    ) -> Self {
        let schemas = &document.schemas;
        let mut heirs: BTreeMap<String, Vec<&Component<Schema>>> = BTreeMap::new();
        for component in schemas {
            for base in included(&component.value) {
                let base = target(base, named).and_then(|base| end(base, named));
                if let Some(base) = base {
                    let name = base.name.value.clone();
                    heirs.entry(name).or_default().push(component);
                }
            }
        }
        let is_base =
            |schema: &Schema| schema.discriminator.is_some() && schema.branches.is_empty();
        let bases: BTreeMap<&str, &Component<Schema>> = schemas
            .iter()
            .filter(|component| is_base(&component.value))
            .map(|component| (component.name.value.as_str(), component))
            .collect();
        let listed = bases
            .iter()
            .map(|(name, base)| (*name, listed(&base.value, named)));
        Self {
            listed: listed.collect(),
            bases,
            heirs,
            moved: &document.moved,
        }
    }

    /// The name of a base with heirs, as a value of its discriminator.
    pub(super) fn kind_of(&self, base: &Schema) -> Option<Text> {
        self.moved.kind(&self.base(base)?.name)
    }

    /// The components that include a base, directly or through others. If one of them is a base too, its own components belong to
    /// it. A component that only gives the base another name is not among them.
    pub(super) fn of_base(&self, base: &Schema) -> Vec<&'a Component<Schema>> {
        self.below(base, false)
    }

    /// The components that only give a base, or a component that includes it, another name.
    pub(super) fn other_names(&self, base: &Schema) -> Vec<&'a Component<Schema>> {
        self.below(base, true)
    }

    fn base(&self, schema: &Schema) -> Option<&'a Component<Schema>> {
        let mut bases = self.bases.values().copied();
        bases.find(|component| std::ptr::eq(&component.value, schema))
    }

    /// The components that include a base: those that only give another name, or all others.
    fn below(&self, base: &Schema, other_names: bool) -> Vec<&'a Component<Schema>> {
        let Some(base) = self.base(base) else {
            return Vec::new();
        };
        let mut found: Vec<&Component<Schema>> = Vec::new();
        let mut open = vec![base];
        while let Some(next) = open.pop() {
            let direct = self.heirs.get(&next.name.value).into_iter().flatten();
            for heir in direct {
                let is_known = |known: &&Component<Schema>| std::ptr::eq(*known, *heir);
                if std::ptr::eq(base, *heir) || found.iter().any(is_known) {
                    continue;
                }
                found.push(heir);
                if !self.bases.contains_key(heir.name.value.as_str()) {
                    open.push(heir);
                }
            }
        }
        found.retain(|heir| self.is_other_name(heir, base) == other_names);
        // This order does not depend on the place of a new component in the document.
        found.sort_by(|one, other| one.name.value.cmp(&other.name.value));
        found
    }
}

impl Heirs<'_> {
    /// If a component is a base too, adds the values that lead to the components which include it: their names, and the values of
    /// the component's mapping if it uses the same property.
    pub(super) fn add_values_below(
        &self,
        base: &Component<Schema>,
        property: &str,
        values: &mut Vec<Text>,
    ) {
        let Some(own) = &base.value.discriminator else {
            return;
        };
        let is_same = own.property.value == property;
        let mut add = |value: &Text| {
            let is_new = values.iter().all(|known| known.value != value.value);
            if is_new {
                values.push(value.clone());
            }
            is_new
        };
        for (value, _) in own.mapping.iter().filter(|_| is_same) {
            add(value);
        }
        let mut heirs = self.of_base(&base.value);
        heirs.retain(|heir| self.moved.kind(&heir.name).is_some_and(|kind| add(&kind)));
        for heir in heirs {
            self.add_values_below(heir, property, values);
        }
    }

    /// Whether a component only gives a base another name, such as one that may be null, so that no value of the discriminator
    /// leads to it.
    fn is_other_name(&self, component: &Component<Schema>, base: &Component<Schema>) -> bool {
        let Some(discriminator) = &base.value.discriminator else {
            return false;
        };
        let name = &component.name.value;
        let mut targets = discriminator.mapping.iter().map(|(_, target)| target);
        let is_mapped = targets.any(|target| pointer::last_name(&target.value) == *name);
        let kind = self.moved.kind(&component.name);
        let mut listed = self
            .listed
            .get(base.name.value.as_str())
            .into_iter()
            .flatten();
        let is_listed = kind.is_some_and(|kind| listed.any(|value| *value == kind.value));
        let has_purpose = component.value.nullable || !discriminator.mapping.is_empty();
        !is_mapped && !is_listed && has_purpose && adds_nothing(&component.value)
    }
}

/// Whether a schema only includes another one.
fn adds_nothing(schema: &Schema) -> bool {
    let mut members = schema
        .all_of
        .iter()
        .filter(|member| member.reference.is_none());
    schema.says_nothing_beside_all_of()
        && schema.all_of.len() == members.clone().count() + 1
        && members.all(Schema::says_nothing_of_its_type)
}

/// The values that a base lists for the property of its discriminator, also through a `$ref`.
fn listed<'a>(
    base: &'a Schema,
    schemas: &BTreeMap<&'a str, &'a Component<Schema>>,
) -> Vec<&'a str> {
    let property = base.discriminator.as_ref().map(|known| &known.property);
    let property = property.and_then(|property| base.property(&property.value));
    let mut values = Vec::new();
    for schema in property.into_iter().flat_map(Schema::with_members) {
        let reference = schema.reference.as_ref();
        let component = reference.and_then(|reference| end(target(reference, schemas)?, schemas));
        let schema = component.map_or(schema, |component| &component.value);
        values.extend(schema.values.iter().flatten());
    }
    values
        .into_iter()
        .map(|value| value.value.as_str())
        .collect()
}

/// The references that a schema includes by `allOf`, also through a nested `allOf`.
fn included(schema: &Schema) -> Vec<&Text> {
    let members = schema.with_members().into_iter().skip(1);
    members
        .filter_map(|member| member.reference.as_ref())
        .collect()
}

/// The component that a component leads to, through all components that only refer to another one; `None` in a cycle.
pub(super) fn end<'a>(
    component: &'a Component<Schema>,
    schemas: &BTreeMap<&'a str, &'a Component<Schema>>,
) -> Option<&'a Component<Schema>> {
    let mut end = component;
    for _ in 0..=schemas.len() {
        let Some(next) = &end.value.reference else {
            return Some(end);
        };
        end = target(next, schemas)?;
    }
    None
}

/// The component that a `$ref` names.
fn target<'a>(
    reference: &Text,
    schemas: &BTreeMap<&'a str, &'a Component<Schema>>,
) -> Option<&'a Component<Schema>> {
    let name = pointers::name_in("schemas", &reference.value)?;
    schemas.get(name.as_str()).copied()
}
