//! The loop around the transport: it makes the attempts, limits their time, and waits between them.

use http::StatusCode;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use super::attempts::Attempts;
use super::failure::judge;
use super::request::Assembled;
use super::turn::{Held, Turn};
use super::{Answered, CallRequest, Ending, Failed};
use crate::Result;
use crate::answer::Answer;
use crate::error::{ConfigError, Outcome};
use crate::observe::Observation;
use crate::trace::CallSpan;
use crate::transport::SendError;

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
    let mut attempts = Attempts::new(request, assembled, started);
    let mut turn = Turn::new(request, attempts.deadline());
    loop {
        if let Err(wait) = turn.wait(observation).await {
            return Err(attempts.without_time(SendError::rate_limited(wait)));
        }
        let time = attempts.time_for_next()?;
        observation.attempt();
        let sending = client.transport.send_within(assembled.request(), time);
        let sent = span.attempt(attempts.made(), sending).await;
        let mut failure = match judge(sent, attempts.finished_one()) {
            Ok(mut answer) => {
                observation.attempted(Some((answer.status, &answer.headers)), Outcome::Applied);
                client.budget.refund();
                turn.answered();
                answer.effort.earlier_success = attempts.into_success();
                return Ok(answer);
            }
            Err(failure) => failure,
        };
        observation.attempted(failure.head(), attempts.failed_with(&failure));
        let held = match failure.status() {
            Some(StatusCode::TOO_MANY_REQUESTS) => turn.hold(failure.asked()),
            Some(_) => {
                turn.answered();
                Held::default()
            }
            None => Held::default(),
        };
        let Some(delay) = attempts.retry_after(&mut failure, held.is_free) else {
            return Err(attempts.into_error(failure));
        };
        span.retry(attempts.made(), delay, &failure.attempt());
        attempts.add(failure);
        if !held.at_gate {
            sleep(delay).await;
        }
    }
}
