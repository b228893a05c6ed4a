//! What a caller gives: parameters and the properties of the body, each an argument or a setter.

use std::collections::HashSet;

use super::scope::{Scope, Site, Typed, quoted};
use super::{objects, types};
use crate::config;
use crate::model::{Body, Doc, Input, InputKind, InputPlace, Type};
use crate::names;
use crate::openapi::{
    Location, MediaType, Method, Operation, Parameter, Schema, SchemaType, Style,
};
use crate::reader::Text;
use crate::tree::{Node, Place};

/// The inputs of an operation, arguments first and in order, and the kind of its body.
pub(super) struct Inputs {
    pub(super) inputs: Vec<Input>,
    pub(super) body: Body,
    /// Examples by name on the wire.
    pub(super) samples: Vec<(String, Node)>,
}

/// An input before its name is settled.
struct Draft {
    wire: String,
    place: Place,
    typed: Typed,
    travels: InputPlace,
    required: bool,
    clearable: bool,
    doc: Doc,
    deprecated: bool,
    sample: Option<Node>,
}

/// Lowers the parameters and the body of an operation.
pub(super) fn lower<'a>(
    operation: &'a Operation,
    id: &str,
    path: &str,
    said: Option<&config::Operation>,
    scope: &mut Scope<'a>,
) -> Inputs {
    let mut drafts = Vec::new();
    let parameters = parameters(operation, scope);
    check_path(operation, path, &parameters, scope);
    for parameter in &parameters {
        parameter_drafts(parameter, id, &mut drafts, scope);
    }
    // In the order in which the path has them.
    drafts.sort_by_key(|draft| match draft.travels {
        InputPlace::Path => path
            .find(&format!("{{{}}}", draft.wire))
            .unwrap_or(usize::MAX - 1),
        _ => usize::MAX,
    });
    let body = body_drafts(operation, id, &mut drafts, scope);
    let samples = drafts
        .iter()
        .filter_map(|draft| Some((draft.wire.clone(), draft.sample.clone()?)))
        .collect();
    let inputs = name_all(drafts, said, scope);
    Inputs {
        inputs: order(inputs, said, scope),
        body,
        samples,
    }
}

/// The parameters of an operation; its own replace those of its path.
fn parameters<'a>(operation: &'a Operation, scope: &mut Scope<'a>) -> Vec<&'a Parameter> {
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
fn check_path(operation: &Operation, path: &str, parameters: &[&Parameter], scope: &mut Scope<'_>) {
    let declared = || {
        parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Path)
    };
    let mut variables = Vec::new();
    let mut rest = path;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else {
            scope.diagnostics.error(
                operation.path.place,
                format!("a brace in `{path}` is not closed"),
            );
            return;
        };
        variables.push(&rest[start + 1..start + length]);
        rest = &rest[start + length + 1..];
    }
    for variable in &variables {
        if declared().all(|parameter| parameter.name.value != *variable) {
            let message = format!("the path `{path}` has no parameter `{variable}`");
            let help = format!(
                "declare it: `{{ name: {variable}, in: path, required: true, schema: {{ type: string }} }}`"
            );
            scope.diagnostics.error(operation.place, message).help(help);
        }
    }
    for parameter in declared() {
        if !variables.contains(&parameter.name.value.as_str()) {
            let message = format!(
                "`{}` does not stand in the path `{path}`",
                parameter.name.value
            );
            let help = crate::suggest::closest(&parameter.name.value, variables.iter().copied())
                .map_or_else(
                    || "remove it, or put it in braces into the path".to_owned(),
                    |v| format!("did you mean `{v}`?"),
                );
            scope
                .diagnostics
                .error(parameter.name.place, message)
                .help(help);
        }
    }
}

