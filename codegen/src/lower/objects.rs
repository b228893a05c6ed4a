//! Objects: fields, allOf, constructors.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::scope::{Scope, Site, Typed, quoted};
use super::{examples, remarks, types};
use crate::model::{Constructor, Doc, Field, ItemKind, Lenient, New, Object, Presence, Type};
use crate::names::{self, Name};
use crate::openapi::{Property, Schema};
use crate::reader::Text;
use crate::suggest;

/// A struct out of the properties of a schema.
pub(super) fn lower(owner: &Ident, schema: &Schema, site: &Site, scope: &mut Scope<'_>) -> Object {
    // An object that a caller builds has a constructor of that name beside the setters.
    let mut taken = HashSet::from(["new".to_owned()]);
    let mut fields = Vec::new();
    for property in &schema.properties {
        let wire = &property.name.value;
        let name = field_name(owner, property, &mut taken, scope);
        let Typed {
            ty,
            nullable,
            lenient,
        } = types::lower(&property.schema, &site.property(wire), scope);
        let presence = match ty {
            Type::List(_) => Presence::List,
            _ if schema.requires(wire) && !nullable => Presence::Required,
            _ => Presence::Optional,
        };
        if let Some(example) = example_of(property, schema) {
            if lenient == Lenient::No {
                examples::check(wire, &ty, &example, scope);
            }
            scope
                .samples
                .insert((owner.to_string(), wire.clone()), example);
        }
        let doc = property_doc(&property.schema, wire, scope);
        let deprecated = property.schema.deprecated;
        fields.push(Field {
            name,
            wire: wire.clone(),
            ty,
            presence,
            lenient,
            doc,
            deprecated,
        });
    }
    check_required(schema, scope);
    let (constructors, new) = constructors(owner, &fields, scope);
    let text = text(owner, &fields, scope);
    Object {
        fields,
        built: false,
        constructors,
        new,
        text,
    }
}

/// What a property means.
pub(super) fn property_doc(schema: &Schema, wire: &str, scope: &mut Scope<'_>) -> Doc {
    described(schema, &format!("The property `{wire}`."), scope)
}

/// What a schema says of itself: its own words, those of what it refers to, or else these.
pub(super) fn described(schema: &Schema, otherwise: &str, scope: &mut Scope<'_>) -> Doc {
    let mut branches = schema.all_of.iter();
    let of_branch = || branches.find_map(|branch| branch.description.clone());
    let mut description = schema.description.clone().or_else(of_branch);
    let mut target = schema;
    if let Some(reference) = &schema.reference
        && let Some(found) = scope.components.schema(reference, scope.diagnostics)
    {
        target = &found.value;
        description = description.or_else(|| target.description.clone());
    }
    let doc = Doc::or(description.as_deref(), || otherwise.to_owned());
    match remarks::of(target) {
        Some(text) => doc.paragraph(&text),
        None => doc,
    }
}

fn example_of(property: &Property, owner: &Schema) -> Option<crate::tree::Node> {
    let own = property.schema.example.as_ref();
    own.or_else(|| owner.example.as_ref()?.get(&property.name.value))
        .cloned()
}

fn field_name(
    owner: &Ident,
    property: &Property,
    taken: &mut HashSet<String>,
    scope: &mut Scope<'_>,
) -> Ident {
    let wire = &property.name.value;
    if let Some(text) = scope.config.field(&owner.to_string(), wire) {
        match names::given_lower(&text.value) {
            Some(ident) if taken.insert(ident.to_string()) => return ident,
            _ => {
                let message = format!("`{}` cannot be the name of this field", text.value);
                let help = "write a snake case name that is no keyword and that no other field has";
                scope.diagnostics.error(text.place, message).help(help);
            }
        }
    }
    let Name { ident, improvised } =
        names::lower(wire).free(|ident| taken.insert(ident.to_string()));
    if improvised {
        let message =
            format!("the property `{wire}` is called `{owner}.{ident}` for want of a better name");
        let help = format!(
            "name it in sdk.yaml: `fields: {{ {owner}: {{ {}: {ident} }} }}`",
            quoted(wire)
        );
        scope
            .diagnostics
            .note(property.name.place, message)
            .help(help);
    }
    ident
}

