//! Resolves the document: follows every `$ref`, merges every `allOf`, and decides what may be null.
//!
//! Later stages follow no references and merge nothing. They use these results.

mod components;
mod contents;
mod endless;
mod heirs;
mod merge;
mod operations;
mod parts;
mod pointers;
mod references;
mod schema;
mod tags;
mod webhooks;

use std::collections::{BTreeMap, HashSet};

pub(super) use contents::{Answer, Content, PAGE_FIGURES, Pages};
pub(super) use operations::{Operation, Parameter, separator};
pub(super) use schema::{Kind, Property, Schema, StringKind, Tag, Words};
pub(super) use webhooks::Webhook;

use self::components::Components;
use self::merge::Merger;
use crate::diagnostic::Diagnostics;
use crate::openapi::{Document, Limits, Moved, Tag as ResourceTag};
use crate::pointer;
use crate::reader::Text;

/// The document, resolved.
#[derive(Debug)]
pub(super) struct Resolved<'a> {
    /// The operations, in the document's order.
    pub(super) operations: Vec<Operation<'a>>,
    /// The webhooks, in the document's order.
    pub(super) webhooks: Vec<Webhook<'a>>,
    /// The components, in the document's order.
    pub(super) components: Vec<Component<'a>>,
    pub(super) tags: &'a [ResourceTag],
    /// The schemas outside `components` that became components.
    pub(super) moved: &'a Moved,
    /// Whether the document is written in OpenAPI 3.1.
    pub(super) is_3_1: bool,
    merged: Vec<Schema<'a>>,
    by_name: BTreeMap<&'a str, usize>,
}

/// A schema with a name.
#[derive(Debug)]
pub(super) struct Component<'a> {
    pub(super) name: &'a Text,
    pub(super) schema: Schema<'a>,
}

/// Resolves the document; `None` if a `$ref` has no target, or if the `allOf`s create too many schemas.
pub(super) fn resolve<'a>(
    document: &'a Document,
    diagnostics: &mut Diagnostics,
) -> Option<Resolved<'a>> {
    let written = Components::of(document);
    references::check(document, &written, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let mut merger = Merger::new(&written, diagnostics);
    let components: Vec<Component<'_>> = document
        .schemas
        .iter()
        .map(|component| Component {
            name: &component.name,
            schema: merger.component(&component.value),
        })
        .collect();
    let operations = operations::of_document(document, &mut merger);
    let webhooks = webhooks::of_document(document, &mut merger);
    // Names and types for all merged schemas would take as long again.
    if merger.is_stopped() {
        return None;
    }
    let names = components
        .iter()
        .map(|component| component.name.value.as_str());
    let mut resolved = Resolved {
        by_name: names.zip(0..).collect(),
        operations,
        webhooks,
        components,
        merged: merger.merged,
        tags: &document.tags,
        moved: &document.moved,
        is_3_1: document.is_3_1,
    };
    endless::keep_as_json(&mut resolved, diagnostics);
    Some(resolved)
}

