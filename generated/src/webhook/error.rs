//! The reasons why a webhook is rejected.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::JsonError;

/// The reason why a webhook was rejected. Each variant says what to check.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The request lacks a header that Telnyx always sends.
    #[non_exhaustive]
    MissingHeader {
        /// Its name.
        name: &'static str,
    },
    /// The timestamp is not a number of seconds.
    MalformedTimestamp,
    /// The signature is not 64 bytes in base64.
    MalformedSignature,
    /// The signature matches none of the public keys.
    WrongSignature,
    /// The signature matches, but the signed time is too old.
    #[non_exhaustive]
    TooOld {
        /// How long ago.
        age: Duration,
    },
    /// The signature matches, but its time is further in the future than the tolerance allows.
    #[non_exhaustive]
    FromTheFuture {
        /// How much later.
        ahead: Duration,
    },
    /// The signature matches, but the body is not JSON.
    NotJson(JsonError),
}

impl WebhookError {
    /// The status to respond with: 400 if the request is not a webhook of Telnyx, 403 if you cannot trust the request.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::MissingHeader { .. }
            | Self::MalformedTimestamp
            | Self::MalformedSignature
            | Self::NotJson(_) => StatusCode::BAD_REQUEST,
            Self::WrongSignature | Self::TooOld { .. } | Self::FromTheFuture { .. } => {
                StatusCode::FORBIDDEN
            }
        }
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHeader { name } => write!(
                f,
                "the header `{name}` is missing: Telnyx did not send this, or a proxy removed it"
            ),
            Self::MalformedTimestamp => f.write_str(
                "the header `telnyx-timestamp` is not a number of seconds: Telnyx did not send this, or a proxy changed it",
            ),
            Self::MalformedSignature => f.write_str(
                "the header `telnyx-signature-ed25519` is not the base64 of 64 bytes: Telnyx did not send this, or a \
                 proxy changed it",
            ),
            Self::WrongSignature => f.write_str(
                "the signature does not match: check that the public key is this account's, and that you verify \
                 the original bytes of the body, before anything parses it",
            ),
            Self::TooOld { age } => write!(
                f,
                "the webhook was signed {} s ago: it is a replay, or this machine's clock is fast",
                age.as_secs()
            ),
            Self::FromTheFuture { ahead } => write!(
                f,
                "the webhook is signed {} s ahead of now: this machine's clock is slow",
                ahead.as_secs()
            ),
            Self::NotJson(error) => write!(
                f,
                "the signature matches, but the body is not JSON: tell Telnyx's support ({error})"
            ),
        }
    }
}

impl std::error::Error for WebhookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotJson(error) => Some(error),
            _ => None,
        }
    }
}
