//! A span for each call and each attempt.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use http::{Response, StatusCode, Uri};
use tracing::field::{Empty, debug};
use tracing::{Instrument, Span};

use crate::answer::Answer;
use crate::call::Operation;
use crate::transport::SendError;
use crate::{Client, Error, Outcome, Result};

/// The span of a call.
pub(crate) struct CallSpan {
    call: Span,
    method: &'static str,
    /// The path of a raw request has no template, and is no trace's business.
    route: Option<&'static str>,
    client: Client,
    failure: Mutex<Option<Failure>>,
}

/// How the last attempt failed, and when.
struct Failure {
    error_type: Cow<'static, str>,
    at: Instant,
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
            server.port = port(client),
            http.response.status_code = Empty,
            error.type = Empty,
            telnyx.attempts = Empty,
            telnyx.request_id = Empty,
            telnyx.outcome = Empty,
        );
        Self {
            call,
            method,
            route,
            client: client.clone(),
            failure: Mutex::new(None),
        }
    }

    /// Runs `call` in this span.
    pub(crate) fn contain<F: Future>(&self, call: F) -> impl Future<Output = F::Output> + use<F> {
        call.instrument(self.call.clone())
    }

    /// Runs `attempt` in a span of its own within this one, after an event that says why, if it is a retry.
    pub(crate) async fn attempt<F>(&self, resend_count: u32, attempt: F) -> F::Output
    where
        F: Future<Output = Result<Response<Bytes>, SendError>>,
    {
        if let Some(failure) = self.take_failure() {
            tracing::debug!(
                parent: &self.call,
                http.request.resend_count = resend_count,
                error.type = failure.error_type.as_ref(),
                telnyx.delay_ms = u64::try_from(failure.at.elapsed().as_millis()).ok(),
                "the request is sent again"
            );
        }
        let span = tracing::debug_span!(
            parent: &self.call,
            "telnyx attempt",
            otel.kind = "client",
            http.request.method = self.method,
            http.route = self.route,
            http.request.resend_count = resend_count,
            server.address = self.client.inner().base_url.host(),
            server.port = port(&self.client),
            http.response.status_code = Empty,
            error.type = Empty,
        );
        let sent = attempt.instrument(span.clone()).await;
        if let Ok(response) = &sent {
            span.record("http.response.status_code", response.status().as_u16());
        }
        if let Some(error_type) = failed(&sent) {
            span.record("error.type", error_type.as_ref());
            self.set_failure(error_type);
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
        if let Some(failure) = self.take_failure() {
            self.call.record("error.type", failure.error_type.as_ref());
        }
        let attempts = result
            .as_ref()
            .map_or_else(Error::attempts, Answer::attempts);
        self.call.record("telnyx.attempts", attempts);
        let outcome = result
            .as_ref()
            .map_or_else(Error::outcome, |_| Outcome::Applied);
        self.call.record("telnyx.outcome", debug(outcome));
    }

    fn set_failure(&self, error_type: Cow<'static, str>) {
        let at = Instant::now();
        let failure = Some(Failure { error_type, at });
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }

    fn take_failure(&self) -> Option<Failure> {
        self.failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

/// The port of the server: that of its address, else that of HTTP or HTTPS.
fn port(client: &Client) -> Option<u16> {
    let uri: Uri = client.inner().base_url.as_str().parse().ok()?;
    uri.port_u16().or(match uri.scheme_str()? {
        "http" => Some(80),
        _ => Some(443),
    })
}

/// What OpenTelemetry calls the type of an error: a status that is no success, else how the connection failed.
fn failed(sent: &Result<Response<Bytes>, SendError>) -> Option<Cow<'static, str>> {
    match sent {
        Ok(response) => Some(response.status())
            .filter(|status| !status.is_success())
            .map(|status: StatusCode| status.as_str().to_owned().into()),
        Err(error) => Some(error_type(error).into()),
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
