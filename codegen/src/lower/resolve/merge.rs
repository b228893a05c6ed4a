//! Merges what a schema and its `allOf` say: all properties, and what any of them requires. Of what can be said once, the
//! outermost says it.

use std::collections::HashSet;
use std::rc::Rc;

use super::components::Components;
use super::parts::Parts;
use super::schema::{Property, Schema, Tag, Words};
use super::tags;
use crate::diagnostic::Diagnostics;
use crate::openapi::{self, AdditionalProperties};
use crate::reader::Text;

/// Resolves schemas.
pub(super) struct Merger<'a, 'm> {
    pub(super) components: &'m Components<'a>,
    pub(super) diagnostics: &'m mut Diagnostics,
    /// The merged schemas around the one that is being resolved.
    around: Vec<&'a openapi::Schema>,
    /// The components that are in a circle which was reported.
    circles: HashSet<&'a str>,
    /// How many schemas were made.
    made: usize,
}

/// How many schemas a document may come to: schemas that hold each other by way of `allOf` are made anew in each of them.
const MOST: usize = 1_000_000;

impl<'a, 'm> Merger<'a, 'm> {
    pub(super) fn new(components: &'m Components<'a>, diagnostics: &'m mut Diagnostics) -> Self {
        Self {
            components,
            diagnostics,
            around: Vec::new(),
            circles: HashSet::new(),
            made: 0,
        }
    }

    /// The schema, resolved.
    pub(super) fn schema(&mut self, written: &'a openapi::Schema) -> Schema<'a> {
        if let Some(reference) = &written.reference {
            return self.referring(written, reference);
        }
        if let Some(reference) = wrapped(written) {
            return self.wrapping(written, reference);
        }
        if written.all_of.is_empty() {
            return self.merged(written);
        }
        let is_open = self.around.iter().any(|open| std::ptr::eq(*open, written));
        if is_open || self.is_too_much(written) {
            return Schema {
                written: Some(written),
                is_itself: true,
                words: words(written),
                ..Schema::anything(written.place)
            };
        }
        self.around.push(written);
        let schema = self.merged(written);
        self.around.pop();
        schema
    }

    /// Whether no further schema is made; says so of the first.
    fn is_too_much(&mut self, written: &openapi::Schema) -> bool {
        if self.made == MOST {
            self.diagnostics
                .error(
                    written.place,
                    "too many schemas hold each other by way of `allOf`",
                )
                .help("refer to one of them by a `$ref` alone");
        }
        self.made >= MOST
    }

    /// A schema that refers to nothing, with what its `allOf` holds.
    fn merged(&mut self, written: &'a openapi::Schema) -> Schema<'a> {
        self.made += 1;
        let parts = self.parts(written);
        let (branches, tag) = self.union(&parts);
        let additional = parts.first(|part| part.additional_properties.as_ref());
        Schema {
            written: Some(written),
            nullable: parts.0.iter().any(|part| part.nullable),
            types: parts
                .first(|part| (!part.types.is_empty()).then_some(part.types.as_slice()))
                .unwrap_or_default(),
            format: parts.first(|part| part.format.as_deref()),
            wire_format: written.wire_format.as_deref(),
            values: parts.values(),
            properties: parts
                .properties()
                .into_iter()
                .map(|property| self.property(property))
                .collect(),
            required: parts.0.iter().flat_map(|part| &part.required).collect(),
            items: parts
                .first(|part| part.items.as_deref())
                .map(|items| Box::new(self.schema(items))),
            map_values: match additional {
                Some(AdditionalProperties::Schema(values)) => Some(Box::new(self.schema(values))),
                Some(AdditionalProperties::Any | AdditionalProperties::None) | None => None,
            },
            branches,
            tag,
            words: words(written),
            type_words: Words {
                description: parts.first(|part| part.description.as_deref()),
                example: parts.first(|part| part.example.as_ref()),
                ..words(written)
            },
            deprecated: written.deprecated,
            read_only: written.read_only,
            ..Schema::anything(written.place)
        }
    }

    fn property(&mut self, written: &'a openapi::Property) -> Property<'a> {
        Property {
            name: &written.name,
            schema: self.schema(&written.schema),
        }
    }

    /// A `$ref`: limits and default are those of the component, and the description unless it has its own.
    fn referring(&mut self, written: &'a openapi::Schema, reference: &'a Text) -> Schema<'a> {
        let Some(component) = self.components.schema(reference, self.diagnostics) else {
            return Schema::anything(written.place);
        };
        let of_component = words(&component.value);
        Schema {
            written: Some(written),
            reference: Some(&component.name),
            reference_place: reference.place,
            nullable: written.nullable,
            words: Words {
                description: written.description.as_deref().or(of_component.description),
                example: written.example.as_ref(),
                ..of_component
            },
            deprecated: written.deprecated,
            read_only: written.read_only,
            ..Schema::anything(written.place)
        }
    }

    /// An `allOf` that gives words to a `$ref` and may allow null.
    fn wrapping(&mut self, written: &'a openapi::Schema, reference: &'a Text) -> Schema<'a> {
        let inner = self.components.schema(reference, self.diagnostics);
        Schema {
            written: Some(written),
            reference: inner.map(|component| &component.name),
            reference_place: reference.place,
            nullable: written.nullable || written.all_of.iter().any(|branch| branch.nullable),
            words: words(written),
            deprecated: written.deprecated,
            read_only: written.read_only,
            ..Schema::anything(written.place)
        }
    }

    /// The schema and what its `allOf` holds.
    fn parts(&mut self, schema: &'a openapi::Schema) -> Parts<'a> {
        Parts::of(schema, self.components, self.diagnostics, &mut self.circles)
    }

    /// The branches of a union and what tells them apart.
    fn union(&mut self, parts: &Parts<'a>) -> (Vec<Rc<Schema<'a>>>, Option<Rc<Tag<'a>>>) {
        let written: Vec<&openapi::Schema> = parts.branches().collect();
        if written.is_empty() {
            return (Vec::new(), None);
        }
        let branches: Vec<Rc<Schema<'a>>> = written
            .iter()
            .map(|branch| Rc::new(self.schema(branch)))
            .collect();
        let discriminator = parts.first(|part| part.discriminator.as_ref());
        let tag = tags::of(&written, &branches, discriminator, self.components);
        (branches, tag.map(Rc::new))
    }
}

/// What is said of a schema where it stands: by its own, or by a branch of its `allOf` that is written in place.
fn words(written: &openapi::Schema) -> Words<'_> {
    let of_branch = || {
        let mut branches = written.all_of.iter();
        branches.find_map(|branch| branch.description.as_deref())
    };
    Words {
        description: written.description.as_deref().or_else(of_branch),
        example: written.example.as_ref(),
        default: written.default.as_ref(),
        limits: Some(&written.limits),
    }
}

/// The `$ref` to which an `allOf` only gives a description or a default.
fn wrapped(schema: &openapi::Schema) -> Option<&Text> {
    if !schema.properties.is_empty() || !schema.required.is_empty() {
        return None;
    }
    let mut saying = schema
        .all_of
        .iter()
        .filter(|branch| !branch.says_nothing_of_its_type());
    match (saying.next(), saying.next()) {
        (Some(branch), None) => branch.reference.as_ref(),
        _ => None,
    }
}
