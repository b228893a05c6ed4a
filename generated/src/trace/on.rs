//! A span for each call and each attempt.

#[cfg(test)]
mod tests;

use bytes::Bytes;
use http::Response;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use crate::answer::Answer;
use crate::call::Operation;
use crate::transport::SendError;
use crate::{Client, Error, Result};

/// The span of a call.
pub(crate) struct CallSpan {
    call: Span,
    method: &'static str,
    /// The path of a raw request has no template, and is no trace's business.
    route: Option<&'static str>,
    client: Client,
}

impl CallSpan {
    pub(crate) fn new(operation: &'static Operation, client: &Client) -> Self {
        let method = operation.method.as_str();
        let route = Some(operation.path).filter(|path| !path.is_empty());
        let call = tracing::info_span!(
            "telnyx call",
            telnyx.operation = operation.id,
            http.request.method = method,
            http.route = route,
            server.address = client.inner().base_url.host(),
            http.response.status_code = Empty,
            telnyx.attempts = Empty,
            telnyx.request_id = Empty,
            telnyx.outcome = Empty,
        );
        Self {
            call,
            method,
            route,
            client: client.clone(),
        }
    }

    /// Runs `call` in this span.
    pub(crate) fn contain<F: Future>(&self, call: F) -> impl Future<Output = F::Output> + use<F> {
        call.instrument(self.call.clone())
    }

    /// Runs `attempt` in a span of its own within this one.
    pub(crate) async fn attempt<F>(&self, resend_count: u32, attempt: F) -> F::Output
    where
        F: Future<Output = Result<Response<Bytes>, SendError>>,
    {
        let span = tracing::debug_span!(
            parent: &self.call,
            "telnyx attempt",
            http.request.method = self.method,
            http.route = self.route,
            http.request.resend_count = resend_count,
            server.address = self.client.inner().base_url.host(),
            http.response.status_code = Empty,
            error.type = Empty,
        );
        let sent = attempt.instrument(span.clone()).await;
        match &sent {
            Ok(response) => {
                span.record("http.response.status_code", response.status().as_u16());
            }
            Err(error) => {
                span.record("error.type", error_type(error));
            }
        }
        sent
    }

    /// Notes how the call ended.
    pub(crate) fn end(&self, result: &Result<Answer>) {
        let answer = match result {
            Ok(answer) => Some(answer),
            Err(error) => error.answer(),
        };
        if let Some(answer) = answer {
            self.call
                .record("http.response.status_code", answer.status().as_u16());
            self.call.record("telnyx.request_id", answer.request_id());
        }
        let attempts = result
            .as_ref()
            .map_or_else(Error::attempts, Answer::attempts);
        self.call.record("telnyx.attempts", attempts);
        let outcome = result
            .as_ref()
            .map_or_else(Error::outcome, |_| crate::Outcome::Applied);
        self.call
            .record("telnyx.outcome", tracing::field::debug(outcome));
    }
}

fn error_type(error: &SendError) -> &'static str {
    if error.is_timeout() {
        "timeout"
    } else if error.is_certificate() {
        "certificate"
    } else if error.is_not_sent() {
        "connect"
    } else if error.is_body_too_large() {
        "body_too_large"
    } else {
        "connection_lost"
    }
}
