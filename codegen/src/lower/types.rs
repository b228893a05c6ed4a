//! From schemas to types.

use proc_macro2::Ident;

use super::scope::{Scope, Site, Typed, quoted};
use super::{enums, objects, shapes, unions};
use crate::model::{Doc, Item, ItemKind, Lenient, Type};
use crate::names;
use crate::openapi::{AdditionalProperties, Schema, SchemaType};
use crate::reader::Text;
use crate::tree::Place;

/// The type of a schema at a site.
pub(super) fn lower(schema: &Schema, site: &Site, scope: &mut Scope<'_>) -> Typed {
    if let Some(reference) = &schema.reference {
        let mut typed = component(reference, scope);
        typed.nullable |= schema.nullable;
        return typed;
    }
    if let Some(branch) = wrapped(schema) {
        let mut typed = lower(branch, site, scope);
        typed.nullable |= schema.nullable || schema.all_of.iter().any(|branch| branch.nullable);
        return typed;
    }
    if !schema.all_of.is_empty() {
        let merged = objects::merge(schema, scope);
        return lower(&merged, site, scope);
    }
    if !schema.branches.is_empty() {
        return unions::type_of(schema, site, scope);
    }
    let mut typed = plain(schema, site, scope);
    typed.nullable |= schema.nullable;
    typed
}

/// The `$ref` to which an `allOf` only gives a description or a default.
fn wrapped(schema: &Schema) -> Option<&Schema> {
    if !schema.properties.is_empty() || !schema.required.is_empty() {
        return None;
    }
    let mut saying = schema
        .all_of
        .iter()
        .filter(|branch| !branch.says_nothing_of_its_type());
    match (saying.next(), saying.next()) {
        (Some(branch), None) if branch.reference.is_some() => Some(branch),
        _ => None,
    }
}

/// The type of a component, lowered when it is first asked for.
pub(super) fn component(reference: &Text, scope: &mut Scope<'_>) -> Typed {
    let Some(found) = scope.components.schema(reference, scope.diagnostics) else {
        return anything();
    };
    let name = &found.name.value;
    if let Some(typed) = scope.known.get(name) {
        return typed.clone();
    }
    if scope.open.contains(name) {
        let message = format!(
            "`{}` holds itself, with no object in between",
            reference.value
        );
        scope
            .diagnostics
            .error(reference.place, message)
            .help("let one schema of the circle be an object with properties");
        return anything();
    }
    let schema = &found.value;
    let given = scope.config.type_name(name);
    let site = Site {
        path: name.clone(),
        name: given.map_or(name, |text| &text.value).clone(),
    };
    scope.open.push(name.clone());
    let typed = if makes_item(schema, scope) {
        let ident = component_name(&found.name, given, scope);
        let typed = Typed {
            nullable: schema.nullable,
            ..Typed::of(Type::Named(ident.clone()))
        };
        // Known before its fields are, so that it may hold itself.
        scope.known.insert(name.clone(), typed.clone());
        define(&ident, schema, &site, scope);
        typed
    } else {
        lower(schema, &site, scope)
    };
    scope.open.pop();
    scope.known.insert(name.clone(), typed.clone());
    typed
}

/// Whether a component has a type of its own; the others stand for the type they hold.
fn makes_item(schema: &Schema, scope: &mut Scope<'_>) -> bool {
    if wrapped(schema).is_some() || schema.reference.is_some() {
        return false;
    }
    if !schema.all_of.is_empty() {
        return shapes::is_item(&objects::merge(schema, scope));
    }
    shapes::is_item(schema) && (schema.branches.is_empty() || unions::tag(schema, scope).is_some())
}

fn component_name(component: &Text, given: Option<&Text>, scope: &mut Scope<'_>) -> Ident {
    match given.map(|text| (given_name(text), text)) {
        Some((Some(ident), _)) if !scope.items.contains_key(&ident.to_string()) => ident,
        Some((Some(ident), text)) => {
            report_taken(&ident, component, text, scope);
            ident
        }
        Some((None, text)) => refuse_name(text, scope),
        None => scope.name_component(component),
    }
}

/// Reports that a component is given the name of another type, once for each name.
fn report_taken(ident: &Ident, component: &Text, text: &Text, scope: &mut Scope<'_>) {
    let Some((first, place)) = scope.defined.remove(&ident.to_string()) else {
        return;
    };
    let own = super::scope::type_name(&component.value).ident;
    let message = format!(
        "`{ident}` is the name of `{first}`, and of `{}` too",
        component.value
    );
    let help = format!(
        "give it a name of its own in sdk.yaml: `types: {{ {}: {own} }}`",
        quoted(&component.value)
    );
    scope
        .diagnostics
        .error(text.place, message)
        .related(place, format!("`{first}`"))
        .related(component.place, format!("`{}`", component.value))
        .help(help);
}

