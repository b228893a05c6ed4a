//! Unions whose branches differ in the value of one property.

use std::collections::HashSet;
use std::rc::Rc;

use proc_macro2::Ident;

use super::registry::{Told, Typed, Types};
use super::{discriminators, enums};
use crate::lower::naming::Site;
use crate::lower::resolve::{Kind, Resolved, Schema, StringKind, Tag};
use crate::markdown::code;
use crate::model::{Doc, Member, Type, Union};
use crate::names;
use crate::openapi::shown;
use crate::reader::Text;
use crate::tree::Place;

/// A union: of one branch and null, of branches that a property distinguishes, or of anything.
pub(super) fn type_of<'a>(schema: &'a Schema<'a>, site: &Site, types: &mut Types<'a>) -> Typed {
    let members: Vec<_> = schema.members().collect();
    let has_null = members.len() < schema.branches.len();
    let mut typed = match members.as_slice() {
        [] => Typed::anything(),
        [member] => types.of(member, site),
        _ if schema.tag.is_some() => types.inline(schema, site),
        _ => {
            note_unlike(schema, site, types);
            Typed::anything()
        }
    };
    typed.nullable |= has_null;
    typed
}

/// Notes that the crate keeps a union as JSON, because its branches look alike.
fn note_unlike<'a>(schema: &'a Schema<'a>, site: &Site, types: &mut Types<'a>) {
    let shown = types.resolved.moved.shown_site(&site.path);
    let message = match schema.has_several_unions {
        true => format!(
            "`{shown}` must match a branch of each of several unions, so the crate keeps it as JSON"
        ),
        false => format!(
            "the crate cannot distinguish the branches of `{shown}`, so it keeps the whole union as JSON"
        ),
    };
    let is_object = |member: &Rc<Schema<'a>>| {
        let target = types.resolved.target(member);
        target.is_some_and(|target| matches!(target.kind(), Kind::Object | Kind::Union))
    };
    let help = match schema.members().all(is_object) {
        _ if schema.has_several_unions => {
            "in the overlay, replace the unions by one union of the allowed combinations"
        }
        true if only_a_number_tells(schema, types.resolved) => {
            "the crate distinguishes branches only by a string property; if the API uses only one of the schema's types, set that type in the overlay"
        }
        true => "if a property names the branch, add a `discriminator` in the overlay",
        false => "if the API uses only one of the schema's types, set that type in the overlay",
    };
    types.diagnostics.note(schema.place, message).help(help);
    warn_of_secrets(schema, types);
}

/// Warns about each secret in a union that the crate keeps as JSON, at any depth, because only a string can be hidden.
fn warn_of_secrets<'a>(union: &'a Schema<'a>, types: &mut Types<'a>) {
    let resolved = types.resolved;
    let mut met = HashSet::new();
    let mut open = vec![union];
    while let Some(schema) = open.pop() {
        let Some(target) = resolved.target(schema) else {
            continue;
        };
        if !met.insert(target.place) {
            continue;
        }
        let is_secret =
            matches!(target.kind(), Kind::Text) && target.string_kind() == StringKind::Secret;
        let secret = target.wire_format.filter(|_| is_secret);
        if let Some(secret) = secret
            && types.tell_once(secret.place, Told::ShownSecret)
        {
            let message =
                "`Debug` shows this secret, because the crate keeps the union around it as JSON";
            let help = "in the overlay, make the union a string with `x-format: secret`";
            types.diagnostics.warning(secret.place, message).help(help);
        }
        open.extend(target.items.as_deref());
        open.extend(target.map_values.as_deref());
        open.extend(target.properties.iter().map(|property| &property.schema));
        open.extend(target.members().map(|member| &**member));
    }
}

