//! The values of a request: its parameters, and the properties of its body.

use super::shapes;
use super::sites::{self, Site};
use crate::config::{self, Paging};
use crate::lower::resolve::{
    Content, Kind, Operation, Pages, Parameter, Property, Resolved, Schema, StringKind,
};
use crate::model::{Body, InputPlace, PAGE_NUMBER, Type};
use crate::names;
use crate::openapi::Style;
use crate::tree::Place;

/// The maximum depth of objects in the query, because an object that contains itself has no end.
const DEPTH: usize = 4;

/// The maximum number of values of a parameter or a body.
pub(in crate::lower) const MOST_SLOTS: usize = 500;

/// A value in a request.
pub(in crate::lower) struct Slot<'r, 'a> {
    /// `filter[phone_number]`
    pub(in crate::lower) wire: String,
    pub(in crate::lower) site: Site,
    pub(in crate::lower) schema: &'r Schema<'a>,
    /// Where the document has the value's name.
    pub(in crate::lower) place: Place,
    /// The object that has the value as a property, and the property's name.
    pub(in crate::lower) property_of: Option<(&'r Schema<'a>, &'a str)>,
    /// Whether that object, or an object that contains it, is optional.
    pub(in crate::lower) is_below_optional: bool,
    /// In a form: the part that is this value, or that has it as a property.
    pub(in crate::lower) part: &'a str,
}

/// The values of a parameter or a body.
#[derive(Default)]
pub(in crate::lower) struct Slots<'r, 'a> {
    pub(in crate::lower) slots: Vec<Slot<'r, 'a>>,
    /// The objects that have the values as properties.
    pub(in crate::lower) objects: Vec<&'r Schema<'a>>,
    /// Whether there are more than [`MOST_SLOTS`] values, so some are missing here.
    pub(in crate::lower) is_cut: bool,
}

/// What a caller passes for a body.
pub(in crate::lower) enum BodySlots<'r, 'a> {
    /// Each property.
    Properties(Slots<'r, 'a>),
    /// The whole body as one argument.
    Whole(Site),
}

/// The values of a parameter: the parameter itself, or each property of an object in the query.
pub(in crate::lower) fn of_parameter<'r, 'a>(
    parameter: &'r Parameter<'a>,
    id: &str,
    resolved: &'r Resolved<'a>,
) -> Slots<'r, 'a> {
    let wire = &parameter.written.name.value;
    let name = names::upper(&format!("{id} {wire}")).ident.to_string();
    let site = Site::root(format!("{id}.{wire}"), name);
    let mut slots = Slots::default();
    if parameter.travels == InputPlace::Query
        && let Some(object) = object(&parameter.schema, resolved)
    {
        let is_deep = parameter.written.style == Style::DeepObject;
        let above = Above {
            prefix: is_deep.then_some(wire.as_str()),
            part: wire,
            is_optional: false,
            depth: DEPTH,
            object,
            above: None,
        };
        slots.flatten(&above, &site, resolved);
        return slots;
    }
    slots.slots.push(Slot {
        wire: wire.clone(),
        site,
        schema: &parameter.schema,
        place: parameter.written.name.place,
        property_of: None,
        is_below_optional: false,
        part: wire,
    });
    slots
}

/// The values of a body.
pub(in crate::lower) fn of_body<'r, 'a>(
    content: &'r Content<'a>,
    id: &str,
    resolved: &'r Resolved<'a>,
) -> BodySlots<'r, 'a> {
    let name = names::upper(id).ident.to_string();
    let root = sites::root(&content.schema, &format!("{id}.request"), &name);
    let has_parts = !matches!(content.body(), Body::Content(_));
    // If an object allows additional properties, the caller passes it as one argument, which has a field for these properties.
    let is_written_out = |object: &&Schema<'_>| has_parts && object.map_values.is_none();
    let Some(object) = object(&content.schema, resolved).filter(is_written_out) else {
        return BodySlots::Whole(root);
    };
    let mut slots = Slots {
        objects: vec![object],
        ..Slots::default()
    };
    for property in resolved.sent(object) {
        let wire = &property.name.value;
        let site = root.property(wire);
        let style = content.encoding(wire).and_then(|encoding| encoding.style);
        let inner = self::object(&property.schema, resolved);
        if let (Some((style @ (Style::DeepObject | Style::Plain), true)), Some(inner)) =
            (style, inner)
        {
            let above = Above {
                prefix: (style == Style::DeepObject).then_some(wire.as_str()),
                part: wire,
                is_optional: !object.requires(wire),
                depth: DEPTH,
                object: inner,
                above: None,
            };
            slots.flatten(&above, &site, resolved);
        } else {
            slots.push(Slot::of_property(wire.clone(), site, property, object));
        }
    }
    BodySlots::Properties(slots)
}

/// How a program can request the pages of a list.
pub(in crate::lower) fn pages(
    operation: &Operation<'_>,
    said: Option<&config::Operation>,
    resolved: &Resolved<'_>,
) -> Pages {
    if let Some((paging, _)) = said.and_then(|said| said.paging) {
        return match paging {
            Paging::PageNumber => Pages::Numbered,
            Paging::None => Pages::Refused,
        };
    }
    match has_page_number(operation, resolved) {
        true => Pages::Numbered,
        false => Pages::Unknown,
    }
}

/// Whether the document lists the parameter for the number of a page.
pub(in crate::lower) fn has_page_number(
    operation: &Operation<'_>,
    resolved: &Resolved<'_>,
) -> bool {
    let mut slots = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.travels == InputPlace::Query)
        .flat_map(|parameter| of_parameter(parameter, &operation.id, resolved).slots);
    slots.any(|slot| slot.wire == PAGE_NUMBER)
}

