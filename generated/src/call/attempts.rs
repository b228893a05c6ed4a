//! The attempts of a call: how many there were, what they prove, and whether there may be another one.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use tokio::time::Instant;

use super::CallRequest;
use super::failure::Failure;
use super::request::Assembled;
use crate::answer::Effort;
use crate::error::{Outcome, TransportError};
use crate::idempotency::{self, Idempotency};
use crate::retry::{self, Decision, Situation};
use crate::transport::SendError;
use crate::{Error, Result};

pub(super) struct Attempts<'a> {
    request: &'a CallRequest,
    assembled: &'a Assembled<'a>,
    started: Instant,
    deadline: Option<Instant>,
    /// The time of the system clock before the first attempt.
    begun: SystemTime,
    made: u32,
    /// The retries that count towards the maximum.
    retries: u32,
    /// What the attempts prove together.
    outcome: Outcome,
    /// The attempt that says most about the call.
    last: Option<Failure>,
}

impl<'a> Attempts<'a> {
    pub(super) fn new(
        request: &'a CallRequest,
        assembled: &'a Assembled<'a>,
        started: Instant,
    ) -> Self {
        Self {
            request,
            assembled,
            started,
            deadline: started.checked_add(request.limits().timeout),
            begun: idempotency::wall_clock(),
            made: 0,
            retries: 0,
            outcome: Outcome::NotApplied,
            last: None,
        }
    }

    /// When the call must end; `None` if its timeout is longer than the clock can express.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    pub(super) fn made(&self) -> u32 {
        self.made
    }

    /// The maximum time of the next attempt, or the error of the call if there must be no further attempt.
    pub(super) fn time_for_next(&mut self) -> Result<Duration> {
        let most = self.request.limits().attempt_timeout;
        let time = self.remaining().map_or(most, |left| left.min(most));
        if time.is_zero() {
            let error = SendError::not_begun("no time was left for an attempt");
            return Err(self.without_time(error));
        }
        let is_in_doubt = self.outcome != Outcome::NotApplied;
        if is_in_doubt && self.assembled.idempotency == Idempotency::Key && self.is_forgotten() {
            let error = SendError::not_begun("the machine slept until the key was forgotten");
            // A person must decide, because a request with the same key could now be a second message.
            let effort = Effort {
                is_repeatable: false,
                ..self.effort()
            };
            return Err(self.ended_before(error, effort));
        }
        Ok(time)
    }

    /// Counts an attempt that has ended. Returns the effort of the call so far.
    pub(super) fn finished_one(&mut self) -> Effort {
        self.made += 1;
        self.effort()
    }

    /// Adds what a failed attempt proves. Returns what all attempts prove together.
    pub(super) fn failed_with(&mut self, failure: &Failure) -> Outcome {
        self.outcome = self.outcome.then(failure.attempt().outcome());
        self.outcome
    }

    /// The delay before the next attempt, if there may be one after this failure. A free retry does not count.
    pub(super) fn retry_after(&mut self, failure: &mut Failure, is_free: bool) -> Option<Duration> {
        let client = self.request.client().inner();
        let limits = self.request.limits();
        let situation = Situation {
            idempotency: self.assembled.idempotency,
            policy: limits.retry_policy,
            backoff: &client.backoff,
            retries: if is_free { 0 } else { self.retries },
            max_retries: limits.max_retries,
            remaining: self.remaining(),
            asked: failure.asked(),
            random: random(),
        };
        let Decision::RetryAfter(delay) = retry::decide(&situation, &failure.attempt()) else {
            return None;
        };
        if failure.is_rate_limit() {
            // A server that limits requests is not down, so the retry is not taken from the budget.
            if self.request.fails_fast() {
                return None;
            }
        } else if !client.budget.take() {
            failure.effort_mut().is_out_of_budget = true;
            return None;
        }
        if !is_free {
            self.retries += 1;
        }
        Some(delay)
    }

    /// Keeps a failure after which there is another attempt.
    pub(super) fn add(&mut self, failure: Failure) {
        self.last = Some(failure.after(self.last.take()));
    }

    /// The error of a call whose last attempt failed.
    pub(super) fn into_error(self, failure: Failure) -> Error {
        failure.after(self.last).into_error(self.outcome)
    }

    /// The error of a call that has no time for another attempt: the failure of its last attempt, or `error` if there was none.
    pub(super) fn without_time(&mut self, error: SendError) -> Error {
        let effort = self.effort();
        self.ended_before(error, effort)
    }

    /// The received part of the body of an earlier successful response.
    pub(super) fn into_success(self) -> Option<Bytes> {
        self.last.and_then(Failure::into_success)
    }

    fn ended_before(&mut self, error: SendError, effort: Effort) -> Error {
        match self.last.take() {
            Some(mut failure) => {
                *failure.effort_mut() = effort;
                failure.into_error(self.outcome)
            }
            None => TransportError::new(error, self.outcome, effort).into(),
        }
    }

    fn effort(&self) -> Effort {
        Effort {
            attempts: self.made,
            elapsed: self.started.elapsed(),
            ..self.request.effort(self.assembled.idempotency_key.clone())
        }
    }

    fn remaining(&self) -> Option<Duration> {
        let now = Instant::now();
        self.deadline
            .map(|deadline| deadline.saturating_duration_since(now))
    }

    /// Whether Telnyx may accept the same request as a second message, because this machine slept too long.
    fn is_forgotten(&self) -> bool {
        let since = idempotency::wall_clock().duration_since(self.begun);
        since.is_ok_and(|since| since >= idempotency::IDEMPOTENCY_KEY_LIFETIME)
    }
}

/// A random number from 0 to 1. If the system has no random numbers, all clients wait equally long.
fn random() -> f64 {
    let mut bytes = [0_u8; 4];
    match getrandom::getrandom(&mut bytes) {
        Ok(()) => f64::from(u32::from_ne_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 0.0,
    }
}
