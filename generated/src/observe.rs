//! Reports each call to the program.

use std::fmt;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use crate::answer;
use crate::error::{Error, ErrorCode, Outcome, Verdict};
use crate::redact;
use crate::unread::Unread;

/// The report on a call, for the function in [`ClientBuilder::on_call`](crate::ClientBuilder::on_call).
///
/// In the error and in the request id, `Debug` masks numbers as [`Error`](crate::Error) does. `Debug` shows your label.
#[non_exhaustive]
pub struct CallReport<'a> {
    /// The name of the operation in Telnyx's API, such as `SendMessage`: the table of [the operations](crate#the-operations)
    /// lists the names. The name is `raw` for a request to any other path.
    pub operation: &'static str,
    /// The label of the call's options: [`RequestOptions::label`](crate::RequestOptions::label).
    pub label: Option<&'a str>,
    /// Whether the request was accepted, refused or not sent, or whether its result is unknown.
    pub verdict: Verdict,
    /// The error that ended the call. `None` after a success, and for a call that was dropped.
    pub error: Option<&'a Error>,
    /// The [`status`](Error::status) of the error, or the status of the last attempt. `None` if the last attempt got no response.
    pub status: Option<StatusCode>,
    /// The request id that Telnyx's support needs, from the same response as `status`.
    pub request_id: Option<&'a str>,
    /// The number of attempts, including attempts that could not connect.
    pub attempts: u32,
    /// The time that the call waited for its rate limit: after a 429 to this call or another call, and for its turn. The waits of
    /// the [`Backoff`](crate::Backoff) are not included.
    pub held: Duration,
    /// The duration of the call, including retries and waits.
    pub elapsed: Duration,
    /// The fields of the response that did not match the documentation, and are therefore empty in the value.
    pub unread: &'a [Unread],
    /// Whether the caller dropped the call before it ended.
    pub is_dropped: bool,
}

impl CallReport<'_> {
    /// Telnyx's code of the first error of a response.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.error?.code()
    }
}

impl<'a> fmt::Debug for CallReport<'a> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallReport")
            .field("operation", &self.operation)
            .field("label", &self.label)
            .field("verdict", &self.verdict)
            .field("error", &self.error)
            .field("status", &self.status)
            .field("request_id", &self.request_id.map(redact::id))
            .field("attempts", &self.attempts)
            .field("held", &self.held)
            .field("elapsed", &self.elapsed)
            .field("unread", &self.unread)
            .field("is_dropped", &self.is_dropped)
            .finish()
    }
}

/// The function that receives the reports.
#[derive(Clone)]
pub(crate) struct Observer(Arc<Told>);

