//! Parameters: in the path, the query and the headers.

use std::collections::HashSet;

use super::draft::{Draft, Need};
use super::{sendable, several_types};
use crate::lower::naming::{self, Slot};
use crate::lower::resolve::{Operation, Parameter, Schema};
use crate::lower::types::{Told, Typed, Types, check_required};
use crate::lower::words;
use crate::model::{InputPlace, ItemKind, Type};
use crate::openapi::{Location, Style};
use crate::reader::Text;
use crate::suggest;

/// The parameters of an operation: path parameters in the order of the path, then the others.
pub(super) fn drafts<'a>(
    operation: &'a Operation<'a>,
    path: &Text,
    types: &mut Types<'a>,
) -> Vec<Draft<'a>> {
    check_path(path, &operation.parameters, types);
    let mut drafts = Vec::new();
    for parameter in &operation.parameters {
        let slots = naming::of_parameter(parameter, &operation.id, types.resolved);
        if !sendable::check_count(&slots, &parameter.written.name, types.diagnostics) {
            continue;
        }
        for object in slots.objects {
            check_required(object, types.diagnostics);
            sendable::check_properties(object, types);
        }
        for slot in slots.slots {
            drafts.push(draft(slot, parameter, types));
        }
    }
    warn_of_twice(&drafts, operation, types);
    drafts.sort_by_key(|draft| {
        let position = path.value.find(&format!("{{{}}}", draft.wire));
        let in_path = (draft.travels == InputPlace::Path).then_some(position);
        // `false` sorts first: path parameters first, and among them those with a variable in the path.
        (
            in_path.is_none(),
            position.is_none() || in_path.is_none(),
            in_path.flatten(),
        )
    });
    drafts
}

/// Warns about two values in the query with one name, because the query then contains both.
fn warn_of_twice(drafts: &[Draft<'_>], operation: &Operation<'_>, types: &mut Types<'_>) {
    let fixed = operation.written.query.iter();
    let mut names: HashSet<&str> = fixed.map(|(name, _)| name.as_str()).collect();
    let is_in_query = |draft: &&Draft<'_>| {
        matches!(
            draft.travels,
            InputPlace::Query | InputPlace::JoinedQuery(_)
        )
    };
    for draft in drafts.iter().filter(is_in_query) {
        if !names.insert(&draft.wire) {
            let message = format!("the query can contain `{}` twice", draft.wire);
            types
                .diagnostics
                .warning(draft.place, message)
                .help("rename or remove one of the two parameters");
        }
    }
}

/// A draft for a parameter, or for a property of it.
fn draft<'a>(slot: Slot<'a, 'a>, parameter: &'a Parameter<'a>, types: &mut Types<'a>) -> Draft<'a> {
    let Slot {
        wire,
        site,
        schema,
        place,
        property_of,
        is_below_optional,
        ..
    } = slot;
    let written = parameter.written;
    // An idempotency key is a string, because the client can generate it.
    let typed = match parameter.travels {
        InputPlace::IdempotencyKey => Typed::of(Type::Text),
        _ if written.is_json => types.of(schema, &site),
        _ => match several_types::one_or_list(schema, &site, types) {
            Some(list) => Typed::of(list),
            None => types.of(schema, &site),
        },
    };
    let is_in_path = parameter.travels == InputPlace::Path;
    let travels = travels(parameter, &typed.ty, property_of.is_some());
    check_list_in_path(parameter, &typed.ty, types);
    // A parameter that the client cannot write gets a separate warning.
    if sendable::fits(travels, &typed.ty, types) {
        warn_of_style(parameter, &typed.ty, property_of.is_some(), types);
    }
    warn_of_empty_value(parameter, &typed.ty, property_of.is_some(), types);
    let is_union = types.resolved.target(schema).is_some_and(Schema::is_union);
    let is_deep = written.style == Style::DeepObject && typed.ty == Type::Json;
    if !written.is_json && (is_union || !is_deep) {
        several_types::warn_of_json((&wire, place), schema, &typed.ty, types);
    }
    match property_of {
        None => {
            warn_of_deep_json(parameter, &typed.ty, types);
            let target = types.resolved.target(schema);
            let example = || target.and_then(|target| target.type_words.example);
            Draft {
                place,
                typed,
                travels,
                part_types: Vec::new(),
                is_json: written.is_json,
                need: Need::of(written.required || is_in_path),
                filled: false,
                clearable: false,
                doc: words::of_parameter(parameter.description, schema, &wire, types.resolved),
                deprecated: written.deprecated,
                sample: schema.words.example.or_else(example),
                wire,
            }
        }
        Some((object, name)) => Draft {
            place,
            typed,
            travels,
            part_types: Vec::new(),
            is_json: false,
            need: Need::of(written.required && object.requires(name) && !is_below_optional),
            filled: false,
            clearable: false,
            doc: words::of_property(schema, &wire),
            deprecated: written.deprecated || schema.deprecated,
            sample: schema.words.example,
            wire,
        },
    }
}