/// Reports names in `required` that no property has.
pub(super) fn check_required(schema: &Schema, scope: &mut Scope<'_>) {
    for required in &schema.required {
        if schema.property(&required.value).is_some() {
            continue;
        }
        let known = schema
            .properties
            .iter()
            .map(|property| property.name.value.as_str());
        let help = suggest::help(&required.value, known, "remove it, or add the property");
        let message = format!(
            "`{}` is required, but no property is called so",
            required.value
        );
        scope
            .diagnostics
            .warning(required.place, message)
            .help(help);
    }
}

/// A constructor for each value of the property that `sdk.yaml` names, where a property is called like the value or where
/// `sdk.yaml` says what the others take. One value that has none is set by `new`.
fn constructors(owner: &Ident, fields: &[Field], scope: &mut Scope<'_>) -> (Vec<Constructor>, New) {
    let nothing = (Vec::new(), New::Required);
    let content = content(owner, fields, scope);
    let Some(text) = scope.config.constructors(&owner.to_string()) else {
        return nothing;
    };
    let tag = fields.iter().find(|field| field.wire == text.value);
    let Some((tag, tag_type)) = tag.and_then(|tag| match &tag.ty {
        Type::Named(name) => Some((tag, name)),
        _ => None,
    }) else {
        let message = format!("`{owner}` has no property `{}` that is an enum", text.value);
        scope
            .diagnostics
            .error(text.place, message)
            .help("name the property whose values are names of other ones");
        return nothing;
    };
    if let Some(required) = fields
        .iter()
        .find(|field| field.presence == Presence::Required)
    {
        let message = format!(
            "`{owner}` requires `{}`, so a constructor cannot set one property alone",
            required.wire
        );
        let help = "remove the entry; `new` takes what is required";
        scope.diagnostics.error(text.place, message).help(help);
        return nothing;
    }
    let Some(ItemKind::Enum(values)) = scope.item(tag_type) else {
        return nothing;
    };
    let names = fields.iter().map(|field| field.name.to_string());
    let mut taken: HashSet<String> = names.chain(["new".to_owned()]).collect();
    let constructors: Vec<_> = values
        .variants
        .iter()
        .filter_map(|variant| {
            let own = fields
                .iter()
                .find(|field| variant.wire == [field.wire.as_str()]);
            let field = own.or(content)?;
            let wire = variant.wire.concat();
            let name = match own {
                Some(field) => field.name.clone(),
                None => {
                    let name = names::lower(&wire);
                    name.free(|ident| taken.insert(ident.to_string())).ident
                }
            };
            let summary = format!("Of the kind `{wire}`.");
            Some(Constructor {
                name,
                field: field.name.clone(),
                ty: field.ty.clone(),
                presence: field.presence,
                tag: tag.name.clone(),
                tag_type: tag_type.clone(),
                variant: variant.name.clone(),
                doc: Doc::of(&summary).paragraph(&field.doc.summary()),
            })
        })
        .collect();
    let new = match values.variants.as_slice() {
        [] => New::Required,
        variants if constructors.len() == variants.len() => New::None,
        [variant] => New::Tagged {
            tag: tag.name.clone(),
            tag_type: tag_type.clone(),
            variant: variant.name.clone(),
        },
        _ => New::Required,
    };
    (constructors, new)
}

/// The property that the constructors take for values that are none.
fn content<'f>(owner: &Ident, fields: &'f [Field], scope: &mut Scope<'_>) -> Option<&'f Field> {
    let text = scope.config.content(&owner.to_string())?;
    let content = fields.iter().find(|field| field.wire == text.value);
    if content.is_none() {
        refuse_property(owner, text, fields, scope);
    }
    content
}

/// The field that a text alone becomes: a text, and nothing else is required.
fn text(owner: &Ident, fields: &[Field], scope: &mut Scope<'_>) -> Option<Ident> {
    let text = scope.config.text(&owner.to_string())?;
    let Some(field) = fields.iter().find(|field| field.wire == text.value) else {
        refuse_property(owner, text, fields, scope);
        return None;
    };
    let mut others = fields.iter().filter(|other| other.name != field.name);
    let is_enough = others.all(|other| other.presence != Presence::Required);
    if field.ty != Type::Text || !is_enough {
        let message = format!("a text alone is no `{owner}`");
        let help = "name a property that is a string, of a type that requires no other";
        scope.diagnostics.error(text.place, message).help(help);
        return None;
    }
    Some(field.name.clone())
}

