//! What is said of methods and requests.

use proc_macro2::Ident;

use super::answers;
use super::placement::handle_name;
use crate::markdown::code;
use crate::model::{Answer, Body, Doc, Idempotency, Nothing, Operation, Type};
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
        doc = doc.paragraph(&format!("The body is sent as {}.", code(content_type)));
    }
    doc = doc.paragraph(match lowered.idempotency {
        Idempotency::Natural => "Repeating it changes nothing, so the client retries it if a response is lost.",
        Idempotency::Key => {
            "Every attempt carries the same `Idempotency-Key`, so the client retries it if a response is lost."
        }
        Idempotency::None => {
            "Telnyx takes no idempotency key here, so the client retries it only after a 429, or if it never left."
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

/// What a request is, and what awaiting it gives.
pub(super) fn of_request(
    resource: &[String],
    method: &Ident,
    answer: &Answer,
    nothing: Nothing,
) -> Doc {
    let handle = handle_name(resource);
    let made_by = format!("Request of [`{handle}::{method}`](super::{handle}::{method}).");
    let gives = match (answer, answers::named(answer)) {
        (Answer::Page(_), Some(name)) => format!(
            "Awaiting it gives one [`Page`] of [`{name}`](types::{name}); [`items`](Self::items) goes through all."
        ),
        (Answer::Page(_), None) => {
            "Awaiting it gives one [`Page`]; [`items`](Self::items) goes through all.".to_owned()
        }
        (Answer::OnlyPage(_), Some(name)) => format!(
            "Awaiting it gives one [`Page`] of [`{name}`](types::{name}), which no page follows."
        ),
        (Answer::OnlyPage(_), None) => {
            "Awaiting it gives one [`Page`], which no page follows.".to_owned()
        }
        (Answer::Data(Type::List(_)), Some(name)) => {
            format!("Awaiting it gives a list of [`{name}`](types::{name}).")
        }
        (_, Some(name)) => format!("Awaiting it gives [`{name}`](types::{name})."),
        (Answer::Empty, None) => "Awaiting it gives `()`: the response holds nothing.".to_owned(),
        (Answer::Bytes, None) => "Awaiting it gives the bytes of the response.".to_owned(),
        (Answer::Text, None) => "Awaiting it gives the text of the response.".to_owned(),
        (_, None) => "Awaiting it gives the response.".to_owned(),
    };
    let mut lines = vec![made_by, String::new(), gives];
    if nothing == Nothing::None {
        lines.push("`None`, if the response holds no value.".to_owned());
    }
    Doc(lines)
}
