//! A schema and everything that its `allOf` adds, through all references.

mod unions;

use std::collections::{HashMap, HashSet};

use super::components::Components;
use crate::diagnostic::Diagnostics;
use crate::lower::{circles, integers};
use crate::model::Type;
use crate::openapi::{self, AdditionalProperties, Limits, SchemaType};
use crate::pointer;
use crate::reader::Text;
use crate::tree::Value;

/// Schemas that all apply to one value, with the members of their `allOf`. The outermost is first.
pub(super) struct Parts<'a> {
    pub(super) all: Vec<&'a openapi::Schema>,
    /// Bases whose union lists, as a branch, a schema that includes the base by `allOf`. The base's union does not count for this
    /// schema.
    bases: Vec<&'a openapi::Schema>,
}

/// The parts by their addresses, and the parts whose union does not count.
pub(super) type Identity = [Vec<*const openapi::Schema>; 2];

/// All schemas of a property, the outermost first. A derived schema may say more about a property than its base.
pub(super) struct Property<'a> {
    pub(super) name: &'a Text,
    pub(super) schemas: Vec<&'a openapi::Schema>,
}

impl<'a> Parts<'a> {
    /// The parts of schemas. A schema with a `$ref` is replaced by its target.
    pub(super) fn of(
        schemas: &[&'a openapi::Schema],
        components: &Components<'a>,
        diagnostics: &mut Diagnostics,
        circles: &mut HashSet<&'a str>,
    ) -> Self {
        let mut walk = Walk {
            components,
            diagnostics,
            path: Vec::new(),
            met: HashSet::new(),
            parts: Vec::new(),
            circles,
        };
        for schema in schemas {
            match &schema.reference {
                Some(reference) => walk.component(reference),
                None => walk.schema(schema),
            }
        }
        let bases = walk.bases();
        Self {
            all: walk.parts,
            bases,
        }
    }

    /// The parts of schemas, without diagnostics, because resolving each component already reports them.
    pub(super) fn quietly(schemas: &[&'a openapi::Schema], components: &Components<'a>) -> Self {
        let ignored = &mut Diagnostics::default();
        Self::of(schemas, components, ignored, &mut HashSet::new())
    }

    /// These parts together with the parts beside a union that has this branch.
    pub(super) fn beside(&self, union: &Self) -> Self {
        let mut all = self.all.clone();
        all.extend(union.all.iter().filter(|part| !holds(&self.all, part)));
        Self {
            all,
            bases: [self.bases.as_slice(), &union.all].concat(),
        }
    }

    /// The properties of all parts. Each name occurs once, with all schemas that describe it.
    pub(super) fn properties(&self) -> Vec<Property<'a>> {
        let mut properties: Vec<Property<'a>> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for openapi::Property { name, schema } in self.all.iter().flat_map(|part| &part.properties)
        {
            let place = *places.entry(&name.value).or_insert(properties.len());
            match properties.get_mut(place) {
                Some(known) => known.schemas.push(schema),
                None => properties.push(Property {
                    name,
                    schemas: vec![schema],
                }),
            }
        }
        properties
    }

    /// The schemas of the property `name`; empty if there is no such property.
    pub(super) fn property(&self, name: &str) -> Vec<&'a openapi::Schema> {
        let parts = self.all.iter();
        parts.filter_map(|part| part.property(name)).collect()
    }

