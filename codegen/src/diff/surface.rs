//! The surface of a generated crate: a line for each public item, with its path.
//!
//! Names of arguments are not in it, because callers do not write them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Answer, Builder, Field, Input, InputKind, Item, ItemKind, Model, New, Object, Operation,
    Presence, Resource, SetNull, Setter, Type, Union, shown,
};

/// Paths with what stands there: `types::Note.subject` is `Option<String>`.
#[derive(Debug, Default)]
pub(super) struct Surface {
    pub(super) lines: BTreeMap<String, String>,
    /// Arguments that take what another takes, and more: a union is made of each of its members, an enum of any text.
    pub(super) wider: BTreeSet<(String, String)>,
}

impl Surface {
    pub(super) fn of(model: &Model) -> Self {
        let mut surface = Self::default();
        for resource in &model.resources {
            surface.resource("Client", resource);
        }
        for item in &model.items {
            surface.item(item);
        }
        for event in &model.events.events {
            let path = event_path(&event.variant.to_string());
            surface.add(path, format!("({})", shown(&event.payload)));
        }
        surface
    }

    fn add(&mut self, path: String, signature: String) {
        self.lines.insert(path, signature);
    }

    fn resource(&mut self, maker: &str, resource: &Resource) {
        let Resource { module, handle, .. } = resource;
        let path = handle_path(resource);
        self.add(format!("{maker}::{module}()"), format!("-> {path}"));
        for operation in &resource.operations {
            self.operation(resource, operation);
        }
        for child in &resource.children {
            self.resource(
                &format!("{}::{handle}", resource.directory.join("::")),
                child,
            );
        }
    }

    fn operation(&mut self, resource: &Resource, operation: &Operation) {
        let request = request_path(resource, operation);
        let arguments = operation.arguments().map(|input| argument(&input.ty));
        let signature = format!("({}) -> {request}", joined(arguments));
        self.add(method_path(resource, operation), signature);
        self.add(
            request.clone(),
            format!("gives {}", shown(&operation.gives())),
        );
        for input in operation.setters() {
            let Input { name, ty, kind, .. } = input;
            self.add(
                format!("{request}::{name}()"),
                format!("({})", argument(ty)),
            );
            if let InputKind::Clearable(clear) = kind {
                self.add(format!("{request}::{clear}()"), "()".to_owned());
            }
        }
        if operation.optional_key().is_some() {
            self.add(format!("{request}::key_to_send()"), String::new());
        }
        if let Answer::Page(item) = &operation.answer {
            self.add(format!("{request}::items()"), shown(item));
        }
    }

    fn item(&mut self, item: &Item) {
        let path = item_path(item);
        match &item.kind {
            ItemKind::Object(object) => self.object(&path, object),
            ItemKind::Enum(item) => {
                self.add(path.clone(), "enum of texts".to_owned());
                let text = "impl Into<String>".to_owned();
                self.wider.insert((text, format!("impl Into<{path}>")));
                for value in &item.values {
                    self.add(format!("{path}::{}", value.name), String::new());
                }
            }
            ItemKind::Union(union) => self.union(&path, union),
        }
    }

    fn object(&mut self, path: &str, object: &Object) {
        self.add(path.to_owned(), "struct".to_owned());
        for field in &object.fields {
            self.add(format!("{path}.{}", field.name), held(field));
        }
        for accessor in &object.accessors {
            self.add(format!("{path}::{}()", accessor.name), "text".to_owned());
        }
        if object.error_code.is_some() {
            self.add(format!("{path}::advice()"), "Advice".to_owned());
        }
        if let Some(builder) = &object.builder {
            self.builder(path, builder);
        }
    }

    fn builder(&mut self, path: &str, builder: &Builder) {
        if builder.may_be_empty {
            self.add(format!("{path}: Default"), String::new());
        }
        let arguments = match &builder.new {
            None => None,
            Some(New::Empty | New::Tagged(_)) => Some(String::new()),
            Some(New::Required(fields)) => {
                Some(joined(fields.iter().map(|field| argument(&field.ty))))
            }
        };
        if let Some(arguments) = arguments {
            self.add(format!("{path}::new()"), format!("({arguments})"));
        }
        for constructor in &builder.constructors {
            let signature = format!("({}) -> Self", argument(&constructor.sets.ty));
            self.add(format!("{path}::{}()", constructor.name), signature);
        }
        for Setter { field, null } in &builder.setters {
            if let SetNull::Beside { clear, .. } = null {
                self.add(format!("{path}::{clear}()"), "(self)".to_owned());
            }
            let signature = format!("(self, {})", argument(&field.ty));
            self.add(format!("{path}::{}()", field.name), signature);
        }
        if builder.text.is_some() {
            self.add(format!("{path}: From<&str>"), String::new());
        }
    }

    fn union(&mut self, path: &str, union: &Union) {
        self.add(path.to_owned(), "enum of kinds".to_owned());
        for member in &union.members {
            let signature = format!("(Box<types::{}>)", member.ty);
            self.add(format!("{path}::{}", member.name), signature);
            let narrow = format!("impl Into<types::{}>", member.ty);
            self.wider.insert((narrow, format!("impl Into<{path}>")));
        }
        for shared in &union.shared {
            self.add(format!("{path}::{}()", shared.name), "text".to_owned());
        }
    }
}

/// `types::Note`
pub(super) fn item_path(item: &Item) -> String {
    format!("types::{}", item.name)
}

/// `notes::Notes`
pub(super) fn handle_path(resource: &Resource) -> String {
    format!("{}::{}", resource.directory.join("::"), resource.handle)
}

/// `notes::Notes::send()`
pub(super) fn method_path(resource: &Resource, operation: &Operation) -> String {
    format!("{}::{}()", handle_path(resource), operation.method)
}

/// `notes::SendNote`
pub(super) fn request_path(resource: &Resource, operation: &Operation) -> String {
    format!("{}::{}", resource.directory.join("::"), operation.request)
}

/// `webhook::Event::NoteRead`
pub(super) fn event_path(variant: &str) -> String {
    format!("webhook::Event::{variant}")
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn held(field: &Field) -> String {
    match field.presence {
        Presence::Optional => format!("Option<{}>", shown(&field.ty)),
        Presence::Required | Presence::List | Presence::Additional => shown(&field.ty),
    }
}

/// The type of an argument: what a caller may give.
fn argument(ty: &Type) -> String {
    match ty {
        _ if ty.is_passed_as_is() => shown(ty),
        Type::List(item) => format!("impl IntoIterator<Item = {}>", argument(item)),
        Type::Boxed(name) => format!("impl Into<types::{name}>"),
        _ => format!("impl Into<{}>", shown(ty)),
    }
}
