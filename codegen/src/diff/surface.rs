//! The surface of a generated crate: one line for each public item, with its path.
//!
//! The lines do not contain the names of arguments, because callers do not write them. The surface also records what each name
//! and argument refers to on the wire, because code still compiles if this changes.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Answer, Builder, Constructor, Field, Input, InputKind, Item, ItemKind, Model, New, Object,
    Operation, Presence, Resource, SetNull, Setter, Step, Type, Union, shown,
};

/// The items by path: `types::Note.subject` is `Option<String>`.
#[derive(Debug, Default)]
pub(super) struct Surface {
    pub(super) lines: BTreeMap<String, String>,
    /// Arguments that accept everything that another argument accepts, and more. A union accepts each of its members, and an enum
    /// accepts any string.
    pub(super) wider: BTreeSet<(String, String)>,
    /// By path: what an item refers to in the API. A field refers to its property, and a variant to its value.
    pub(super) leads: BTreeMap<String, String>,
    /// By path: the values that the arguments of an item, or its list of fields to read, refer to, in this order.
    pub(super) orders: BTreeMap<String, Vec<String>>,
    /// By the path of a method, request or event: its source in the document.
    pub(super) sources: BTreeMap<String, Source>,
}

/// What a line is on each side.
pub(super) type Sides<'s> = (Option<&'s str>, Option<&'s str>);

/// The source of an item in the document.
#[derive(Debug)]
pub(super) enum Source {
    /// The operation with this id.
    Operation(String),
    /// The webhook with this number.
    Webhook(usize),
}

impl Surface {
    pub(super) fn of(model: &Model) -> Self {
        let mut surface = Self::default();
        // A string can become each of these, like an enum.
        for ty in [Type::Timestamp, Type::ErrorCode] {
            surface.add_wider("impl Into<String>", &argument(&ty));
        }
        for resource in &model.resources {
            surface.resource("Client", resource);
        }
        for item in &model.items {
            surface.item(item);
        }
        for (number, event) in model.events.events.iter().enumerate() {
            let path = event_path(&event.variant.to_string());
            let source = Source::Webhook(number);
            surface.sources.insert(path.clone(), source);
            surface.add(path, format!("({})", shown(&event.payload)));
        }
        surface
    }

    /// Takes the order of arguments from the surface of the same document before its keys were sorted.
    pub(super) fn take_orders(&mut self, written: Self) {
        for (path, order) in written.orders {
            let Some(known) = self.orders.get_mut(&path) else {
                continue;
            };
            let sorted = |parts: &[String]| {
                let mut parts = parts.to_vec();
                parts.sort();
                parts
            };
            let is_other = *known != order && sorted(known) == sorted(&order);
            if let (true, Some(line)) = (is_other, written.lines.get(&path)) {
                *known = order;
                self.lines.insert(path, line.clone());
            }
        }
    }

    fn add(&mut self, path: String, signature: String) {
        self.lines.insert(path, signature);
    }

    fn add_wider(&mut self, narrow: &str, wide: &str) {
        self.wider.insert((narrow.to_owned(), wide.to_owned()));
    }

    /// Adds an item that refers to a value of the API.
    fn add_lead(&mut self, path: String, signature: String, wire: &str) {
        self.leads.insert(path.clone(), wire.to_owned());
        self.add(path, signature);
    }

