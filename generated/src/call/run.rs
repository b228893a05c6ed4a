//! The loop around the transport: it makes the attempts, limits their time, and waits between them.

use std::mem;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use super::request::Assembled;
use super::turn::{Held, Turn};
use super::{Answered, CallRequest, Ending, Failed};
use crate::answer::{Answer, Effort};
use crate::error::{ApiError, ConfigError, Outcome, TransportError};
use crate::idempotency::{self, Idempotency};
use crate::observe::Observation;
use crate::retry::{self, Attempt, Decision, Situation};
use crate::trace::CallSpan;
use crate::transport::SendError;
use crate::{Error, Result};

/// Sends `request` until there is a successful response or a reason to stop. The call ends where its caller waits, when the
/// response is read or the error is reported. The call may have `begun` before, with its own span.
pub(crate) async fn run(
    request: Box<CallRequest>,
    begun: Option<(std::time::Instant, CallSpan)>,
) -> Result<(Answered, Ending), Failed> {
    let (started, span) = match begun {
        Some((started, span)) => (Instant::from_std(started), span),
        None => (
            Instant::now(),
            CallSpan::new(request.operation(), request.client()),
        ),
    };
    let observer = request.client().inner().observer.as_ref();
    let mut observation =
        Observation::new(observer, request.operation().id, request.label(), started);
    match send(&request, started, &span, &mut observation).await {
        Ok(answer) => {
            let key = request
                .shared_key
                .of_call(answer.effort.idempotency_key.as_deref());
            let ending = Ending {
                span,
                observation,
                key,
            };
            Ok((Answered { request, answer }, ending))
        }
        Err(error) => Err(Failed { error, observation }),
    }
}

async fn send(
    request: &CallRequest,
    started: Instant,
    span: &CallSpan,
    observation: &mut Observation,
) -> Result<Answer> {
    let result = match prepared(request) {
        Ok(assembled) => {
            let attempts = attempts(request, &assembled, started, span, observation);
            span.contain(attempts).await
        }
        Err(error) => Err(error),
    };
    span.end(&result);
    result
}

fn prepared(request: &CallRequest) -> Result<Assembled<'_>> {
    if Handle::try_current().is_err() {
        return Err(
            ConfigError::new("await the request in a Tokio runtime: this thread has none").into(),
        );
    }
    request.assemble()
}

async fn attempts(
    request: &CallRequest,
    assembled: &Assembled<'_>,
    started: Instant,
    span: &CallSpan,
    observation: &mut Observation,
) -> Result<Answer> {
    let client = request.client().inner();
    let limits = request.limits();
    let deadline = started.checked_add(limits.timeout);
    let remaining = || deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
    let effort = |attempts| Effort {
        attempts,
        elapsed: started.elapsed(),
        ..request.effort(assembled.idempotency_key.clone())
    };
    let begun = idempotency::wall_clock();
    // Whether Telnyx may accept the same request as a second message, because this machine slept too long.
    let is_forgotten = || {
        let since = idempotency::wall_clock().duration_since(begun);
        since.is_ok_and(|since| since >= idempotency::IDEMPOTENCY_KEY_LIFETIME)
    };
    let mut outcome = Outcome::NotApplied;
    let mut turn = Turn::new(request, deadline);
    let (mut attempts, mut retries) = (0, 0);
    // The previous attempt that says most about the call.
    let mut last: Option<Failure> = None;
    loop {
        if let Err(wait) = turn.wait(observation).await {
            let error = SendError::rate_limited(wait);
            return Err(without_time(last, error, outcome, effort(attempts)));
        }
        let time = remaining().map_or(limits.attempt_timeout, |remaining| {
            remaining.min(limits.attempt_timeout)
        });
        if time.is_zero() {
            let error = SendError::not_begun("no time was left for an attempt");
            return Err(without_time(last, error, outcome, effort(attempts)));
        }
        let is_in_doubt = outcome != Outcome::NotApplied;
        if is_in_doubt && assembled.idempotency == Idempotency::Key && is_forgotten() {
            let error = SendError::not_begun("the machine slept until the key was forgotten");
            // A person must decide, because a request with the same key could now be a second message.
            let effort = Effort {
                is_repeatable: false,
                ..effort(attempts)
            };
            return Err(without_time(last, error, outcome, effort));
        }
        observation.attempt();
        let sending = client.transport.send_within(assembled.request(), time);
        let sent = span.attempt(attempts, sending).await;
        attempts += 1;
        let failure = match judge(sent, effort(attempts)) {
            Ok(mut answer) => {
                observation.attempted(Some((answer.status, &answer.headers)), Outcome::Applied);
                client.budget.refund();
                turn.answered();
                answer.effort.earlier_success = last.and_then(Failure::into_success);
                return Ok(answer);
            }
            Err(failure) => failure,
        };
        outcome = outcome.then(failure.attempt().outcome());
        observation.attempted(failure.head(), outcome);
        let held = match failure.status() {
            Some(StatusCode::TOO_MANY_REQUESTS) => turn.hold(failure.asked()),
            Some(_) => {
                turn.answered();
                Held::default()
            }
            None => Held::default(),
        };
        let situation = Situation {
            idempotency: assembled.idempotency,
            policy: limits.retry_policy,
            backoff: &client.backoff,
            retries: if held.is_free { 0 } else { retries },
            max_retries: limits.max_retries,
            remaining: remaining(),
            asked: failure.asked(),
            random: random(),
        };
        let Decision::RetryAfter(delay) = retry::decide(&situation, &failure.attempt()) else {
            return Err(failure.after(last).into_error(outcome));
        };
        if failure.is_rate_limit() && request.fails_fast() {
            return Err(failure.after(last).into_error(outcome));
        }
        // A server that limits requests is not down.
        if !failure.is_rate_limit() && !client.budget.take() {
            let mut failure = failure.after(last);
            failure.effort_mut().is_out_of_budget = true;
            return Err(failure.into_error(outcome));
        }
        if !held.is_free {
            retries += 1;
        }
        span.retry(attempts, delay, &failure.attempt());
        last = Some(failure.after(last));
        if !held.at_gate {
            sleep(delay).await;
        }
    }
}

