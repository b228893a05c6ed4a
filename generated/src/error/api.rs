//! A response that is not a success.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Advice, ErrorCode, ErrorDetail, Outcome, told};
use crate::answer::{Answer, Effort};
use crate::{RateLimit, redact};

/// The server responded with an error.
///
/// `Display` is one line with the status, the first error and the request id. The line has at most 1 KiB, and masks numbers as
/// [`Error`](crate::Error) does. [`errors`](Self::errors) returns the errors unmasked.
#[derive(Debug)]
pub struct ApiError {
    answer: Answer,
    errors: Vec<ErrorDetail>,
    outcome: Outcome,
}

impl ApiError {
    /// Reads the errors of `answer`. What it means for the call is not known before [`judge`](Self::judge).
    pub(crate) fn new(answer: Answer) -> Self {
        let errors = ErrorDetail::read(&answer.body);
        Self {
            answer,
            errors,
            outcome: Outcome::Unknown,
        }
    }

    pub(crate) fn effort_mut(&mut self) -> &mut Effort {
        &mut self.answer.effort
    }

    /// Notes what all attempts of the call together did.
    pub(crate) fn judge(&mut self, outcome: Outcome) {
        self.outcome = outcome;
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.answer.status()
    }

    /// The errors in the body, unmasked: up to 20, from its first 64 KiB. The list is empty if the format of the
    /// [`body`](Self::body) is unknown.
    #[must_use]
    pub fn errors(&self) -> &[ErrorDetail] {
        &self.errors
    }

    /// The code of the first error.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.errors.first()?.code.as_ref()
    }

    /// The title of the first error, unmasked.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.errors.first()?.title.as_deref()
    }

    /// The detail of the first error, unmasked.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.errors.first()?.detail.as_deref()
    }

    /// The JSON pointer of the first error: the part of the request's body that is wrong.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        self.errors.first()?.pointer.as_deref()
    }

    /// The parameter of the first error.
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        self.errors.first()?.parameter.as_deref()
    }

    /// Where the first error's code is documented.
    #[must_use]
    pub fn documentation_url(&self) -> Option<&str> {
        self.errors.first()?.documentation_url.as_deref()
    }

    /// Whether the request took effect. The outcome covers all attempts of the call.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Who or what has to change, according to the code of the first error. After a 429 without a code, the advice is
    /// [`Advice::LaterSameKey`]. After a 401 or a 404 without a code, the advice is [`Advice::StopAccount`]. A 404 without a code
    /// does not come from Telnyx, so the base URL is wrong. After a 407, which comes from a proxy, the advice is `StopAccount`
    /// too.
    ///
    /// The advice is [`Advice::Unknown`] if the outcome is not certain, because advice must never cause a second message.
    #[must_use]
    pub fn advice(&self) -> Advice {
        match (self.outcome, self.code()) {
            (Outcome::NotApplied, None) => match self.status() {
                StatusCode::NOT_FOUND => Advice::StopAccount,
                status => Advice::by_status(status),
            },
            (Outcome::NotApplied, code) => Advice::after_refusal(code),
            (Outcome::Unknown | Outcome::Applied, _) => Advice::Unknown,
        }
    }

    /// The whole response, with the attempts and the time that it took.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
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

    /// The wait that the server asks for. See [`Answer::retry_after`].
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.answer.retry_after()
    }

    /// The number of attempts, including attempts that could not connect.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.answer.attempts()
    }

    /// The duration of the call, including retries and waits.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.answer.elapsed()
    }

    /// The idempotency key of the request. Keep the key to send the request again later.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.answer.idempotency_key()
    }

    /// What the codes that concern idempotency keys mean for the caller.
    fn explanation(&self) -> Option<&'static str> {
        let code = self.code()?;
        if *code == ErrorCode::IDEMPOTENCY_KEY_IN_PROGRESS {
            Some(
                "a request with this idempotency key is still in progress: send it again later with the same key",
            )
        } else if *code == ErrorCode::IDEMPOTENCY_KEY_REUSED {
            Some(
                "this request did nothing, but an earlier one with this idempotency key and another body may have been accepted: a new message needs a new key",
            )
        } else {
            None
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status())?;
        if let Some(error) = self.errors.first() {
            write!(f, ": {error}")?;
        }
        if let Some(explanation) = self.explanation() {
            write!(f, " ({explanation})")?;
        }
        if self.errors.len() > 1 {
            write!(f, " and {} more", self.errors.len() - 1)?;
        }
        if let Some(request_id) = self.request_id() {
            write!(f, " [request {}]", redact::id(request_id))?;
        }
        match self.outcome {
            // The status says it.
            Outcome::NotApplied => Ok(()),
            outcome => f.write_str(told::consequence(outcome, &self.answer.effort)),
        }
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, body: &'static str) -> ApiError {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", "abc".parse().unwrap());
        let answer = Answer {
            status: StatusCode::from_u16(status).unwrap(),
            headers,
            body: Bytes::from_static(body.as_bytes()),
            effort: Default::default(),
        };
        ApiError::new(answer)
    }

    #[test]
    fn display_says_all_of_the_first_error_in_one_line() {
        let mut error = error(
            400,
            r#"{"errors":[{"code":"10015","title":"Bad Request","detail":"'+13125550001' is invalid",
                "source":{"pointer":"/to"},"meta":{"url":"https://example.com/10015"}},{"code":"10004"}]}"#,
        );
        error.judge(Outcome::NotApplied);
        assert_eq!(
            error.to_string(),
            "400 Bad Request: 10015 Bad Request: '+***********' is invalid (pointer /to) https://example.com/10015 \
             and 1 more [request abc]"
        );
        assert_eq!(error.detail(), Some("'+13125550001' is invalid"));
    }

    #[test]
    fn a_body_that_is_not_json_leaves_the_status() {
        let error = error(502, "<html>+13125550001</html>");
        assert_eq!(
            error.to_string(),
            "502 Bad Gateway [request abc]; the request may have taken effect"
        );
        assert!(!format!("{error:?}").contains("13125550001"));
        assert_eq!(error.body(), "<html>+13125550001</html>");
    }

    #[test]
    fn a_key_in_progress_is_explained() {
        let line = error(
            409,
            r#"{"errors":[{"code":"10036","title":"In progress"}]}"#,
        )
        .to_string();
        assert!(
            line.contains("send it again later with the same key"),
            "{line}"
        );
    }

    #[test]
    fn a_reused_key_is_explained() {
        let line = error(422, r#"{"errors":[{"code":"10027","title":"Reused"}]}"#).to_string();
        assert!(line.contains("a new message needs a new key"), "{line}");
    }
}