fn given_name(text: &Text) -> Option<Ident> {
    names::given_upper(&text.value).filter(|name| !names::is_reserved_type(name))
}

/// Reports a name from `sdk.yaml` that cannot be one, and goes on with another.
fn refuse_name(text: &Text, scope: &mut Scope<'_>) -> Ident {
    let message = format!("`{}` cannot be the name of this type", text.value);
    scope.diagnostics.error(text.place, message).help(
        "write a name in upper camel case that neither Rust nor the crate has: `OutboundMessage`",
    );
    names::upper(&text.value).ident
}

/// Makes the type `ident` out of the schema.
fn define(ident: &Ident, schema: &Schema, site: &Site, scope: &mut Scope<'_>) {
    scope.take(ident);
    let site = &Site {
        name: ident.to_string(),
        ..site.clone()
    };
    let merged;
    let schema = if schema.all_of.is_empty() {
        schema
    } else {
        merged = objects::merge(schema, scope);
        &merged
    };
    let kind = if schema.values.is_some() {
        ItemKind::Enum(enums::lower(ident, schema, scope))
    } else if !schema.branches.is_empty() {
        ItemKind::Union(unions::lower(ident, schema, site, scope))
    } else {
        ItemKind::Object(objects::lower(ident, schema, site, scope))
    };
    if scope.items.contains_key(&ident.to_string()) {
        check_doc(ident, schema, scope);
    }
    let doc = match scope.config.doc(&ident.to_string()) {
        Some(text) => Doc::of(&text.value),
        None => Doc::or(schema.description.as_deref(), || {
            format!("The schema `{}`.", site.path)
        }),
    };
    insert(ident, doc, kind, schema, site, scope);
}

/// Says that a type is described by the first of its sites where another site has other words, once for each type.
fn check_doc(ident: &Ident, schema: &Schema, scope: &mut Scope<'_>) {
    let Some(known) = scope.items.get(&ident.to_string()) else {
        return;
    };
    let Some(description) = schema.description.as_deref() else {
        return;
    };
    let is_settled = scope.config.doc(&ident.to_string()).is_some();
    if is_settled || known.doc == Doc::of(description) || !scope.mixed.insert(ident.clone()) {
        return;
    }
    let message = format!(
        "`{ident}` is the type of several sites with descriptions that differ: it has that of the first"
    );
    scope
        .diagnostics
        .note(schema.place, message)
        .help(format!("describe it in sdk.yaml: `docs: {{ {ident}: … }}`"));
}

/// Adds the type; one that is there already under the same given name has to be the same, or takes more values.
fn insert(
    ident: &Ident,
    doc: Doc,
    kind: ItemKind,
    schema: &Schema,
    site: &Site,
    scope: &mut Scope<'_>,
) {
    let module = names::module_of(ident);
    let Some(known) = scope.items.get_mut(&ident.to_string()) else {
        let item = Item {
            name: ident.clone(),
            module,
            doc,
            kind,
        };
        scope.items.insert(ident.to_string(), item);
        let defined = (site.path.clone(), schema.place);
        scope.defined.insert(ident.to_string(), defined);
        return;
    };
    match (&mut known.kind, kind) {
        (ItemKind::Enum(known), ItemKind::Enum(all)) => *known = all,
        (known, new) if *known == new => {}
        (known, new) => {
            let known = known.clone();
            report_difference(ident, &known, &new, (&site.path, schema.place), scope);
        }
    }
}

/// Reports that a name stands for two shapes; of further ones the same has to be said only once this is mended.
fn report_difference(
    ident: &Ident,
    known: &ItemKind,
    new: &ItemKind,
    (site, place): (&str, Place),
    scope: &mut Scope<'_>,
) {
    // Taken out, so that it is told once.
    let Some((first, first_place)) = scope.defined.remove(&ident.to_string()) else {
        return;
    };
    let difference = objects::difference((known, &first), (new, site));
    let message = format!("`{ident}` names shapes that differ: {difference}");
    let said = scope.config.type_name_at(site);
    let own = super::scope::type_name(site).ident;
    let help = format!(
        "give it a name of its own in sdk.yaml: `types: {{ {}: {own} }}`",
        quoted(site)
    );
    scope
        .diagnostics
        .error(said.map_or(place, |text| text.place), message)
        .related(first_place, format!("`{first}`"))
        .related(place, format!("`{site}`"))
        .help(help);
}

