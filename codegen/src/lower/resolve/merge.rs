//! Merges what a schema and its `allOf` say: all properties, and what any of them requires. Of what can be said once, the
//! outermost says it.

mod unions;

use std::collections::{HashMap, HashSet};

use self::unions::Union;
use super::components::Components;
use super::parts::Parts;
use super::schema::{Property, Schema, Words};
use crate::diagnostic::Diagnostics;
use crate::openapi::{self, AdditionalProperties};
use crate::reader::Text;

/// Resolves schemas.
pub(super) struct Merger<'a, 'm> {
    pub(super) components: &'m Components<'a>,
    pub(super) diagnostics: &'m mut Diagnostics,
    /// What each `allOf` comes to, so far: it may hold itself.
    pub(super) merged: Vec<Schema<'a>>,
    /// The numbers of these, by what is written.
    numbers: HashMap<[*const openapi::Schema; 2], usize>,
    /// The components that are in a circle which was reported.
    circles: HashSet<&'a str>,
}

impl<'a, 'm> Merger<'a, 'm> {
    pub(super) fn new(components: &'m Components<'a>, diagnostics: &'m mut Diagnostics) -> Self {
        Self {
            components,
            diagnostics,
            merged: Vec::new(),
            numbers: HashMap::new(),
            circles: HashSet::new(),
        }
    }

    /// A schema that something holds.
    pub(super) fn schema(&mut self, written: &'a openapi::Schema) -> Schema<'a> {
        if written.all_of.is_empty() || wrapped(written).is_some() {
            return self.component(written);
        }
        Schema {
            written: Some(written),
            merged: Some(self.number(written)),
            nullable: written.nullable,
            words: words(written),
            deprecated: written.deprecated,
            read_only: written.read_only,
            ..Schema::anything(written.place)
        }
    }

    /// The number of what an `allOf` comes to. It is given first, so that the schema may hold itself.
    fn number(&mut self, written: &'a openapi::Schema) -> usize {
        let (number, is_new) = self.reserve([written, std::ptr::null()], written);
        if is_new {
            self.merged[number] = self.whole(written);
        }
        number
    }

    /// The number of what a branch and that which stands beside its union come to.
    pub(super) fn number_beside(
        &mut self,
        branch: &'a openapi::Schema,
        beside: &openapi::Schema,
        of_branch: &Parts<'a>,
        of_union: &Parts<'a>,
    ) -> usize {
        let (number, is_new) = self.reserve([branch, beside], branch);
        if is_new {
            self.merged[number] = self.of_parts(branch, &of_branch.beside(of_union));
        }
        number
    }

    /// The number of what is made of these, and whether it is still to be made.
    fn reserve(
        &mut self,
        made_of: [*const openapi::Schema; 2],
        written: &openapi::Schema,
    ) -> (usize, bool) {
        let next = self.merged.len();
        let number = *self.numbers.entry(made_of).or_insert(next);
        if number == next {
            self.merged.push(Schema::anything(written.place));
        }
        (number, number == next)
    }

    /// The schema of a component, which holds all that its `allOf` comes to.
    pub(super) fn component(&mut self, written: &'a openapi::Schema) -> Schema<'a> {
        if let Some(reference) = &written.reference {
            return self.referring(written, reference);
        }
        match wrapped(written) {
            Some(reference) if !self.components.is_heir(written, reference) => {
                self.wrapping(written, reference)
            }
            _ => self.whole(written),
        }
    }

    /// A schema that refers to nothing, with what its `allOf` holds.
    fn whole(&mut self, written: &'a openapi::Schema) -> Schema<'a> {
        let parts = self.parts(written);
        self.of_parts(written, &parts)
    }

    /// A schema of parts that are known.
    fn of_parts(&mut self, written: &'a openapi::Schema, parts: &Parts<'a>) -> Schema<'a> {
        let Union {
            branches,
            tag,
            melted,
            has_null,
        } = self.union(written, parts);
        let additional = parts.first(|part| part.additional_properties.as_ref());
        let properties: Vec<Property<'a>> = parts
            .properties()
            .into_iter()
            .map(|property| self.property(property))
            .chain(melted)
            .collect();
        Schema {
            written: Some(written),
            nullable: has_null || parts.all.iter().any(|part| part.nullable),
            types: parts
                .first(|part| (!part.types.is_empty()).then_some(part.types.as_slice()))
                .unwrap_or_default(),
            format: parts.first(|part| part.format.as_deref()),
            wire_format: written.wire_format.as_deref(),
            text_property: parts.first(|part| part.text_property.as_ref()),
            one_or_list: written.one_or_list,
            values: parts.values(),
            required: parts.all.iter().flat_map(|part| &part.required).collect(),
            items: parts
                .first(|part| part.items.as_deref())
                .map(|items| Box::new(self.schema(items))),
            map_values: match additional {
                Some(AdditionalProperties::Schema(values)) => Some(Box::new(self.schema(values))),
                Some(AdditionalProperties::Any) if !properties.is_empty() => {
                    Some(Box::new(Schema::anything(written.place)))
                }
                Some(AdditionalProperties::Any | AdditionalProperties::None) | None => None,
            },
            properties,
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