/// The object with properties that the schema is or refers to. A union beside properties does not count, because the client sends
/// it as a whole.
fn object<'r, 'a>(schema: &'r Schema<'a>, resolved: &'r Resolved<'a>) -> Option<&'r Schema<'a>> {
    let target = resolved.beside_null(schema);
    target.filter(|target| matches!(target.kind(), Kind::Object))
}

/// The members of a union of a value and lists of such values. The client sends a single value as a list of one.
pub(in crate::lower) fn one_or_list<'r, 'a>(
    schema: &'r Schema<'a>,
    resolved: &'r Resolved<'a>,
) -> Option<Vec<&'r Schema<'a>>> {
    let union = resolved.beside_null(schema)?;
    if !union.is_union() || union.tag.is_some() {
        return None;
    }
    let members: Vec<&Schema<'a>> = union.members().map(|member| &**member).collect();
    let mut lists = 0;
    let mut values = members
        .iter()
        .map(|member| match resolved.target(member)?.kind() {
            Kind::List(items) => {
                lists += 1;
                Single::of(items?, resolved)
            }
            _ => Single::of(member, resolved),
        });
    let first = values.next()??;
    let is_same = values.all(|value| value.as_ref() == Some(&first));
    (is_same && lists > 0).then_some(members)
}

/// The kind of a value that has one text. Two equal kinds have one type.
#[derive(PartialEq)]
enum Single<'r> {
    Boolean,
    Integer(Type),
    Number,
    Text(StringKind),
    /// The component and the structure.
    Enum(Option<&'r str>, String),
}

impl<'r> Single<'r> {
    fn of<'a>(schema: &'r Schema<'a>, resolved: &'r Resolved<'a>) -> Option<Self> {
        let target = resolved.target(schema)?;
        match target.kind() {
            Kind::Boolean => Some(Self::Boolean),
            Kind::Integer => Some(Self::Integer(target.integer())),
            Kind::Number => Some(Self::Number),
            Kind::Text => Some(Self::Text(target.string_kind())),
            Kind::Enum => {
                let component = schema.reference.map(|name| name.value.as_str());
                Some(Self::Enum(component, shapes::structure(target)))
            }
            _ => None,
        }
    }
}

impl<'r, 'a> Slot<'r, 'a> {
    fn of_property(
        wire: String,
        site: Site,
        property: &'r Property<'a>,
        owner: &'r Schema<'a>,
    ) -> Self {
        Self {
            wire,
            site,
            schema: &property.schema,
            place: property.name.place,
            property_of: Some((owner, &property.name.value)),
            is_below_optional: false,
            part: &property.name.value,
        }
    }

    /// The schemas that determine the type of a value: its own schema, or those of a value and of lists of such values.
    pub(super) fn schemas(&self, resolved: &'r Resolved<'a>) -> Vec<&'r Schema<'a>> {
        one_or_list(self.schema, resolved).unwrap_or_else(|| vec![self.schema])
    }
}

/// The objects around an object whose properties become separate parameters.
struct Above<'n, 'r, 'a> {
    /// The prefix of the properties' names, which are then in brackets: `filter`.
    prefix: Option<&'n str>,
    part: &'a str,
    is_optional: bool,
    /// How many more levels of objects become separate parameters.
    depth: usize,
    object: &'r Schema<'a>,
    /// The same for the object around this one.
    above: Option<&'n Above<'n, 'r, 'a>>,
}

impl<'n, 'r, 'a> Above<'n, 'r, 'a> {
    /// Whether the object is one of these. Then its properties do not become separate parameters again.
    fn is_in(&self, object: &Schema<'a>) -> bool {
        let mut around = std::iter::successors(Some(self), |one| one.above);
        around.any(|one| one.object.place == object.place)
    }
}

impl<'r, 'a> Slots<'r, 'a> {
    fn push(&mut self, slot: Slot<'r, 'a>) {
        match self.slots.len() {
            MOST_SLOTS.. => self.is_cut = true,
            _ => self.slots.push(slot),
        }
    }

    /// A value for each property of an object whose properties become separate parameters: `filter[phone_number][contains]`.
    fn flatten(&mut self, above: &Above<'_, 'r, 'a>, site: &Site, resolved: &'r Resolved<'a>) {
        let object = above.object;
        self.objects.push(object);
        for property in resolved.sent(object) {
            if self.is_cut {
                return;
            }
            let name = &property.name.value;
            let wire = match above.prefix {
                Some(prefix) => format!("{prefix}[{name}]"),
                None => name.clone(),
            };
            let site = site.property(name);
            match self::object(&property.schema, resolved) {
                // No style but `deepObject` has a notation for an object in an object.
                Some(inner) if above.prefix.is_some() && above.depth > 0 && !above.is_in(inner) => {
                    let below = Above {
                        prefix: Some(&wire),
                        is_optional: above.is_optional || !object.requires(name),
                        depth: above.depth - 1,
                        object: inner,
                        above: Some(above),
                        ..*above
                    };
                    self.flatten(&below, &site, resolved);
                }
                _ => self.push(Slot {
                    is_below_optional: above.is_optional,
                    part: above.part,
                    ..Slot::of_property(wire, site, property, object)
                }),
            }
        }
    }
}
