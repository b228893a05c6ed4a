//! The documentation of methods and requests.

use proc_macro2::Ident;

use super::answers;
use super::placement::handle_name;
use crate::markdown::code;
use crate::model::{Answer, Body, Doc, Idempotency, Input, InputKind, Nothing, Operation, Type};
use crate::openapi;

/// What a method does.
pub(super) fn of_method(operation: &openapi::Operation, lowered: &Operation) -> Doc {
    let summary = operation
        .summary
        .as_deref()
        .map(|text| format!("{}.", text.trim().trim_end_matches('.')));
    let call = code(&format!("{} {}", lowered.verb, lowered.path));
    let mut doc = Doc::or(summary.as_deref(), || format!("Calls {call}."));
    if let Some(description) = &operation.description {
        doc = doc.paragraph(description);
    }
    if summary.is_some() {
        doc = doc.paragraph(&call);
    }
    if let Body::Content(content_type) = &lowered.body {
        doc = doc.paragraph(&format!(
            "The client sends the request body as {}.",
            code(content_type)
        ));
    }
    doc = doc.paragraph(match lowered.idempotency {
        Idempotency::Natural if lowered.verb == "DELETE" => {
            "A second request has no further effect, so the client retries after a lost response."
        }
        Idempotency::Natural => "Repeating the request changes nothing, so the client retries after a lost response.",
        Idempotency::Key => {
            "Every attempt has the same `Idempotency-Key`, so the client retries after a lost response."
        }
        Idempotency::None => {
            "Telnyx accepts no idempotency key for this request, so the client retries only after a 429, or if the request was never sent."
        }
    });
    let arguments: Vec<String> = lowered
        .arguments()
        .map(|input| {
            format!(
                "- `{}`: {}",
                input.name,
                input.doc.summary().replace('\n', " ")
            )
        })
        .collect();
    if arguments.is_empty() {
        doc
    } else {
        doc.paragraph("# Arguments")
            .paragraph(&arguments.join("\n"))
    }
}

/// A call as the table of operations shows it.
pub(super) fn call(resource: &[String], method: &Ident, inputs: &[Input]) -> String {
    /// If a call has more bytes, the table shows it without its arguments, so that the table fits a window of 1,300 pixels.
    const MOST_BYTES: usize = 60;
    let accessors = resource.iter().map(|module| format!("{module}()."));
    let method = format!("{}{method}", accessors.collect::<String>());
    let arguments = inputs
        .iter()
        .filter(|input| input.kind == InputKind::Argument);
    let arguments: Vec<String> = arguments.map(|input| input.name.to_string()).collect();
    let call = format!("{method}({})", arguments.join(", "));
    if call.len() > MOST_BYTES {
        format!("{method}(…)")
    } else {
        call
    }
}

/// The first sentence about a request, and what awaiting it returns.
pub(super) fn of_request(
    resource: &[String],
    method: &Ident,
    answer: &Answer,
    nothing: Nothing,
) -> Doc {
    let handle = handle_name(resource);
    let made_by =
        format!("A request, created by [`{handle}::{method}`](super::{handle}::{method}).");
    let gives = match (answer, answers::named(answer)) {
        (Answer::Page(_), Some(name)) => format!(
            "Awaiting the request returns one [`Page`] of [`{name}`](types::{name}). To read all pages, call [`items`](Self::items)."
        ),
        (Answer::Page(_), None) => {
            "Awaiting the request returns one [`Page`]. To read all pages, call [`items`](Self::items)."
                .to_owned()
        }
        (Answer::OnlyPage(_), Some(name)) => format!(
            "Awaiting the request returns the list's only [`Page`] of [`{name}`](types::{name})."
        ),
        (Answer::OnlyPage(_), None) => {
            "Awaiting the request returns the list's only [`Page`].".to_owned()
        }
        (Answer::Data(Type::List(_)), Some(name)) => {
            format!("Awaiting the request returns a list of [`{name}`](types::{name}).")
        }
        (_, Some(name)) => format!("Awaiting the request returns [`{name}`](types::{name})."),
        (Answer::Empty, None) => {
            "Awaiting the request returns `()`, because the response has no content.".to_owned()
        }
        (Answer::Bytes, None) => {
            "Awaiting the request returns the bytes of the response.".to_owned()
        }
        (Answer::Text, None) => "Awaiting the request returns the text of the response.".to_owned(),
        (_, None) => "Awaiting the request returns the decoded response.".to_owned(),
    };
    let mut lines = vec![made_by, String::new(), gives];
    if nothing == Nothing::None {
        lines.push("The result is `None` if the response has no value.".to_owned());
    }
    Doc(lines)
}