/// Whether a property with a given value that is no string tells the branches apart, and no string in all branches could.
fn only_a_number_tells<'a>(union: &Schema<'a>, resolved: &Resolved<'a>) -> bool {
    let tells = |name: &str| {
        let mut known = HashSet::new();
        union.members().all(|member| {
            let values =
                value_of(member, name, resolved).map_or(&[][..], |value| value.other_values);
            let mut others = values.iter();
            !values.is_empty() && others.all(|value| known.insert(shown(value)))
        })
    };
    let is_text = |name: &str| {
        let mut values = union
            .members()
            .map(|member| value_of(member, name, resolved));
        values
            .all(|value| value.is_some_and(|value| matches!(value.kind(), Kind::Text | Kind::Enum)))
    };
    let first = union.members().next();
    let first = first.and_then(|first| resolved.target(first));
    let properties = first.map_or(&[][..], |first| &first.properties);
    let mut names = properties.iter().map(|property| &property.name.value);
    names.clone().any(|name| tells(name)) && !names.any(|name| is_text(name))
}

/// The schema of a branch's property.
fn value_of<'r, 'a>(
    branch: &'r Schema<'a>,
    name: &str,
    resolved: &'r Resolved<'a>,
) -> Option<&'r Schema<'a>> {
    let property = resolved.target(branch)?.property(name)?;
    resolved.target(&property.schema)
}

/// A union whose tag distinguishes the branches.
pub(super) fn lower<'a>(
    owner: &Ident,
    schema: &Schema<'_>,
    tag: &'a Tag<'a>,
    site: &Site,
    types: &mut Types<'a>,
) -> Union {
    let Tag {
        property, values, ..
    } = tag;
    if let Some(discriminator) = tag.discriminator {
        discriminators::check(schema, discriminator, values, types);
    }
    let mut taken = HashSet::from([enums::OTHER.to_owned()]);
    let mut methods = HashSet::new();
    let mut members: Vec<Member> = Vec::new();
    for (value, branch) in values {
        let site = site.branch(schema.number_of(branch));
        let Type::Named(ty) = types.of(branch, &site).ty else {
            warn_of_branch(owner, value, branch.place, types);
            continue;
        };
        if ty == *owner {
            warn_of_itself(owner, branch, types);
            continue;
        }
        if let Some(known) = members.iter_mut().find(|known| known.ty == ty) {
            known.aliases.push(value.value.clone());
            continue;
        }
        // A branch that is a union has several values, so its variant has the name of its type.
        let is_union = types.resolved.target(branch).is_some_and(Schema::is_union);
        let wish = match is_union {
            true => &Text {
                value: ty.to_string(),
                place: value.place,
            },
            false => value,
        };
        let name = enums::variant_name(owner, wish, &mut taken, types);
        let mut method = |prefix: &str| {
            let method = names::lower(&format!("{prefix}_{name}"));
            let method = method.free(|ident| methods.insert(ident.to_string()));
            method.ident
        };
        members.push(Member {
            borrow: method("as"),
            take: method("into"),
            name,
            ty,
            value: value.value.clone(),
            aliases: Vec::new(),
            doc: Doc::default(),
        });
    }
    if members.is_empty() {
        let message = format!("`{owner}` has no object branch with a value of the discriminator");
        let help = "remove the `discriminator`, or give it branches that are objects";
        types.diagnostics.error(schema.place, message).help(help);
    }
    for member in &mut members {
        let values = std::iter::once(&member.value).chain(&member.aliases);
        let values: Vec<String> = values.map(|value| code(value)).collect();
        member.doc = Doc::of(&format!("{} is {}.", code(property), values.join(" or ")));
    }
    let tag = code(property);
    let unrecognized =
        format!("{tag} is missing or has a value that this version of the crate does not know.");
    Union {
        tag: property.clone(),
        unrecognized: Doc::of(&unrecognized),
        members,
        shared: Vec::new(),
    }
}

/// Warns that a union is one of its own branches, and that this branch adds nothing.
fn warn_of_itself(owner: &Ident, branch: &Schema<'_>, types: &mut Types<'_>) {
    let message = format!("`{owner}` is a branch of itself, which has no effect");
    types
        .diagnostics
        .warning(branch.reference_place, message)
        .help("remove the branch");
}

/// Warns that the crate keeps a branch without properties as JSON.
fn warn_of_branch(owner: &Ident, value: &Text, place: Place, types: &mut Types<'_>) {
    let message = format!(
        "the branch `{}` of `{owner}` is not an object, so the crate keeps values of this branch as JSON",
        value.value
    );
    types
        .diagnostics
        .warning(place, message)
        .help("a property must distinguish the branches, and only an object has properties");
}
