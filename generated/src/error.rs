//! What can go wrong with a call.

mod advice;
mod api;
mod code;
mod config;
mod decode;
mod detail;
mod invalid_request;
mod next_step;
mod outcome;
mod told;
mod transport;
mod verdict;

use std::fmt;
use std::time::Duration;

use http::StatusCode;

pub use self::advice::Advice;
pub use self::api::ApiError;
pub use self::code::ErrorCode;
pub use self::config::ConfigError;
pub use self::decode::DecodeError;
pub use self::detail::ErrorDetail;
pub use self::invalid_request::InvalidRequest;
pub use self::next_step::NextStep;
pub use self::outcome::Outcome;
pub use self::transport::TransportError;
pub use self::verdict::Verdict;

use crate::answer::{Answer, Effort};

/// The result of this crate's functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong with a call.
///
/// [`next_step`](Self::next_step) says what your program does next, and [`outcome`](Self::outcome) says whether the request took
/// effect. `Display` and `Debug` show no key, header or body. Both mask numbers of seven or more digits, even with the usual
/// separators, but not dates, times, IP addresses and UUIDs. `{error:#}` adds the causes, such as a failed name resolution, so
/// use this format in logs. `Debug` prints the same text, so the output of `main` is readable.
///
/// `Error` is not `Clone`, because it can contain a transport's error, which is not `Clone`. Share the error in an
/// [`Arc`](std::sync::Arc), or store its [`verdict`](Self::verdict), [`advice`](Self::advice) and [`code`](Self::code).
#[non_exhaustive]
pub enum Error {
    /// The server responded with an error.
    Api(Box<ApiError>),
    /// The last attempt got no complete response, or the client sent nothing. The client sends nothing if no time is left, or if
    /// the rate limit would let the call through too late. If an earlier attempt got a successful response with an incomplete
    /// body, and the last attempt failed, the error is about the earlier attempt. The earlier attempt proves that the request
    /// took effect.
    Transport(Box<TransportError>),
    /// The server responded with success, but the response could not be read. The request took effect if the body has an id or
    /// `data`. A GET request changes nothing.
    ///
    /// You also get this error if a list has more items than [`collect_all`](crate::Items::collect_all) may return: see
    /// [`is_too_many_items`](Self::is_too_many_items).
    Decode(Box<DecodeError>),
    /// An argument or a setter of the request is invalid. The client sent nothing.
    InvalidRequest(Box<InvalidRequest>),
    /// A setting of the client or of the call's options is not valid, there is no Tokio runtime, or the system has no random
    /// bytes. The client sent nothing, and the message is not the reason.
    Config(Box<ConfigError>),
}

