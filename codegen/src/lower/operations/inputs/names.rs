//! The names of inputs, from `sdk.yaml` or from the document.

use std::collections::HashSet;

use super::draft::{Draft, Need};
use crate::config::{self, quoted};
use crate::lower::types::Types;
use crate::model::{Input, InputKind, InputPlace};
use crate::names::{self, Name};

/// The drafts as inputs, which have names, with the need that the document has of each.
pub(super) fn name_all(
    drafts: Vec<Draft<'_>>,
    said: Option<&config::Operation>,
    types: &mut Types<'_>,
) -> Vec<(Input, Need)> {
    let mut taken = HashSet::new();
    let mut wires = HashSet::new();
    let repeated = drafts
        .iter()
        .filter(|draft| !wires.insert(draft.wire.clone()));
    let repeated: HashSet<String> = repeated.map(|draft| draft.wire.clone()).collect();
    drafts
        .into_iter()
        .map(|draft| {
            let key = match repeated.contains(&draft.wire) {
                true => placed(&draft),
                false => draft.wire.clone(),
            };
            let name = input_name(&draft, &key, said, &mut taken, types);
            let kind = match draft.need {
                Need::Required | Need::RequiredProperty(_) => InputKind::Argument,
                Need::Optional if draft.clearable => InputKind::Clearable,
                Need::Optional => InputKind::Optional,
            };
            let input = Input {
                name,
                wire: draft.wire,
                ty: draft.typed.ty,
                filled: draft.filled && kind == InputKind::Argument,
                place: draft.travels,
                part_type: draft.part_type,
                is_json: draft.is_json,
                kind,
                doc: draft.doc,
                deprecated: draft.deprecated,
            };
            (input, draft.need)
        })
        .collect()
}

fn input_name(
    draft: &Draft<'_>,
    key: &str,
    said: Option<&config::Operation>,
    taken: &mut HashSet<String>,
    types: &mut Types<'_>,
) -> proc_macro2::Ident {
    let given = said.and_then(|said| {
        let placed = said.names.get(&placed(draft));
        placed.or_else(|| said.names.get(&draft.wire))
    });
    if let Some(text) = given {
        match names::given_lower(&text.value) {
            Some(ident) if !is_reserved(&ident, draft) && taken.insert(ident.to_string()) => {
                return ident;
            }
            _ => {
                let message = format!(
                    "`{}` cannot be the name of a setter of this request",
                    text.value
                );
                let mut help =
                    "choose a snake case name that no other setter and no method of requests has"
                        .to_owned();
                if key != draft.wire {
                    help += &format!(
                        "; to name only the one in this place, write the key `{}`",
                        quoted(key)
                    );
                }
                types.diagnostics.error(text.place, message).help(help);
            }
        }
    }
    let given: HashSet<&str> = said
        .iter()
        .flat_map(|said| said.names.values())
        .map(|text| text.value.as_str())
        .collect();
    let name =
        names::lower(&draft.wire).with_ending_if(|ident| is_reserved(ident, draft), "_value");
    let Name { ident, improvised } = name.free(|ident| {
        !given.contains(ident.to_string().as_str()) && !is_taken(ident, draft, taken)
    });
    taken.insert(ident.to_string());
    if draft.clearable {
        taken.insert(format!("clear_{ident}"));
    }
    if improvised {
        let wire = quoted(key);
        types
            .diagnostics
            .note(
                draft.place,
                format!(
                    "the generator made up the name `{ident}` for the setter of `{}`",
                    draft.wire
                ),
            )
            .help(format!(
                "to choose the name, add this to sdk.yaml, under its operation: `names: {{ {wire}: {ident} }}`"
            ));
    }
    ident
}

/// How `sdk.yaml` calls an input of a name that another has too: `id in query`.
fn placed(draft: &Draft<'_>) -> String {
    let place = match draft.travels {
        InputPlace::Path => "path",
        InputPlace::Query | InputPlace::JoinedQuery(_) | InputPlace::QueryMap { .. } => "query",
        InputPlace::Header | InputPlace::IdempotencyKey => "header",
        InputPlace::Body | InputPlace::Part(_) | InputPlace::WholeBody => "body",
    };
    format!("{} in {place}", draft.wire)
}

/// Whether a setter has the name, or that of the setter that would send null.
fn is_taken(ident: &proc_macro2::Ident, draft: &Draft<'_>, taken: &HashSet<String>) -> bool {
    taken.contains(&ident.to_string())
        || (draft.clearable && taken.contains(&format!("clear_{ident}")))
}

fn is_reserved(ident: &proc_macro2::Ident, draft: &Draft) -> bool {
    names::is_reserved_setter(ident)
        || (draft.need != Need::Optional && names::is_reserved_field(ident))
}
