//! The inputs of a request: parameters and properties of the body. Each is an argument or a setter.

mod arguments;
mod body;
mod draft;
mod encodings;
mod files;
mod names;
mod nulls;
mod parameters;
mod properties;
mod read_only;
mod sendable;
mod several_types;

pub(super) use self::nulls::check_read_items;
pub(super) use self::parameters::styled;

use crate::config;
use crate::lower::resolve::Operation;
use crate::lower::types::Types;
use crate::model::{Body, Input, InputKind, Type};
use crate::reader::Text;
use crate::tree::Node;

/// The inputs of an operation, arguments first and in order, and the kind of its body.
pub(super) struct Inputs<'a> {
    pub(super) inputs: Vec<Input>,
    pub(super) body: Body,
    /// Whether the client sends nothing if a form has no parts.
    pub(super) omits_empty_form: bool,
    /// Examples by name on the wire.
    pub(super) samples: Vec<(String, &'a Node)>,
}

/// Lowers the parameters and the body of an operation.
pub(super) fn lower<'a>(
    operation: &'a Operation<'a>,
    path: &Text,
    said: Option<&config::Operation>,
    types: &mut Types<'a>,
) -> Inputs<'a> {
    let mut drafts = parameters::drafts(operation, path, types);
    let body = body::drafts(operation, &mut drafts, types);
    drafts.retain(|draft| sendable::check(draft, types));
    let samples = drafts
        .iter()
        .filter_map(|draft| Some((draft.wire.clone(), draft.sample?)))
        .collect();
    arguments::settle(&mut drafts, said, types);
    let mut inputs = names::name_all(drafts, &operation.id, said, types);
    inputs.sort_by_key(|(_, need)| *need);
    let inputs: Vec<Input> = inputs.into_iter().map(|(input, _)| input).collect();
    let argument = body::argument(&inputs);
    body::note_optional(operation, argument, types);
    let is_optional = !operation.needs_body || operation.written.method.is_bodiless();
    Inputs {
        omits_empty_form: is_optional && argument.is_none_or(|argument| argument.ty == Type::Form),
        inputs,
        body,
        samples,
    }
}

/// The keys for the arguments of an operation in `sdk.yaml`: their names, and also their places if two inputs have one name.
pub(super) fn argument_keys(inputs: &[Input]) -> Vec<String> {
    let is_repeated = |input: &Input| {
        let same = inputs.iter().filter(|other| other.wire == input.wire);
        same.count() > 1
    };
    let arguments = inputs
        .iter()
        .filter(|input| input.kind == InputKind::Argument);
    arguments
        .map(|input| match is_repeated(input) {
            true => names::placed_at(&input.wire, input.place),
            false => input.wire.clone(),
        })
        .collect()
}