type Told = dyn Fn(&CallReport<'_>) + Send + Sync;

impl Observer {
    pub(crate) fn new(told: impl Fn(&CallReport<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(told))
    }
}

/// Observes a call, and reports it once, at the latest when this value is dropped. Without an observer, nothing is recorded.
#[derive(Default)]
pub(crate) struct Observation(Option<Box<Observed>>);

struct Observed {
    observer: Observer,
    operation: &'static str,
    label: Option<Arc<str>>,
    started: Instant,
    elapsed: Option<Duration>,
    attempts: u32,
    /// The time that the call has waited for its rate limit, without the current wait.
    held: Duration,
    waits_since: Option<Instant>,
    is_in_flight: bool,
    /// The status of the last attempt that ended.
    status: Option<StatusCode>,
    request_id: Option<String>,
    /// The outcome of the attempts that ended.
    outcome: Outcome,
    is_told: bool,
}

impl Observation {
    pub(crate) fn new(
        observer: Option<&Observer>,
        operation: &'static str,
        label: Option<&Arc<str>>,
        started: Instant,
    ) -> Self {
        let observed =
            |observer: &Observer| Observed::new(observer.clone(), operation, label, started);
        Self(observer.map(observed).map(Box::new))
    }

    /// Observes a call that failed before it began.
    #[cfg(feature = "blocking")]
    pub(crate) fn not_begun(
        observer: Option<&Observer>,
        operation: &'static str,
        label: Option<&Arc<str>>,
        elapsed: Duration,
    ) -> Self {
        let mut observation = Self::new(observer, operation, label, Instant::now());
        if let Some(observed) = &mut observation.0 {
            observed.elapsed = Some(elapsed);
        }
        observation
    }

    /// Records that the call begins to wait for its rate limit.
    pub(crate) fn waits(&mut self) {
        if let Some(observed) = &mut self.0 {
            observed.waits_since = Some(Instant::now());
        }
    }

    /// Records that the call no longer waits for its rate limit.
    pub(crate) fn goes_on(&mut self) {
        if let Some(observed) = &mut self.0 {
            observed.held = observed.held();
            observed.waits_since = None;
        }
    }

    /// Records that an attempt begins.
    pub(crate) fn attempt(&mut self) {
        if let Some(observed) = &mut self.0 {
            observed.attempts += 1;
            observed.is_in_flight = true;
        }
    }

    /// Records that an attempt ended, with the status and headers of its response and the outcome of the call so far.
    pub(crate) fn attempted(&mut self, head: Option<(StatusCode, &HeaderMap)>, outcome: Outcome) {
        if let Some(observed) = &mut self.0 {
            observed.is_in_flight = false;
            observed.status = head.map(|(status, _)| status);
            let request_id = head.and_then(|(_, headers)| answer::request_id(headers));
            observed.request_id = request_id.map(str::to_owned);
            observed.outcome = outcome;
        }
    }

    /// Reports how the call ended: with the unread fields of a successful response, or with an error.
    pub(crate) fn end(&mut self, ended: Result<&[Unread], &Error>) {
        if let Some(observed) = &mut self.0 {
            observed.end(ended);
        }
    }
}

impl Observed {
    fn new(
        observer: Observer,
        operation: &'static str,
        label: Option<&Arc<str>>,
        started: Instant,
    ) -> Self {
        Self {
            observer,
            operation,
            label: label.cloned(),
            started,
            elapsed: None,
            attempts: 0,
            held: Duration::ZERO,
            waits_since: None,
            is_in_flight: false,
            status: None,
            request_id: None,
            outcome: Outcome::NotApplied,
            is_told: false,
        }
    }

    fn held(&self) -> Duration {
        let waits = self.waits_since.map(|since| since.elapsed());
        self.held + waits.unwrap_or_default()
    }

    fn end(&mut self, ended: Result<&[Unread], &Error>) {
        let (verdict, error, unread) = match ended {
            Ok(unread) => (Verdict::Accepted, None, unread),
            Err(error) => (error.verdict(), Some(error), [].as_slice()),
        };
        self.tell(verdict, error, unread, false);
    }

    fn tell(
        &mut self,
        verdict: Verdict,
        error: Option<&Error>,
        unread: &[Unread],
        is_dropped: bool,
    ) {
        if mem::replace(&mut self.is_told, true) {
            return;
        }
        let (status, request_id) = match error {
            Some(error) => (error.status(), error.request_id()),
            None => (self.status, self.request_id.as_deref()),
        };
        let Observer(told) = &self.observer;
        told(&CallReport {
            operation: self.operation,
            label: self.label.as_deref(),
            verdict,
            error,
            status,
            request_id,
            attempts: self.attempts,
            held: self.held(),
            elapsed: self.elapsed.unwrap_or_else(|| self.started.elapsed()),
            unread,
            is_dropped,
        });
    }
}

impl Drop for Observed {
    fn drop(&mut self) {
        let outcome = match self.is_in_flight {
            true => self.outcome.then(Outcome::Unknown),
            false => self.outcome,
        };
        let verdict = Verdict::from_outcome(outcome, self.status);
        self.tell(verdict, None, &[], true);
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observer").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
