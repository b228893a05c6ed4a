//! Decides whether and when the client retries a request. The loop that follows the decision is in `call/run.rs`.

mod backoff;
mod budget;
#[cfg(test)]
mod tests;

use std::time::Duration;

use http::{HeaderMap, StatusCode};

pub use self::backoff::Backoff;
pub use self::budget::RetryBudget;

use crate::error::{ErrorCode, Outcome};
use crate::idempotency::Idempotency;
use crate::transport::SendError;

/// Which failures the client retries.
///
/// With every policy, the client never retries a request if a retry could do the request's work twice. `x-should-retry: false`
/// from the server stops the retries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryPolicy {
    /// The retries that are safe for the operation.
    ///
    /// | operation | the client retries after |
    /// |---|---|
    /// | GET, DELETE, and operations whose documentation says that repeating changes nothing | 408, 429, 500, 502, 503, 504, a lost response, or a request that was not sent |
    /// | an operation with an `Idempotency-Key` | 429, 502, 503, 504, 409 with code 10036, a lost response, or a request that was not sent |
    /// | any other | 429, or a request that was not sent |
    ///
    /// The documentation of an operation says to which row it belongs. A raw PUT or PATCH belongs to the last row.
    ///
    /// An error response with an incomplete body counts by its status, not as a lost response. "Not sent" means that name
    /// resolution, the connection or the TLS handshake failed or took too long. A request also counts as not sent if the server
    /// did not process the HTTP/2 stream (`REFUSED_STREAM`, or a `GOAWAY` that names an earlier stream). A rejected certificate
    /// or proxy password ends the call at once.
    #[default]
    Standard,
    /// Only requests that were not sent. A 429 ends the call.
    NotSent,
    /// No retries: one attempt.
    Off,
}

/// How an attempt without a successful response ended.
pub(crate) enum Attempt<'a> {
    Answered {
        status: StatusCode,
        headers: &'a HeaderMap,
        code: Option<&'a ErrorCode>,
    },
    Failed(&'a SendError),
}

impl Attempt<'_> {
    /// The outcome of the attempt.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::Answered { status, code, .. } => Outcome::of_answer(*status, *code),
            Self::Failed(error) => Outcome::of_failure(error),
        }
    }
}

/// The state of a call after an attempt.
pub(crate) struct Situation<'a> {
    pub(crate) idempotency: Idempotency,
    pub(crate) policy: RetryPolicy,
    pub(crate) backoff: &'a Backoff,
    /// The number of retries before this attempt.
    pub(crate) retries: u32,
    pub(crate) max_retries: u32,
    /// The rest of the call's timeout. `None` if the call has no timeout.
    pub(crate) remaining: Option<Duration>,
    /// The wait that the server requested in this attempt's response.
    pub(crate) asked: Option<Duration>,
    /// A random number from 0 to 1.
    pub(crate) random: f64,
}

/// What to do after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    RetryAfter(Duration),
    Stop,
}

/// The client does not begin an attempt with less time than this. Such an attempt would only make the outcome uncertain.
pub(crate) const SHORTEST_ATTEMPT: Duration = Duration::from_millis(100);

/// Decides whether the request is sent again, and after which wait.
pub(crate) fn decide(situation: &Situation<'_>, attempt: &Attempt<'_>) -> Decision {
    let may_retry = situation.retries < situation.max_retries
        && match situation.policy {
            RetryPolicy::Off => false,
            RetryPolicy::NotSent => {
                matches!(attempt, Attempt::Failed(error) if error.did_nothing() && !error.is_final())
            }
            RetryPolicy::Standard => is_safe(situation.idempotency, attempt),
        };
    if !may_retry {
        return Decision::Stop;
    }
    let Some(delay) = situation
        .backoff
        .delay(situation.retries, situation.asked, situation.random)
    else {
        return Decision::Stop;
    };
    let remaining = situation.remaining.unwrap_or(Duration::MAX);
    let latest = remaining.saturating_sub(SHORTEST_ATTEMPT);
    if delay >= latest {
        return Decision::Stop;
    }
    let apart = backoff::apart(situation.asked, situation.random);
    Decision::RetryAfter(delay.saturating_add(apart).min(latest))
}

fn is_safe(idempotency: Idempotency, attempt: &Attempt<'_>) -> bool {
    match attempt {
        Attempt::Failed(error) if error.is_final() => false,
        Attempt::Failed(error) if error.did_nothing() => true,
        Attempt::Failed(error) if error.headers().is_some_and(forbids_retry) => false,
        Attempt::Failed(error) => match error.status() {
            Some(status) if !status.is_success() => is_safe_after(idempotency, status, None),
            _ => idempotency != Idempotency::None,
        },
        Attempt::Answered { headers, .. } if forbids_retry(headers) => false,
        Attempt::Answered { status, code, .. } => is_safe_after(idempotency, *status, *code),
    }
}

fn is_safe_after(idempotency: Idempotency, status: StatusCode, code: Option<&ErrorCode>) -> bool {
    match (idempotency, status.as_u16()) {
        (_, 429) => true,
        (Idempotency::None, _) => false,
        (_, 502..=504) => true,
        (Idempotency::Natural, 408 | 500) => true,
        (Idempotency::Key, 409) => code == Some(&ErrorCode::IDEMPOTENCY_KEY_IN_PROGRESS),
        _ => false,
    }
}

/// Whether the server forbids a retry, even if a proxy joined several values of the header. The client ignores a server that asks
/// for a retry, because the server does not know whether a retry is safe for the caller.
fn forbids_retry(headers: &HeaderMap) -> bool {
    let values = headers.get_all("x-should-retry").iter();
    let mut words = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    words.any(|word| word.trim_ascii().eq_ignore_ascii_case(b"false"))
}
