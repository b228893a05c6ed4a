//! Writes a program that uses every public item of a crate. If the program no longer compiles, the change is a break.
//!
//! The program is written for one spec and compiled with the crate of another spec, to prove the verdicts.

use std::fmt::Write;

use crate::model::{
    Answer, Builder, Field, Gate, Input, InputKind, Item, ItemKind, Model, New, Object, Operation,
    Presence, Resource, SetNull, Setter, Type, Union, shown,
};

/// The start of the program: imports from the crate, and a value of any type.
const START: &str = "#![allow(warnings)]
use std::collections::BTreeMap;
use bytes::Bytes;
use crate::*;
fn value<T>() -> T { loop {} }
";

/// The program. `api` is the path of the generated module. The accessors for its resources are methods of `api::Entry`.
pub(super) fn write(model: &Model, api: &str) -> String {
    let mut program = Program {
        model,
        text: format!("{START}use {api}::{{self as api, types}};\n"),
    };
    for resource in &model.resources {
        program.resource(("api: &api::Entry", "api"), resource, &Gate::default());
    }
    for item in &model.items {
        program.item(item);
    }
    program.events();
    program.text
}

struct Program<'m> {
    model: &'m Model,
    text: String,
}

impl Program<'_> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    /// Writes code behind a gate. A user who has not turned on the feature does not write this code.
    fn gate(&mut self, gate: &Gate) {
        if !gate.is_open() {
            self.line(gate.attribute());
        }
    }

    fn resource(&mut self, (parameter, path): (&str, &str), resource: &Resource, above: &Gate) {
        let path = format!("{path}.{}()", resource.module);
        let gate = above.then(&resource.gate);
        for operation in &resource.operations {
            self.gate(&gate);
            self.operation(parameter, &path, resource, operation);
        }
        for child in &resource.children {
            self.resource((parameter, &path), child, &gate);
        }
    }

    /// Calls a method with each argument that a user would pass, and calls all setters.
    fn operation(
        &mut self,
        parameter: &str,
        path: &str,
        resource: &Resource,
        operation: &Operation,
    ) {
        let Operation {
            method, request, ..
        } = operation;
        let name = format!("{}_{method}", resource.directory.join("_"));
        self.line(format!("async fn {name}({parameter}) -> Result<()> {{"));
        let given: Vec<Vec<String>> = operation
            .arguments()
            .map(|input| self.given(&input.ty))
            .collect();
        let calls = given.iter().map(Vec::len).max().unwrap_or(1);
        for index in 0..calls {
            let arguments: Vec<&str> = given
                .iter()
                .map(|given| given[index % given.len()].as_str())
                .collect();
            self.line(format!(
                "let mut request = {path}.{method}({});",
                arguments.join(", ")
            ));
        }
        self.line(format!(
            "let mut request: api::{}::{request} = request;",
            resource.directory.join("::")
        ));
        for Input { name, ty, kind, .. } in operation.setters() {
            for value in self.given(ty) {
                self.line(format!("request = request.{name}({value});"));
            }
            if let InputKind::Clearable(clear) = kind {
                self.line(format!("request = request.{clear}();"));
            }
        }
        if operation.optional_key().is_some() {
            self.line("let key: Result<String> = request.key_to_send();");
        }
        if let Answer::Page(item) = &operation.answer {
            self.line(format!(
                "let items: Items<{}> = request.clone().items();",
                shown(item)
            ));
        }
        self.line(format!(
            "let given: {} = request.await?;",
            shown(&operation.gives())
        ));
        self.line("Ok(())\n}");
    }

    /// The expressions that users write for a value of a type.
    fn given(&self, ty: &Type) -> Vec<String> {
        let value = format!("value::<{}>()", shown(ty));
        match ty {
            Type::Text => ["\"\"", "String::new()", "&String::new()"]
                .map(str::to_owned)
                .to_vec(),
            Type::Timestamp | Type::ErrorCode | Type::Secret => vec![value, "\"\"".to_owned()],
            Type::Named(name) if self.is_enum(&name.to_string()) => {
                vec![value, "\"\"".to_owned(), "String::new()".to_owned()]
            }
            Type::List(item) if **item == Type::Text => {
                vec![value, "[\"\"]".to_owned(), "[String::new()]".to_owned()]
            }
            Type::Boxed(name) => vec![format!("value::<types::{name}>()")],
            _ => vec![value],
        }
    }

    fn is_enum(&self, name: &str) -> bool {
        let mut items = self.model.items.iter();
        items.any(|item| item.name == *name && matches!(item.kind, ItemKind::Enum(_)))
    }

    fn item(&mut self, item: &Item) {
        let name = &item.name.to_string();
        self.gate(&item.gate);
        self.line(format!("fn read_{name}(it: types::{name}) {{"));
        match &item.kind {
            ItemKind::Object(object) => self.object(name, object),
            ItemKind::Enum(known) => {
                for value in &known.values {
                    self.line(format!(
                        "match &it {{ types::{name}::{} => {{}}, _ => {{}} }}",
                        value.name
                    ));
                }
                self.line(format!(
                    "let it = types::{name}::from(\"\"); let text: &str = it.as_str();"
                ));
            }
            ItemKind::Union(union) => self.union(name, union),
        }
        self.line("}");
    }

    fn object(&mut self, name: &str, object: &Object) {
        for accessor in &object.accessors {
            self.line(format!("let text: Option<&str> = it.{}();", accessor.name));
        }
        if object.error_code.is_some() {
            self.line("let advice = it.advice();");
        }
        for Field {
            name, ty, presence, ..
        } in &object.fields
        {
            let ty = match presence {
                Presence::Optional => format!("Option<{}>", shown(ty)),
                Presence::Required | Presence::List | Presence::Additional => shown(ty),
            };
            self.line(format!("let field: {ty} = it.{name};"));
        }
        if let Some(builder) = &object.builder {
            self.builder(name, builder);
        }
    }

    fn builder(&mut self, name: &str, builder: &Builder) {
        let empty = Vec::new();
        let arguments = match &builder.new {
            Some(New::Required(fields)) => Some(fields),
            Some(New::Empty | New::Tagged(_)) => Some(&empty),
            None => None,
        };
        if let Some(fields) = arguments {
            let given: Vec<Vec<String>> =
                fields.iter().map(|field| self.given(&field.ty)).collect();
            for index in 0..given.iter().map(Vec::len).max().unwrap_or(1) {
                let arguments: Vec<&str> = given
                    .iter()
                    .map(|given| given[index % given.len()].as_str())
                    .collect();
                self.line(format!(
                    "let made = types::{name}::new({});",
                    arguments.join(", ")
                ));
            }
        }
        if builder.may_be_empty {
            self.line(format!("let made = types::{name}::default();"));
        }
        for constructor in &builder.constructors {
            for value in self.given(&constructor.sets.ty) {
                self.line(format!(
                    "let made = types::{name}::{}({value});",
                    constructor.name
                ));
            }
        }
        self.line(format!("let mut made = value::<types::{name}>();"));
        for Setter { field, null } in &builder.setters {
            if let SetNull::Beside { clear, .. } = null {
                self.line(format!("made = made.{clear}();"));
            }
            for value in self.given(&field.ty) {
                self.line(format!("made = made.{}({value});", field.name));
            }
        }
        if builder.text.is_some() {
            self.line(format!("let made: types::{name} = \"\".into();"));
        }
    }

    fn union(&mut self, name: &str, union: &Union) {
        for shared in &union.shared {
            self.line(format!("let text: Option<&str> = it.{}();", shared.name));
        }
        for member in &union.members {
            let (variant, ty) = (&member.name, &member.ty);
            self.line(format!(
                "let made: types::{name} = value::<types::{ty}>().into();"
            ));
            self.line(format!(
                "match it.clone() {{ types::{name}::{variant}(member) => {{ let member: Box<types::{ty}> = member; }}, _ => {{}} }}"
            ));
        }
    }

    fn events(&mut self) {
        let events = &self.model.events.events;
        let mut text = String::new();
        for event in events {
            let (variant, held) = (&event.variant, shown(&event.payload));
            let _ = writeln!(
                text,
                "match it.clone() {{ api::events::Event::{variant}(told) => {{ let told: {held} = told; }}, _ => {{}} }}"
            );
        }
        self.line(format!("fn events(it: api::events::Event) {{\n{text}}}"));
    }
}
