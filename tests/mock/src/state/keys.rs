//! Idempotency keys: a repeated request gets the first response and is not accepted again.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::State;
use crate::api::{Operation, Place, Problem, Refusal, code};
use crate::behaviours as basis;
use crate::moment::Moment;
use crate::records::Record;

/// How long Telnyx remembers a key.
const MEMORY: Duration = Duration::from_secs(24 * 3600);

const HEADER: &str = "idempotency-key";

/// What was accepted under a key.
#[derive(Debug)]
pub(super) struct Key {
    request: Bytes,
    status: u16,
    response: Bytes,
    accepted_at: Moment,
    /// From when on the first response is out.
    ready_at: Moment,
}

impl Record for Key {
    fn weight(&self) -> usize {
        size_of::<Self>() + self.request.len() + self.response.len()
    }
}

impl State {
    /// The name of a request's key, if its operation takes one: a key counts for a method and path.
    pub(super) fn key_of(operation: &Operation, request: &Request<Bytes>) -> Option<String> {
        let key = request.headers().get(HEADER)?.to_str().ok()?;
        let path = request.uri().path();
        operation
            .takes(Place::Header, HEADER)
            .then(|| format!("{} {path} {key}", operation.method))
    }

    /// The response of the first request with this key, or a refusal.
    pub(super) fn replay(
        &mut self,
        key: &str,
        request: &Request<Bytes>,
        now: Moment,
    ) -> Option<Result<Response<Bytes>, Refusal>> {
        let record = self.keys.get(key);
        let record = record.filter(|record| now.since(record.accepted_at) < MEMORY)?;
        let outcome = if record.request != *request.body() {
            let detail = "This key was used with another body.";
            Err(Refusal::new(422, Problem::new(code::KEY_REUSED, detail)))
        } else if now < record.ready_at {
            let detail = "The first request with this key is still in progress.";
            Err(Refusal::new(
                409,
                Problem::new(code::KEY_IN_PROGRESS, detail),
            ))
        } else {
            let mut response = Response::new(record.response.clone());
            *response.status_mut() = status(record.status);
            let headers = response.headers_mut();
            headers.insert(
                "idempotent-replayed",
                http::HeaderValue::from_static("true"),
            );
            Ok(response)
        };
        let what = match &outcome {
            Ok(_) => "replayed a response",
            Err(_) => "refused a repeated key",
        };
        self.note(now, what, basis::IDEMPOTENCY);
        Some(outcome)
    }

    /// Remembers what was accepted under a key. The response is out after `delay`.
    pub(super) fn remember(
        &mut self,
        key: String,
        request: &Request<Bytes>,
        response: &Response<Bytes>,
        delay: Duration,
        now: Moment,
    ) {
        let record = Key {
            request: request.body().clone(),
            status: response.status().as_u16(),
            response: response.body().clone(),
            accepted_at: now,
            ready_at: now + delay,
        };
        // A key is never under way: only what was accepted has one here.
        let _ = self.keys.push(key, record);
    }
}

/// The status with this number, which is a valid one.
pub(crate) fn status(number: u16) -> http::StatusCode {
    http::StatusCode::from_u16(number).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR)
}
