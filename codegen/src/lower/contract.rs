//! Creates the contract from the resolved schemas, like the types.

mod inputs;
mod limits;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::integers;
use super::naming::{self, Named, Names, Site};
use super::operations::answers;
use super::resolve::{self, Content, Kind as Written, Operation, Resolved, Schema, StringKind};
use crate::config::{self, Config};
use crate::contract::{
    Answered, Contract, Envelope, Exchange, Kind, Limits, Property, Shape, Text, Webhook,
};
use crate::model::Type;
use crate::openapi::SchemaType;
use crate::tree::{Node, Place};

/// The contract of a document, with the names of its types.
pub(super) fn lower(resolved: &Resolved<'_>, names: &Names, config: &Config) -> Contract {
    let shapes = Shapes {
        resolved,
        names,
        merged: RefCell::default(),
    };
    let operations = resolved.operations.iter();
    let webhooks = resolved.webhooks.iter();
    let components = resolved.components.iter();
    let operations = operations.map(|operation| shapes.exchange(operation, config));
    let operations = operations.collect();
    let webhooks = webhooks.filter_map(|webhook| shapes.webhook(webhook, config));
    let webhooks = webhooks.collect();
    let components = components.map(|component| {
        let name = &component.name.value;
        (name.clone(), shapes.component(name, &component.schema))
    });
    let components = components.collect();
    Contract {
        operations,
        webhooks,
        components,
        merged: shapes.merged.into_inner().shapes,
        keys: names
            .keys()
            .map(|(ident, key)| (ident.to_string(), key.to_owned()))
            .collect(),
    }
}

struct Shapes<'r, 'a> {
    resolved: &'r Resolved<'a>,
    names: &'r Names,
    merged: RefCell<Merged>,
}

/// The merged schemas of those `allOf`s that something contains.
#[derive(Default)]
struct Merged {
    shapes: Vec<Shape>,
    /// The numbers of the merged shapes, by the numbers of their schemas. If `sdk.yaml` names a type at or below a site, the key
    /// includes the site.
    numbers: HashMap<(usize, Option<String>), usize>,
}

impl Merged {
    fn reserve(&mut self, key: (usize, Option<String>), place: Place) -> usize {
        let index = self.shapes.len();
        self.shapes.push(Shape::anything(place));
        self.numbers.insert(key, index);
        index
    }
}

impl<'r, 'a> Shapes<'r, 'a> {
    fn exchange(&self, operation: &'r Operation<'a>, config: &Config) -> Exchange {
        let said = config.operation(&operation.id);
        let written = operation.written;
        let path = said
            .and_then(|said| said.path.as_ref())
            .unwrap_or(&written.path);
        let bodies = operation.bodies.iter();
        let content = operation.body();
        let body = content.and_then(|content| self.resolved.target(&content.schema));
        Exchange {
            id: operation.id.clone(),
            verb: written.method.name(),
            path: path.value.clone(),
            place: written.name_place(),
            authenticated: written.authenticated,
            deprecated: written.deprecated,
            says_idempotent: written.idempotent.is_some(),
            inputs: self.inputs(operation, &path.value),
            contents: bodies.map(|content| content.name.value.clone()).collect(),
            needs_body: operation.needs_body,
            body: content.map(|content| self.shape(&content.schema, &Site::nowhere())),
            body_limits: body.map(|body| self.limits(body)).unwrap_or_default(),
            is_body_closed: body.is_some_and(|body| body.is_closed),
            cookies: operation
                .cookies
                .iter()
                .map(|name| (name.value.clone(), name.place))
                .collect(),
            answered: self.answered(operation, said),
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
            resolve::Answer::Object(_) | resolve::Answer::WithMeta(..) => Envelope::Bare,
        };
        let body = success.filter(|content| content.is_json());
        let may_be_enveloped = match answer {
            resolve::Answer::Object(schema) => {
                let target = self.resolved.target(schema);
                target.is_some_and(answers::may_be_enveloped)
            }
            _ => false,
        };
        let shape = sites.last().map(|(site, schema)| self.shape(schema, site));
        let meta = match envelope {
            Envelope::Page => schema.map_or(Vec::new(), |schema| self.meta(schema)),
            _ => Vec::new(),
        };
        let status = operation.successes().find(|(_, content)| {
            let place = content.map(|content| content.name.place);
            place.is_some() && place == success.map(|content| content.name.place)
        });
        let all = operation.all_successes();
        let all = all.flat_map(|(_, contents)| contents);
        Answered {
            envelope,
            status: status.map(|(status, _)| status.value.clone()),
            shape,
            meta,
            body: body.map(|content| self.shape(&content.schema, &Site::nowhere())),
            others: self.other_successes(operation, success),
            may_be_enveloped,
            content: success.map(|content| content.name.value.clone()),
            contents: all.map(|content| content.name.value.clone()).collect(),
            may_be_empty: operation.successes().any(|(_, content)| content.is_none()),
        }
    }

    /// The bodies of the other successes, which the crate decodes as if they were `first`.
    fn other_successes(
        &self,
        operation: &'r Operation<'a>,
        first: Option<&Content<'a>>,
    ) -> Vec<(String, Shape)> {
        let others = operation.all_successes().filter_map(|(status, contents)| {
            let content = contents.iter().find(|content| content.is_json())?;
            let is_first = first.is_some_and(|first| first.name.place == content.name.place);
            let shape = self.shape(&content.schema, &Site::nowhere());
            (!is_first).then(|| (status.value.clone(), shape))
        });
        others.collect()
    }

