//! Objects: fields and constructors.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::registry::{Typed, Types};
use super::samples::check_sample;
use crate::config::quoted;
use crate::diagnostic::Diagnostics;
use crate::lower::naming::Site;
use crate::lower::resolve::{Property, Schema};
use crate::lower::words;
use crate::model::{Constructor, Doc, Field, ItemKind, Lenient, New, Object, Presence, Type};
use crate::names::{self, Name};
use crate::reader::Text;
use crate::suggest;
use crate::tree::Node;

/// A struct out of the properties of a schema.
pub(super) fn lower<'a>(
    owner: &Ident,
    schema: &'a Schema<'a>,
    site: &Site,
    types: &mut Types<'a>,
) -> Object {
    // An object that a caller builds has a constructor of that name beside the setters.
    let mut taken = HashSet::from(["new".to_owned()]);
    let mut fields = Vec::new();
    for property in &schema.properties {
        let wire = &property.name.value;
        let name = field_name(owner, property, &mut taken, types);
        let Typed {
            ty,
            nullable,
            lenient,
        } = types.of(&property.schema, &site.property(wire));
        let presence = match ty {
            Type::List(_) => Presence::List,
            _ if schema.requires(wire) && !nullable => Presence::Required,
            _ => Presence::Optional,
        };
        if let Some(example) = example_of(property, schema) {
            if lenient == Lenient::No {
                check_sample(wire, &ty, example, types.diagnostics);
            }
            types.keep_sample(owner, wire, example);
        }
        let doc = words::of_property(&property.schema, wire);
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
    check_required(schema, types.diagnostics);
    let (constructors, new) = constructors(owner, &fields, types);
    let text = text(owner, &fields, types);
    Object {
        fields,
        built: false,
        constructors,
        new,
        text,
    }
}

fn example_of<'a>(property: &Property<'a>, owner: &Schema<'a>) -> Option<&'a Node> {
    let own = property.schema.words.example;
    own.or_else(|| owner.type_words.example?.get(&property.name.value))
}

fn field_name(
    owner: &Ident,
    property: &Property<'_>,
    taken: &mut HashSet<String>,
    types: &mut Types<'_>,
) -> Ident {
    let wire = &property.name.value;
    if let Some(text) = types.config.field(&owner.to_string(), wire) {
        match names::given_lower(&text.value) {
            Some(ident) if taken.insert(ident.to_string()) => return ident,
            _ => {
                let message = format!("`{}` cannot be the name of this field", text.value);
                let help = "write a snake case name that is no keyword and that no other field has";
                types.diagnostics.error(text.place, message).help(help);
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
        types
            .diagnostics
            .note(property.name.place, message)
            .help(help);
    }
    ident
}

/// Reports names in `required` that no property has.
pub(in crate::lower) fn check_required(schema: &Schema<'_>, diagnostics: &mut Diagnostics) {
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
        diagnostics.warning(required.place, message).help(help);
    }
}

/// A constructor for each value of the property that `sdk.yaml` names, where a property is called like the value or where
/// `sdk.yaml` says what the others take. One value that has none is set by `new`.
fn constructors(owner: &Ident, fields: &[Field], types: &mut Types<'_>) -> (Vec<Constructor>, New) {
    let nothing = (Vec::new(), New::Required);
    let content = content(owner, fields, types);
    let Some(text) = types.config.constructors(&owner.to_string()) else {
        return nothing;
    };
    let tag = fields.iter().find(|field| field.wire == text.value);
    let Some((tag, tag_type)) = tag.and_then(|tag| match &tag.ty {
        Type::Named(name) => Some((tag, name)),
        _ => None,
    }) else {
        let message = format!("`{owner}` has no property `{}` that is an enum", text.value);
        types
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
        types.diagnostics.error(text.place, message).help(help);
        return nothing;
    }
    let Some(ItemKind::Enum(values)) = types.item(tag_type) else {
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
fn content<'f>(owner: &Ident, fields: &'f [Field], types: &mut Types<'_>) -> Option<&'f Field> {
    let text = types.config.content(&owner.to_string())?;
    let content = fields.iter().find(|field| field.wire == text.value);
    if content.is_none() {
        refuse_property(owner, text, fields, types);
    }
    content
}

/// The field that a text alone becomes: a text, and nothing else is required.
fn text(owner: &Ident, fields: &[Field], types: &mut Types<'_>) -> Option<Ident> {
    let text = types.config.text(&owner.to_string())?;
    let Some(field) = fields.iter().find(|field| field.wire == text.value) else {
        refuse_property(owner, text, fields, types);
        return None;
    };
    let mut others = fields.iter().filter(|other| other.name != field.name);
    let is_enough = others.all(|other| other.presence != Presence::Required);
    if field.ty != Type::Text || !is_enough {
        let message = format!("a text alone is no `{owner}`");
        let help = "name a property that is a string, of a type that requires no other";
        types.diagnostics.error(text.place, message).help(help);
        return None;
    }
    Some(field.name.clone())
}

fn refuse_property(owner: &Ident, text: &Text, fields: &[Field], types: &mut Types<'_>) {
    let known = fields.iter().map(|field| field.wire.as_str());
    let help = suggest::help(&text.value, known, "name a property of it");
    let message = format!("`{owner}` has no property `{}`", text.value);
    types.diagnostics.error(text.place, message).help(help);
}
