//! One operation: a method of a resource, and its request.

use proc_macro2::Ident;

use super::inputs::{self, Inputs};
use super::placement::Placement;
use super::resources::Placed;
use super::{answers, docs, examples, requests};
use crate::config::{self, quoted};
use crate::lower::resolve;
use crate::lower::types::Types;
use crate::model::{Doc, Idempotency, InputPlace, Operation};
use crate::names;
use crate::openapi::{self, Method};
use crate::reader;

/// Lowers an operation; `taken` contains the names of the requests so far.
pub(super) fn lower<'a>(
    operation: &'a resolve::Operation<'a>,
    placement: Placement,
    taken: &mut requests::Taken,
    types: &mut Types<'a>,
) -> Placed {
    let resolve::Operation { id, written, .. } = operation;
    let said = types.config.operation(id);
    let path = said
        .and_then(|said| said.path.as_ref())
        .unwrap_or(&written.path);
    let request = requests::name(operation, &placement, said, taken, types);
    let Placement {
        resource,
        method,
        improvised,
        ..
    } = placement;
    let Inputs {
        inputs,
        body,
        omits_empty_form,
        samples,
    } = inputs::lower(operation, path, said, types);
    let (answer, nothing) = answers::lower(operation, said, types);
    let keyed = inputs
        .iter()
        .any(|input| input.place == InputPlace::IdempotencyKey);
    let until_empty = answers::until_empty((&answer, nothing), said, types);
    let aliases = aliases(written, id, &method, said);
    let mut lowered = Operation {
        id: id.clone(),
        module: names::module_of(&request),
        request_doc: docs::of_request(&resource, &method, &answer, nothing),
        call: docs::call(&resource, &method, &inputs),
        request,
        method,
        verb: names::own(written.method.name()),
        path: inputs::styled(&path.value, &operation.parameters),
        query: written.query.clone(),
        accept: answers::accepted(operation, &answer),
        json_type: operation.body().and_then(resolve::Content::json_type),
        idempotency: idempotency(written, keyed),
        authenticated: written.authenticated,
        doc: Doc::default(),
        deprecated: written.deprecated,
        aliases,
        inputs,
        body,
        omits_empty_form,
        answer,
        until_empty,
        nothing,
    };
    lowered.doc = docs::of_method(written, &lowered);
    let example = examples::of(&lowered, &resource, &samples, said, types);
    if !example.is_empty() {
        lowered.doc = lowered.doc.block(example);
    }
    if said.is_none_or(|said| said.method.is_none()) && !improvised {
        note_placement(written, &lowered, &resource, types);
    }
    Placed {
        resource,
        operation: lowered,
        tag: written.tag.as_ref().map(|tag| tag.value.clone()),
    }
}

/// If `sdk.yaml` places operations, notes each operation that a rule placed.
fn note_placement(
    operation: &openapi::Operation,
    lowered: &Operation,
    resource: &[String],
    types: &mut Types<'_>,
) {
    if !types.config.places_operations() {
        return;
    }
    let Operation { id, method, .. } = lowered;
    let path = format!("{}.{method}", resource.join("."));
    let arguments = inputs::argument_keys(&lowered.inputs);
    let arguments: Vec<String> = arguments.iter().map(|key| quoted(key)).collect();
    let message = format!("a rule chose the method `{path}` for the operation `{id}`");
    let help = format!(
        "to keep the name and the arguments, add this to sdk.yaml: `operations: {{ {}: {{ method: {path}, arguments: [{}] }} }}`",
        quoted(id),
        arguments.join(", ")
    );
    types
        .diagnostics
        .note(operation.name_place(), message)
        .help(help);
}

fn idempotency(operation: &openapi::Operation, keyed: bool) -> Idempotency {
    let is_natural = !matches!(operation.method, Method::Patch | Method::Post);
    match operation.idempotent.unwrap_or(is_natural) {
        true => Idempotency::Natural,
        false if keyed => Idempotency::Key,
        false => Idempotency::None,
    }
}

fn aliases(
    operation: &openapi::Operation,
    id: &str,
    method: &Ident,
    said: Option<&config::Operation>,
) -> Vec<String> {
    let said = said.into_iter().flat_map(|said| &said.aliases);
    let said = said.map(|alias| alias.value.as_str());
    let mut aliases: Vec<String> = Vec::new();
    for alias in [id, &operation.path.value].into_iter().chain(said) {
        // An alias must also differ from the method's own name.
        let usable = reader::can_be_alias(alias) && *method != alias;
        if usable && aliases.iter().all(|known| known != alias) {
            aliases.push(alias.to_owned());
        }
    }
    aliases
}
