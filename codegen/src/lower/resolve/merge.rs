//! Merges a schema with its `allOf`: the result has all properties and all requirements. For a keyword with a single value, the
//! outermost schema wins.

mod alike;
mod clashes;
mod discriminators;
mod narrowest;
mod only_branch;
mod plain;
mod unions;

use std::collections::{HashMap, HashSet};

use self::plain::Plain;
use self::unions::Union;
use super::components::Components;
use super::parts::{self, Identity, Parts};
use super::schema::{Kind, Property, Schema, Words};
use crate::diagnostic::Diagnostics;
use crate::openapi::{self, AdditionalProperties, Limits, SchemaType};
use crate::reader::Text;
use crate::tree::Place;

/// The maximum number of merged schemas. A few schemas can create any number of others, because each path to a property can merge
/// other schemas.
const MOST_MERGED: usize = 10_000;

/// Resolves schemas.
pub(super) struct Merger<'a, 'm> {
    pub(super) components: &'m Components<'a>,
    pub(super) diagnostics: &'m mut Diagnostics,
    /// The merged schemas so far. A merged schema may contain itself.
    pub(super) merged: Vec<Schema<'a>>,
    /// The numbers of the merged schemas, by their parts.
    numbers: HashMap<Identity, usize>,
    /// The components in a cycle that was reported.
    circles: HashSet<&'a str>,
    /// The places of types that exclude each other and were reported.
    clashes: HashSet<[Place; 2]>,
}

impl<'a, 'm> Merger<'a, 'm> {
    pub(super) fn new(components: &'m Components<'a>, diagnostics: &'m mut Diagnostics) -> Self {
        Self {
            components,
            diagnostics,
            merged: Vec::new(),
            numbers: HashMap::new(),
            circles: HashSet::new(),
            clashes: HashSet::new(),
        }
    }

