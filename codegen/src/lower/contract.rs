//! Creates the contract from the resolved schemas, like the types.

use std::cell::RefCell;
use std::collections::HashSet;

use super::naming::{self, BodySlots, Named, Names, Site, Slot, Slots};
use super::resolve::{self, Content, Kind as Written, Operation, Resolved, Schema};
use super::types;
use crate::config::{self, Config};
use crate::contract::{
    Answered, Contract, Envelope, Exchange, Kind, Limits, Property, Sent, Shape, Text, Travels,
    Webhook,
};
use crate::model::{InputPlace, Type};
use crate::openapi;
use crate::tree::{Node, Place};

/// The contract of a document, with the names of its types.
pub(super) fn lower(resolved: &Resolved<'_>, names: &Names, config: &Config) -> Contract {
    let shapes = Shapes {
        resolved,
        names,
        open: RefCell::default(),
    };
    let operations = resolved.operations.iter();
    let webhooks = resolved.webhooks.iter();
    let components = resolved.components.iter();
    Contract {
        operations: operations
            .map(|operation| shapes.exchange(operation, config))
            .collect(),
        webhooks: webhooks
            .filter_map(|webhook| shapes.webhook(webhook))
            .collect(),
        components: components
            .map(|component| {
                let name = &component.name.value;
                (name.clone(), shapes.component(name, &component.schema))
            })
            .collect(),
    }
}

struct Shapes<'r, 'a> {
    resolved: &'r Resolved<'a>,
    names: &'r Names,
    /// What is being gone through of what an `allOf` comes to, to see one that holds itself.
    open: RefCell<HashSet<usize>>,
}

impl<'r, 'a> Shapes<'r, 'a> {
    fn exchange(&self, operation: &'r Operation<'a>, config: &Config) -> Exchange {
        let said = config.operation(&operation.id);
        let written = operation.written;
        let path = said
            .and_then(|said| said.path.as_ref())
            .unwrap_or(&written.path);
        let bodies = operation.bodies.iter();
        Exchange {
            id: operation.id.clone(),
            verb: written.method.name(),
            path: path.value.clone(),
            place: written.name_place(),
            authenticated: written.authenticated,
            deprecated: written.deprecated,
            inputs: self.inputs(operation, &path.value),
            contents: bodies.map(|content| content.name.value.clone()).collect(),
            answered: self.answered(operation, said),
        }
    }

    fn inputs(&self, operation: &'r Operation<'a>, path: &str) -> Vec<Sent> {
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
                input.shape.deprecated |= parameter.written.deprecated;
                match travels {
                    Travels::Path => input.identity = position(path, &input.wire),
                    // The names of headers have no case.
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
                self.add(slots, Travels::Body, true, &mut inputs);
                for input in &mut inputs[first..] {
                    input.part_types = part_types(content, &input.wire);
                }
            }
            BodySlots::Whole(site) => inputs.push(Sent {
                wire: "body".to_owned(),
                identity: "body".to_owned(),
                travels: Travels::WholeBody,
                required: true,
                allows_reserved: false,
                part_types: Vec::new(),
                place: content.name.place,
                shape: self.shape(&content.schema, &site),
            }),
        }
        inputs
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
                allows_reserved: false,
                part_types: Vec::new(),
                place,
                shape: self.shape(schema, &site),
            });
        }
    }

    fn answered(&self, operation: &'r Operation<'a>, said: Option<&config::Operation>) -> Answered {
        let success = operation.success();
        let pages = naming::pages(operation, said, self.resolved);
        let answer = self.resolved.answer(success, pages);
        let schema = success.map(|content| &content.schema);
        let sites = naming::answer_sites(&answer, schema, &operation.id);
        let envelope = match answer {
            resolve::Answer::Empty => Envelope::Empty,
            resolve::Answer::Bytes => Envelope::Bytes,
            resolve::Answer::Text => Envelope::Text,
            resolve::Answer::Data(_) => Envelope::Data,
            resolve::Answer::Page(_) | resolve::Answer::OnlyPage(_) => Envelope::Page,
            resolve::Answer::Object(_) | resolve::Answer::List(..) => Envelope::Bare,
        };
        let shape = sites.last().map(|(site, schema)| self.shape(schema, site));
        let all = operation.all_successes();
        let all = all.flat_map(|(_, contents)| contents);
        Answered {
            envelope,
            shape,
            content: success.map(|content| content.name.value.clone()),
            contents: all.map(|content| content.name.value.clone()).collect(),
        }
    }

    fn webhook(&self, webhook: &'r resolve::Webhook<'a>) -> Option<Webhook> {
        let name = &webhook.written.name;
        let site = naming::event_site(&name.value);
        Some(Webhook {
            name: name.value.clone(),
            place: name.place,
            body: self.shape(webhook.body()?, &site),
        })
    }

    /// A schema with a name; its type is called after it.
    fn component(&self, name: &str, schema: &'r Schema<'a>) -> Shape {
        let site = Site {
            path: name.to_owned(),
            name: name.to_owned(),
        };
        let mut shape = self.shape(schema, &site);
        if let Some(ident) = self.names.component(name) {
            shape.rust = Some(ident.to_string());
        }
        shape
    }

    /// A schema at a site.
    fn shape(&self, schema: &'r Schema<'a>, site: &Site) -> Shape {
        let words = &schema.words;
        let mut shape = Shape {
            nullable: schema.nullable,
            deprecated: schema.deprecated,
            default: words.default.map(Node::to_json),
            limits: limits(&words.limits),
            ..Shape::anything(schema.place)
        };
        if schema.is_item()
            && let Some(Named::Given(ident) | Named::Shape(ident)) = self.names.inline(schema, site)
        {
            shape.rust = Some(ident.to_string());
        }
        shape.kind = match schema.kind() {
            Written::Component(name) => Kind::Component(name.value.clone()),
            Written::Merged(number) => return self.merged(number, site, shape),
            Written::Union => return self.union(schema, site, shape),
            Written::Enum => Kind::Enum(values(schema)),
            Written::Object => Kind::Object(self.properties(schema, site)),
            Written::Map(values) => Kind::Map(Box::new(self.shape(values, &site.values()))),
            Written::Several | Written::Any => Kind::Any,
            Written::List(None) => Kind::List(Box::new(Shape::anything(schema.place))),
            Written::List(Some(items)) => Kind::List(Box::new(self.shape(items, &site.items()))),
            Written::Boolean => Kind::Boolean,
            Written::Integer => Kind::Integer {
                is_32_bits: types::integer_of(schema) == Type::Integer32,
            },
            Written::Number => Kind::Number,
            Written::Text => Kind::Text(text(schema)),
        };
        shape
    }

    /// What an `allOf` comes to, with what is said where it stands.
    fn merged(&self, number: usize, site: &Site, said: Shape) -> Shape {
        if !self.open.borrow_mut().insert(number) {
            return said;
        }
        let shape = self.shape(self.resolved.merged(number), site);
        self.open.borrow_mut().remove(&number);
        Shape {
            place: said.place,
            nullable: said.nullable || shape.nullable,
            deprecated: said.deprecated || shape.deprecated,
            default: said.default.or(shape.default),
            ..shape
        }
    }

    fn properties(&self, schema: &'r Schema<'a>, site: &Site) -> Vec<Property> {
        let properties = schema.properties.iter();
        properties
            .map(|property| Property {
                name: property.name.value.clone(),
                required: schema.requires(&property.name.value),
                place: property.name.place,
                shape: self.shape(&property.schema, &site.property(&property.name.value)),
            })
            .collect()
    }

    /// A union: its only branch, or branches told apart by a property, or anything.
    fn union(&self, schema: &'r Schema<'a>, site: &Site, mut shape: Shape) -> Shape {
        let members: Vec<_> = schema.members().collect();
        let has_null = members.len() < schema.branches.len();
        shape.nullable |= has_null;
        match (members.as_slice(), &schema.tag) {
            ([member], _) => {
                let mut only = self.shape(member, site);
                only.nullable |= shape.nullable;
                only.default = shape.default.or(only.default);
                return only;
            }
            ([_, _, ..], Some(tag)) => {
                let mut seen = HashSet::new();
                let branches = tag.values.iter().enumerate();
                let branches = branches
                    .filter(|(_, (value, _))| seen.insert(&value.value))
                    .map(|(index, (value, branch))| {
                        let branch = self.shape(branch, &site.branch(index));
                        (value.value.clone(), branch)
                    });
                shape.kind = Kind::Union(tag.property.clone(), branches.collect());
            }
            _ => {}
        }
        shape
    }
}

