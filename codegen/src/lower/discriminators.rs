//! Whether a discriminator says what its branches say.

use super::inputs::resolved;
use super::scope::Scope;
use super::unions;
use crate::openapi::{Discriminator, Schema};
use crate::reader::Text;
use crate::suggest;

/// Reports a property that a branch lacks, a value that its branch cannot have, and a branch without a value.
pub(super) fn check(
    union: &Schema,
    discriminator: &Discriminator,
    values: &[(Text, Schema)],
    scope: &mut Scope<'_>,
) {
    let property = &discriminator.property;
    let mut lacking = Vec::new();
    for (value, branch) in values {
        // One that is no object is reported where its type is made.
        let branch = unions::resolve(branch, scope).filter(|branch| !branch.properties.is_empty());
        let Some(branch) = branch else {
            continue;
        };
        match branch.property(&property.value) {
            Some(tag) => check_value(property, value, tag, scope),
            None => lacking.push((value, branch)),
        }
    }
    report_lacking(property, &lacking, scope);
    for branch in union.branches.iter().filter(|branch| !branch.is_null()) {
        let is_it = |(_, known): &(Text, Schema)| match target(branch) {
            Some(target) => self::target(known) == Some(target),
            None => known.place == branch.place,
        };
        if !values.iter().any(is_it) {
            report_unreached(branch, scope);
        }
    }
}

fn target(branch: &Schema) -> Option<&str> {
    branch
        .reference
        .as_ref()
        .map(|reference| reference.value.as_str())
}

fn check_value(property: &Text, value: &Text, tag: &Schema, scope: &mut Scope<'_>) {
    let allowed = resolved(tag, scope).values.unwrap_or_default();
    if allowed.is_empty() || allowed.iter().any(|one| one.value == value.value) {
        return;
    }
    let known = allowed.iter().map(|one| one.value.as_str());
    let listed: Vec<String> = known.clone().map(|one| format!("`{one}`")).collect();
    let otherwise = format!("write {} in its place", listed.join(" or "));
    let help = suggest::help(&value.value, known, &otherwise);
    let message = format!(
        "in this branch, `{}` is never `{}`",
        property.value, value.value
    );
    scope.diagnostics.error(value.place, message).help(help);
}

fn report_lacking(property: &Text, lacking: &[(&Text, Schema)], scope: &mut Scope<'_>) {
    let Some((_, first)) = lacking.first() else {
        return;
    };
    let branches: Vec<String> = lacking
        .iter()
        .map(|(value, _)| format!("`{}`", value.value))
        .collect();
    let message = format!(
        "`{}` is no property of {}",
        property.value,
        branches.join(" and ")
    );
    let known = first
        .properties
        .iter()
        .map(|property| property.name.value.as_str());
    let help = suggest::help(
        &property.value,
        known,
        "name a property that every branch has",
    );
    scope.diagnostics.error(property.place, message).help(help);
}

fn report_unreached(branch: &Schema, scope: &mut Scope<'_>) {
    let place = branch
        .reference
        .as_ref()
        .map_or(branch.place, |reference| reference.place);
    scope
        .diagnostics
        .warning(place, "no value of the discriminator leads to this branch")
        .help("give it one under `mapping`; a branch that is written in place has to become a component first");
}
