//! A call without a complete response.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Advice, Outcome, told};
use crate::answer::{self, Effort};
use crate::salvage;
use crate::transport::SendError;

/// No complete response came, or the client sent nothing. [`outcome`](Self::outcome) says whether the request may have taken
/// effect.
///
/// `Debug` does not show the idempotency key, because your own key may contain personal data.
pub struct TransportError {
    error: SendError,
    outcome: Outcome,
    effort: Effort,
}

impl TransportError {
    pub(crate) fn new(error: SendError, outcome: Outcome, effort: Effort) -> Self {
        Self {
            error,
            outcome,
            effort,
        }
    }

    /// Whether the request took effect. The outcome covers all attempts of the call.
    ///
    /// The outcome is [`Outcome::NotApplied`] if every attempt was refused or did not leave this machine.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Who or what has to change. If the request took no effect, the advice is [`Advice::LaterSameKey`] for a temporary reason,
    /// and [`Advice::StopAccount`] for a rejected certificate or proxy password. If an error response with an incomplete body
    /// refused the request, the advice depends only on the response's status.
    #[must_use]
    pub fn advice(&self) -> Advice {
        match (self.outcome, self.status()) {
            (Outcome::NotApplied, Some(status)) => Advice::by_status(status),
            (Outcome::NotApplied, None) if self.may_pass() => Advice::LaterSameKey,
            (Outcome::NotApplied, None) => Advice::StopAccount,
            (Outcome::Unknown | Outcome::Applied, _) => Advice::Unknown,
        }
    }

    /// The status of an incomplete response: its body ended too early, was too large, or took too long.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.error.status()
    }

    /// The headers of an incomplete response.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.error.headers()
    }

    /// The received part of an incomplete body, decompressed. The result is empty if no byte came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.error.body()
    }

    /// The id of the accepted message, if the incomplete body contains it.
    #[must_use]
    pub fn message_id(&self) -> Option<String> {
        let is_success = self.status()?.is_success();
        is_success.then(|| salvage::message_id(self.body()))?
    }

    /// The id of the request, if the headers of a response have it. See [`Answer::request_id`](crate::Answer::request_id).
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        answer::request_id(self.headers()?)
    }

    /// The wait that the server asks for in the headers of a response. If the call sent nothing because of a rate limit, the wait
    /// is the time until the call's turn.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.error.retry_after()
    }

    /// Whether a timeout ended the call: while connecting, in an attempt, or for the whole call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.error.is_timeout()
    }

    /// Whether the last attempt could not connect: name resolution, connection, proxy or TLS handshake failed. The result is also
    /// `true` for a [rejected certificate](Self::is_certificate).
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.error.is_not_sent()
    }

    /// Whether the call sent nothing, because the wait for the rate limit would have been too long.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.error.is_rate_limited()
    }

    /// Whether the client rejected the server's certificate. The client never retries such a call.
    #[must_use]
    pub fn is_certificate(&self) -> bool {
        self.error.is_certificate()
    }

    /// Whether the body of the response was larger than [`max_body_bytes`](crate::ClientBuilder::max_body_bytes).
    #[must_use]
    pub fn is_body_too_large(&self) -> bool {
        self.error.is_body_too_large()
    }

    /// The number of attempts, including attempts that could not connect.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.effort.attempts
    }

    /// The duration of the call, including retries and waits.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.effort.elapsed
    }

    /// The idempotency key of the request. Keep the key to send the request again later.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.effort.idempotency_key.as_deref()
    }

    /// Whether another attempt may end in another way.
    pub(super) fn may_pass(&self) -> bool {
        !self.error.is_final()
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn send_error(&self) -> &SendError {
        &self.error
    }

    pub(super) fn effort(&self) -> &Effort {
        &self.effort
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let consequence = told::consequence(self.outcome, &self.effort);
        let attempts = self.effort.attempts;
        let s = if attempts == 1 { "" } else { "s" };
        write!(f, "{}", self.error)?;
        if let Some(wait) = self.retry_after().filter(|_| self.is_rate_limited()) {
            write!(f, " (about {} s)", wait.as_secs_f64().ceil())?;
        }
        write!(f, "{consequence} ({attempts} attempt{s})")
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("error", &self.error)
            .field("outcome", &self.outcome)
            .field("attempts", &self.effort.attempts)
            .field("elapsed", &self.effort.elapsed)
            .finish()
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}

#[cfg(test)]
mod tests {
    use crate::Advice;
    use crate::transport::replies::{certificate, client, lost, not_sent};
    use crate::transport::{MockReply, MockTransport, SendError};

    #[tokio::test(start_paused = true)]
    async fn a_rejected_certificate_is_a_failed_connection() {
        for (reply, expected) in [
            (not_sent as fn() -> _, true),
            (certificate, true),
            (lost, false),
        ] {
            let transport = MockTransport::from_fn(move |_| reply());
            let error = client(&transport).get("/x").await.unwrap_err();
            assert_eq!(error.is_connect(), expected, "{error}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_fails_for_every_request_stops_the_account() {
        let proxy = || MockReply::error(SendError::proxy_refused("407"));
        for (reply, expected) in [
            (certificate as fn() -> _, Advice::StopAccount),
            (proxy, Advice::StopAccount),
            (not_sent, Advice::LaterSameKey),
            (lost, Advice::Unknown),
        ] {
            let transport = MockTransport::from_fn(move |_| reply());
            let error = client(&transport).get("/x").await.unwrap_err();
            assert_eq!(error.advice(), expected, "{error}");
        }
    }
}