/// An object or enum that is written in place.
pub(super) fn inline(schema: &Schema, site: &Site, scope: &mut Scope<'_>) -> Typed {
    let ident = match scope.config.type_name(&site.path) {
        Some(text) => match given_name(text) {
            Some(ident) => {
                define(&ident, schema, site, scope);
                ident
            }
            None => refuse_name(text, scope),
        },
        None => shape(schema, site, scope),
    };
    Typed::of(Type::Named(ident))
}

/// The type of a shape without a name of its own: the one of the same structure, else a new one.
fn shape(schema: &Schema, site: &Site, scope: &mut Scope<'_>) -> Ident {
    let structure = shapes::structure(schema);
    let known = scope.shapes.get(&structure).cloned();
    if let Some(known) = &known {
        scope.share(known, site, schema.place);
    }
    if let Some(known) = &known
        && enums::holds(scope.item(known), schema)
    {
        check_doc(known, schema, scope);
        return known.clone();
    }
    if let Some(known) = &known
        && scope.defining.contains(known)
    {
        // It holds itself.
        return known.clone();
    }
    let ident = known.unwrap_or_else(|| {
        let home = scope.homes.get(&structure).unwrap_or(site).clone();
        scope.name_shape(&home, schema.place)
    });
    scope.share(&ident, site, schema.place);
    scope.shapes.insert(structure, ident.clone());
    scope.defining.insert(ident.clone());
    define(&ident, schema, site, scope);
    scope.defining.remove(&ident);
    ident
}

/// A schema without branches.
fn plain(schema: &Schema, site: &Site, scope: &mut Scope<'_>) -> Typed {
    if schema.values.is_some() {
        return inline(schema, site, scope);
    }
    let (ty, lenient) = match schema.types.as_slice() {
        [SchemaType::Boolean] => (Type::Boolean, Lenient::No),
        [SchemaType::Integer] if schema.format.as_deref() == Some("int32") => {
            (Type::Integer32, Lenient::No)
        }
        [SchemaType::Integer] => (Type::Integer, Lenient::No),
        [SchemaType::Number] => (Type::Number, Lenient::No),
        [SchemaType::String] => text(schema),
        [SchemaType::Array] => return list(schema, site, scope),
        [] if schema.items.is_some() => return list(schema, site, scope),
        [] | [SchemaType::Object] => return object(schema, site, scope),
        _ => {
            note_several_types(schema, site, scope);
            (Type::Json, Lenient::No)
        }
    };
    Typed {
        lenient,
        ..Typed::of(ty)
    }
}

/// Says that whatever comes is kept as it is.
fn note_several_types(schema: &Schema, site: &Site, scope: &mut Scope<'_>) {
    let message = format!("`{}` has several types: it is kept as JSON", site.path);
    scope
        .diagnostics
        .note(schema.place, message)
        .help("give it one type by the overlay, if Telnyx only ever sends one");
}

fn text(schema: &Schema) -> (Type, Lenient) {
    match (schema.format.as_deref(), schema.wire_format.as_deref()) {
        (Some("date-time"), _) => (Type::Timestamp, Lenient::No),
        (_, Some("decimal" | "integer")) => (Type::Text, Lenient::Text),
        (_, Some("error-code")) => (Type::ErrorCode, Lenient::No),
        _ => (Type::Text, Lenient::No),
    }
}

fn list(schema: &Schema, site: &Site, scope: &mut Scope<'_>) -> Typed {
    let item = match &schema.items {
        Some(items) => lower(items, &site.items(), scope).ty,
        None => Type::Json,
    };
    Typed::of(Type::List(Box::new(item)))
}

fn object(schema: &Schema, site: &Site, scope: &mut Scope<'_>) -> Typed {
    if !schema.properties.is_empty() {
        return inline(schema, site, scope);
    }
    let ty = match &schema.additional_properties {
        Some(AdditionalProperties::Schema(values)) => {
            Type::Map(Box::new(lower(values, &site.values(), scope).ty))
        }
        Some(AdditionalProperties::Any | AdditionalProperties::None) | None => Type::Json,
    };
    Typed::of(ty)
}

/// What may be anything.
pub(super) fn anything() -> Typed {
    Typed::of(Type::Json)
}
