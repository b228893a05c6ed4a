//! Decides which inputs are arguments: those that `sdk.yaml` lists, or else those that the document requires.

use super::draft::{Draft, Need};
use super::{names, nulls};
use crate::config;
use crate::lower::types::Types;
use crate::model::{InputPlace, Type};
use crate::reader::Text;
use crate::suggest;

/// Decides which inputs are required, before names are chosen, because an argument has no setter.
pub(super) fn settle(
    drafts: &mut [Draft<'_>],
    said: Option<&config::Operation>,
    types: &mut Types<'_>,
) {
    let required = |draft: &Draft<'_>| draft.need != Need::Optional;
    let by_document: Vec<bool> = drafts.iter().map(required).collect();
    if let Some(listed) = said.and_then(|said| said.arguments.as_ref()) {
        list(listed, drafts, types);
    }
    for (draft, by_document) in drafts.iter_mut().zip(by_document) {
        let is_argument = required(draft);
        let had_null = draft.clearable || by_document;
        draft.clearable &= !is_argument;
        draft.filled &= by_document && is_argument;
        // A `Json` can itself be null.
        let is_nullable = draft.travels == InputPlace::Body
            && draft.typed.nullable
            && draft.typed.ty != Type::Json;
        if is_nullable && had_null && !draft.clearable {
            nulls::tell_lost(draft, types);
        }
    }
}

/// Makes the listed inputs arguments, in this order, and gives setters to the others.
fn list(listed: &[Text], drafts: &mut [Draft<'_>], types: &mut Types<'_>) {
    for (index, text) in listed.iter().enumerate() {
        let is_it = |earlier: &&Text| earlier.value == text.value;
        if let Some(first) = listed[..index].iter().find(is_it) {
            let message = format!("the argument `{}` is listed twice", text.value);
            let error = types.diagnostics.error(text.place, message);
            error
                .related(first.place, "the first one is here")
                .help("remove one of the two arguments");
            continue;
        }
        let is_it = |draft: &&mut Draft<'_>| {
            !matches!(draft.need, Need::Listed(_))
                && (text.value == draft.wire || text.value == names::placed(draft))
        };
        match drafts.iter_mut().find(is_it) {
            Some(draft) => draft.need = Need::Listed(index),
            None => refuse(text, drafts, types),
        }
    }
    for draft in drafts {
        // A path variable must have a value, even if the list does not contain it.
        let is_fixed = matches!(draft.travels, InputPlace::Path | InputPlace::WholeBody);
        let by_document = matches!(draft.need, Need::Required | Need::RequiredProperty(_));
        if by_document && !is_fixed {
            draft.need = Need::Optional;
            draft.doc = draft.doc.clone().paragraph("Telnyx requires this value.");
        }
    }
}

fn refuse(text: &Text, drafts: &[Draft<'_>], types: &mut Types<'_>) {
    let known = drafts
        .iter()
        .filter(|draft| !matches!(draft.need, Need::Listed(_)));
    let mut places = drafts.iter().map(|draft| draft.travels);
    let (message, otherwise) = match places.any(|place| place == InputPlace::WholeBody) {
        true => (
            format!(
                "the operation has no parameter `{}`, and its body is one argument, `body`",
                text.value
            ),
            "choose a parameter or `body`",
        ),
        false => (
            format!(
                "the operation has no parameter or property `{}`",
                text.value
            ),
            "choose a parameter, or a property of the body",
        ),
    };
    let known = known.map(|draft| draft.wire.as_str());
    let help = suggest::help(&text.value, known, otherwise);
    types.diagnostics.error(text.place, message).help(help);
}
