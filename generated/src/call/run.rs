//! The loop around the transport: attempts, their time, and the waits between them.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use tokio::time::{Instant, sleep};

use super::request::Assembled;
use super::{Answered, CallRequest};
use crate::answer::{Answer, Effort};
use crate::error::{ApiError, Outcome, TransportError};
use crate::retry::{self, Attempt, Decision, Situation};
use crate::trace::CallSpan;
use crate::transport::{SendError, Sender};
use crate::{Error, Result};

/// Sends `request` until there is a success or a reason to stop; the span goes on until the success is read.
pub(crate) async fn run(
    request: Box<CallRequest>,
    transport: Arc<dyn Sender>,
) -> Result<(Answered, CallSpan)> {
    let assembled = request.assemble()?;
    let span = CallSpan::new(request.operation(), request.client());
    let result = span
        .contain(attempts(&request, &assembled, transport.as_ref(), &span))
        .await;
    span.end(&result);
    let answer = result?;
    Ok((Answered { request, answer }, span))
}

async fn attempts(
    request: &CallRequest,
    assembled: &Assembled<'_>,
    transport: &dyn Sender,
    span: &CallSpan,
) -> Result<Answer> {
    let client = request.client().inner();
    let limits = request.limits();
    let started = Instant::now();
    let deadline = started.checked_add(limits.timeout);
    let remaining = || deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
    let effort = |attempts| Effort {
        attempts,
        elapsed: started.elapsed(),
        idempotency_key: assembled.idempotency_key.clone(),
        is_out_of_budget: false,
    };
    let mut outcome = Outcome::NotApplied;
    let mut retries = 0;
    loop {
        let time = remaining().map_or(limits.attempt_timeout, |remaining| {
            remaining.min(limits.attempt_timeout)
        });
        if time.is_zero() {
            let error = SendError::not_sent("no time is left to send anything").with_timeout();
            return Err(TransportError::new(error, outcome, effort(retries)).into());
        }
        let sending = transport.send_within(assembled.request(), time);
        let sent = span.attempt(retries, sending).await;
        let mut failure = match judge(sent, effort(retries + 1)) {
            Ok(answer) => {
                client.budget.refund();
                return Ok(answer);
            }
            Err(failure) => failure,
        };
        outcome = outcome.then(failure.attempt().outcome());
        let situation = Situation {
            idempotency: assembled.idempotency,
            policy: limits.retry_policy,
            backoff: &client.backoff,
            retries,
            max_retries: limits.max_retries,
            remaining: remaining(),
            asked: failure.asked(),
            random: random(),
        };
        let Decision::RetryAfter(delay) = retry::decide(&situation, &failure.attempt()) else {
            return Err(failure.into_error(outcome));
        };
        // A server that counts requests itself is not down.
        if !failure.is_rate_limit() && !client.budget.take() {
            failure.effort_mut().is_out_of_budget = true;
            return Err(failure.into_error(outcome));
        }
        retries += 1;
        span.retry(retries, delay, &failure.attempt());
        sleep(delay).await;
    }
}

/// How an attempt failed.
enum Failure {
    Answered(Box<ApiError>),
    Lost(SendError, Effort),
}

fn judge(sent: Result<Response<Bytes>, SendError>, effort: Effort) -> Result<Answer, Failure> {
    let (head, body) = match sent {
        Ok(response) => response.into_parts(),
        Err(error) => return Err(Failure::Lost(error, effort)),
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
            Self::Lost(error, _) => Attempt::Failed(error),
        }
    }

    fn is_rate_limit(&self) -> bool {
        let status = match self {
            Self::Answered(error) => Some(error.status()),
            Self::Lost(error, _) => error.status(),
        };
        status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    fn effort_mut(&mut self) -> &mut Effort {
        match self {
            Self::Answered(error) => error.effort_mut(),
            Self::Lost(_, effort) => effort,
        }
    }

    fn asked(&self) -> Option<Duration> {
        match self {
            Self::Answered(error) => error.retry_after(),
            Self::Lost(error, _) => error.retry_after(),
        }
    }

    fn into_error(self, outcome: Outcome) -> Error {
        match self {
            Self::Answered(mut error) => {
                error.judge(outcome);
                Error::Api(error)
            }
            Self::Lost(error, effort) => TransportError::new(error, outcome, effort).into(),
        }
    }
}

/// A number from 0 to 1; without the system's random numbers, the waits of clients are alike.
fn random() -> f64 {
    let mut bytes = [0_u8; 4];
    match getrandom::getrandom(&mut bytes) {
        Ok(()) => f64::from(u32::from_ne_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 0.0,
    }
}
