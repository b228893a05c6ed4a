//! Unions: branches told apart by the value of one property.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::inputs::resolved;
use super::scope::{Scope, Site, Typed};
use super::types;
use super::{discriminators, enums};
use crate::model::{Doc, Field, ItemKind, Presence, Shared, Type, Union, Variant};
use crate::openapi::Schema;
use crate::reader::Text;

/// What tells the branches apart: the property, and the values that each branch has.
pub(super) struct Tag {
    property: String,
    values: Vec<(Text, Schema)>,
}

/// A union: of one branch and null, of branches told apart by a property, or of anything.
pub(super) fn type_of(schema: &Schema, site: &Site, scope: &mut Scope<'_>) -> Typed {
    let branches: Vec<&Schema> = schema
        .branches
        .iter()
        .filter(|branch| !branch.is_null())
        .collect();
    let nullable = schema.nullable || branches.len() < schema.branches.len();
    let mut typed = match branches.as_slice() {
        [] => types::anything(),
        [branch] => types::lower(branch, site, scope),
        _ if tag(schema, scope).is_some() => types::inline(schema, site, scope),
        _ => {
            let message = format!(
                "the branches of `{}` cannot be told apart: it is kept as JSON",
                site.path
            );
            scope.diagnostics.note(schema.place, message).help(
                "add a `discriminator` to the union by the overlay if a property names its branch",
            );
            types::anything()
        }
    };
    typed.nullable |= nullable;
    typed
}

/// The tag of a union: its discriminator, or a property that has other values in each branch.
pub(super) fn tag(schema: &Schema, scope: &mut Scope<'_>) -> Option<Tag> {
    match &schema.discriminator {
        Some(discriminator) if !discriminator.mapping.is_empty() => {
            let values = discriminator.mapping.iter().map(|(value, target)| {
                let mut branch = Schema::empty(target.place);
                branch.reference = Some(branch_reference(target));
                (value.clone(), branch)
            });
            Some(Tag {
                property: discriminator.property.value.clone(),
                values: values.collect(),
            })
        }
        Some(discriminator) => {
            let property = &discriminator.property.value;
            let branches = schema.branches.iter().filter(|branch| !branch.is_null());
            let values = branches.filter_map(|branch| {
                let value = value_of(branch, property, scope)?;
                Some((value, branch.clone()))
            });
            Some(Tag {
                property: property.clone(),
                values: values.collect(),
            })
        }
        None => implied(schema, scope),
    }
}

/// The value of a branch without a mapping: the name of its component, unless the property says that it has another.
fn value_of(branch: &Schema, property: &str, scope: &mut Scope<'_>) -> Option<Text> {
    let tag = resolve(branch, scope)?.property(property).cloned();
    let values = tag.and_then(|tag| resolved(&tag, scope).values);
    if let Some([only]) = values.as_deref() {
        return Some(only.clone());
    }
    let target = branch.reference.as_ref()?;
    Some(Text {
        value: target.value.rsplit('/').next()?.to_owned(),
        place: target.place,
    })
}

/// A value of `mapping` as a `$ref`: OpenAPI allows the bare name of a component too.
pub(super) fn branch_reference(target: &Text) -> Text {
    if target.value.contains(['/', '#']) {
        return target.clone();
    }
    Text {
        value: format!("#/components/schemas/{}", target.value),
        place: target.place,
    }
}

