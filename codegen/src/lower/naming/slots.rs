//! What a request carries: its parameters, and the properties of its body.

use super::sites::{self, Site};
use crate::config::{self, Paging};
use crate::lower::resolve::{Content, Operation, Pages, Parameter, Property, Resolved, Schema};
use crate::model::{Body, InputPlace};
use crate::names;
use crate::openapi::Style;
use crate::tree::Place;

/// How deep objects in the query may hold objects: one that holds itself has no end.
const DEPTH: usize = 4;

/// A value that a request carries.
pub(in crate::lower) struct Slot<'r, 'a> {
    /// `filter[phone_number]`
    pub(in crate::lower) wire: String,
    pub(in crate::lower) site: Site,
    pub(in crate::lower) schema: &'r Schema<'a>,
    /// Where its name is written.
    pub(in crate::lower) place: Place,
    /// The object whose property it is, with its name there.
    pub(in crate::lower) property_of: Option<(&'r Schema<'a>, &'a str)>,
}

/// The values that a parameter or a body holds.
#[derive(Default)]
pub(in crate::lower) struct Slots<'r, 'a> {
    pub(in crate::lower) slots: Vec<Slot<'r, 'a>>,
    /// The objects whose properties they are.
    pub(in crate::lower) objects: Vec<&'r Schema<'a>>,
}

/// What a caller gives of a body.
pub(in crate::lower) enum BodySlots<'r, 'a> {
    /// Each property.
    Properties(Slots<'r, 'a>),
    /// All of it as one.
    Whole(Site),
}

/// The values of a parameter: itself, or each property of an object in the query.
pub(in crate::lower) fn of_parameter<'r, 'a>(
    parameter: &'r Parameter<'a>,
    id: &str,
    resolved: &'r Resolved<'a>,
) -> Slots<'r, 'a> {
    let wire = &parameter.written.name.value;
    let site = Site {
        path: format!("{id}.{wire}"),
        name: names::upper(&format!("{id} {wire}")).ident.to_string(),
    };
    let mut slots = Slots::default();
    if parameter.travels == InputPlace::Query
        && let Some(object) = object(&parameter.schema, resolved)
    {
        let is_deep = parameter.written.style == Style::DeepObject;
        let prefix = is_deep.then_some(wire.as_str());
        slots.flatten(object, prefix, &site, DEPTH, resolved);
        return slots;
    }
    slots.slots.push(Slot {
        wire: wire.clone(),
        site,
        schema: &parameter.schema,
        place: parameter.written.name.place,
        property_of: None,
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
    let Some(object) = object(&content.schema, resolved).filter(|_| has_parts) else {
        return BodySlots::Whole(root);
    };
    let sent = object.properties.iter();
    let slots = sent
        .filter(|property| !property.schema.read_only)
        .map(|property| {
            let wire = property.name.value.clone();
            let site = root.property(&wire);
            Slot::of_property(wire, site, property, object)
        });
    BodySlots::Properties(Slots {
        slots: slots.collect(),
        objects: vec![object],
    })
}

/// How the pages of an operation's answer can be asked for.
pub(in crate::lower) fn pages(
    operation: &Operation<'_>,
    said: Option<&config::Operation>,
    resolved: &Resolved<'_>,
) -> Pages {
    if let Some(paging) = said.and_then(|said| said.paging) {
        return match paging {
            Paging::PageNumber => Pages::Numbered,
            Paging::None => Pages::Refused,
        };
    }
    let mut slots = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.travels == InputPlace::Query)
        .flat_map(|parameter| of_parameter(parameter, &operation.id, resolved).slots);
    if slots.any(|slot| slot.wire == "page[number]") {
        Pages::Numbered
    } else {
        Pages::Unknown
    }
}

/// What the schema refers to, if it has properties.
fn object<'r, 'a>(schema: &'r Schema<'a>, resolved: &'r Resolved<'a>) -> Option<&'r Schema<'a>> {
    let target = resolved.target(schema);
    target.filter(|target| !target.properties.is_empty())
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
        }
    }
}

impl<'r, 'a> Slots<'r, 'a> {
    /// A value for each property of an object in the query: `filter[phone_number][contains]`.
    fn flatten(
        &mut self,
        object: &'r Schema<'a>,
        prefix: Option<&str>,
        site: &Site,
        depth: usize,
        resolved: &'r Resolved<'a>,
    ) {
        self.objects.push(object);
        for property in &object.properties {
            let name = &property.name.value;
            let wire = prefix.map_or_else(|| name.clone(), |prefix| format!("{prefix}[{name}]"));
            let site = site.property(name);
            match self::object(&property.schema, resolved) {
                Some(inner) if depth > 0 => {
                    self.flatten(inner, Some(&wire), &site, depth - 1, resolved);
                }
                _ => self
                    .slots
                    .push(Slot::of_property(wire, site, property, object)),
            }
        }
    }
}
