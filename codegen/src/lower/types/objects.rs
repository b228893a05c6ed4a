//! Objects and their fields.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::builders::{self, Nulls};
use super::registry::{Typed, Types};
use super::undescribed;
use crate::config::quoted;
use crate::diagnostic::Diagnostics;
use crate::lower::made_up;
use crate::lower::naming::Site;
use crate::lower::resolve::{Property, Schema};
use crate::lower::words;
use crate::model::{Doc, Field, Lenient, Need, Object, Presence, Reading, Type};
use crate::names::{self, Name};
use crate::suggest;
use crate::tree::{Node, Place};

/// A struct from the properties of a schema.
pub(super) fn lower<'a>(
    owner: &Ident,
    schema: &'a Schema<'a>,
    site: &Site,
    types: &mut Types<'a>,
) -> Object {
    // If a caller can create the object, it has a constructor with this name beside the setters.
    let mut taken = HashSet::from(["new".to_owned()]);
    let names = field_names(owner, schema, &mut taken, types);
    let mut fields = Vec::new();
    let mut nullable = Vec::new();
    for (property, name) in schema.properties.iter().zip(names) {
        let wire = &property.name.value;
        let Typed {
            ty,
            nullable: nullable_here,
            lenient,
        } = types.of(&property.schema, &site.property(wire));
        let presence = match ty {
            Type::List(_) => Presence::List,
            // A response lacks the property.
            _ if types.resolved.is_write_only(&property.schema) => Presence::Optional,
            _ if schema.requires(wire) && !nullable_here => Presence::Required,
            _ => Presence::Optional,
        };
        if let Some(example) = example_of(property, schema) {
            types.keep_sample(owner, wire, example);
        }
        let need = need(schema, property, (presence, nullable_here), types);
        if nullable_here && need == Need::Free {
            nullable.push((name.clone(), property.name.place));
        }
        undescribed::note(wire, property.name.place, &property.schema, types);
        let doc = words::of_property(&property.schema, wire);
        let deprecated = property.schema.deprecated;
        fields.push(Field {
            name,
            wire: wire.clone(),
            ty,
            presence,
            need,
            lenient,
            doc,
            deprecated,
        });
    }
    let additional = additional(owner, schema, site, &mut taken, types);
    let name_of_additional = additional.as_ref().map(|field| field.name.clone());
    check_required(schema, types.diagnostics);
    let nulls = nulls(owner, additional.as_ref(), nullable, &mut taken, types);
    fields.extend(additional);
    let builder = Some(builders::of(owner, &fields, nulls, types));
    let text = text_property(schema, &fields, types.diagnostics);
    let error_code = error_code(&fields);
    let may_be_made = fields.iter().all(has_default);
    let is_special = text.is_some() || name_of_additional.is_some();
    Object {
        fields,
        reading: is_special.then_some(Reading {
            text,
            additional: name_of_additional,
        }),
        accessors: Vec::new(),
        error_code,
        may_be_made,
        builder,
    }
}

/// The names of the fields, in the order of the properties.
fn field_names(
    owner: &Ident,
    schema: &Schema<'_>,
    taken: &mut HashSet<String>,
    types: &mut Types<'_>,
) -> Vec<Ident> {
    names::in_order(
        &schema.properties,
        |property| &property.name.value,
        |property| field_name(owner, property, taken, types),
    )
}

/// How a request needs the field of a property.
fn need<'a>(
    schema: &'a Schema<'a>,
    property: &'a Property<'a>,
    (presence, nullable): (Presence, bool),
    types: &Types<'a>,
) -> Need {
    let is_required = schema.requires(&property.name.value);
    match presence {
        Presence::Required => Need::Argument,
        _ if types.resolved.is_read_only(&property.schema) => Need::Never,
        Presence::List if is_required => Need::Argument,
        Presence::Optional if is_required && nullable => Need::Written,
        Presence::Optional if is_required => Need::Argument,
        _ => Need::Free,
    }
}