/// The error of a call that has no time for another attempt: the failure of its last attempt, or `error` if there was no attempt.
fn without_time(
    last: Option<Failure>,
    error: SendError,
    outcome: Outcome,
    effort: Effort,
) -> Error {
    match last {
        Some(mut failure) => {
            *failure.effort_mut() = effort;
            failure.into_error(outcome)
        }
        None => TransportError::new(error, outcome, effort).into(),
    }
}

/// How an attempt failed.
enum Failure {
    Answered(Box<ApiError>),
    Lost(Box<(SendError, Effort)>),
}

fn judge(sent: Result<Response<Bytes>, SendError>, effort: Effort) -> Result<Answer, Failure> {
    let (head, body) = match sent {
        Ok(response) => response.into_parts(),
        Err(error) => return Err(Failure::Lost(Box::new((error, effort)))),
    };
    let answer = Answer {
        status: head.status,
        headers: head.headers,
        body,
        effort,
    };
    if answer.status.is_success() {
        Ok(answer)
    } else {
        Err(Failure::Answered(Box::new(ApiError::new(answer))))
    }
}

impl Failure {
    fn attempt(&self) -> Attempt<'_> {
        match self {
            Self::Answered(error) => Attempt::Answered {
                status: error.status(),
                headers: error.headers(),
                code: error.code(),
            },
            Self::Lost(lost) => Attempt::Failed(&lost.0),
        }
    }

    fn head(&self) -> Option<(StatusCode, &HeaderMap)> {
        match self {
            Self::Answered(error) => Some((error.status(), error.headers())),
            Self::Lost(lost) => Some((lost.0.status()?, lost.0.headers()?)),
        }
    }

    fn status(&self) -> Option<StatusCode> {
        self.head().map(|(status, _)| status)
    }

    /// The received part of the body of a successful response.
    fn into_success(self) -> Option<Bytes> {
        match self {
            Self::Lost(lost) => {
                let is_success = lost.0.status()?.is_success();
                is_success.then(|| lost.0.body().clone())
            }
            Self::Answered(_) => None,
        }
    }

    fn is_rate_limit(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Chooses between this attempt and the attempt `before` the one that says more. The effort is always this attempt's.
    ///
    /// If the earlier attempt proves that the request took effect, only its response can have the id of the message.
    fn after(mut self, before: Option<Self>) -> Self {
        let is_proof = |failure: &Self| failure.attempt().outcome() == Outcome::Applied;
        match before.filter(|before| is_proof(before) && !is_proof(&self)) {
            Some(mut before) => {
                mem::swap(before.effort_mut(), self.effort_mut());
                before
            }
            None => self,
        }
    }

    fn effort_mut(&mut self) -> &mut Effort {
        match self {
            Self::Answered(error) => error.effort_mut(),
            Self::Lost(lost) => &mut lost.1,
        }
    }

    fn asked(&self) -> Option<Duration> {
        match self {
            Self::Answered(error) => error.retry_after(),
            Self::Lost(lost) => lost.0.retry_after(),
        }
    }

    fn into_error(self, outcome: Outcome) -> Error {
        match self {
            Self::Answered(mut error) => {
                error.judge(outcome);
                Error::Api(error)
            }
            Self::Lost(lost) => {
                let (error, effort) = *lost;
                TransportError::new(error, outcome, effort).into()
            }
        }
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