fn refuse_property(owner: &Ident, text: &Text, fields: &[Field], scope: &mut Scope<'_>) {
    let known = fields.iter().map(|field| field.wire.as_str());
    let help = suggest::help(&text.value, known, "name a property of it");
    let message = format!("`{owner}` has no property `{}`", text.value);
    scope.diagnostics.error(text.place, message).help(help);
}

/// One schema out of a schema and its `allOf`: all properties, and what any of them requires.
pub(super) fn merge(schema: &Schema, scope: &mut Scope<'_>) -> Schema {
    merge_within(schema, scope, &mut Vec::new())
}

fn merge_within(schema: &Schema, scope: &mut Scope<'_>, path: &mut Vec<String>) -> Schema {
    let mut merged = Schema {
        all_of: Vec::new(),
        ..schema.clone()
    };
    for branch in &schema.all_of {
        let branch = match &branch.reference {
            None => Some(merge_within(branch, scope, path)),
            Some(reference) => merge_component(reference, scope, path),
        };
        if let Some(branch) = branch {
            absorb(&mut merged, branch);
        }
    }
    merged
}

/// The merged schema of a component, through all references that only lead to another.
fn merge_component(
    reference: &Text,
    scope: &mut Scope<'_>,
    path: &mut Vec<String>,
) -> Option<Schema> {
    if path.contains(&reference.value) {
        let message = format!("`{}` is merged into itself", reference.value);
        scope
            .diagnostics
            .error(reference.place, message)
            .help("remove the reference that closes the circle");
        return None;
    }
    let found = scope.components.schema(reference, scope.diagnostics)?;
    path.push(reference.value.clone());
    let merged = match &found.value.reference {
        Some(further) => merge_component(further, scope, path),
        None => Some(merge_within(&found.value, scope, path)),
    };
    path.pop();
    merged
}

fn absorb(merged: &mut Schema, branch: Schema) {
    for property in branch.properties {
        if merged.property(&property.name.value).is_none() {
            merged.properties.push(property);
        }
    }
    merged.required.extend(branch.required);
    merged.branches.extend(branch.branches);
    merged.nullable |= branch.nullable;
    merged.description = merged.description.take().or(branch.description);
    merged.example = merged.example.take().or(branch.example);
    merged.values = merged.values.take().or(branch.values);
    merged.items = merged.items.take().or(branch.items);
    merged.format = merged.format.take().or(branch.format);
    merged.additional_properties = merged
        .additional_properties
        .take()
        .or(branch.additional_properties);
    merged.discriminator = merged.discriminator.take().or(branch.discriminator);
    if merged.types.is_empty() {
        merged.types = branch.types;
    }
}

/// The first thing in which two types of one name differ, each given with its site.
pub(super) fn difference(
    (known, first): (&ItemKind, &str),
    (new, second): (&ItemKind, &str),
) -> String {
    let (ItemKind::Object(known), ItemKind::Object(new)) = (known, new) else {
        return format!("`{first}` and `{second}` are of different kinds");
    };
    let beyond = |object: &Object, other: &Object| {
        let is_there = |field: &&Field| other.fields.iter().any(|one| one.wire == field.wire);
        let mut fields = object.fields.iter();
        fields
            .find(|field| !is_there(field))
            .map(|field| field.wire.clone())
    };
    if let Some(wire) = beyond(new, known) {
        return format!("only `{second}` has the property `{wire}`");
    }
    if let Some(wire) = beyond(known, new) {
        return format!("only `{first}` has the property `{wire}`");
    }
    let changed = known
        .fields
        .iter()
        .find(|field| !new.fields.contains(field));
    changed.map_or_else(
        || format!("`{first}` and `{second}` have their properties in different orders"),
        |field| {
            format!(
                "the property `{}` is another in `{first}` than in `{second}`",
                field.wire
            )
        },
    )
}
