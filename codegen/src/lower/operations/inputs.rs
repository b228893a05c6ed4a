//! The inputs of a request: parameters and properties of the body. Each is an argument or a setter.

mod body;
mod draft;
mod encodings;
mod files;
mod names;
mod nulls;
mod parameters;
mod read_only;
mod sendable;
mod several_types;

pub(super) use self::parameters::styled;

use self::draft::Need;
use crate::config;
use crate::lower::resolve::Operation;
use crate::lower::types::Types;
use crate::model::{Body, Input, InputKind, InputPlace};
use crate::reader::Text;
use crate::suggest;
use crate::tree::Node;

/// The inputs of an operation, arguments first and in order, and the kind of its body.
pub(super) struct Inputs<'a> {
    pub(super) inputs: Vec<Input>,
    pub(super) body: Body,
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
    let inputs = names::name_all(drafts, said, types);
    Inputs {
        inputs: order(inputs, said, types),
        body,
        samples,
    }
}

/// Puts the arguments first: as `sdk.yaml` lists them, else what the document requires, in its order.
fn order(
    inputs: Vec<(Input, Need)>,
    said: Option<&config::Operation>,
    types: &mut Types<'_>,
) -> Vec<Input> {
    let Some(listed) = said.and_then(|said| said.arguments.as_ref()) else {
        let mut inputs = inputs;
        inputs.sort_by_key(|(_, need)| *need);
        return inputs.into_iter().map(|(input, _)| input).collect();
    };
    let mut rest = inputs;
    let mut ordered = Vec::new();
    for (index, text) in listed.iter().enumerate() {
        let is_it = |earlier: &&Text| earlier.value == text.value;
        if let Some(first) = listed[..index].iter().find(is_it) {
            let message = format!("the argument `{}` is listed twice", text.value);
            let error = types.diagnostics.error(text.place, message);
            error
                .related(first.place, "the first one is here")
                .help("remove one of them");
            continue;
        }
        let is_it = |(input, _): &(Input, Need)| {
            text.value == input.wire || text.value == names::placed_at(&input.wire, &input.place)
        };
        match rest.iter().position(is_it) {
            Some(index) => ordered.push(Input {
                kind: InputKind::Argument,
                ..rest.remove(index).0
            }),
            None => refuse_argument(text, &rest, types),
        }
    }
    ordered.extend(
        rest.into_iter()
            .map(|(input, _)| match (input.kind, input.place) {
                // A variable of the path has to be filled in whatever the list says.
                (InputKind::Argument, InputPlace::Path | InputPlace::WholeBody) => input,
                (InputKind::Argument, _) => Input {
                    kind: InputKind::Optional,
                    filled: false,
                    doc: input.doc.clone().paragraph("Telnyx requires it."),
                    ..input
                },
                _ => input,
            }),
    );
    ordered.sort_by_key(|input| input.kind != InputKind::Argument);
    ordered
}

/// How `sdk.yaml` calls the arguments of an operation: by their names, and by their places too if two inputs have one name.
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
            true => names::placed_at(&input.wire, &input.place),
            false => input.wire.clone(),
        })
        .collect()
}

fn refuse_argument(text: &Text, known: &[(Input, Need)], types: &mut Types<'_>) {
    let names = known.iter().map(|(input, _)| input.wire.as_str());
    let help = suggest::help(
        &text.value,
        names,
        "choose a parameter, or a property of the body",
    );
    types
        .diagnostics
        .error(
            text.place,
            format!(
                "the operation has no parameter or property `{}`",
                text.value
            ),
        )
        .help(help);
}
