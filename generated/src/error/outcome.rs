//! The outcome of a call over all its attempts.

use http::StatusCode;

use super::ErrorCode;
use crate::stored::stored_enum;
use crate::transport::SendError;

stored_enum! {
    /// Whether a request took effect.
    ///
    /// A read, such as a list, changes nothing, so you can always send it again. The outcome of a read only says whether the server
    /// processed the read.
    ///
    /// [`Verdict`](crate::Verdict) also distinguishes a request that Telnyx refused from one that the client never sent. A later
    /// version will not add a fourth case.
    pub enum Outcome {
        /// The request took no effect: every attempt was refused, or did not leave this machine.
        NotApplied = "not_applied",
        /// The request may have taken effect: a response was lost, or does not say what happened. A success without an id and
        /// without `data`, such as a proxy's HTML page, does not say what happened either.
        Unknown = "unknown",
        /// The request took effect: the server responded with success, but the response could not be read. The response body has
        /// an id or other `data`, or is incomplete.
        Applied = "applied",
    }
}

impl Outcome {
    /// The outcome after one more attempt. An unknown outcome stays unknown, even if a later attempt is refused.
    pub(crate) fn then(self, next: Self) -> Self {
        match (self, next) {
            (Self::Applied, _) | (_, Self::Applied) => Self::Applied,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::NotApplied, Self::NotApplied) => Self::NotApplied,
        }
    }

    /// The outcome of an attempt without a complete response. Its status and headers prove as much as those of a complete
    /// response.
    pub(crate) fn of_failure(error: &SendError) -> Self {
        if error.did_nothing() {
            return Self::NotApplied;
        }
        let status = error.status();
        status.map_or(Self::Unknown, |status| Self::of_answer(status, None))
    }

    /// A 4xx is a refusal, with two exceptions. A 408 can come from a gateway that had passed the request on. A 409 can mean that
    /// another attempt with the same key is still in progress. A 409 is a refusal only if the catalogue says so about its code
    /// (`refuses` in `spec/errors.yaml`). A 5xx can come after the request took effect, and a redirect does not say whether it
    /// did.
    pub(crate) fn of_answer(status: StatusCode, code: Option<&ErrorCode>) -> Self {
        match status {
            StatusCode::REQUEST_TIMEOUT => Self::Unknown,
            StatusCode::CONFLICT if !code.is_some_and(ErrorCode::refuses) => Self::Unknown,
            status if status.is_success() => Self::Applied,
            status if status.is_client_error() => Self::NotApplied,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    #[test]
    fn the_outcome_of_an_answer_is_what_its_status_proves() {
        for status in 100..600 {
            let expected = match status {
                200..=299 => Outcome::Applied,
                408 | 409 => Outcome::Unknown,
                400..=499 => Outcome::NotApplied,
                _ => Outcome::Unknown,
            };
            let answered = StatusCode::from_u16(status).unwrap();
            let outcome = Outcome::of_answer(answered, None);
            assert_eq!(outcome, expected, "{status}");
        }
    }

    #[test]
    fn a_conflict_of_another_kind_is_a_refusal() {
        let code = ErrorCode::DUPLICATE_RESOURCE;
        let outcome = Outcome::of_answer(StatusCode::CONFLICT, Some(&code));
        assert_eq!(outcome, Outcome::NotApplied);
    }

    #[test]
    fn a_key_in_progress_or_a_code_nobody_knows_leaves_the_outcome_unknown() {
        for code in ["10036", " 10036", "99999", "conflict", ""] {
            let outcome = Outcome::of_answer(StatusCode::CONFLICT, Some(&ErrorCode::from(code)));
            assert_eq!(outcome, Outcome::Unknown, "{code:?}");
        }
    }

    #[test]
    fn the_outcome_of_a_failure_is_what_it_proves() {
        let outcome = |error: SendError| Outcome::of_failure(&error);
        assert_eq!(outcome(SendError::not_sent("refused")), Outcome::NotApplied);
        assert_eq!(
            outcome(SendError::certificate("expired")),
            Outcome::NotApplied
        );
        assert_eq!(outcome(SendError::refused("stream")), Outcome::NotApplied);
        assert_eq!(outcome(SendError::maybe_sent("reset")), Outcome::Unknown);
        assert_eq!(outcome(SendError::body_too_large(1)), Outcome::Unknown);
        assert_eq!(
            outcome(SendError::maybe_sent("cut").with_head(StatusCode::OK, HeaderMap::new())),
            Outcome::Applied
        );
        assert_eq!(
            outcome(
                SendError::maybe_sent("cut").with_head(StatusCode::BAD_REQUEST, HeaderMap::new())
            ),
            Outcome::NotApplied
        );
    }

    #[test]
    fn a_doubt_stays_whatever_is_refused_after_it() {
        use Outcome::{Applied, NotApplied, Unknown};
        assert_eq!(NotApplied.then(NotApplied), NotApplied);
        assert_eq!(NotApplied.then(Unknown), Unknown);
        assert_eq!(Unknown.then(NotApplied), Unknown);
        assert_eq!(Unknown.then(Applied), Applied);
        assert_eq!(Applied.then(NotApplied), Applied);
    }
}
