//! The values of a request, in the contract.

use super::Shapes;
use crate::contract::{Sent, Travels};
use crate::lower::naming::{self, BodySlots, Site, Slot, Slots};
use crate::lower::resolve::{Content, Operation};
use crate::model::InputPlace;

impl<'r, 'a> Shapes<'r, 'a> {
    pub(super) fn inputs(&self, operation: &'r Operation<'a>, path: &str) -> Vec<Sent> {
        let mut inputs = Vec::new();
        for parameter in &operation.parameters {
            let travels = match parameter.travels {
                InputPlace::Path => Travels::Path,
                InputPlace::Header => Travels::Header,
                InputPlace::IdempotencyKey => Travels::Key,
                _ => Travels::Query,
            };
            let slots = naming::of_parameter(parameter, &operation.id, self.resolved);
            let required = parameter.written.required || travels == Travels::Path;
            let first = inputs.len();
            self.add(slots, travels, required, &mut inputs);
            for input in &mut inputs[first..] {
                input.allows_reserved = parameter.written.allows_reserved;
                input.is_json = parameter.written.is_json;
                input.json = parameter
                    .json
                    .as_ref()
                    .map(|schema| self.shape(schema, &Site::nowhere()));
                input.shape.deprecated |= parameter.written.deprecated;
                match travels {
                    Travels::Path => input.identity = position(path, &input.wire),
                    // The case of header names makes no difference.
                    Travels::Header => input.identity.make_ascii_lowercase(),
                    _ => {}
                }
            }
        }
        let Some(content) = operation.body() else {
            return inputs;
        };
        match naming::of_body(content, &operation.id, self.resolved) {
            BodySlots::Properties(slots) => {
                let first = inputs.len();
                let types = slots
                    .slots
                    .iter()
                    .map(|slot| self.part_types(content, slot));
                let types: Vec<Vec<String>> = types.collect();
                self.add(slots, Travels::Body, true, &mut inputs);
                for (input, types) in inputs[first..].iter_mut().zip(types) {
                    input.part_types = types;
                }
            }
            BodySlots::Whole(site) => inputs.push(Sent {
                wire: "body".to_owned(),
                identity: "body".to_owned(),
                travels: Travels::WholeBody,
                required: operation.needs_body,
                required_in: None,
                allows_reserved: false,
                is_json: false,
                json: None,
                part_types: Vec::new(),
                place: content.name.place,
                shape: self.shape(&content.schema, &site),
            }),
        }
        inputs
    }

    /// The content types that the document gives to a part of a form.
    fn part_types(&self, content: &Content<'a>, slot: &Slot<'_, 'a>) -> Vec<String> {
        let encoding = content.encoding(&slot.wire);
        let listed = encoding.and_then(|encoding| encoding.content_type.as_ref());
        let listed = listed.map(|text| text.value.as_str());
        let own = || self.resolved.media_type(slot.schema);
        let listed = listed.or_else(own).into_iter();
        let names = listed.flat_map(|listed| listed.split(','));
        names.map(|name| name.trim().to_owned()).collect()
    }

    fn add(&self, slots: Slots<'r, 'a>, travels: Travels, required: bool, inputs: &mut Vec<Sent>) {
        for slot in slots.slots {
            let Slot {
                wire,
                site,
                schema,
                place,
                property_of,
                is_below_optional,
                part,
            } = slot;
            let own = property_of
                .is_none_or(|(object, name)| object.requires(name) && !is_below_optional);
            inputs.push(Sent {
                identity: identity(part, &wire),
                wire,
                travels,
                required: required && own,
                required_in: (!required && own && property_of.is_some()).then(|| part.to_owned()),
                allows_reserved: false,
                is_json: false,
                json: None,
                part_types: Vec::new(),
                place,
                shape: self.shape(schema, &site),
            });
        }
    }
}

/// Identifies a value by its parameter and its property, whether or not a request contains the parameter's name.
fn identity(parameter: &str, wire: &str) -> String {
    match wire.strip_prefix(parameter) {
        Some(rest) if rest.is_empty() || rest.starts_with('[') => wire.to_owned(),
        _ => match wire.split_once('[') {
            Some((property, rest)) => format!("{parameter}[{property}][{rest}"),
            None => format!("{parameter}[{wire}]"),
        },
    }
}

/// Identifies a path variable by its position, because its name is not sent: `{0}` is the first.
fn position(path: &str, variable: &str) -> String {
    let before = path.split(&format!("{{{variable}}}")).next();
    let before = before.unwrap_or_default().matches('{').count();
    format!("{{{before}}}")
}