/// The field for additional properties, if the object may have any.
fn additional<'a>(
    owner: &Ident,
    schema: &'a Schema<'a>,
    site: &Site,
    taken: &mut HashSet<String>,
    types: &mut Types<'a>,
) -> Option<Field> {
    const NAME: &str = "additional_properties";
    let schema = schema.map_values.as_deref()?;
    let values = types.of(schema, &site.values()).ty;
    let Name { ident, improvised } =
        names::lower(NAME).free(|ident| taken.insert(ident.to_string()));
    if improvised {
        let named = format!("`{ident}` for the field of `{owner}` with all other properties");
        let help = format!(
            "in sdk.yaml, give the field `{NAME}` another name: `fields: {{ {owner}: {{ {NAME}: … }} }}`"
        );
        made_up::note(types.diagnostics, schema.place, &named).help(help);
    }
    Some(Field {
        name: ident,
        wire: NAME.to_owned(),
        ty: Type::Map(Box::new(values)),
        presence: Presence::Additional,
        need: Need::Free,
        lenient: Lenient::No,
        doc: Doc::of(
            "The properties that have no field of their own, by name and with unchanged values.",
        ),
        deprecated: false,
    })
}

/// The fields that a setter can make null, if the map of additional properties can contain a null for them.
fn nulls(
    owner: &Ident,
    additional: Option<&Field>,
    nullable: Vec<(Ident, Place)>,
    taken: &mut HashSet<String>,
    types: &mut Types<'_>,
) -> Option<Nulls> {
    let additional = additional.filter(|field| field.ty == Type::Map(Box::new(Type::Json)))?;
    let mut fields = Vec::new();
    for (name, place) in nullable {
        let clear = names::clear(&name, |ident| taken.insert(ident.to_string()));
        if clear.improvised {
            let message = made_up::sentence(&format!(
                "`{}` for the setter of `{owner}` that sends null for `{name}`",
                clear.ident
            ));
            types.note_if_built(owner, place, message);
        }
        fields.push((name, clear.ident));
    }
    (!fields.is_empty()).then(|| Nulls {
        held_by: additional.name.clone(),
        fields,
    })
}

/// Whether the field has an initial value.
fn has_default(field: &Field) -> bool {
    let is_default = match field.ty {
        Type::Boolean
        | Type::Bytes
        | Type::Form
        | Type::Integer
        | Type::Integer32
        | Type::Json
        | Type::List(_)
        | Type::Map(_)
        | Type::Number
        | Type::Text
        | Type::Unsigned => true,
        Type::Boxed(_)
        | Type::ErrorCode
        | Type::File
        | Type::Named(_)
        | Type::Secret
        | Type::Timestamp => false,
    };
    field.presence != Presence::Required || is_default
}

/// The field with Telnyx's code, unless another field has the name of the method that uses it.
fn error_code(fields: &[Field]) -> Option<Box<Ident>> {
    let is_code =
        |field: &&Field| (&field.ty, field.presence) == (&Type::ErrorCode, Presence::Optional);
    let is_free = fields.iter().all(|field| field.name != "advice");
    let code = fields.iter().find(is_code).filter(|_| is_free)?;
    Some(Box::new(code.name.clone()))
}

/// The property that gets the text if the API sends a string instead of the object: a string property. No other property may be
/// required.
fn text_property(
    schema: &Schema<'_>,
    fields: &[Field],
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let text = schema.text_property?;
    let field = fields.iter().find(|field| field.wire == text.value);
    let Some(field) = field else {
        let known = fields.iter().map(|field| field.wire.as_str());
        let help = suggest::help(&text.value, known, "choose a property of the object");
        let message = format!("the object has no property `{}`", text.value);
        diagnostics.error(text.place, message).help(help);
        return None;
    };
    let mut others = fields.iter().filter(|other| other.name != field.name);
    if field.ty != Type::Text || others.any(|other| other.presence == Presence::Required) {
        diagnostics
            .error(
                text.place,
                "this object cannot be created from a string alone",
            )
            .help("choose a string property of an object that requires no other property");
        return None;
    }
    Some(field.wire.clone())
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
                let help =
                    "choose a name in snake case that is not a keyword and that no other field has";
                types.diagnostics.error(text.place, message).help(help);
            }
        }
    }
    let owner_name = owner.to_string();
    let given = types.config.field_names(&owner_name);
    let Name { ident, improvised } = names::lower(wire).free(|ident| {
        let name = ident.to_string();
        !given.contains(name.as_str()) && taken.insert(name)
    });
    if improvised {
        let named = format!("`{owner}.{ident}` for the property `{wire}`");
        let line = format!("fields: {{ {owner}: {{ {}: {ident} }} }}", quoted(wire));
        made_up::note_with_line(types.diagnostics, property.name.place, &named, &line);
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
        let help = suggest::help(
            &required.value,
            known,
            "remove the name from `required`, or add the property",
        );
        let message = format!(
            "`required` lists `{}`, but there is no such property",
            required.value
        );
        diagnostics.warning(required.place, message).help(help);
    }
}