/// Where a value of the parameter travels: a map is written out where an object is. In an object, only a deep one is.
fn travels(parameter: &Parameter<'_>, ty: &Type, is_in_object: bool) -> InputPlace {
    let is_deep = parameter.written.style == Style::DeepObject;
    match (parameter.travels, ty) {
        (InputPlace::Query, Type::Map(_)) if is_deep || !is_in_object => {
            InputPlace::QueryMap { is_deep }
        }
        (travels, _) => travels,
    }
}

/// Warns about a deep object without documented properties, because the client writes it as JSON. A union gets a separate
/// warning.
fn warn_of_deep_json(parameter: &Parameter<'_>, ty: &Type, types: &mut Types<'_>) {
    let target = types.resolved.target(&parameter.schema);
    let is_union = target.is_some_and(Schema::is_union);
    let is_scalar = several_types::is_scalar(&parameter.schema, types.resolved);
    if parameter.written.style == Style::DeepObject && *ty == Type::Json && !is_union && !is_scalar
    {
        let name = &parameter.written.name;
        let message = format!(
            "the client sends `{}` as JSON, because its schema lists no properties",
            name.value
        );
        types.diagnostics.warning(name.place, message).help(
            "list the object's `properties`, or give the type of the object's values as `additionalProperties`",
        );
    }
}

/// Warns about a style that the standard does not define for the type of the parameter.
fn warn_of_style(parameter: &Parameter<'_>, ty: &Type, is_object: bool, types: &mut Types<'_>) {
    let written = parameter.written;
    let has_entries = is_object || matches!(ty, Type::Map(_));
    let has_meaning = match written.style {
        // A value that is only known as JSON gets a separate warning if it can be an object or a list.
        Style::DeepObject => {
            let is_scalar = several_types::is_scalar(&parameter.schema, types.resolved);
            has_entries || (*ty == Type::Json && !is_scalar)
        }
        Style::Pipes | Style::Spaces => {
            !written.explode && (has_entries || matches!(ty, Type::List(_)))
        }
        Style::Label | Style::Matrix | Style::Plain => return,
    };
    if !has_meaning {
        let name = &written.name;
        let message = format!(
            "the style `{}` has no meaning for `{}`: the client uses the style `form` instead",
            written.style.name(),
            name.value
        );
        types.diagnostics.warning(name.place, message).help(
            "remove the style; for a list, you can instead write `explode: false` beside the style",
        );
    }
}