fn parameter_drafts(
    parameter: &Parameter,
    id: &str,
    drafts: &mut Vec<Draft>,
    scope: &mut Scope<'_>,
) {
    let wire = parameter.name.value.clone();
    let mut travels = match parameter.location {
        Location::Path => InputPlace::Path,
        Location::Query => InputPlace::Query,
        // OpenAPI leaves these three to the client.
        Location::Header
            if ["accept", "authorization", "content-type"]
                .contains(&wire.to_lowercase().as_str()) =>
        {
            return;
        }
        Location::Header if wire.eq_ignore_ascii_case("idempotency-key") => {
            InputPlace::IdempotencyKey
        }
        Location::Header => InputPlace::Header,
        Location::Cookie => {
            let message = format!("the cookie `{wire}` is not supported and is never sent");
            scope.diagnostics.warning(parameter.name.place, message);
            return;
        }
    };
    if travels == InputPlace::Query && !parameter.explode && parameter.style != Style::DeepObject {
        travels = InputPlace::JoinedQuery;
    }
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
        flatten(&schema, prefix, &site, parameter, drafts, scope);
        return;
    }
    let typed = types::lower(&parameter.schema, &site, scope);
    let mut doc = objects::property_doc(&schema, &wire, scope);
    if let Some(description) = &parameter.description {
        doc = Doc::of(description);
        if let Some(text) = super::remarks::of(&schema) {
            doc = doc.paragraph(&text);
        }
    }
    drafts.push(Draft {
        wire,
        place: parameter.name.place,
        typed,
        travels,
        required: parameter.required || parameter.location == Location::Path,
        clearable: false,
        doc,
        deprecated: parameter.deprecated,
        sample: parameter.schema.example.clone().or(schema.example.clone()),
    });
}

/// A parameter for each property of an object in the query: `filter[phone_number][contains]`.
fn flatten(
    schema: &Schema,
    prefix: Option<&str>,
    site: &Site,
    parameter: &Parameter,
    drafts: &mut Vec<Draft>,
    scope: &mut Scope<'_>,
) {
    for property in &schema.properties {
        let name = &property.name.value;
        let wire = prefix.map_or_else(|| name.clone(), |prefix| format!("{prefix}[{name}]"));
        let inner = resolved(&property.schema, scope);
        let site = site.property(name);
        if !inner.properties.is_empty() {
            flatten(&inner, Some(&wire), &site, parameter, drafts, scope);
            continue;
        }
        let typed = types::lower(&property.schema, &site, scope);
        let doc = objects::property_doc(&property.schema, &wire, scope);
        drafts.push(Draft {
            wire,
            place: property.name.place,
            typed,
            travels: InputPlace::Query,
            required: parameter.required && schema.requires(name),
            clearable: false,
            doc,
            deprecated: parameter.deprecated || property.schema.deprecated,
            sample: property.schema.example.clone(),
        });
    }
}

/// Adds what the body holds: a draft for each property of an object, one for anything else.
fn body_drafts(
    operation: &Operation,
    id: &str,
    drafts: &mut Vec<Draft>,
    scope: &mut Scope<'_>,
) -> Body {
    let Some(reference) = &operation.body else {
        return Body::None;
    };
    let Some(body) = scope.components.request_body(reference, scope.diagnostics) else {
        return Body::None;
    };
    let Some((kind, content)) = body
        .contents
        .iter()
        .find_map(|content| Some((kind_of(content)?, content)))
    else {
        let message = "the request body has no content type that can be sent";
        let help = "give `application/json` or `multipart/form-data`";
        scope.diagnostics.error(body.place, message).help(help);
        return Body::None;
    };
    let Some(schema) = &content.schema else {
        return Body::None;
    };
    let root = root_site(
        schema,
        &format!("{id}.request"),
        &names::upper(id).ident.to_string(),
    );
    let object = resolved(schema, scope);
    if object.properties.is_empty() {
        let typed = types::lower(schema, &root, scope);
        let doc = objects::property_doc(schema, "body", scope);
        drafts.push(Draft {
            wire: "body".to_owned(),
            place: content.name.place,
            typed,
            travels: InputPlace::WholeBody,
            required: true,
            clearable: false,
            doc,
            deprecated: false,
            sample: content.example.clone().or(object.example.clone()),
        });
        return kind;
    }
    let partial = matches!(operation.method, Method::Patch | Method::Put);
    for property in &object.properties {
        let wire = property.name.value.clone();
        if property.schema.read_only {
            continue;
        }
        let typed = types::lower(&property.schema, &root.property(&wire), scope);
        let doc = objects::property_doc(&property.schema, &wire, scope);
        let sample = property.schema.example.clone();
        let example = content.example.as_ref().or(object.example.as_ref());
        drafts.push(Draft {
            place: property.name.place,
            required: object.requires(&wire),
            // Where there is nothing to clear, null says no more than leaving the property out.
            clearable: partial && typed.nullable && kind == Body::Json,
            travels: InputPlace::Body,
            doc,
            deprecated: property.schema.deprecated,
            sample: example
                .and_then(|example| example.get(&wire))
                .cloned()
                .or(sample),
            typed,
            wire,
        });
    }
    sort_required(&object, drafts);
    kind
}