/// A union out of a schema that has a tag.
pub(super) fn lower(owner: &Ident, schema: &Schema, site: &Site, scope: &mut Scope<'_>) -> Union {
    let Some(Tag { property, values }) = tag(schema, scope) else {
        return Union {
            tag: String::new(),
            variants: Vec::new(),
            shared: Vec::new(),
        };
    };
    if let Some(discriminator) = &schema.discriminator {
        discriminators::check(schema, discriminator, &values, scope);
    }
    let mut taken = HashSet::from([enums::OTHER.to_owned()]);
    let mut variants: Vec<Variant> = Vec::new();
    for (index, (value, branch)) in values.iter().enumerate() {
        let typed = types::lower(branch, &site.branch(index), scope);
        if let Some(known) = variants
            .iter_mut()
            .find(|known| known.ty.as_ref() == Some(&typed.ty))
        {
            known.wire.push(value.value.clone());
            continue;
        }
        if !matches!(typed.ty, Type::Named(_)) {
            let message = format!("the branch `{}` of `{owner}` is no object", value.value);
            scope
                .diagnostics
                .error(branch.place, message)
                .help("only objects have a property to tell them apart by");
            continue;
        }
        let name = enums::variant_name(owner, value, &mut taken, scope);
        variants.push(Variant {
            name,
            wire: vec![value.value.clone()],
            ty: Some(typed.ty),
            doc: Doc::default(),
        });
    }
    for variant in &mut variants {
        let values: Vec<String> = variant
            .wire
            .iter()
            .map(|value| format!("`{value}`"))
            .collect();
        variant.doc = Doc::of(&format!("`{property}` is {}.", values.join(" or ")));
    }
    let shared = shared(&variants, scope);
    Union {
        tag: property,
        variants,
        shared,
    }
}

/// The texts that every member requires: they are there whichever it is.
fn shared(variants: &[Variant], scope: &Scope<'_>) -> Vec<Shared> {
    let members: Vec<&[Field]> = variants
        .iter()
        .map(|variant| fields(variant, scope))
        .collect();
    let Some((first, others)) = members.split_first() else {
        return Vec::new();
    };
    let is_there = |field: &Field| field.presence == Presence::Required && field.ty == Type::Text;
    first
        .iter()
        // `from` makes the union out of a member.
        .filter(|field| is_there(field) && field.name != "from")
        .filter(|field| {
            let has = |fields: &&[Field]| {
                let same = fields.iter().find(|other| other.name == field.name);
                same.is_some_and(is_there)
            };
            others.iter().all(has)
        })
        .map(|field| Shared {
            name: field.name.clone(),
            doc: field
                .doc
                .clone()
                .paragraph("`None` for what is unrecognized."),
        })
        .collect()
}

/// The fields of a member; none while its type is still being made.
fn fields<'s>(variant: &Variant, scope: &'s Scope<'_>) -> &'s [Field] {
    let name = variant.ty.as_ref().and_then(Type::named);
    match name.and_then(|name| scope.item(name)) {
        Some(ItemKind::Object(object)) => &object.fields,
        _ => &[],
    }
}

/// A property that every branch has as an enum, with values no other branch has.
fn implied(schema: &Schema, scope: &mut Scope<'_>) -> Option<Tag> {
    let branches: Vec<&Schema> = schema
        .branches
        .iter()
        .filter(|branch| !branch.is_null())
        .collect();
    let resolved: Vec<Schema> = branches
        .iter()
        .map(|branch| resolve(branch, scope))
        .collect::<Option<_>>()?;
    let candidates = resolved
        .first()?
        .properties
        .iter()
        .map(|property| property.name.value.clone());
    candidates
        .filter(|property| {
            resolved
                .iter()
                .all(|branch| branch.property(property).is_some())
        })
        .find_map(|property| {
            let mut seen = HashSet::new();
            let mut values = Vec::new();
            for (branch, resolved) in branches.iter().zip(&resolved) {
                for value in resolved.property(&property)?.values.as_ref()? {
                    if !seen.insert(value.value.clone()) {
                        return None;
                    }
                    values.push((value.clone(), (*branch).clone()));
                }
            }
            Some(Tag { property, values })
        })
}

/// A branch with its `$ref` and `allOf` followed.
pub(super) fn resolve(schema: &Schema, scope: &mut Scope<'_>) -> Option<Schema> {
    let schema = match &schema.reference {
        Some(reference) => &scope.components.schema(reference, scope.diagnostics)?.value,
        None => schema,
    };
    Some(super::objects::merge(schema, scope))
}
