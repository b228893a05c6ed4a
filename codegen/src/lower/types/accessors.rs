//! Methods that return the first string that is present, by the paths in `sdk.yaml`.

use std::collections::HashMap;

use proc_macro2::Ident;

use crate::config::{self, Config};
use crate::diagnostic::Diagnostics;
use crate::model::{Accessor, Doc, Field, Item, ItemKind, Object, Presence, SetNull, Step, Type};
use crate::names;
use crate::reader::Text;
use crate::suggest;
use crate::tree::Place;

/// The fields of all objects, by the names of their types.
type Fields = HashMap<String, Vec<Field>>;

/// Adds the methods to the objects.
pub(super) fn add(items: &mut [Item], config: &Config, diagnostics: &mut Diagnostics) {
    let all = fields(items);
    for item in items {
        let ItemKind::Object(object) = &mut item.kind else {
            continue;
        };
        let owner = item.name.to_string();
        let Some(methods) = config.accessors(&owner) else {
            continue;
        };
        let methods = methods.entries();
        let methods = methods.filter_map(|(name, place, said)| {
            let Some(ident) = method_name(name, object) else {
                refuse_name(name, place, diagnostics);
                return None;
            };
            Some(accessor(&owner, (ident, place), said, &all, diagnostics))
        });
        object.accessors = methods.collect();
    }
}

fn fields(items: &[Item]) -> Fields {
    let objects = items.iter().filter_map(|item| match &item.kind {
        ItemKind::Object(object) => Some((item.name.to_string(), object.fields.clone())),
        ItemKind::Enum(_) | ItemKind::Union(_) => None,
    });
    objects.collect()
}

/// The name of a method, unless the object has a field or another method of this name.
fn method_name(name: &str, object: &Object) -> Option<Ident> {
    let ident = names::given_lower(name).filter(|ident| !names::is_reserved_accessor(ident))?;
    let fields = object.fields.iter().map(|field| &field.name);
    let builders = object.builder.iter();
    let others = builders.flat_map(|builder| {
        let constructors = builder.constructors.iter();
        let constructors = constructors.map(|constructor| &constructor.name);
        let setters = builder.setters.iter();
        let clears = setters.filter_map(|setter| match &setter.null {
            SetNull::Beside { clear, .. } => Some(clear),
            SetNull::Keep | SetNull::Never => None,
        });
        constructors.chain(clears)
    });
    let is_taken = fields.chain(others).any(|taken| *taken == ident);
    (!is_taken).then_some(ident)
}

fn refuse_name(name: &str, place: Place, diagnostics: &mut Diagnostics) {
    let message = format!("`{name}` cannot be the name of this method");
    let help =
        "choose a name in snake case that is not a Rust keyword, a property or another method";
    diagnostics.error(place, message).help(help);
}

fn accessor(
    owner: &str,
    (name, place): (Ident, Place),
    said: &config::Accessor,
    all: &Fields,
    diagnostics: &mut Diagnostics,
) -> Accessor {
    if said.first.is_empty() {
        diagnostics
            .error(
                place,
                format!("the method `{name}` needs at least one property to return"),
            )
            .help("list the paths of the strings: `first: [text, body.text]`");
    }
    let paths = said.first.iter();
    let paths = paths.filter_map(|path| steps(owner, path, all, diagnostics));
    let fallback = || format!("Returns the first text of {}.", listed(&said.first));
    Accessor {
        name,
        paths: paths.collect(),
        doc: Doc::or(
            said.description.as_ref().map(|text| text.value.as_str()),
            fallback,
        ),
    }
}

fn listed(paths: &[Text]) -> String {
    let paths = paths.iter().map(|path| format!("`{}`", path.value));
    paths.collect::<Vec<_>>().join(", ")
}

/// The steps of a path to a string.
fn steps(
    owner: &str,
    path: &Text,
    all: &Fields,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut at = Some(owner.to_owned());
    let mut ty = None;
    for wire in path.value.split('.') {
        let fields = at.and_then(|name| all.get(&name));
        let fields = fields.map(Vec::as_slice).unwrap_or_default();
        let Some(field) = fields.iter().find(|field| field.wire == wire) else {
            let known = fields.iter().map(|field| field.wire.as_str());
            let help = suggest::help(
                wire,
                known,
                "write names of properties, with `.` between them",
            );
            let message = format!(
                "the path `{}` leads nowhere, because there is no property `{wire}`",
                path.value
            );
            diagnostics.error(path.place, message).help(help);
            return None;
        };
        steps.push(Step {
            field: field.name.clone(),
            presence: field.presence,
        });
        at = match &field.ty {
            Type::Named(name) | Type::Boxed(name) => Some(name.to_string()),
            _ => None,
        };
        ty = Some((&field.ty, field.presence));
    }
    let is_text = matches!(
        ty,
        Some((Type::Text, Presence::Required | Presence::Optional))
    );
    if !is_text {
        diagnostics
            .error(path.place, format!("`{}` is not a string", path.value))
            .help("end the path at a property that is a string");
        return None;
    }
    Some(steps)
}