    /// The enum values that all parts with values have in common. If there are none, the values of the outermost part.
    pub(super) fn values(&self) -> Option<Vec<&'a Text>> {
        let mut lists = self.all.iter().filter_map(|part| part.values.as_deref());
        let first: Vec<&Text> = lists.next()?.iter().collect();
        let mut common = first.clone();
        for list in lists {
            common.retain(|value| list.iter().any(|other| other.value == value.value));
        }
        Some(if common.is_empty() { first } else { common })
    }

    /// Two parts with enums, if no value is in all enums.
    pub(super) fn clash_of_values(&self) -> Option<[&'a openapi::Schema; 2]> {
        let mut listed = self.all.iter().filter(|part| part.values.is_some());
        let first = listed.next()?;
        let has = |part: &openapi::Schema, value: &Text| {
            let mut values = part.values.iter().flatten();
            part.any_text || values.any(|other| other.value == value.value)
        };
        let mut common: Vec<&Text> = first.values.iter().flatten().collect();
        let clash = listed.find(|part| {
            common.retain(|value| has(part, value));
            common.is_empty() && !first.any_text
        });
        // Both parts allow null.
        clash
            .filter(|part| !(first.nullable && part.nullable))
            .map(|part| [*first, *part])
    }

    /// The types that all parts allow. If the parts exclude each other, the types of the outermost part.
    pub(super) fn types(&self) -> Vec<SchemaType> {
        self.types_and_clash().0
    }

    /// Two parts whose types exclude each other.
    pub(super) fn clash(&self) -> Option<[&'a openapi::Schema; 2]> {
        self.types_and_clash().1
    }

    /// The type of all values of an enum that has no `type`, if they are numbers or booleans.
    fn type_of_values(&self) -> Option<SchemaType> {
        let values = self.all.iter().flat_map(|part| &part.other_values);
        let values = values.filter(|value| !matches!(value.value, Value::Null));
        let mut types = values.map(|value| match &value.value {
            Value::Bool(_) => Some(SchemaType::Boolean),
            Value::Number(number) if number.is_f64() => Some(SchemaType::Number),
            Value::Number(_) => Some(SchemaType::Integer),
            Value::Mapping(_) | Value::Null | Value::Sequence(_) | Value::String(_) => None,
        });
        let first = types.next()??;
        types.try_fold(first, |known, one| match (known, one?) {
            (known, one) if known == one => Some(known),
            (SchemaType::Boolean, _) | (_, SchemaType::Boolean) => None,
            _ => Some(SchemaType::Number),
        })
    }

    fn types_and_clash(&self) -> (Vec<SchemaType>, Option<[&'a openapi::Schema; 2]>) {
        let mut typed = self.all.iter().filter(|part| !part.types.is_empty());
        let Some(first) = typed.next() else {
            return (self.type_of_values().into_iter().collect(), None);
        };
        let mut types = first.types.clone();
        let mut clash = None;
        for part in typed {
            let common = SchemaType::common(&types, &part.types);
            if !common.is_empty() {
                types = common;
            } else if !(first.nullable && part.nullable) {
                clash = clash.or(Some([*first, *part]));
            }
        }
        if types.contains(&SchemaType::Number) {
            types.retain(|one| *one != SchemaType::Integer);
        }
        (types, clash)
    }

    /// Whether the parts together allow null. A part without a type of its own, or with an `allOf`, decides this for the others
    /// too, because documents use such a part to make a `$ref` nullable.
    pub(super) fn is_nullable(&self) -> bool {
        let is_typed = |part: &openapi::Schema| !part.types.is_empty() || part.values.is_some();
        let says_for_all =
            |part: &openapi::Schema| part.nullable && (!is_typed(part) || !part.all_of.is_empty());
        let denies = |part: &openapi::Schema| is_typed(part) && !part.nullable;
        self.any(says_for_all) || (self.any(|part| part.nullable) && !self.any(denies))
    }

    /// Whether the parts restrict their type at least as much as `types`.
    pub(super) fn has_type_within(&self, types: &[SchemaType]) -> bool {
        let own = self.types();
        match own.is_empty() {
            true => self.any(|part| !part.says_types_at_most()),
            false => SchemaType::common(&own, types) == own,
        }
    }

    /// Whether the predicate is true for any part.
    pub(super) fn any(&self, say: impl Fn(&openapi::Schema) -> bool) -> bool {
        self.all.iter().any(|part| say(part))
    }

    /// Identifies these parts.
    pub(super) fn identity(&self) -> Identity {
        let pointers = |parts: &[&'a openapi::Schema]| {
            let parts = parts.iter();
            parts.map(|part| std::ptr::from_ref(*part)).collect()
        };
        [pointers(&self.all), pointers(&self.bases)]
    }

    /// The limits of a value that fits all parts.
    pub(super) fn limits(&self) -> Limits {
        Limits::all(self.all.iter().map(|part| &part.limits))
    }

    /// The format from the outermost part that has one. A media type beside an `allOf` makes a file of a string only.
    pub(super) fn format(&self) -> Option<&'a str> {
        let may_be_file = self.may_be_file();
        self.first(|part| match part.makes_files_of_strings() && !may_be_file {
            true => None,
            false => part.format.as_deref(),
        })
    }

    /// Whether the value is a string without listed values, or a value without a type.
    pub(super) fn may_be_file(&self) -> bool {
        let is_string = |types: &[SchemaType]| types.is_empty() || types == [SchemaType::String];
        let is_plain = |part: &openapi::Schema| part.is_plain() && part.values.is_none();
        is_string(&self.types()) && self.all.iter().all(|part| is_plain(part))
    }

    /// The integer type for a value that all parts allow.
    pub(super) fn integer(&self) -> Type {
        let format = self.format();
        let default = self.first(|part| part.default.as_ref());
        let values = self.all.iter().map(|part| part.other_values.as_slice());
        let values = values.max_by_key(|values| values.len()).unwrap_or_default();
        integers::type_by(format, &self.limits(), default, values)
    }

    /// The schemas of the items of a list, from all parts; empty if the first items have other schemas.
    pub(super) fn items(&self) -> Vec<&'a openapi::Schema> {
        let is_of_all = !self.any(|part| part.has_first_items);
        let parts = self.all.iter().filter(|_| is_of_all);
        parts.filter_map(|part| part.items.as_deref()).collect()
    }

    /// The schemas of an object's additional properties, from all parts.
    pub(super) fn map_values(&self) -> Vec<&'a openapi::Schema> {
        let additional = self.all.iter().map(|part| &part.additional_properties);
        let values = additional.filter_map(|additional| match additional {
            Some(AdditionalProperties::Schema(values)) => Some(values.as_ref()),
            _ => None,
        });
        values.collect()
    }

    /// The fact from the outermost part that has it.
    pub(super) fn first<T>(&self, say: impl Fn(&'a openapi::Schema) -> Option<T>) -> Option<T> {
        self.all.iter().find_map(|part| say(part))
    }
}

