//! From schemas to types.

use proc_macro2::Ident;

use super::registry::{Typed, Types};
use super::{enums, objects, unions};
use crate::lower::circles;
use crate::lower::naming::{Named, Site};
use crate::lower::resolve::{Kind, Schema, StringKind};
use crate::model::{ItemKind, Lenient, Type};
use crate::pointer;
use crate::reader::Text;
use crate::tree::Place;

impl<'a> Types<'a> {
    /// The type of a schema at a site.
    pub(in crate::lower) fn of(&mut self, schema: &'a Schema<'a>, site: &Site) -> Typed {
        let mut typed = match schema.kind() {
            Kind::Component(name) => self.component(name, schema.reference_place),
            Kind::Merged(number) => self.of(self.resolved.merged(number), site),
            Kind::Union => unions::type_of(schema, site, self),
            Kind::Enum | Kind::Object => self.inline(schema, site),
            Kind::Map(values) => {
                let values = self.of(values, &site.values()).ty;
                Typed::of(Type::Map(Box::new(values)))
            }
            Kind::List(items) => {
                let item = items.map_or(Type::Json, |items| self.of(items, &site.items()).ty);
                let lenient = match schema.one_or_list {
                    true => Lenient::OneOrList,
                    false => Lenient::No,
                };
                Typed {
                    lenient,
                    ..Typed::of(Type::List(Box::new(item)))
                }
            }
            Kind::Boolean => Typed::of(Type::Boolean),
            Kind::Integer => Typed::of(schema.integer()),
            Kind::Number => Typed::of(Type::Number),
            Kind::Text => text(schema),
            Kind::Several => {
                self.note_several_types(schema, site);
                Typed::anything()
            }
            Kind::Any => Typed::anything(),
        };
        typed.nullable |= schema.nullable;
        typed
    }

    /// The type of a component, which is created when it is first used.
    fn component(&mut self, name: &'a Text, place: Place) -> Typed {
        let Some(component) = self.resolved.component(&name.value) else {
            return Typed::anything();
        };
        let name = name.value.as_str();
        if let Some(typed) = self.known.get(name) {
            return typed.clone();
        }
        if let Some(start) = self.open.iter().position(|open| *open == name) {
            self.report_circle(start, place);
            return Typed::anything();
        }
        let schema = &component.schema;
        let site = Site::root(name, name);
        self.open.push(name);
        let typed = match self.names.component(name).cloned() {
            Some(ident) => {
                let typed = Typed {
                    nullable: schema.nullable,
                    ..Typed::of(Type::Named(ident.clone()))
                };
                // The type is known before its fields, so that it can contain itself.
                self.known.insert(name, typed.clone());
                self.define(&ident, schema, &site);
                typed
            }
            None => self.of(schema, &site),
        };
        self.open.pop();
        self.known.insert(name, typed.clone());
        typed
    }

    /// Reports the components from `start` on, which contain each other.
    fn report_circle(&mut self, start: usize, place: Place) {
        let circle = &self.open[start..];
        let moved = self.resolved.moved;
        let through = circles::through(circle[1..].iter().map(|name| moved.shown(name)));
        let message = format!(
            "`{}` contains itself without an object in between{through}",
            moved.shown_reference(&pointer::to_component("schemas", circle[0]))
        );
        self.diagnostics
            .error(place, message)
            .help("change one schema in the cycle to an object with properties");
    }

    /// An inline enum, object or union.
    pub(super) fn inline(&mut self, schema: &'a Schema<'a>, site: &Site) -> Typed {
        let (ident, is_given) = match self.names.inline(schema, site) {
            Some(Named::Given(ident)) => (ident.clone(), true),
            Some(Named::Shape(ident)) => (ident.clone(), false),
            None => return Typed::anything(),
        };
        let making = (ident.clone(), is_given.then_some(schema.place));
        if !is_given && enums::holds(self.item(&ident), schema) {
            self.check_doc(&ident, schema);
        } else if self.making.insert(making.clone()) {
            self.define(&ident, schema, site);
            self.making.remove(&making);
        }
        Typed::of(Type::Named(ident))
    }

    /// Creates the type `ident` from the schema.
    fn define(&mut self, ident: &Ident, schema: &'a Schema<'a>, site: &Site) {
        // An open component can contain itself through a type, because the type already has a name.
        let open = std::mem::take(&mut self.open);
        let kind = match (schema.kind(), &schema.tag) {
            (Kind::Enum, _) => ItemKind::Enum(enums::lower(ident, schema, self)),
            (Kind::Union, Some(tag)) => {
                ItemKind::Union(unions::lower(ident, schema, tag, site, self))
            }
            _ => ItemKind::Object(objects::lower(ident, schema, site, self)),
        };
        self.open = open;
        self.insert(ident, kind, schema, site);
    }

    /// Notes that the crate keeps the value as JSON.
    fn note_several_types(&mut self, schema: &Schema<'_>, site: &Site) {
        let message = format!(
            "`{}` has several types, so the crate keeps it as JSON",
            self.resolved.moved.shown_site(&site.path)
        );
        self.diagnostics
            .note(schema.place, message)
            .help("if the API uses only one of the schema's types, set that type in the overlay");
    }
}

fn text(schema: &Schema<'_>) -> Typed {
    let (ty, lenient) = match schema.string_kind() {
        StringKind::Plain => (Type::Text, Lenient::No),
        StringKind::Timestamp => (Type::Timestamp, Lenient::No),
        StringKind::Numeric => (Type::Text, Lenient::Text),
        StringKind::ErrorCode => (Type::ErrorCode, Lenient::No),
        StringKind::Secret => (Type::Secret, Lenient::No),
    };
    Typed {
        lenient,
        ..Typed::of(ty)
    }
}