impl Error {
    /// Whether the request took effect. The outcome covers all attempts of the call.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Api(error) => error.outcome(),
            Self::Transport(error) => error.outcome(),
            Self::Decode(error) => error.outcome(),
            Self::InvalidRequest(_) | Self::Config(_) => Outcome::NotApplied,
        }
    }

    /// Who or what has to change. The advice is [`Advice::Unknown`] if the outcome is not certain. For what your program does next,
    /// see [`next_step`](Self::next_step).
    #[must_use]
    pub fn advice(&self) -> Advice {
        match self {
            Self::Api(error) => error.advice(),
            Self::Transport(error) => error.advice(),
            Self::InvalidRequest(_) => Advice::FixMessage,
            Self::Config(_) => Advice::StopAccount,
            Self::Decode(_) => Advice::Unknown,
        }
    }

    /// The server's error response, if the call failed because of this response.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// The response that the error is about, if it is complete.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Api(error) => Some(error.answer()),
            Self::Decode(error) => Some(error.answer()),
            Self::Transport(_) | Self::InvalidRequest(_) | Self::Config(_) => None,
        }
    }

    /// The id of the accepted message, if the client found the id in a response that it could not decode.
    #[must_use]
    pub fn message_id(&self) -> Option<String> {
        match self {
            Self::Decode(error) => error.message_id(),
            Self::Transport(error) => error.message_id(),
            Self::Api(_) | Self::InvalidRequest(_) | Self::Config(_) => None,
        }
    }

    /// The HTTP status of the attempt that the error is about, if at least the headers of a response came. The error is about the
    /// last attempt, unless an earlier attempt proves that the request took effect.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Transport(error) => error.status(),
            other => other.answer().map(Answer::status),
        }
    }

    /// The request id that Telnyx's support needs, if the response has it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Transport(error) => error.request_id(),
            other => other.answer()?.request_id(),
        }
    }

    /// Telnyx's code of the first error in the response.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.as_api()?.code()
    }

    /// The wait that the server asks for before a retry.
    ///
    /// The client does not wait if the wait is longer than [`Backoff::longest_asked`](crate::Backoff::longest_asked) or than the
    /// rest of the call's timeout.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Transport(error) => error.retry_after(),
            other => other.answer()?.retry_after(),
        }
    }

    /// The idempotency key of the request. Keep the key to send the request again later.
    ///
    /// For 24 hours, you can send the same request again with this key, and Telnyx accepts it only once.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.effort()?.idempotency_key.as_deref()
    }

    /// The number of attempts, including attempts that could not connect; 0 if the request was invalid.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.effort().map_or(0, |effort| effort.attempts)
    }

    /// The duration of the call, including retries and waits.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.effort()
            .map_or(Duration::ZERO, |effort| effort.elapsed)
    }

    /// Whether a timeout ended the call: while connecting, in an attempt, for the whole call, or by a status 408.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        let is_late = matches!(self, Self::Transport(error) if error.is_timeout());
        is_late || self.has_status(StatusCode::REQUEST_TIMEOUT)
    }

    /// Whether the client would have retried, but its [`RetryBudget`](crate::RetryBudget) was empty.
    #[must_use]
    pub fn is_out_of_retry_budget(&self) -> bool {
        self.effort().is_some_and(|effort| effort.is_out_of_budget)
    }

    /// Whether the client could not connect: name resolution, connection, proxy or TLS handshake failed. The result is also
    /// `true` if the client rejected the server's certificate.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }

    /// Whether a list has more items than [`collect_all`](crate::Items::collect_all) may return.
    #[must_use]
    pub fn is_too_many_items(&self) -> bool {
        matches!(self, Self::Decode(error) if error.is_too_many_items())
    }

    /// Whether a rate limit ended the call. Either the server responded with 429, or the call sent nothing because its turn
    /// would have come too late.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        let is_held = matches!(self, Self::Transport(error) if error.is_rate_limited());
        is_held || self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the API key is wrong: status 401.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// Whether the API key lacks permission: code 10010, or status 403 without a code that [`ErrorCode`] has a constant for.
    ///
    /// If [`ErrorCode`] has a constant for the code of a 403, the reason is another one, such as an opt-out of the recipient
    /// (40300).
    #[must_use]
    pub fn is_permission(&self) -> bool {
        match self.code().filter(|code| code.is_known()) {
            Some(code) => *code == ErrorCode::AUTHORIZATION_FAILED,
            None => self.has_status(StatusCode::FORBIDDEN),
        }
    }

    /// Whether a resource that the request names does not exist: status 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
    }

    /// Whether to give up, because the same request fails again, unless a recipient who opted out opts in again. The
    /// [`advice`](Self::advice) is [`Advice::DropRecipient`] or [`Advice::FixMessage`], so the [`next_step`](Self::next_step) is
    /// [`NextStep::GiveUp`].
    ///
    /// If the method returns `false`, the same request may still fail again. The code may be unknown or missing, or the outcome may
    /// be uncertain.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(self.advice(), Advice::DropRecipient | Advice::FixMessage)
    }

    /// Whether the server failed: a status of 500 or more.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_server_error())
    }

    /// Whether the same request may succeed later, without any change.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Api(_) => self.is_server_error() || self.is_rate_limited() || self.is_timeout(),
            Self::Transport(error) => error.may_pass(),
            Self::Decode(_) | Self::InvalidRequest(_) | Self::Config(_) => false,
        }
    }

    fn has_status(&self, status: StatusCode) -> bool {
        self.status() == Some(status)
    }

    fn effort(&self) -> Option<&Effort> {
        match self {
            Self::Transport(error) => Some(error.effort()),
            other => other.answer().map(|answer| &answer.effort),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return told::with_causes(self, f);
        }
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::InvalidRequest(error) => error.fmt(f),
            Self::Config(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        told::with_causes(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Api(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::InvalidRequest(error) => error.source(),
            Self::Config(error) => error.source(),
        }
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::Transport(Box::new(error))
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(Box::new(error))
    }
}

impl From<InvalidRequest> for Error {
    fn from(error: InvalidRequest) -> Self {
        Self::InvalidRequest(Box::new(error))
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_two_words_large() {
        assert_eq!(size_of::<Error>(), 2 * size_of::<usize>());
    }

    #[test]
    fn main_prints_what_is_wrong_and_its_cause() {
        let error = ConfigError::new("no API key: set the environment variable TELNYX_API_KEY");
        let error = Error::from(error.caused_by("not there"));
        let whole = "no API key: set the environment variable TELNYX_API_KEY: not there";
        assert_eq!(format!("{error:?}"), whole);
        assert_eq!(format!("{error:#}"), whole);
        assert_eq!(whole.strip_prefix(&error.to_string()), Some(": not there"));
    }

    #[test]
    fn only_a_403_about_the_key_is_about_a_permission() {
        for (status, body, expected) in [
            (403, r#"{"errors":[{"code":"10010"}]}"#, true),
            (422, r#"{"errors":[{"code":"10010"}]}"#, true),
            (403, r#"{"errors":[{"code":"99999"}]}"#, true),
            (403, "<html>", true),
            (403, r#"{"errors":[{"code":"40300"}]}"#, false),
            (403, r#"{"code":"10015"}"#, false),
            (401, "", false),
        ] {
            let error = Error::from(ApiError::new(Answer {
                status: StatusCode::from_u16(status).unwrap(),
                headers: Default::default(),
                body: body.into(),
                effort: Effort::default(),
            }));
            assert_eq!(error.is_permission(), expected, "{status} {body}");
        }
    }

    #[test]
    fn a_wrong_setting_stops_the_account() {
        let error = Error::from(ConfigError::new("no API key"));
        assert_eq!(error.advice(), Advice::StopAccount);
        assert_eq!(error.next_step(), NextStep::Pause);
    }

    #[test]
    fn an_error_can_go_to_another_thread() {
        fn takes<E: Send + Sync + 'static>() {}
        takes::<Error>();
    }
}
