//! The names of inputs, from `sdk.yaml` or from the document.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::draft::{Draft, Need};
use crate::config::{self, quoted};
use crate::lower::made_up;
use crate::lower::types::Types;
use crate::model::{Input, InputKind, InputPlace};
use crate::names::{self, Name};
use crate::reader::Text;

/// The inputs of an operation, with names, from its drafts. Each has its need.
pub(super) fn name_all(
    drafts: Vec<Draft<'_>>,
    id: &str,
    said: Option<&config::Operation>,
    types: &mut Types<'_>,
) -> Vec<(Input, Need)> {
    let mut taken = HashSet::new();
    let mut wires = HashSet::new();
    let repeated = drafts
        .iter()
        .filter(|draft| !wires.insert(draft.wire.clone()));
    let repeated: HashSet<String> = repeated.map(|draft| draft.wire.clone()).collect();
    let mut keys = HashSet::new();
    let ambiguous = drafts.iter().map(placed);
    let ambiguous: HashSet<String> = ambiguous.filter(|key| !keys.insert(key.clone())).collect();
    let given = drafts.iter().filter_map(|draft| {
        let text = given_name(draft, said)?;
        let clear = draft.clearable.then(|| names::clear_of(&text.value));
        Some(std::iter::once(text.value.clone()).chain(clear))
    });
    let given: HashSet<String> = given.flatten().collect();
    let named = names::in_order(
        drafts,
        |draft| draft.wire.as_str(),
        |draft| {
            let key = match repeated.contains(&draft.wire) {
                true => placed(&draft),
                false => draft.wire.clone(),
            };
            let key = Key {
                is_ambiguous: ambiguous.contains(&key),
                text: key,
            };
            let name = input_name(&draft, (id, &key), said, &given, &mut taken, types);
            (draft, name)
        },
    );
    // A setter of null gets its name last, so that it takes no name from a value of the document. If `sdk.yaml` names the value,
    // the setter's name is reserved too.
    named
        .into_iter()
        .map(|(draft, name)| {
            let kind = match draft.need {
                Need::Listed(_) | Need::Required | Need::RequiredProperty(_) => InputKind::Argument,
                Need::Optional if draft.clearable => {
                    InputKind::Clearable(clear_name(&draft, &name, &mut taken, types))
                }
                Need::Optional => InputKind::Optional,
            };
            let input = Input {
                name,
                wire: draft.wire,
                ty: draft.typed.ty,
                filled: draft.filled,
                place: draft.travels,
                part_types: draft.part_types,
                is_json: draft.is_json,
                kind,
                doc: draft.doc,
                deprecated: draft.deprecated,
            };
            (input, draft.need)
        })
        .collect()
}

/// The name of the setter that sends null for an input.
fn clear_name(
    draft: &Draft<'_>,
    setter: &Ident,
    taken: &mut HashSet<String>,
    types: &mut Types<'_>,
) -> Ident {
    let Name { ident, improvised } = names::clear(setter, |ident| taken.insert(ident.to_string()));
    if improvised {
        let named = format!(
            "`{ident}` for the setter that sends null for `{}`",
            draft.wire
        );
        let help = "to give the setter its usual name, name the input that has it in sdk.yaml, under `names` of the operation";
        made_up::note(types.diagnostics, draft.place, &named).help(help);
    }
    ident
}

/// The help for two inputs with the same name and place.
const RENAME: &str = "sdk.yaml cannot distinguish two parameters with the same name and place, so rename one of the parameters in the overlay";

/// The key of an input in `sdk.yaml`.
struct Key {
    text: String,
    /// Whether another input has the same name and place.
    is_ambiguous: bool,
}

fn input_name(
    draft: &Draft<'_>,
    (id, key): (&str, &Key),
    said: Option<&config::Operation>,
    given: &HashSet<String>,
    taken: &mut HashSet<String>,
    types: &mut Types<'_>,
) -> Ident {
    if let Some(text) = given_name(draft, said) {
        match names::given_lower(&text.value) {
            Some(ident) if !is_reserved(&ident, draft) && taken.insert(ident.to_string()) => {
                return ident;
            }
            _ => {
                let message = format!(
                    "`{}` cannot be the name of a setter of this request",
                    text.value
                );
                let help = "choose a name in snake case that no other setter and no method of a request has";
                let help = match key.text == draft.wire {
                    _ if key.is_ambiguous => RENAME.to_owned(),
                    true => help.to_owned(),
                    false => format!(
                        "{help}; to name the setter of only this value, write the key `{}`",
                        quoted(&key.text)
                    ),
                };
                types.diagnostics.error(text.place, message).help(help);
            }
        }
    }
    let name =
        names::lower(&draft.wire).with_ending_if(|ident| is_reserved(ident, draft), "_value");
    let Name { ident, improvised } = name.free(|ident| {
        let name = ident.to_string();
        !given.contains(&name) && taken.insert(name)
    });
    if improvised {
        let named = format!("`{ident}` for the setter of `{}`", draft.wire);
        if key.is_ambiguous {
            made_up::note(types.diagnostics, draft.place, &named).help(RENAME);
        } else {
            let (id, key) = (quoted(id), quoted(&key.text));
            let line = format!("operations: {{ {id}: {{ names: {{ {key}: {ident} }} }} }}");
            made_up::note_with_line(types.diagnostics, draft.place, &named, &line);
        }
    }
    ident
}

/// The key of an input whose name another input also has: `id in query`.
pub(super) fn placed(draft: &Draft<'_>) -> String {
    placed_at(&draft.wire, draft.travels)
}

/// The key of an input with its name and place.
pub(super) fn placed_at(wire: &str, place: InputPlace) -> String {
    format!("{wire} in {}", place.word())
}

/// The name that `sdk.yaml` gives to an input.
fn given_name<'s>(draft: &Draft<'_>, said: Option<&'s config::Operation>) -> Option<&'s Text> {
    let names = &said?.names;
    let placed = names.get(&placed(draft));
    placed.or_else(|| names.get(&draft.wire))
}

fn is_reserved(ident: &Ident, draft: &Draft) -> bool {
    names::is_reserved_setter(ident)
        || (draft.need != Need::Optional && names::is_reserved_field(ident))
}
