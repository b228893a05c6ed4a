//! How an attempt fails, and what its failure says about the call.

use std::mem;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use crate::Error;
use crate::answer::{Answer, Effort};
use crate::error::{ApiError, Outcome, TransportError};
use crate::retry::Attempt;
use crate::transport::SendError;

/// How an attempt failed.
pub(super) enum Failure {
    Answered(Box<ApiError>),
    Lost(Box<(SendError, Effort)>),
}

/// Reads from a response whether the attempt failed.
pub(super) fn judge(
    sent: Result<Response<Bytes>, SendError>,
    effort: Effort,
) -> Result<Answer, Failure> {
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
    pub(super) fn attempt(&self) -> Attempt<'_> {
        match self {
            Self::Answered(error) => Attempt::Answered {
                status: error.status(),
                headers: error.headers(),
                code: error.code(),
            },
            Self::Lost(lost) => Attempt::Failed(&lost.0),
        }
    }

    pub(super) fn head(&self) -> Option<(StatusCode, &HeaderMap)> {
        match self {
            Self::Answered(error) => Some((error.status(), error.headers())),
            Self::Lost(lost) => Some((lost.0.status()?, lost.0.headers()?)),
        }
    }

    pub(super) fn status(&self) -> Option<StatusCode> {
        self.head().map(|(status, _)| status)
    }

    /// The received part of the body of a successful response.
    pub(super) fn into_success(self) -> Option<Bytes> {
        match self {
            Self::Lost(lost) => {
                let is_success = lost.0.status()?.is_success();
                is_success.then(|| lost.0.body().clone())
            }
            Self::Answered(_) => None,
        }
    }

    pub(super) fn is_rate_limit(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Chooses between this attempt and the attempt `before` the one that says more. The effort is always this attempt's.
    ///
    /// If the earlier attempt proves that the request took effect, only its response can have the id of the message.
    pub(super) fn after(mut self, before: Option<Self>) -> Self {
        let is_proof = |failure: &Self| failure.attempt().outcome() == Outcome::Applied;
        match before.filter(|before| is_proof(before) && !is_proof(&self)) {
            Some(mut before) => {
                mem::swap(before.effort_mut(), self.effort_mut());
                before
            }
            None => self,
        }
    }

    pub(super) fn effort_mut(&mut self) -> &mut Effort {
        match self {
            Self::Answered(error) => error.effort_mut(),
            Self::Lost(lost) => &mut lost.1,
        }
    }

    pub(super) fn asked(&self) -> Option<Duration> {
        match self {
            Self::Answered(error) => error.retry_after(),
            Self::Lost(lost) => lost.0.retry_after(),
        }
    }

    pub(super) fn into_error(self, outcome: Outcome) -> Error {
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
