//! What a call did, judged over all its attempts.

use http::StatusCode;

use super::Attempt;
use crate::error::ErrorCode;

/// Whether a request took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It did not: every attempt was refused, or did not leave this machine.
    NotApplied,
    /// It may have: an answer was lost, or said nothing certain.
    Unknown,
    /// It did: the server answered with success, and only the answer could not be read.
    Applied,
}

impl Outcome {
    /// What is known after one more attempt: a doubt stays, whatever is refused after it.
    pub(crate) fn then(self, next: Self) -> Self {
        match (self, next) {
            (Self::Applied, _) | (_, Self::Applied) => Self::Applied,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::NotApplied, Self::NotApplied) => Self::NotApplied,
        }
    }

    /// What one attempt did.
    pub(crate) fn of(attempt: &Attempt<'_>) -> Self {
        match attempt {
            Attempt::Answered { status, code, .. } => Self::of_answer(*status, *code),
            Attempt::Failed(error) if error.is_not_sent() || error.is_certificate() => {
                Self::NotApplied
            }
            Attempt::Failed(error) => error
                .status()
                .map_or(Self::Unknown, |status| Self::of_answer(status, None)),
        }
    }

    /// A 4xx is a refusal, with two exceptions: a 408 can come from a gateway that had passed the request on, and a 409
    /// can mean that another attempt with the same key is still being worked on. A 5xx can come after the work was done,
    /// and a redirect says nothing about it.
    fn of_answer(status: StatusCode, code: Option<&ErrorCode>) -> Self {
        match status {
            StatusCode::REQUEST_TIMEOUT => Self::Unknown,
            StatusCode::CONFLICT
                if code.is_none_or(|code| *code == ErrorCode::IDEMPOTENCY_KEY_IN_PROGRESS) =>
            {
                Self::Unknown
            }
            status if status.is_success() => Self::Applied,
            status if status.is_client_error() => Self::NotApplied,
            _ => Self::Unknown,
        }
    }
}