    /// Resolves a schema inside another.
    pub(super) fn schema(&mut self, written: &'a openapi::Schema) -> Schema<'a> {
        self.together(&[written])
    }

    /// Resolves schemas that all apply to one value, as in an `allOf`. The outermost is first.
    pub(super) fn together(&mut self, written: &[&'a openapi::Schema]) -> Schema<'a> {
        let narrowest = self.narrowest(written);
        let wrapped = self.wrapped(&narrowest);
        if let Some((reference, component)) = &wrapped
            && !self.is_another_integer(&narrowest, component)
        {
            return self.referring(written, reference, component);
        }
        let parts = self.parts(&narrowest);
        let said = match wrapped {
            // The description and the other words still come from the component.
            Some((reference, component)) => Schema {
                reference: None,
                ..self.referring(written, reference, &component)
            },
            None if parts.all.len() == 1 => return self.of_parts(written, &parts),
            None => said(written),
        };
        Schema {
            merged: Some(self.number(written, &parts)),
            nullable: said.nullable && parts.is_nullable(),
            ..said
        }
    }

    /// The same for a list of schemas that may be empty.
    fn all_together(&mut self, written: &[&'a openapi::Schema]) -> Option<Schema<'a>> {
        (!written.is_empty()).then(|| self.together(written))
    }

    /// Whether the schema, or the schema that it refers to, is a string.
    pub(super) fn is_string(&self, schema: &Schema<'a>) -> bool {
        match schema.kind() {
            Kind::Text | Kind::Enum => true,
            Kind::Merged(number) => self.is_string(&self.merged[number]),
            Kind::Component(_) => {
                let parts = Parts::quietly(&schema.written, self.components);
                let is_union = parts.branches().next().is_some();
                !is_union && (parts.values().is_some() || parts.types() == [SchemaType::String])
            }
            _ => false,
        }
    }

    /// Whether the schema, or the schema that it refers to, is a binary string.
    pub(super) fn is_binary(&self, schema: &Schema<'a>) -> bool {
        let parts = Parts::quietly(&schema.written, self.components);
        parts.format() == Some("binary")
    }

    /// Resolves the schema of a component, merged with its `allOf`.
    pub(super) fn component(&mut self, written: &'a openapi::Schema) -> Schema<'a> {
        match self.wrapped(&[written]) {
            Some((reference, component))
                if !self.components.is_heir(written, reference)
                    && !self.is_another_integer(&[written], &component) =>
            {
                self.referring(&[written], reference, &component)
            }
            _ => self.whole(written),
        }
    }

    /// Resolves a schema that is not a reference, merged with its `allOf`.
    fn whole(&mut self, written: &'a openapi::Schema) -> Schema<'a> {
        let parts = self.parts(&[written]);
        self.of_parts(&[written], &parts)
    }

    /// The number of the schema that parts merge to. The number is assigned first, so that the schema can contain itself.
    fn number(&mut self, written: &[&'a openapi::Schema], parts: &Parts<'a>) -> usize {
        let next = self.merged.len();
        let number = *self.numbers.entry(parts.identity()).or_insert(next);
        if number == next {
            self.merged.push(said(written));
            if next == MOST_MERGED {
                self.report_too_many(written[0].place);
            } else if next < MOST_MERGED {
                self.merged[number] = self.of_parts(written, parts);
            }
        }
        number
    }

    /// The schema that known parts merge to.
    fn of_parts(&mut self, written: &[&'a openapi::Schema], parts: &Parts<'a>) -> Schema<'a> {
        if let Some(schema) = self.with_only_branch(written, parts) {
            return schema;
        }
        let Union {
            branches,
            tag,
            melted,
            plain,
            has_null,
            any_text,
        } = self.union(written, parts);
        if let Some(clash) = parts.clash() {
            self.report_clash(clash);
        }
        if let Some(clash) = parts.clash_of_values() {
            self.report_clash_of_values(clash);
        }
        let said = said(written);
        let plain = plain.unwrap_or_else(|| Plain {
            types: parts.types(),
            values: parts.values(),
            format: parts.format(),
            wire_format: parts.first(|part| part.wire_format.as_ref()),
        });
        let Plain {
            types,
            values,
            format,
            wire_format,
        } = plain;
        // The limits of a component in an `allOf` count too.
        let words = Words {
            limits: parts.limits(),
            ..said.words.clone()
        };
        let may_be_text = types.is_empty() || types.contains(&SchemaType::String);
        let additional = parts.first(|part| part.additional_properties.as_ref());
        let properties: Vec<Property<'a>> = parts
            .properties()
            .into_iter()
            .map(|property| self.property(&property))
            .chain(melted)
            .collect();
        Schema {
            nullable: has_null || parts.is_nullable(),
            read_only: parts.any(|part| part.read_only),
            write_only: parts.any(|part| part.write_only),
            types,
            format,
            media_type: parts.first(|part| part.media_type.as_deref()),
            wire_format,
            text_property: parts.first(|part| part.text_property.as_ref()),
            one_or_list: parts.any(|part| part.one_or_list),
            values: values.filter(|_| may_be_text),
            any_text: any_text || parts.any(|part| part.any_text),
            other_values: parts
                .first(|part| (!part.other_values.is_empty()).then_some(&*part.other_values))
                .unwrap_or_default(),
            required: parts.all.iter().flat_map(|part| &part.required).collect(),
            items: self.all_together(&parts.items()).map(Box::new),
            map_values: match additional {
                Some(AdditionalProperties::None) | None => None,
                Some(AdditionalProperties::Any | AdditionalProperties::Schema(_)) => {
                    let anything =
                        || (!properties.is_empty()).then(|| Schema::anything(said.place));
                    let values = self.all_together(&parts.map_values());
                    values.or_else(anything).map(Box::new)
                }
            },
            is_closed: matches!(additional, Some(AdditionalProperties::None)),
            properties,
            branches,
            tag,
            has_several_unions: parts.unions().len() > 1,
            type_words: Words {
                description: parts.first(|part| part.description.as_deref()),
                example: parts.first(|part| part.example.as_ref()),
                default: parts.first(|part| part.default.as_ref()),
                limits: words.limits.clone(),
            },
            words,
            ..said
        }
    }

    /// Whether there are too many merged schemas, so that some were not merged.
    pub(super) fn is_stopped(&self) -> bool {
        self.merged.len() > MOST_MERGED
    }

    /// Reports that merging the schemas seems to have no end.
    fn report_too_many(&mut self, place: Place) {
        let message = format!(
            "the `allOf`s and unions of the document expand to more than {MOST_MERGED} schemas"
        );
        self.diagnostics
            .error(place, message)
            .help("refer to a component instead of merging it again at each level");
    }

    fn property(&mut self, property: &parts::Property<'a>) -> Property<'a> {
        Property {
            name: property.name,
            schema: self.together(&property.schemas),
        }
    }

    /// A schema that refers to a component. Facts that the schema does not set come from the component.
    fn referring(
        &mut self,
        written: &[&'a openapi::Schema],
        reference: &'a Text,
        parts: &Parts<'a>,
    ) -> Schema<'a> {
        let said = said(written);
        let Some(component) = self.components.schema(reference, self.diagnostics) else {
            return said;
        };
        let of_component = words(&[&component.value]);
        let is_nullable = || Parts::quietly(written, self.components).is_nullable();
        Schema {
            nullable: said.nullable && is_nullable(),
            reference: Some(&component.name),
            reference_place: reference.place,
            words: Words {
                description: said.words.description.or(of_component.description),
                example: said.words.example,
                default: said.words.default.or(of_component.default),
                limits: said.words.limits.and(&parts.limits()),
            },
            ..said
        }
    }

    /// The `$ref` of schemas that apply together, with its target, if it is the only `$ref` and the others add nothing to its
    /// type. The others may have descriptions, or a `type` that the component also has.
    fn wrapped(&self, written: &[&'a openapi::Schema]) -> Option<(&'a Text, Parts<'a>)> {
        let outer = written.iter().copied();
        let outer = outer.filter(|schema| !schema.says_nothing_beside_all_of());
        let inner = written.iter().flat_map(|schema| schema.all_of_in_effect());
        let inner = inner.filter(|branch| !branch.says_nothing_of_its_type());
        let (references, others): (Vec<_>, Vec<_>) = outer
            .chain(inner)
            .partition(|schema| schema.reference.is_some());
        let [single] = references.as_slice() else {
            return None;
        };
        let component = Parts::quietly(&[single], self.components);
        let is_of_its_type = |other: &&openapi::Schema| {
            let is_outer = parts::holds(written, other);
            let says_no_more = match other.makes_files_of_strings() {
                true => !component.may_be_file() && other.says_format_at_most(),
                false => other.says_types_at_most(),
            };
            says_no_more
                && (is_outer || other.all_of.is_empty())
                && (other.types.is_empty() || component.has_type_within(&other.types))
        };
        let adds_nothing = others.iter().all(is_of_its_type);
        let reference = single.reference.as_ref().filter(|_| adds_nothing)?;
        Some((reference, component))
    }

    /// Whether the limits of an integer, or its default, require another type than the component's.
    fn is_another_integer(&self, written: &[&'a openapi::Schema], component: &Parts<'a>) -> bool {
        let parts = || Parts::quietly(written, self.components);
        component.types() == [SchemaType::Integer] && parts().integer() != component.integer()
    }

    /// The schemas, and the members of their `allOf`.
    fn parts(&mut self, written: &[&'a openapi::Schema]) -> Parts<'a> {
        Parts::of(
            written,
            self.components,
            self.diagnostics,
            &mut self.circles,
        )
    }
}

/// The facts from the schemas' own places, without their types.
fn said<'a>(written: &[&'a openapi::Schema]) -> Schema<'a> {
    let any = |say: fn(&openapi::Schema) -> bool| said_by(written).any(say);
    Schema {
        written: written.to_vec(),
        nullable: any(|schema| schema.nullable),
        words: words(written),
        deprecated: any(|schema| schema.deprecated),
        read_only: any(|schema| schema.read_only),
        write_only: any(|schema| schema.write_only),
        media_type: said_by(written).find_map(|schema| schema.media_type.as_deref()),
        ..Schema::anything(written[0].place)
    }
}

/// The descriptions and limits from the schemas' own places.
fn words<'a>(written: &[&'a openapi::Schema]) -> Words<'a> {
    Words {
        description: said_by(written).find_map(|schema| schema.description.as_deref()),
        example: said_by(written).find_map(|schema| schema.example.as_ref()),
        default: said_by(written).find_map(|schema| schema.default.as_ref()),
        limits: Limits::all(said_by(written).map(|schema| &schema.limits)),
    }
}

/// The inline schemas: the schemas themselves, and the branches of their `allOf`, but not the targets of references.
fn said_by<'s, 'a>(
    written: &'s [&'a openapi::Schema],
) -> impl Iterator<Item = &'a openapi::Schema> + use<'s, 'a> {
    let inner =
        |schema: &&'a openapi::Schema| std::iter::once(*schema).chain(schema.all_of_in_effect());
    written.iter().flat_map(inner)
}
