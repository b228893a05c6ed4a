//! A span for each call and each attempt.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use tracing::field::Empty;
#[cfg(feature = "blocking")]
use tracing::instrument::WithSubscriber;
use tracing::{Instrument, Span};

use crate::answer::Answer;
use crate::call::Operation;
use crate::retry::Attempt;
use crate::transport::SendError;
use crate::{Client, Error, Outcome, Result, Unread, redact};

/// The maximum number of unread fields that a span names for each call.
const MOST_UNREAD: usize = 8;

/// The span of a call.
#[derive(Clone)]
pub(crate) struct CallSpan {
    call: Span,
    method: &'static str,
    /// The path of a raw request has no template, so the span does not show it.
    route: Option<&'static str>,
    client: Client,
}

impl CallSpan {
    pub(crate) fn new(operation: &'static Operation, client: &Client) -> Self {
        let method = operation.method.as_str();
        let route = Some(operation.path).filter(|path| !path.is_empty());
        let call = tracing::info_span!(
            "telnyx call",
            otel.kind = "client",
            telnyx.operation = operation.id,
            http.request.method = method,
            http.route = route,
            server.address = client.inner().base_url.host(),
            server.port = client.inner().base_url.port(),
            http.response.status_code = Empty,
            error.type = Empty,
            otel.status_code = Empty,
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

    /// Runs `job` with the subscriber of this thread, wherever it is polled.
    #[cfg(feature = "blocking")]
    pub(crate) fn carry<F: Future>(job: F) -> impl Future<Output = F::Output> + use<F> {
        job.with_current_subscriber()
    }

    /// Runs `attempt` in a span of its own within this one.
    pub(crate) async fn attempt<F>(&self, resend_count: u32, attempt: F) -> F::Output
    where
        F: Future<Output = Result<Response<Bytes>, SendError>>,
    {
        let span = tracing::debug_span!(
            parent: &self.call,
            "telnyx attempt",
            otel.kind = "client",
            http.request.method = self.method,
            http.route = self.route,
            http.request.resend_count = resend_count,
            server.address = self.client.inner().base_url.host(),
            server.port = self.client.inner().base_url.port(),
            http.response.status_code = Empty,
            error.type = Empty,
            otel.status_code = Empty,
        );
        let sent = attempt.instrument(span.clone()).await;
        match &sent {
            Ok(response) => {
                let status = response.status();
                span.record("http.response.status_code", status.as_u16());
                if !status.is_success() {
                    fail(&span, status_type(status).as_ref());
                }
            }
            Err(error) => {
                fail(&span, error_type(error));
            }
        }
        sent
    }

    /// Records that the client retries the request after `delay`, and the reason.
    pub(crate) fn retry(&self, resend_count: u32, delay: Duration, failed: &Attempt<'_>) {
        let error_type = match failed {
            Attempt::Answered { status, .. } => status_type(*status),
            Attempt::Failed(error) => error_type(error).into(),
        };
        tracing::debug!(
            parent: &self.call,
            http.request.resend_count = resend_count,
            error.type = error_type.as_ref(),
            telnyx.delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX),
            "the request is sent again"
        );
    }

    /// Records how the attempts ended. Whether the request took effect is known only after the response was read, or from an
    /// error.
    pub(crate) fn end(&self, result: &Result<Answer>) {
        let (status, request_id) = match result {
            Ok(answer) => (Some(answer.status()), answer.request_id()),
            Err(error) => (error.status(), error.request_id()),
        };
        let status = status.map(|status| status.as_u16());
        self.call.record("http.response.status_code", status);
        let request_id = request_id.map(redact::id);
        self.call.record("telnyx.request_id", request_id);
        let attempts = result
            .as_ref()
            .map_or_else(Error::attempts, Answer::attempts);
        self.call.record("telnyx.attempts", attempts);
        if let Err(error) = result {
            self.fail(error);
        }
    }

    /// Records that a successful response was read, and its unread fields.
    pub(crate) fn succeed(&self, unread: &[Unread]) {
        self.call
            .record("telnyx.outcome", Outcome::Applied.as_str());
        for field in unread.iter().take(MOST_UNREAD) {
            tracing::warn!(
                parent: &self.call,
                telnyx.path = field.path(),
                telnyx.reason = field.reason(),
                telnyx.unread = unread.len(),
                "a field of the response was not read"
            );
        }
    }

    /// Records the error of the call, or of reading its response.
    pub(crate) fn fail(&self, error: &Error) {
        let error_type = match error {
            Error::Api(error) => status_type(error.status()),
            Error::Transport(error) => error_type(error.send_error()).into(),
            Error::Decode(_) => "decode".into(),
            Error::InvalidRequest(_) => "invalid_request".into(),
            Error::Config(_) => "config".into(),
        };
        self.call.record("telnyx.outcome", error.outcome().as_str());
        fail(&self.call, error_type.as_ref());
    }
}

/// Marks a span as failed, as OpenTelemetry does.
fn fail(span: &Span, error_type: &str) {
    span.record("error.type", error_type);
    span.record("otel.status_code", "ERROR");
}

/// OpenTelemetry's type of an error: the status of an error response, or else how the connection failed.
fn status_type(status: StatusCode) -> Cow<'static, str> {
    status.as_str().to_owned().into()
}

fn error_type(error: &SendError) -> &'static str {
    if error.is_timeout() {
        "timeout"
    } else if error.is_certificate() {
        "certificate"
    } else if error.is_not_sent() {
        "connect"
    } else if error.is_rate_limited() {
        "rate_limited"
    } else if error.is_refused() {
        "refused"
    } else if error.is_body_too_large() {
        "body_too_large"
    } else {
        "connection_lost"
    }
}
