//! Methods that return the first string that is present, by the paths in `sdk.yaml`.

use std::collections::HashMap;

use crate::config::{self, Config};
use crate::diagnostic::Diagnostics;
use crate::model::{Accessor, Doc, Field, Item, ItemKind, Presence, Step, Type};
use crate::names;
use crate::reader::Text;
use crate::suggest;
use crate::tree::Place;

/// The fields of all objects, by the names of their types.
type Fields = HashMap<String, Vec<Field>>;

/// Gives the objects their methods.
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
        object.accessors = methods
            .filter_map(|(name, place, said)| {
                accessor(&owner, (name, place), said, &all, diagnostics)
            })
            .collect();
    }
}

fn fields(items: &[Item]) -> Fields {
    let objects = items.iter().filter_map(|item| match &item.kind {
        ItemKind::Object(object) => Some((item.name.to_string(), object.fields.clone())),
        ItemKind::Enum(_) | ItemKind::Union(_) => None,
    });
    objects.collect()
}

fn accessor(
    owner: &str,
    (name, place): (&str, Place),
    said: &config::Accessor,
    all: &Fields,
    diagnostics: &mut Diagnostics,
) -> Option<Accessor> {
    let is_field = |fields: &Vec<Field>| fields.iter().any(|field| field.name == name);
    let ident = names::given_lower(name).filter(|_| !["advice", "new"].contains(&name));
    let Some(ident) = ident.filter(|_| !all.get(owner).is_some_and(is_field)) else {
        let message = format!("`{name}` cannot be the name of this method");
        let help =
            "choose a snake case name that is neither a keyword of Rust nor the name of a property";
        diagnostics.error(place, message).help(help);
        return None;
    };
    if said.first.is_empty() {
        diagnostics
            .error(place, format!("the method `{name}` lists no property"))
            .help("list the paths of the strings: `first: [text, body.text]`");
    }
    let paths = said.first.iter();
    let paths = paths.filter_map(|path| steps(owner, path, all, diagnostics));
    let fallback = || format!("Returns the first text of {}.", listed(&said.first));
    Some(Accessor {
        name: ident,
        paths: paths.collect(),
        doc: Doc::or(
            said.description.as_ref().map(|text| text.value.as_str()),
            fallback,
        ),
    })
}

fn listed(paths: &[Text]) -> String {
    let paths = paths.iter().map(|path| format!("`{}`", path.value));
    paths.collect::<Vec<_>>().join(", ")
}

/// The steps of a path to a text.
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
            let message = format!("there is no property `{wire}` in `{}`", path.value);
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