/// Warns that the client never sends a query parameter without a value, although the document allows it.
fn warn_of_empty_value(
    parameter: &Parameter<'_>,
    ty: &Type,
    is_object: bool,
    types: &mut Types<'_>,
) {
    let Parameter { written, .. } = parameter;
    let may_be_empty = match ty.item().unwrap_or(ty) {
        Type::Json | Type::Text => !is_object,
        Type::Named(name) => matches!(types.item(name), Some(ItemKind::Enum(_))) && !is_object,
        _ => false,
    };
    if let Some(place) = written.allows_empty
        && written.location == Location::Query
        && !may_be_empty
        && types.tell_once(place, Told::EmptyValue)
    {
        let name = &written.name.value;
        let message = format!("the client never sends `{name}` without a value");
        let help = "if the API needs the parameter without a value, make the parameter a string in the overlay: a string can be empty";
        types.diagnostics.warning(place, message).help(help);
    }
}

/// Reports a list that would become several values in the path, because a label or a matrix has one value here.
fn check_list_in_path(parameter: &Parameter<'_>, ty: &Type, types: &mut Types<'_>) {
    let written = parameter.written;
    let is_special = matches!(written.style, Style::Label | Style::Matrix);
    if is_special && written.explode && matches!(ty, Type::List(_)) {
        let name = &written.name;
        let message = format!(
            "the path cannot contain each item of the list `{}` separately",
            name.value
        );
        types.diagnostics.error(name.place, message).help(
            "if the server accepts commas between the items, write `explode: false` in the overlay",
        );
    }
}

/// The path with the characters before a label or a matrix: `/cats/.{id}`, `/cats/;id={id}`.
pub(in crate::lower::operations) fn styled(path: &str, parameters: &[Parameter<'_>]) -> String {
    let mut styled = path.to_owned();
    for parameter in parameters {
        let name = &parameter.written.name.value;
        let before = match parameter.written.style {
            Style::Label => ".".to_owned(),
            Style::Matrix => format!(";{name}="),
            _ => continue,
        };
        let variable = format!("{{{name}}}");
        styled = styled.replace(&variable, &format!("{before}{variable}"));
    }
    styled
}

/// Reports path variables without a parameter, and path parameters without a variable.
fn check_path(path: &Text, parameters: &[Parameter<'_>], types: &mut Types<'_>) {
    let Some(variables) = variables(&path.value) else {
        let message = format!("the path `{}` has an unmatched brace", path.value);
        let help = "write the name of a parameter between two braces: `{id}`";
        types.diagnostics.error(path.place, message).help(help);
        return;
    };
    let declared: Vec<&Text> = parameters
        .iter()
        .filter(|parameter| parameter.travels == InputPlace::Path)
        .map(|parameter| &parameter.written.name)
        .collect();
    if variables.contains(&"") {
        let message = format!("the path `{}` has a variable without a name", path.value);
        let help = "write the name of a parameter between the braces: `{id}`";
        types.diagnostics.error(path.place, message).help(help);
    }
    for variable in variables.iter().filter(|variable| !variable.is_empty()) {
        if declared.iter().all(|name| name.value != **variable) {
            let message = format!(
                "no parameter is declared for `{{{variable}}}` in the path `{}`",
                path.value
            );
            let help = format!(
                "declare the parameter: `{{ name: {variable}, in: path, required: true, schema: {{ type: string }} }}`"
            );
            types.diagnostics.error(path.place, message).help(help);
        }
    }
    for name in declared {
        if !variables.contains(&name.value.as_str()) {
            let message = format!(
                "the parameter `{}` is not in the path `{}`",
                name.value, path.value
            );
            let help = suggest::help(
                &name.value,
                variables.iter().copied(),
                "remove the parameter, or add its name to the path in braces",
            );
            types.diagnostics.error(name.place, message).help(help);
        }
    }
}

/// The names in braces; `None` if a brace has no counterpart.
fn variables(path: &str) -> Option<Vec<&str>> {
    let (before, rest) = path.split_once('{').unwrap_or((path, ""));
    let mut is_whole = !before.contains('}');
    let mut names = Vec::new();
    for part in rest.split('{').filter(|_| before != path) {
        let (name, after) = part.split_once('}')?;
        is_whole &= !after.contains('}');
        names.push(name);
    }
    is_whole.then_some(names)
}