/// Required properties stand in the order of `required`: that is the order of the arguments.
fn sort_required(object: &Schema, drafts: &mut [Draft]) {
    let rank = |draft: &Draft| match draft.travels {
        InputPlace::Body => {
            1 + object
                .required
                .iter()
                .position(|name| name.value == draft.wire)
                .unwrap_or(usize::MAX - 1)
        }
        _ => 0,
    };
    drafts.sort_by_key(rank);
}

fn kind_of(content: &MediaType) -> Option<Body> {
    let name = content
        .name
        .value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    match name {
        "application/json" | "*/*" => Some(Body::Json),
        "multipart/form-data" => Some(Body::Multipart),
        _ if name.ends_with("+json") => Some(Body::Json),
        _ => None,
    }
}

/// The site of a body or an answer: the component it refers to, or its place in the operation.
pub(super) fn root_site(schema: &Schema, path: &str, name: &str) -> Site {
    match schema
        .reference
        .as_ref()
        .and_then(|reference| reference.value.rsplit('/').next())
    {
        Some(component) => Site {
            path: component.to_owned(),
            name: names::upper(component).ident.to_string(),
        },
        None => Site {
            path: path.to_owned(),
            name: name.to_owned(),
        },
    }
}

/// The schema with its `$ref` and `allOf` followed.
pub(super) fn resolved(schema: &Schema, scope: &mut Scope<'_>) -> Schema {
    let mut current = schema.clone();
    // A circle of references is reported where the type is lowered.
    for _ in 0..16 {
        match &current.reference {
            Some(reference) => match scope.components.schema(reference, scope.diagnostics) {
                Some(found) => current = found.value.clone(),
                None => return Schema::empty(schema.place),
            },
            None if current.all_of.is_empty() => return current,
            None => current = objects::merge(&current, scope),
        }
    }
    Schema::empty(schema.place)
}

fn name_all(
    drafts: Vec<Draft>,
    said: Option<&config::Operation>,
    scope: &mut Scope<'_>,
) -> Vec<(Input, bool)> {
    let mut taken = HashSet::new();
    drafts
        .into_iter()
        .map(|draft| {
            let name = input_name(&draft, said, &mut taken, scope);
            let kind = match (draft.required, draft.clearable) {
                (true, _) => InputKind::Argument,
                (false, true) => InputKind::Clearable,
                (false, false) => InputKind::Optional,
            };
            let input = Input {
                name,
                wire: draft.wire,
                ty: draft.typed.ty,
                place: draft.travels,
                kind,
                doc: draft.doc,
                deprecated: draft.deprecated,
            };
            (input, draft.required)
        })
        .collect()
}

