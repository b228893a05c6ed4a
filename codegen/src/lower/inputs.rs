//! What a caller gives: parameters and the properties of the body, each an argument or a setter.

mod body;
mod naming;
mod parameters;
mod sendable;

use super::scope::{Scope, Site, Typed};
use super::{examples, objects};
use crate::config;
use crate::model::{Body, Doc, Input, InputKind, InputPlace, Type};
use crate::names;
use crate::openapi::{Operation, Schema, SchemaType};
use crate::reader::Text;
use crate::suggest;
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
    /// Whether it has to be given; then the lowest is the first argument.
    required: Option<usize>,
    clearable: bool,
    doc: Doc,
    deprecated: bool,
    sample: Option<Node>,
}

/// Lowers the parameters and the body of an operation.
pub(super) fn lower<'a>(
    operation: &'a Operation,
    id: &str,
    path: &Text,
    said: Option<&config::Operation>,
    scope: &mut Scope<'a>,
) -> Inputs {
    let mut drafts = Vec::new();
    let parameters = parameters::of_operation(operation, scope);
    parameters::check_path(path, &parameters, scope);
    for parameter in &parameters {
        parameters::drafts(parameter, id, &mut drafts, scope);
    }
    // In the order in which the path has them.
    drafts.sort_by_key(|draft| match draft.travels {
        InputPlace::Path => path
            .value
            .find(&format!("{{{}}}", draft.wire))
            .unwrap_or(usize::MAX - 1),
        _ => usize::MAX,
    });
    let body = body::drafts(operation, id, &mut drafts, scope);
    for draft in &drafts {
        sendable::check(draft, scope);
        if let Some(sample) = &draft.sample {
            examples::check(&draft.wire, &draft.typed.ty, sample, scope);
        }
    }
    let samples = drafts
        .iter()
        .filter_map(|draft| Some((draft.wire.clone(), draft.sample.clone()?)))
        .collect();
    let inputs = naming::name_all(drafts, said, scope);
    Inputs {
        inputs: order(inputs, said, scope),
        body,
        samples,
    }
}

/// Puts the arguments first: as `sdk.yaml` lists them, else what the document requires, in its order.
fn order(
    drafts: Vec<(Input, Option<usize>)>,
    said: Option<&config::Operation>,
    scope: &mut Scope<'_>,
) -> Vec<Input> {
    let Some(listed) = said.and_then(|said| said.arguments.as_ref()) else {
        let mut drafts = drafts;
        drafts.sort_by_key(|(_, required)| required.unwrap_or(usize::MAX));
        return drafts.into_iter().map(|(input, _)| input).collect();
    };
    let mut rest = drafts;
    let mut ordered = Vec::new();
    for (index, text) in listed.iter().enumerate() {
        let is_it = |earlier: &&Text| earlier.value == text.value;
        if let Some(first) = listed[..index].iter().find(is_it) {
            let message = format!("the argument `{}` stands twice", text.value);
            let error = scope.diagnostics.error(text.place, message);
            error.related(first.place, "first here").help("remove one");
            continue;
        }
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
                    doc: input.doc.clone().paragraph("Telnyx requires it."),
                    ..input
                },
                _ => input,
            }),
    );
    ordered.sort_by_key(|input| input.kind != InputKind::Argument);
    ordered
}

fn refuse_argument(text: &Text, known: &[(Input, Option<usize>)], scope: &mut Scope<'_>) {
    let names = known.iter().map(|(input, _)| input.wire.as_str());
    let help = suggest::help(
        &text.value,
        names,
        "name a parameter or a property of the body",
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
