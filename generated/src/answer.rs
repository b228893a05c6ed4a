//! The response to a call.

mod asked;

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub(crate) use self::asked::asked_delay;

use crate::redact;

/// Headers with the id of a request. Telnyx documents none of them, so the first one present counts.
const REQUEST_ID: [&str; 3] = ["x-request-id", "request-id", "telnyx-request-id"];

/// The response of the server, with the number of attempts and the duration of the call.
///
/// [`with_response`](crate::Response) returns an `Answer` together with the value, and [`Error::answer`](crate::Error::answer)
/// returns the `Answer` of an error. `Debug` shows only the status, the request id and the number of attempts, because the
/// headers and the body can contain personal data.
#[derive(Clone)]
pub struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) effort: Effort,
}

impl Answer {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// All headers, unchanged.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body after decompression, otherwise unchanged.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The id that Telnyx's support needs: the header `x-request-id` or a similar one, if present.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// How many requests the rate limit still allows, if the server reports it.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        let number = |name| self.text_header(name)?.trim().parse().ok();
        let rate_limit = RateLimit {
            limit: number("x-ratelimit-limit"),
            remaining: number("x-ratelimit-remaining"),
            reset: asked::rate_limit_reset(&self.headers, SystemTime::now()),
        };
        (rate_limit != RateLimit::default()).then_some(rate_limit)
    }

    /// The wait that the server asks for: `retry-after-ms`, `Retry-After`, or `x-ratelimit-reset` with a 429.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        asked_delay(self.status, &self.headers, SystemTime::now())
    }

    /// The idempotency key of the request, whether you set it or the client generated it.
    ///
    /// For 24 hours, Telnyx accepts the same request with the same key only once.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.effort.idempotency_key.as_deref()
    }

    /// Whether this is the recorded response to an earlier request with the same idempotency key.
    #[must_use]
    pub fn idempotent_replayed(&self) -> bool {
        self.text_header("idempotent-replayed")
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The number of attempts of this call, including attempts that could not connect; 1 without retries.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.effort.attempts
    }

    /// The duration of the call, including retries and waits.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.effort.elapsed
    }

    fn text_header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("request_id", &self.request_id().map(redact::id))
            .field("attempts", &self.effort.attempts)
            .field("elapsed", &self.effort.elapsed)
            .finish_non_exhaustive()
    }
}

/// The id of a request, from the headers of its response.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_ID
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
}

/// The effort of a call, with or without a response.
#[derive(Clone, Default)]
pub(crate) struct Effort {
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) idempotency_key: Option<String>,
    /// Whether the request only reads, so that it does not matter whether it took effect.
    pub(crate) is_read: bool,
    /// Whether a second request, with the same key if there is one, has no further effect.
    pub(crate) is_repeatable: bool,
    /// Whether the call ended because the client's retry budget was empty.
    pub(crate) is_out_of_budget: bool,
    /// The received part of an earlier successful response's body, which proves that the request took effect.
    pub(crate) earlier_success: Option<Bytes>,
}

/// The rate limit of the account, from the headers `x-ratelimit-limit`, `-remaining` and `-reset`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of requests that the rate limit allows in a period.
    pub limit: Option<u64>,
    /// The number of requests that the rate limit still allows in this period.
    pub remaining: Option<u64>,
    /// The time until the next period of the rate limit begins.
    pub reset: Option<Duration>,
}
