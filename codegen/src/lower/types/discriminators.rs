//! Checks that a discriminator agrees with its branches.

use std::rc::Rc;

use super::registry::{Told, Types};
use crate::lower::resolve::{Kind, Property, Schema};
use crate::openapi::Discriminator;
use crate::reader::Text;
use crate::suggest;

/// Reports a discriminator that a branch lacks, a value that its branch does not allow, and a branch without a value.
pub(super) fn check(
    union: &Schema<'_>,
    discriminator: &Discriminator,
    values: &[(Text, Rc<Schema<'_>>)],
    types: &mut Types<'_>,
) {
    let property = &discriminator.property;
    let mut lacking = Vec::new();
    for (value, written) in values {
        // A branch that is not an object is reported where its type is created.
        let branch = types.resolved.target(written);
        let Some(branch) = branch.filter(|branch| !branch.properties.is_empty()) else {
            continue;
        };
        match branch.property(&property.value) {
            Some(tag) => {
                let siblings = values
                    .iter()
                    .filter(|(_, other)| Rc::ptr_eq(other, written));
                let siblings: Vec<&Text> = siblings.map(|(value, _)| value).collect();
                check_value(property, value, &siblings, &tag.schema, types);
                check_type(tag, types);
            }
            None => lacking.push((value, branch)),
        }
    }
    report_lacking(property, &lacking, types);
    for branch in union.members() {
        let is_it = |(_, known): &(Text, Rc<Schema<'_>>)| match branch.reference {
            Some(name) => known
                .reference
                .is_some_and(|known| known.value == name.value),
            None => known.place == branch.place,
        };
        if !values.iter().any(is_it) {
            report_unreached(branch, union, property, types);
        }
    }
}

/// Reports a discriminator that is not a string in its branch, because the API would never send any of the values.
fn check_type(tag: &Property<'_>, types: &mut Types<'_>) {
    let kind = types.resolved.target(&tag.schema).map(Schema::kind);
    let what = match kind {
        Some(Kind::Integer | Kind::Number) => "a number",
        Some(Kind::Boolean) => "a boolean",
        Some(Kind::List(_)) => "a list",
        Some(Kind::Object | Kind::Map(_)) => "an object",
        _ => return,
    };
    let place = tag.name.place;
    if !types.tell_once(place, Told::TagType) {
        return;
    }
    let message = format!(
        "the discriminator `{}` is {what} here, but only a string can distinguish the branches",
        tag.name.value
    );
    types.diagnostics.error(place, message).help(
        "in the overlay, make the property a string, or remove the `discriminator` so that the crate keeps the union as JSON",
    );
}

/// Reports a value that its branch does not allow. If the branch allows another of its values, the disallowed value is only
/// useless.
fn check_value(
    property: &Text,
    value: &Text,
    siblings: &[&Text],
    tag: &Schema<'_>,
    types: &mut Types<'_>,
) {
    let allowed = types.resolved.values(tag);
    let is_allowed = |value: &Text| allowed.iter().any(|one| one.value == value.value);
    if allowed.is_empty() || is_allowed(value) {
        return;
    }
    let known = allowed.iter().map(|one| one.value.as_str());
    let listed: Vec<String> = known.clone().map(|one| format!("`{one}`")).collect();
    let otherwise = format!("write {} instead", listed.join(" or "));
    let help = suggest::help(&value.value, known, &otherwise);
    let message = format!(
        "the property `{}` of this branch is never `{}`",
        property.value, value.value
    );
    let reached = siblings.iter().any(|sibling| is_allowed(sibling));
    let diagnostic = match reached {
        true => types.diagnostics.warning(value.place, message),
        false => types.diagnostics.error(value.place, message),
    };
    diagnostic.help(help);
}

fn report_lacking(property: &Text, lacking: &[(&Text, &Schema<'_>)], types: &mut Types<'_>) {
    let Some((_, first)) = lacking.first() else {
        return;
    };
    let branches: Vec<String> = lacking
        .iter()
        .map(|(value, _)| format!("`{}`", value.value))
        .collect();
    let (the, have) = match branches.len() {
        1 => ("the branch", "has"),
        _ => ("the branches", "have"),
    };
    let message = format!(
        "{the} {} {have} no property `{}`",
        branches.join(" and "),
        property.value
    );
    let known = first
        .properties
        .iter()
        .map(|property| property.name.value.as_str());
    // The discriminator still works without this property. Only a misspelled name would search for a property that the API never
    // sends.
    match suggest::closest(&property.value, known) {
        Some(known) => types
            .diagnostics
            .error(property.place, message)
            .help(format!("did you mean `{known}`?")),
        None => types
            .diagnostics
            .warning(property.place, message)
            .help("add the property to each branch, or choose a property that all branches have"),
    };
}

/// Reports a branch that no value leads to, with the branch that has the same value.
fn report_unreached(
    branch: &Rc<Schema<'_>>,
    union: &Schema<'_>,
    property: &Text,
    types: &mut Types<'_>,
) {
    let resolved = types.resolved;
    let values = |branch: &Schema<'_>| -> Vec<String> {
        let tag = resolved.target(branch);
        let tag = tag.and_then(|target| target.property(&property.value));
        let values = tag.map(|tag| resolved.values(&tag.schema));
        let values = values.iter().flatten();
        values.map(|value| value.value.clone()).collect()
    };
    let own = values(branch);
    let mut others = union.members().filter(|other| !Rc::ptr_eq(other, branch));
    let shared = others.find_map(|other| {
        let value = values(other)
            .into_iter()
            .find(|value| own.contains(value))?;
        Some((other, value))
    });
    let message = "no value of the discriminator leads to this branch";
    let place = branch.reference_place;
    match shared {
        Some((other, value)) => types
            .diagnostics
            .warning(place, message)
            .related(
                other.reference_place,
                format!("this branch also has the value `{value}`"),
            )
            .help("give each branch a value that no other branch has"),
        None => types.diagnostics.warning(place, message).help(
            "add a value for this branch under `mapping`; an inline branch must first become a component",
        ),
    };
}