/// Whether one of the schemas is the same schema at the same address, not only an equal one.
pub(super) fn holds(schemas: &[&openapi::Schema], schema: &openapi::Schema) -> bool {
    schemas.iter().any(|known| std::ptr::eq(*known, schema))
}

/// Visits a schema and the members of its `allOf`.
struct Walk<'a, 'm> {
    components: &'m Components<'a>,
    diagnostics: &'m mut Diagnostics,
    /// The references on the way to the visited component.
    path: Vec<&'a Text>,
    /// The components that were visited. A component in several parts counts once.
    met: HashSet<&'a str>,
    parts: Vec<&'a openapi::Schema>,
    /// The components in a cycle that was reported.
    circles: &'m mut HashSet<&'a str>,
}

impl<'a> Walk<'a, '_> {
    fn schema(&mut self, schema: &'a openapi::Schema) {
        self.parts.push(schema);
        for branch in &schema.all_of {
            match &branch.reference {
                Some(reference) => self.component(reference),
                None => self.schema(branch),
            }
        }
    }

    /// Visits a component, through all references that only lead to another one.
    fn component(&mut self, reference: &'a Text) {
        if !self.met.insert(&reference.value) {
            let mut path = self.path.iter();
            if let Some(start) = path.position(|open| open.value == reference.value) {
                self.report_circle(reference, start);
            }
            return;
        }
        let Some(found) = self.components.schema(reference, self.diagnostics) else {
            return;
        };
        self.path.push(reference);
        match &found.value.reference {
            Some(further) => self.component(further),
            None => self.schema(&found.value),
        }
        self.path.pop();
    }

    /// The parts that have, as a branch, a schema that includes them.
    fn bases(&self) -> Vec<&'a openapi::Schema> {
        let is_base = |part: &&&'a openapi::Schema| {
            part.branches.iter().any(|branch| {
                self.components
                    .target(branch)
                    .is_some_and(|heir| holds(&self.parts, heir) && self.is_made_of(heir, part))
            })
        };
        self.parts.iter().filter(is_base).copied().collect()
    }

    /// Whether the base is in the `allOf` of the component, at any depth.
    fn is_made_of(&self, heir: &'a openapi::Schema, base: &openapi::Schema) -> bool {
        let mut open: Vec<&openapi::Schema> = heir.all_of.iter().collect();
        let mut met: Vec<&openapi::Schema> = Vec::new();
        while let Some(next) = open.pop() {
            let target = match next.reference {
                Some(_) => self.components.target(next),
                None => Some(next),
            };
            let Some(target) = target.filter(|target| !holds(&met, target)) else {
                continue;
            };
            if std::ptr::eq(target, base) {
                return true;
            }
            met.push(target);
            open.extend(&target.all_of);
        }
        false
    }

    /// Reports a cycle of references with all its components, once for each cycle.
    fn report_circle(&mut self, closing: &Text, start: usize) {
        let circle = &self.path[start..];
        let mut names = circle.iter().map(|reference| reference.value.as_str());
        let is_new = names.all(|name| !self.circles.contains(name));
        let names = circle.iter().map(|reference| reference.value.as_str());
        self.circles.extend(names);
        if !is_new {
            return;
        }
        let between = circle[1..].iter();
        let moved = self.components.moved;
        let between = between.map(|reference| moved.shown(&pointer::last_name(&reference.value)));
        let through = circles::through(between);
        let message = format!(
            "`{}` contains itself in its `allOf`{through}",
            moved.shown_reference(&closing.value)
        );
        let error = self.diagnostics.error(closing.place, message);
        let error = error.help("remove one of the references that close the cycle");
        for reference in &circle[1..] {
            let label = format!(
                "the reference to `{}`",
                moved.shown_reference(&reference.value)
            );
            error.related(reference.place, label);
        }
    }
}