    /// Adds an item that refers to several values, in this order.
    fn add_order(&mut self, path: String, signature: String, wires: impl Iterator<Item = String>) {
        self.orders.insert(path.clone(), wires.collect());
        self.add(path, signature);
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
        let method = method_path(resource, operation);
        let wires = operation.arguments().map(|input| input.wire.clone());
        self.add_order(method.clone(), signature, wires);
        for path in [&method, &request] {
            let source = Source::Operation(operation.id.clone());
            self.sources.insert(path.clone(), source);
        }
        let gives = format!("gives {}", shown(&operation.gives()));
        self.add_lead(request.clone(), gives, &operation.id);
        for input in operation.setters() {
            let Input { name, ty, kind, .. } = input;
            let signature = format!("({})", argument(ty));
            self.add_lead(format!("{request}::{name}()"), signature, &input.wire);
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
                self.add_wider("impl Into<String>", &format!("impl Into<{path}>"));
                for value in &item.values {
                    let variant = format!("{path}::{}", value.name);
                    self.add_lead(variant, String::new(), &value.wire);
                }
            }
            ItemKind::Union(union) => self.union(&path, union),
        }
    }

    fn object(&mut self, path: &str, object: &Object) {
        self.add(path.to_owned(), "struct".to_owned());
        for field in &object.fields {
            self.add_lead(format!("{path}.{}", field.name), held(field), &field.wire);
        }
        for accessor in &object.accessors {
            let read = accessor.paths.iter().map(|path| steps(path));
            let accessor = format!("{path}::{}()", accessor.name);
            self.add_order(accessor, "text".to_owned(), read);
        }
        if object.error_code.is_some() {
            self.add(format!("{path}::advice()"), "Advice".to_owned());
        }
        if let Some(builder) = &object.builder {
            self.builder(path, builder);
            if let Some(text) = &builder.text {
                let mut fields = object.fields.iter();
                let set = fields.find(|field| field.name == *text.field());
                let wire = set.map_or("", |field| &field.wire);
                self.add_lead(format!("{path}: From<&str>"), String::new(), wire);
            }
        }
    }

    fn builder(&mut self, path: &str, builder: &Builder) {
        if builder.may_be_empty {
            self.add(format!("{path}: Default"), String::new());
        }
        let required: Option<&[Field]> = match &builder.new {
            None => None,
            Some(New::Empty | New::Tagged(_)) => Some(&[]),
            Some(New::Required(fields)) => Some(fields),
        };
        if let Some(fields) = required {
            let arguments = joined(fields.iter().map(|field| argument(&field.ty)));
            let wires = fields.iter().map(|field| field.wire.clone());
            self.add_order(format!("{path}::new()"), format!("({arguments})"), wires);
        }
        for Constructor { name, sets, .. } in &builder.constructors {
            let signature = format!("({}) -> Self", argument(&sets.ty));
            self.add_lead(format!("{path}::{name}()"), signature, &sets.wire);
        }
        for Setter { field, null } in &builder.setters {
            if let SetNull::Beside { clear, .. } = null {
                self.add(format!("{path}::{clear}()"), "(self)".to_owned());
            }
            let signature = format!("(self, {})", argument(&field.ty));
            self.add_lead(format!("{path}::{}()", field.name), signature, &field.wire);
        }
    }

    fn union(&mut self, path: &str, union: &Union) {
        self.add(path.to_owned(), "enum of kinds".to_owned());
        for member in &union.members {
            let signature = format!("(Box<types::{}>)", member.ty);
            self.add_lead(format!("{path}::{}", member.name), signature, &member.value);
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

/// `sender.phone_number`
fn steps(path: &[Step]) -> String {
    let fields = path.iter().map(|step| step.field.to_string());
    fields.collect::<Vec<_>>().join(".")
}

fn held(field: &Field) -> String {
    match field.presence {
        Presence::Optional => format!("Option<{}>", shown(&field.ty)),
        Presence::Required | Presence::List | Presence::Additional => shown(&field.ty),
    }
}

/// The type of an argument, as a caller may pass it.
fn argument(ty: &Type) -> String {
    match ty {
        _ if ty.is_passed_as_is() => shown(ty),
        Type::List(item) => format!("impl IntoIterator<Item = {}>", argument(item)),
        Type::Boxed(name) => format!("impl Into<types::{name}>"),
        _ => format!("impl Into<{}>", shown(ty)),
    }
}

/// The type or request of a line: `types::Note` of `types::Note.subject`.
pub(super) fn owner(line: &str) -> &str {
    let start = match line.strip_prefix("types::") {
        Some(_) => "types::".len(),
        None => 0,
    };
    let end = line[start..].find(['.', ':']).map(|end| start + end);
    end.map_or(line, |end| &line[..end])
}

/// Whether a line is the type, or stands below it.
pub(super) fn is_part(line: &str, owner: &str) -> bool {
    let rest = line.strip_prefix(owner);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':']))
}
