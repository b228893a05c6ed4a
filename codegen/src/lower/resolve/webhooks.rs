//! Webhooks and their bodies.

use super::contents::Content;
use super::merge::Merger;
use super::schema::Schema;
use crate::openapi::{self, Document};

/// A webhook with a body.
#[derive(Debug)]
pub(in crate::lower) struct Webhook<'a> {
    pub(in crate::lower) written: &'a openapi::Webhook,
    pub(in crate::lower) contents: Vec<Content<'a>>,
}

impl<'a> Webhook<'a> {
    /// The schema of its body.
    pub(in crate::lower) fn body(&self) -> Option<&Schema<'a>> {
        let mut contents = self.contents.iter();
        let content = contents.find(|content| content.says_what && content.is_json())?;
        Some(&content.schema)
    }
}

/// The webhooks of the document, in its order.
pub(super) fn of_document<'a>(
    document: &'a Document,
    merger: &mut Merger<'a, '_>,
) -> Vec<Webhook<'a>> {
    document
        .webhooks
        .iter()
        .map(|written| Webhook {
            written,
            contents: contents(written, merger),
        })
        .collect()
}

fn contents<'a>(webhook: &'a openapi::Webhook, merger: &mut Merger<'a, '_>) -> Vec<Content<'a>> {
    let body = webhook
        .body
        .as_ref()
        .and_then(|body| merger.components.request_body(body, merger.diagnostics));
    let contents = body.into_iter().flat_map(|body| &body.contents);
    let contents: Vec<_> = contents
        .map(|content| Content::of(content, merger))
        .collect();
    let is_read = |content: &Content<'_>| content.says_what && content.is_json();
    if !contents.iter().any(is_read) {
        let name = &webhook.name.value;
        let other = contents.iter().find(|content| !content.is_json());
        let message = match other {
            Some(other) => format!(
                "the crate has no event for the webhook `{name}`, because the crate reads only JSON, not `{}`",
                other.name.value
            ),
            None => format!(
                "the crate has no event for the webhook `{name}`, because its body has no schema"
            ),
        };
        merger
            .diagnostics
            .warning(webhook.name.place, message)
            .help("give the webhook a `requestBody` with `application/json`");
    }
    contents
}
