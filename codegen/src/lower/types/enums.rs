//! Enums of strings.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::registry::Types;
use crate::config::quoted;
use crate::lower::made_up;
use crate::lower::resolve::Schema;
use crate::markdown::code;
use crate::model::{Doc, Enum, EnumValue, ItemKind};
use crate::names::{self, Name};
use crate::reader::Text;

/// The variant for values that this version does not know. No other variant can have this name.
pub(in crate::lower) const OTHER: &str = "Unrecognized";

/// An enum from the values of a schema, after the values that the type already has. Enums are open, so one type can have the
/// values of several places.
pub(super) fn lower(owner: &Ident, schema: &Schema<'_>, types: &mut Types<'_>) -> Enum {
    let mut values = match types.item(owner) {
        Some(ItemKind::Enum(known)) => known.values.clone(),
        _ => Vec::new(),
    };
    let known = values.iter().map(|value| value.name.to_string());
    let mut taken: HashSet<String> = known.chain([OTHER.to_owned()]).collect();
    let mut wires: HashSet<String> = values.iter().map(|value| value.wire.clone()).collect();
    for value in schema.values.iter().flatten() {
        if !wires.insert(value.value.clone()) {
            continue;
        }
        values.push(EnumValue {
            name: variant_name(owner, value, &mut taken, types),
            wire: value.value.clone(),
            doc: Doc::of(&code(&value.value)),
        });
    }
    Enum { values }
}

/// Whether the type exists and has all values of the schema. A struct with the same structure always does.
pub(super) fn holds(known: Option<&ItemKind>, schema: &Schema<'_>) -> bool {
    match known {
        None => false,
        Some(ItemKind::Enum(known)) => {
            let wires = known.values.iter().map(|value| value.wire.as_str());
            let wires: HashSet<&str> = wires.collect();
            let mut values = schema.values.iter().flatten();
            values.all(|value| wires.contains(value.value.as_str()))
        }
        Some(_) => true,
    }
}

/// The name of a variant: from `sdk.yaml`, or else from its value.
pub(super) fn variant_name(
    owner: &Ident,
    value: &Text,
    taken: &mut HashSet<String>,
    types: &mut Types<'_>,
) -> Ident {
    if let Some(text) = types.config.variant(&owner.to_string(), &value.value) {
        match names::given_upper(&text.value) {
            Some(ident) if taken.insert(ident.to_string()) => return ident,
            _ => {
                let message = format!("`{}` cannot be the name of this variant", text.value);
                types
                    .diagnostics
                    .error(text.place, message)
                    .help("choose a name in upper camel case that no other variant has");
            }
        }
    }
    let owner_name = owner.to_string();
    let given = types.config.variant_names(&owner_name);
    let Name { ident, improvised } = names::upper(&value.value).free(|ident| {
        let name = ident.to_string();
        !given.contains(name.as_str()) && taken.insert(name)
    });
    if improvised {
        let wire = quoted(&value.value);
        let named = format!("`{owner}::{ident}` for the value `{}`", shown(&value.value));
        let line = format!("enums: {{ {owner}: {{ {wire}: {ident} }} }}");
        made_up::note_with_line(types.diagnostics, value.place, &named, &line);
    }
    ident
}

/// A value in a diagnostic. The empty string would be invisible without quotes.
fn shown(value: &str) -> String {
    if value.is_empty() {
        "\"\"".to_owned()
    } else {
        value.replace('`', "'")
    }
}