/// A value by its parameter and the property that it is there, whether or not the parameter's name is sent.
fn identity(parameter: &str, wire: &str) -> String {
    match wire.strip_prefix(parameter) {
        Some(rest) if rest.is_empty() || rest.starts_with('[') => wire.to_owned(),
        _ => match wire.split_once('[') {
            Some((property, rest)) => format!("{parameter}[{property}][{rest}"),
            None => format!("{parameter}[{wire}]"),
        },
    }
}

/// The place of a variable in the path, because its name is not sent: `{0}` is the first.
fn position(path: &str, variable: &str) -> String {
    let before = path.split(&format!("{{{variable}}}")).next();
    let before = before.unwrap_or_default().matches('{').count();
    format!("{{{before}}}")
}

/// The content types that the document gives to a part of a form.
fn part_types(content: &Content<'_>, part: &str) -> Vec<String> {
    let encoding = content.encoding(part);
    let text = encoding.and_then(|encoding| encoding.content_type.as_ref());
    let listed = text.into_iter().flat_map(|text| text.value.split(','));
    listed.map(|name| name.trim().to_owned()).collect()
}

fn values(schema: &Schema<'_>) -> Vec<(String, Place)> {
    let values = schema.values.iter().flatten();
    values
        .map(|value| (value.value.clone(), value.place))
        .collect()
}

fn text(schema: &Schema<'_>) -> Text {
    match (schema.format, schema.wire_format) {
        (Some("date-time"), _) => Text::Timestamp,
        (_, Some("decimal" | "integer")) => Text::Numeric,
        (_, Some("error-code")) => Text::ErrorCode,
        _ => Text::Plain,
    }
}

fn limits(written: &openapi::Limits) -> Limits {
    let numbers = |limits: [(&'static str, &Option<String>); 4]| {
        let known = limits.into_iter().filter_map(|(keyword, value)| {
            let number = value.as_deref()?.parse().ok()?;
            Some((keyword, number))
        });
        known.collect()
    };
    Limits {
        lower: numbers([
            ("minimum", &written.minimum),
            ("exclusiveMinimum", &written.exclusive_minimum),
            ("minLength", &written.min_length),
            ("minItems", &written.min_items),
        ]),
        upper: numbers([
            ("maximum", &written.maximum),
            ("exclusiveMaximum", &written.exclusive_maximum),
            ("maxLength", &written.max_length),
            ("maxItems", &written.max_items),
        ]),
        pattern: written.pattern.clone(),
    }
}
