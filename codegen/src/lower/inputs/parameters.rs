//! Parameters: in the path, the query and the headers.

use super::{Draft, resolved};
use crate::lower::scope::{Scope, Site};
use crate::lower::{objects, remarks, types};
use crate::model::{Doc, InputPlace};
use crate::names;
use crate::openapi::{Location, Operation, Parameter, Schema, Style};
use crate::reader::Text;
use crate::suggest;

/// How deep objects in the query may hold objects: one that holds itself has no end.
const DEPTH: usize = 4;

/// The parameters of an operation; its own replace those of its path.
pub(super) fn of_operation<'a>(
    operation: &'a Operation,
    scope: &mut Scope<'a>,
) -> Vec<&'a Parameter> {
    let mut parameters: Vec<&Parameter> = Vec::new();
    for reference in &operation.parameters {
        let Some(parameter) = scope.components.parameter(reference, scope.diagnostics) else {
            continue;
        };
        let same = |known: &&mut &Parameter| {
            known.name.value == parameter.name.value && known.location == parameter.location
        };
        match parameters.iter_mut().find(same) {
            Some(known) => *known = parameter,
            None => parameters.push(parameter),
        }
    }
    parameters
}

/// Reports variables of the path without a parameter, and parameters without a variable.
pub(super) fn check_path(path: &Text, parameters: &[&Parameter], scope: &mut Scope<'_>) {
    let Some(variables) = variables(&path.value) else {
        let message = format!("a brace in `{}` is not closed", path.value);
        let help = "close it after the name of the parameter: `{id}`";
        scope.diagnostics.error(path.place, message).help(help);
        return;
    };
    let declared: Vec<&Text> = parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Path)
        .map(|parameter| &parameter.name)
        .collect();
    for variable in &variables {
        if declared.iter().all(|name| name.value != *variable) {
            let message = format!("the path `{}` has no parameter `{variable}`", path.value);
            let help = format!(
                "declare it: `{{ name: {variable}, in: path, required: true, schema: {{ type: string }} }}`"
            );
            scope.diagnostics.error(path.place, message).help(help);
        }
    }
    for name in declared {
        if !variables.contains(&name.value.as_str()) {
            let message = format!(
                "`{}` does not stand in the path `{}`",
                name.value, path.value
            );
            let help = suggest::help(
                &name.value,
                variables.iter().copied(),
                "remove it, or put it in braces into the path",
            );
            scope.diagnostics.error(name.place, message).help(help);
        }
    }
}

/// The names in braces; `None` if a brace is not closed.
fn variables(path: &str) -> Option<Vec<&str>> {
    let after_braces = path.split('{').skip(1);
    after_braces
        .map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

/// Adds a draft for a parameter, or one for each property of an object in the query.
pub(super) fn drafts(
    parameter: &Parameter,
    id: &str,
    drafts: &mut Vec<Draft>,
    scope: &mut Scope<'_>,
) {
    let Some(travels) = place_of(parameter, scope) else {
        return;
    };
    let wire = parameter.name.value.clone();
    let site = Site {
        path: format!("{id}.{wire}"),
        name: names::upper(&format!("{id} {wire}")).ident.to_string(),
    };
    let schema = resolved(&parameter.schema, scope);
    if travels == InputPlace::Query && !schema.properties.is_empty() {
        let prefix = if parameter.style == Style::DeepObject {
            Some(wire.as_str())
        } else {
            None
        };
        flatten(&schema, prefix, &site, parameter, drafts, DEPTH, scope);
        return;
    }
    let typed = types::lower(&parameter.schema, &site, scope);
    let mut doc = objects::property_doc(&schema, &wire, scope);
    if let Some(description) = &parameter.description
        && !description.trim().is_empty()
    {
        doc = Doc::of(description);
        if let Some(text) = remarks::of(&schema) {
            doc = doc.paragraph(&text);
        }
    }
    drafts.push(Draft {
        wire,
        place: parameter.name.place,
        typed,
        travels,
        required: (parameter.required || parameter.location == Location::Path).then_some(0),
        clearable: false,
        doc,
        deprecated: parameter.deprecated,
        sample: parameter.schema.example.clone().or(schema.example.clone()),
    });
}

/// Where a parameter travels; `None` if a request never has it.
fn place_of(parameter: &Parameter, scope: &mut Scope<'_>) -> Option<InputPlace> {
    let name = parameter.name.value.to_ascii_lowercase();
    match parameter.location {
        Location::Path => Some(InputPlace::Path),
        Location::Query if !parameter.explode && parameter.style != Style::DeepObject => {
            Some(InputPlace::JoinedQuery)
        }
        Location::Query => Some(InputPlace::Query),
        Location::Header => match name.as_str() {
            // OpenAPI leaves these three to the client.
            "accept" | "authorization" | "content-type" => None,
            "idempotency-key" => Some(InputPlace::IdempotencyKey),
            _ => Some(InputPlace::Header),
        },
        Location::Cookie => {
            let name = &parameter.name;
            let message = format!(
                "the cookie `{}` is not supported and is never sent",
                name.value
            );
            scope.diagnostics.warning(name.place, message);
            None
        }
    }
}

/// A parameter for each property of an object in the query: `filter[phone_number][contains]`.
fn flatten(
    schema: &Schema,
    prefix: Option<&str>,
    site: &Site,
    parameter: &Parameter,
    drafts: &mut Vec<Draft>,
    depth: usize,
    scope: &mut Scope<'_>,
) {
    objects::check_required(schema, scope);
    for property in &schema.properties {
        let name = &property.name.value;
        let wire = prefix.map_or_else(|| name.clone(), |prefix| format!("{prefix}[{name}]"));
        let inner = resolved(&property.schema, scope);
        let site = site.property(name);
        if depth > 0 && !inner.properties.is_empty() {
            flatten(
                &inner,
                Some(&wire),
                &site,
                parameter,
                drafts,
                depth - 1,
                scope,
            );
            continue;
        }
        let typed = types::lower(&property.schema, &site, scope);
        let doc = objects::property_doc(&property.schema, &wire, scope);
        drafts.push(Draft {
            wire,
            place: property.name.place,
            typed,
            travels: InputPlace::Query,
            required: (parameter.required && schema.requires(name)).then_some(0),
            clearable: false,
            doc,
            deprecated: parameter.deprecated || property.schema.deprecated,
            sample: property.schema.example.clone(),
        });
    }
}