impl<'a> Resolved<'a> {
    /// The component with a name. All names in a [`Schema`] exist.
    pub(super) fn component(&self, name: &str) -> Option<&Component<'a>> {
        self.components.get(*self.by_name.get(name)?)
    }

    /// The merged `allOf` with this number.
    pub(super) fn merged(&self, number: usize) -> &Schema<'a> {
        &self.merged[number]
    }

    /// The schema, or the schema that it refers to; `None` if it only refers to itself.
    pub(super) fn target<'r>(&'r self, schema: &'r Schema<'a>) -> Option<&'r Schema<'a>> {
        let mut steps = self.steps(schema);
        steps.find(|step| !matches!(step.kind(), Kind::Component(_) | Kind::Merged(_)))
    }

    /// The target of a schema, or of the only member of a union beside null; `None` if it only refers to itself.
    pub(super) fn beside_null<'r>(&'r self, schema: &'r Schema<'a>) -> Option<&'r Schema<'a>> {
        let mut seen = HashSet::new();
        let mut target = self.target(schema)?;
        while target.is_union() && !target.is_item() {
            let mut members = target.members();
            let (Some(only), None) = (members.next(), members.next()) else {
                break;
            };
            if !seen.insert(target.place) {
                return None;
            }
            target = self.target(only)?;
        }
        Some(target)
    }

    /// The limits of a value, also those behind the only member of a union beside null.
    pub(super) fn limits(&self, schema: &Schema<'a>) -> Limits {
        let target = self.beside_null(schema);
        let own = &schema.words.limits;
        target.map_or_else(|| own.clone(), |target| own.and(&target.words.limits))
    }

    /// The media type of the contents of a string, or of each string in a list; `None` if the branches of a union have several.
    pub(super) fn media_type(&self, schema: &Schema<'a>) -> Option<&'a str> {
        let own = |schema: &Schema<'a>| self.steps(schema).find_map(|step| step.media_type);
        let of_items = |schema: &Schema<'a>| own(self.target(schema)?.items.as_deref()?);
        let of_one = |schema: &Schema<'a>| own(schema).or_else(|| of_items(schema));
        let of_union = || {
            let mut members = self.target(schema)?.members();
            let first = of_one(members.next()?)?;
            members
                .all(|member| of_one(member) == Some(first))
                .then_some(first)
        };
        of_one(schema).or_else(of_union)
    }

    /// Whether the schema, or the schema that it refers to, is only in responses.
    pub(super) fn is_read_only(&self, schema: &Schema<'a>) -> bool {
        self.steps(schema).any(|step| step.read_only)
    }

    /// The properties of an object that a request may contain.
    pub(super) fn sent<'r>(
        &'r self,
        object: &'r Schema<'a>,
    ) -> impl Iterator<Item = &'r Property<'a>> {
        let properties = object.properties.iter();
        properties.filter(|property| !self.is_read_only(&property.schema))
    }

    /// Whether the schema, or the schema that it refers to, is only in requests.
    pub(super) fn is_write_only(&self, schema: &Schema<'a>) -> bool {
        self.steps(schema).any(|step| step.write_only)
    }

    /// Whether the schema, or the schema that it refers to, allows null.
    pub(super) fn is_nullable(&self, schema: &Schema<'a>) -> bool {
        self.steps(schema).any(|step| {
            let mut branches = step.branches.iter();
            step.nullable || branches.any(|branch| branch.is_null())
        })
    }

    /// Whether the schema, or the schema that it refers to, becomes JSON, which includes null.
    pub(super) fn is_json(&self, schema: &Schema<'a>) -> bool {
        let Some(target) = self.beside_null(schema) else {
            return true;
        };
        match target.kind() {
            Kind::Any | Kind::Several => true,
            Kind::Union => target.tag.is_none() || target.members().next().is_none(),
            _ => false,
        }
    }

    /// The merged schemas of all `allOf`s in the document.
    pub(super) fn all_merged(&self) -> &[Schema<'a>] {
        &self.merged
    }

    /// The schema, and each schema that the chain of references leads to.
    fn steps<'r>(&'r self, schema: &'r Schema<'a>) -> impl Iterator<Item = &'r Schema<'a>> {
        let next = |step: &&'r Schema<'a>| match step.kind() {
            Kind::Component(name) => Some(&self.component(&name.value)?.schema),
            Kind::Merged(number) => Some(self.merged(number)),
            _ => None,
        };
        // A schema that refers to itself has no end.
        std::iter::successors(Some(schema), next).take(self.components.len() + 2)
    }

    /// The property at a path of names, such as `data.payload`. References at its end are not followed.
    pub(super) fn at<'r>(&'r self, schema: &'r Schema<'a>, path: &str) -> Option<&'r Schema<'a>> {
        let mut names = pointer::names(path).into_iter();
        names.try_fold(schema, |schema, name| {
            self.beside_null(schema)?
                .property(&name)
                .map(|property| &property.schema)
        })
    }

    /// The values of an enum, or of the enum that the schema refers to.
    pub(super) fn values(&self, schema: &Schema<'a>) -> Vec<&'a Text> {
        let target = self.beside_null(schema);
        target
            .and_then(|schema| schema.values.clone())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
