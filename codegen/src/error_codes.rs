//! Reads the catalogue of error codes: `errors.yaml`.

use std::collections::HashMap;

use crate::diagnostic::Diagnostics;
use crate::model::{Advice, Doc, ErrorCode, ErrorName};
use crate::names;
use crate::reader::{Keys, Text, entries};
use crate::suggest;
use crate::tree::{Entry, Node, Place};

/// What an operator does about an error, by its name in the file.
const ADVICE: [(&str, Advice); 7] = [
    ("allow-recipient", Advice::AllowRecipient),
    ("drop-recipient", Advice::DropRecipient),
    ("fix-message", Advice::FixMessage),
    ("later", Advice::Later),
    ("stop-account", Advice::StopAccount),
    ("stop-sender", Advice::StopSender),
    ("unknown", Advice::Unknown),
];

/// Reads the error codes, and collects every mistake.
pub(crate) fn read(root: &Node, diagnostics: &mut Diagnostics) -> Vec<ErrorCode> {
    let Some(mut keys) = Keys::of(root, "the catalogue of errors", diagnostics) else {
        return Vec::new();
    };
    let sources = keys.entries("sources", diagnostics);
    for source in sources {
        check_source(source, diagnostics);
    }
    let sources: Vec<&str> = sources.iter().map(|source| source.key.as_str()).collect();
    let codes = match keys.node("codes") {
        Some(node) => entries(node, "`codes`", diagnostics),
        None => {
            let message = "the catalogue of errors has no `codes`";
            diagnostics
                .error(root.place, message)
                .help("add `codes:`, with what is known of each code");
            &[]
        }
    };
    keys.finish("the catalogue of errors", diagnostics);
    let mut taken = HashMap::new();
    let codes = codes.iter();
    codes
        .filter_map(|entry| code(entry, &sources, &mut taken, diagnostics))
        .collect()
}

/// Checks a source, which has a URL and the day on which somebody read it.
fn check_source(source: &Entry, diagnostics: &mut Diagnostics) {
    let Some(mut keys) = Keys::of(&source.node, "a source", diagnostics) else {
        return;
    };
    keys.required_text("url", "the source", diagnostics);
    keys.required_text("read", "the source", diagnostics);
    keys.finish("a source", diagnostics);
}

fn code(
    entry: &Entry,
    sources: &[&str],
    taken: &mut HashMap<String, Place>,
    diagnostics: &mut Diagnostics,
) -> Option<ErrorCode> {
    if entry.key.is_empty() || !entry.key.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = format!("`{}` is not an error code", entry.key);
        let help = "write the digits of Telnyx's code, in quotes";
        diagnostics.error(entry.key_place, message).help(help);
    }
    let mut keys = Keys::of(&entry.node, "an error code", diagnostics)?;
    let name = keys.text("name", diagnostics);
    let meaning = keys.text("meaning", diagnostics);
    let advice = keys.required_text("advice", "the error code", diagnostics);
    let reason = keys.text("reason", diagnostics);
    let refuses = keys.flag("refuses", diagnostics);
    let source = keys.required_text("source", "the error code", diagnostics);
    keys.finish("an error code", diagnostics);
    if let Some(source) = source {
        check_known(&source, "source", sources, diagnostics);
    }
    let advice = advice_of(&advice?, reason.is_some(), diagnostics)?;
    if name.is_none() && (refuses || advice != Advice::Unknown) {
        diagnostics
            .error(
                entry.key_place,
                "a code without a `name` must have the advice `unknown`",
            )
            .help("give the code a `name`, or write `advice: unknown` and remove `refuses`");
    }
    Some(ErrorCode {
        name: name.and_then(|name| named(&entry.key, &name, meaning.as_ref(), taken, diagnostics)),
        code: entry.key.clone(),
        advice,
        refuses,
    })
}

/// The constant of a code. The name consists of upper-case words and is unique.
fn named(
    code: &str,
    name: &Text,
    meaning: Option<&Text>,
    taken: &mut HashMap<String, Place>,
    diagnostics: &mut Diagnostics,
) -> Option<ErrorName> {
    let text = &name.value;
    let is_word = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let starts_well = text.starts_with(|first: char| first.is_ascii_uppercase());
    if !starts_well || !text.chars().all(is_word) {
        diagnostics
            .error(name.place, format!("`{text}` cannot be the name of a code"))
            .help("write words in upper case with `_` between: `QUEUE_FULL`");
        return None;
    }
    if let Some(first) = taken.insert(text.clone(), name.place) {
        diagnostics
            .error(name.place, format!("two codes have the name `{text}`"))
            .related(first, "the first one is here")
            .help("give each code its own name");
        return None;
    }
    let Some(meaning) = meaning else {
        diagnostics
            .error(name.place, format!("`{text}` has no `meaning`"))
            .help("say in a few words what the code means");
        return None;
    };
    Some(ErrorName {
        ident: names::own(text),
        doc: Doc::of(&format!("{code}: {}", meaning.value)),
    })
}

/// The advice of a code. An unknown advice needs a reason; any other may have one.
fn advice_of(text: &Text, has_reason: bool, diagnostics: &mut Diagnostics) -> Option<Advice> {
    let known = ADVICE.map(|(name, _)| name);
    check_known(text, "advice", &known, diagnostics);
    let (_, advice) = ADVICE.iter().find(|(name, _)| *name == text.value)?;
    if *advice == Advice::Unknown && !has_reason {
        diagnostics
            .error(text.place, "`advice: unknown` needs a `reason`")
            .help("say what Telnyx's pages leave open, or where they contradict each other");
    }
    Some(*advice)
}

fn check_known(text: &Text, what: &str, known: &[&str], diagnostics: &mut Diagnostics) {
    if known.contains(&text.value.as_str()) {
        return;
    }
    let fallback = format!("write one of {}", known.join(", "));
    let help = suggest::help(&text.value, known.iter().copied(), &fallback);
    let message = format!("there is no {what} `{}`", text.value);
    diagnostics.error(text.place, message).help(help);
}