    /// The properties that the crate reads from the `meta` of a page.
    fn meta(&self, page: &'r Schema<'a>) -> Vec<Property> {
        let meta = self
            .resolved
            .target(page)
            .and_then(|page| page.property("meta"));
        let Some(meta) = meta.and_then(|meta| self.resolved.target(&meta.schema)) else {
            return Vec::new();
        };
        let properties = self.properties(meta, &Site::nowhere()).into_iter();
        let read = properties.filter(|one| resolve::PAGE_FIGURES.contains(&one.name.as_str()));
        // The crate treats each as optional, even if the document requires it.
        read.map(|one| Property {
            required: false,
            ..one
        })
        .collect()
    }

    fn webhook(&self, webhook: &'r resolve::Webhook<'a>, config: &Config) -> Option<Webhook> {
        let name = &webhook.written.name;
        let body = webhook.body()?;
        let payload = naming::event_payload(webhook, body, config, self.resolved);
        Some(Webhook {
            name: name.value.clone(),
            place: name.place,
            body: self.shape(body, &Site::nowhere()),
            payload: self.shape(payload.schema, &payload.site),
        })
    }

    /// A schema with a name, which is also the name of its type.
    fn component(&self, name: &str, schema: &'r Schema<'a>) -> Shape {
        let mut shape = self.shape(schema, &Site::root(name, name));
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
            read_only: schema.read_only,
            write_only: schema.write_only,
            default: words.default.map(json),
            limits: self.limits(schema),
            is_closed: schema.is_closed,
            text_property: schema.text_property.map(|name| name.value.clone()),
            any_text: schema.any_text,
            is_one_or_list: schema.one_or_list,
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
            Written::Object => {
                let others = schema.map_values.as_deref();
                shape.others = others.map(|values| Box::new(self.shape(values, &site.values())));
                Kind::Object(self.properties(schema, site))
            }
            Written::Map(values) => Kind::Map(Box::new(self.shape(values, &site.values()))),
            Written::Several => {
                let types = schema.types.iter();
                Kind::Several(types.map(|one| of_type(*one, schema.place)).collect())
            }
            Written::Any if schema.types == [SchemaType::Object] => {
                shape.is_json = true;
                free_form(schema.place)
            }
            Written::Any => Kind::Any,
            Written::List(None) => Kind::List(Box::new(Shape::anything(schema.place))),
            Written::List(Some(items)) => Kind::List(Box::new(self.shape(items, &site.items()))),
            Written::Boolean => Kind::Boolean,
            Written::Integer => Kind::Integer(integers::range(&schema.integer())),
            Written::Number => Kind::Number,
            Written::Text => Kind::Text(text(schema)),
        };
        shape
    }

    /// A merged `allOf`, with the facts from its own place. It is created only once, because each may contain another twice.
    fn merged(&self, number: usize, site: &Site, said: Shape) -> Shape {
        let schema = self.resolved.merged(number);
        let path = self.names.gives_within(site).then(|| site.path.clone());
        let key = (number, path);
        let known = self.merged.borrow().numbers.get(&key).copied();
        let kind = Kind::Merged(known.unwrap_or_else(|| {
            // The number is assigned first, so that the shape can contain itself.
            let index = self.merged.borrow_mut().reserve(key, said.place);
            let shape = self.shape(schema, site);
            self.merged.borrow_mut().shapes[index] = shape;
            index
        }));
        Shape {
            kind,
            deprecated: said.deprecated || schema.deprecated,
            // The merged schema already has all limits, the tighter of two.
            limits: Limits::default(),
            ..said
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

    /// A union: its only branch, or branches that a property distinguishes, or anything.
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
                let branches = tag.values.iter();
                let branches = branches.filter(|(value, _)| seen.insert(&value.value)).map(
                    |(value, branch)| {
                        let site = site.branch(schema.number_of(branch));
                        (value.value.clone(), self.shape(branch, &site))
                    },
                );
                shape.kind = Kind::Union(tag.property.clone(), branches.collect());
            }
            ([_, _, ..], None) => {
                let branches = members.iter().enumerate();
                let branches =
                    branches.map(|(index, branch)| self.shape(branch, &site.branch(index)));
                shape.kind = Kind::Several(branches.collect());
            }
            _ => {}
        }
        shape
    }
}

fn values(schema: &Schema<'_>) -> Vec<(String, Place)> {
    let values = schema.values.iter().flatten();
    values
        .map(|value| (value.value.clone(), value.place))
        .collect()
}

fn text(schema: &Schema<'_>) -> Text {
    match schema.string_kind() {
        StringKind::Timestamp => Text::Timestamp,
        StringKind::Numeric => Text::Numeric,
        StringKind::ErrorCode => Text::ErrorCode,
        StringKind::Plain | StringKind::Secret => Text::Plain,
    }
}

/// Any value of a type.
fn of_type(one: SchemaType, place: Place) -> Shape {
    let kind = match one {
        SchemaType::Array => Kind::List(Box::new(Shape::anything(place))),
        SchemaType::Boolean => Kind::Boolean,
        SchemaType::Integer => Kind::Integer(integers::range(&Type::Integer)),
        SchemaType::Number => Kind::Number,
        SchemaType::Object => free_form(place),
        SchemaType::String => Kind::Text(Text::Plain),
    };
    Shape {
        is_json: one == SchemaType::Object,
        kind,
        ..Shape::anything(place)
    }
}

/// A value as JSON. Each number has one notation: `1.0` becomes `1`.
fn json(value: &Node) -> String {
    /// From this value on, an `f64` cannot represent every integer.
    const FIRST_INEXACT: f64 = 9_007_199_254_740_992.0;
    let written = value.to_json();
    match written.parse::<f64>() {
        Ok(number) if number.abs() < FIRST_INEXACT => number.to_string(),
        _ => written,
    }
}

fn free_form(place: Place) -> Kind {
    Kind::Map(Box::new(Shape::anything(place)))
}
