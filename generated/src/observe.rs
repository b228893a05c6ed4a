//! Reports each call to the program.

use std::fmt;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use crate::error::{Error, ErrorCode, Outcome, Verdict};
use crate::unread::Unread;

/// The report on a call, for the function in [`ClientBuilder::on_call`](crate::ClientBuilder::on_call).
///
/// `Debug` shows no personal data, because it masks the error.
#[derive(Debug)]
#[non_exhaustive]
pub struct CallReport<'a> {
    /// The operation, such as `SendMessage`. It is `raw` for a request to any other path.
    pub operation: &'static str,
    /// Whether the request was accepted, refused, not sent, or whether this is unknown.
    pub verdict: Verdict,
    /// The error that ended the call. It is `None` after a success, and for a call that was dropped.
    pub error: Option<&'a Error>,
    /// The [`status`](Error::status) of the error, or that of the last attempt. It is `None` if that attempt got no response.
    pub status: Option<StatusCode>,
    /// The number of times that the client sent the request.
    pub attempts: u32,
    /// The time that the call waited for its rate limit: after its own 429 or another call's, and for its turn. The time does not
    /// include the waits of the [`Backoff`](crate::Backoff).
    pub held: Duration,
    /// The duration of the call, including retries and waits.
    pub elapsed: Duration,
    /// The fields of the response that did not match the documentation. These fields are empty in the value.
    pub unread: &'a [Unread],
    /// Whether the caller dropped the call before it ended.
    pub is_given_up: bool,
}

impl CallReport<'_> {
    /// Telnyx's code of the first error of a response.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.error?.code()
    }
}

/// The function that is told.
#[derive(Clone)]
pub(crate) struct Observer(Arc<Told>);

type Told = dyn Fn(&CallReport<'_>) + Send + Sync;

impl Observer {
    pub(crate) fn new(told: impl Fn(&CallReport<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(told))
    }
}

/// A call as it goes on; tells of it once, at the latest when it is dropped. Nothing where nobody is to be told.
#[derive(Default)]
pub(crate) struct Observation(Option<Box<Observed>>);

struct Observed {
    observer: Observer,
    operation: &'static str,
    started: Instant,
    elapsed: Option<Duration>,
    attempts: u32,
    /// The time that the call has waited for its limit, without the current wait.
    held: Duration,
    waits_since: Option<Instant>,
    is_in_flight: bool,
    /// Of the last attempt that ended.
    status: Option<StatusCode>,
    /// Of the attempts that ended.
    outcome: Outcome,
    is_told: bool,
}

impl Observation {
    pub(crate) fn new(
        observer: Option<&Observer>,
        operation: &'static str,
        started: Instant,
    ) -> Self {
        let observed = |observer: &Observer| Observed::new(observer.clone(), operation, started);
        Self(observer.map(observed).map(Box::new))
    }

    /// Of a call that failed before it began.
    #[cfg(feature = "blocking")]
    pub(crate) fn not_begun(
        observer: Option<&Observer>,
        operation: &'static str,
        elapsed: Duration,
    ) -> Self {
        let mut observation = Self::new(observer, operation, Instant::now());
        if let Some(observed) = &mut observation.0 {
            observed.elapsed = Some(elapsed);
        }
        observation
    }

    /// Notes that the call begins to wait for its limit.
    pub(crate) fn waits(&mut self) {
        if let Some(observed) = &mut self.0 {
            observed.waits_since = Some(Instant::now());
        }
    }

    /// Notes that the call no longer waits for its limit.
    pub(crate) fn goes_on(&mut self) {
        if let Some(observed) = &mut self.0 {
            observed.held = observed.held();
            observed.waits_since = None;
        }
    }

    /// Notes that an attempt begins.
    pub(crate) fn attempt(&mut self) {
        if let Some(observed) = &mut self.0 {
            observed.attempts += 1;
            observed.is_in_flight = true;
        }
    }

    /// Notes that an attempt ended, with the status of its response and the outcome of the call so far.
    pub(crate) fn attempted(&mut self, status: Option<StatusCode>, outcome: Outcome) {
        if let Some(observed) = &mut self.0 {
            observed.is_in_flight = false;
            observed.status = status;
            observed.outcome = outcome;
        }
    }

    /// Tells how the call ended: with what was not read of a success, or with an error.
    pub(crate) fn end(&mut self, ended: Result<&[Unread], &Error>) {
        if let Some(observed) = &mut self.0 {
            observed.end(ended);
        }
    }
}

impl Observed {
    fn new(observer: Observer, operation: &'static str, started: Instant) -> Self {
        Self {
            observer,
            operation,
            started,
            elapsed: None,
            attempts: 0,
            held: Duration::ZERO,
            waits_since: None,
            is_in_flight: false,
            status: None,
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
        let status = error.map_or(self.status, Error::status);
        self.tell(verdict, error, status, unread, false);
    }

    fn tell(
        &mut self,
        verdict: Verdict,
        error: Option<&Error>,
        status: Option<StatusCode>,
        unread: &[Unread],
        is_given_up: bool,
    ) {
        if mem::replace(&mut self.is_told, true) {
            return;
        }
        let Observer(told) = &self.observer;
        told(&CallReport {
            operation: self.operation,
            verdict,
            error,
            status,
            attempts: self.attempts,
            held: self.held(),
            elapsed: self.elapsed.unwrap_or_else(|| self.started.elapsed()),
            unread,
            is_given_up,
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
        self.tell(verdict, None, self.status, &[], true);
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observer").finish_non_exhaustive()
    }
}