fn input_name(
    draft: &Draft,
    said: Option<&config::Operation>,
    taken: &mut HashSet<String>,
    scope: &mut Scope<'_>,
) -> proc_macro2::Ident {
    if let Some(text) = said.and_then(|said| said.names.get(&draft.wire)) {
        match names::given(&text.value) {
            Some(ident) if !is_reserved(&ident, draft) && taken.insert(ident.to_string()) => {
                return ident;
            }
            _ => {
                let message = format!("`{}` cannot be the name of a setter here", text.value);
                let help = "write a snake case name that no other setter and no method of every request has";
                scope.diagnostics.error(text.place, message).help(help);
            }
        }
    }
    let name = names::lower(&draft.wire);
    let mut ident = name.ident.clone();
    let mut improvised = name.improvised;
    let mut number = 2;
    if is_reserved(&ident, draft) {
        improvised = true;
        ident = names::own(&format!("{ident}_value"));
    }
    while !taken.insert(ident.to_string()) {
        improvised = true;
        ident = names::numbered(&name.ident, number);
        number += 1;
    }
    if improvised {
        let wire = quoted(&draft.wire);
        scope
            .diagnostics
            .note(
                draft.place,
                format!(
                    "the setter of `{}` is called `{ident}` for want of a better name",
                    draft.wire
                ),
            )
            .help(format!(
                "name it in sdk.yaml, under its operation: `names: {{ {wire}: {ident} }}`"
            ));
    }
    ident
}

fn is_reserved(ident: &proc_macro2::Ident, draft: &Draft) -> bool {
    let in_body = draft.travels == InputPlace::Body;
    names::is_reserved_setter(ident)
        || (!in_body && draft.travels != InputPlace::WholeBody && names::is_reserved_field(ident))
}

/// Puts the arguments first: as `sdk.yaml` lists them, else what the document requires, in its order.
fn order(
    drafts: Vec<(Input, bool)>,
    said: Option<&config::Operation>,
    scope: &mut Scope<'_>,
) -> Vec<Input> {
    let Some(listed) = said.and_then(|said| said.arguments.as_ref()) else {
        let (mut arguments, setters): (Vec<_>, Vec<_>) =
            drafts.into_iter().partition(|(_, required)| *required);
        arguments.extend(setters);
        return arguments.into_iter().map(|(input, _)| input).collect();
    };
    let mut rest = drafts;
    let mut ordered = Vec::new();
    for text in listed {
        match rest.iter().position(|(input, _)| input.wire == text.value) {
            Some(index) => ordered.push(Input {
                kind: InputKind::Argument,
                ..rest.remove(index).0
            }),
            None => refuse_argument(text, &rest, scope),
        }
    }
    ordered.extend(
        rest.into_iter()
            .map(|(input, _)| match (input.kind, input.place) {
                // A variable of the path has to be filled in whatever the list says.
                (InputKind::Argument, InputPlace::Path | InputPlace::WholeBody) => input,
                (InputKind::Argument, _) => Input {
                    kind: InputKind::Optional,
                    ..input
                },
                _ => input,
            }),
    );
    ordered.sort_by_key(|input| input.kind != InputKind::Argument);
    ordered
}

fn refuse_argument(text: &Text, known: &[(Input, bool)], scope: &mut Scope<'_>) {
    let names = known.iter().map(|(input, _)| input.wire.as_str());
    let help = crate::suggest::closest(&text.value, names).map_or_else(
        || "name a parameter or a property of the body".to_owned(),
        |known| format!("did you mean `{known}`?"),
    );
    scope
        .diagnostics
        .error(
            text.place,
            format!("the operation has no `{}` to be an argument", text.value),
        )
        .help(help);
}

/// Whether the parameters name a page by its number.
pub(super) fn has_page_number(inputs: &[Input]) -> bool {
    inputs
        .iter()
        .any(|input| input.place == InputPlace::Query && input.wire == "page[number]")
}

/// Whether a schema is a list.
pub(super) fn is_list(schema: &Schema) -> bool {
    schema.types == [SchemaType::Array] || schema.items.is_some()
}

/// The type of the items of a list.
pub(super) fn item_of(ty: &Type) -> Option<&Type> {
    match ty {
        Type::List(item) => Some(item),
        _ => None,
    }
}
