//! A value with its response.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::{Answer, RateLimit, Unread};

/// A value with its status, headers and raw body, from `with_response()`.
#[derive(Clone, Debug)]
pub struct Response<T> {
    value: T,
    answer: Answer,
    unread: Vec<Unread>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, answer: Answer, unread: Vec<Unread>) -> Self {
        Self {
            value,
            answer,
            unread,
        }
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same response with another value: `response.map(|message| message.id)`.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response::new(change(self.value), self.answer, self.unread)
    }

    /// The fields that did not match the documentation, and are therefore empty in the value. Usually the list is empty.
    ///
    /// With [`strict_decoding`](crate::ClientBuilder::strict_decoding), the call fails if its response has such a field.
    #[must_use]
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// Status, headers and raw body of the response.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The value, the response, and the fields that could not be read.
    #[must_use]
    pub fn into_parts(self) -> (T, Answer, Vec<Unread>) {
        (self.value, self.answer, self.unread)
    }

    /// The HTTP status. See [`Answer::status`].
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// All headers. See [`Answer::headers`].
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.answer.headers()
    }

    /// The raw body. See [`Answer::body`].
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.answer.body()
    }

    /// The id of the request. See [`Answer::request_id`].
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.answer.request_id()
    }

    /// The rate limit. See [`Answer::rate_limit`].
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.answer.rate_limit()
    }

    /// The idempotency key of the request. See [`Answer::idempotency_key`].
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.answer.idempotency_key()
    }

    /// Whether Telnyx repeated the response to an earlier request. See [`Answer::idempotent_replayed`].
    #[must_use]
    pub fn idempotent_replayed(&self) -> bool {
        self.answer.idempotent_replayed()
    }

    /// The number of attempts. See [`Answer::attempts`].
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.answer.attempts()
    }

    /// The duration of the call. See [`Answer::elapsed`].
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.answer.elapsed()
    }
}
