//! Telnyx's error codes.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

use crate::lenient;
use crate::open_enum::text_traits;

/// A code of Telnyx's catalogue, as it came: `10015`.
///
/// The constants name the codes a messaging application meets; any other code is one too. Codes of the 40000s come in
/// the errors of a delivery, the others in answers. Telnyx writes a code as a string or as a number; it is written back as
/// a string.
/// Source: developers.telnyx.com/data/api-errors.json.
///
/// ```
/// use telnyx_messaging::ErrorCode;
/// use telnyx_messaging::types::OutboundMessage;
///
/// fn is_landline(message: &OutboundMessage) -> bool {
///     let mut codes = message.errors.iter().filter_map(|error| error.code.as_ref());
///     codes.any(|code| *code == ErrorCode::NOT_ROUTABLE)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ErrorCode(Cow<'static, str>);

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal;)+) => {
        impl ErrorCode {
            $($(#[doc = $doc])+ pub const $name: Self = Self(Cow::Borrowed($code));)+
        }
    };
}

codes! {
    /// 10001: the phone number is not active.
    INACTIVE_PHONE_NUMBER = "10001";
    /// 10002: the phone number is not valid.
    INVALID_PHONE_NUMBER = "10002";
    /// 10003: the URL is not valid.
    INVALID_URL = "10003";
    /// 10004: a required parameter is missing.
    MISSING_REQUIRED_PARAMETER = "10004";
    /// 10005: what the request names does not exist.
    RESOURCE_NOT_FOUND = "10005";
    /// 10006: the id is not valid.
    INVALID_ID = "10006";
    /// 10007: something unexpected happened on the server.
    UNEXPECTED_ERROR = "10007";
    /// 10008: the request took too long.
    REQUEST_TIMEOUT = "10008";
    /// 10009: the key is wrong.
    AUTHENTICATION_FAILED = "10009";
    /// 10010: the key may not do this.
    AUTHORIZATION_FAILED = "10010";
    /// 10011: too many requests.
    TOO_MANY_REQUESTS = "10011";
    /// 10012: it exists already.
    DUPLICATE_RESOURCE = "10012";
    /// 10013: an association is missing.
    MISSING_ASSOCIATION = "10013";
    /// 10014: the media type is not supported.
    UNSUPPORTED_MEDIA_TYPE = "10014";
    /// 10015: the request is wrong.
    BAD_REQUEST = "10015";
    /// 10016: the phone number is not in +E.164 form.
    NOT_E164 = "10016";
    /// 10017: what the request refers to does not exist.
    ASSOCIATED_RESOURCE_NOT_FOUND = "10017";
    /// 10018: the sort direction is not valid.
    INVALID_SORT_DIRECTION = "10018";
    /// 10019: the e-mail address is not valid.
    INVALID_EMAIL = "10019";
    /// 10020: the resource type is not valid.
    INVALID_RESOURCE_TYPE = "10020";
    /// 10021: it is in use.
    RESOURCE_IN_USE = "10021";
    /// 10022: one or more ids are not valid.
    INVALID_IDS = "10022";
    /// 10023: the body is not JSON.
    INVALID_JSON = "10023";
    /// 10027: the idempotency key was used for another request.
    IDEMPOTENCY_KEY_REUSED = "10027";
    /// 10036: a request with this idempotency key is still in progress.
    IDEMPOTENCY_KEY_IN_PROGRESS = "10036";
    /// 40001: the number cannot be reached; often a landline.
    NOT_ROUTABLE = "40001";
    /// 40002: blocked as spam, for a time.
    BLOCKED_AS_SPAM_TEMPORARY = "40002";
    /// 40003: blocked as spam, for good.
    BLOCKED_AS_SPAM_PERMANENT = "40003";
    /// 40004: the recipient's network refused the message.
    REJECTED_BY_DESTINATION = "40004";
    /// 40005: the message expired on its way.
    EXPIRED_IN_TRANSMISSION = "40005";
    /// 40006: the recipient's server is not available.
    RECIPIENT_SERVER_UNAVAILABLE = "40006";
    /// 40007: the message went in a loop.
    LOOP_DETECTED = "40007";
    /// 40008: the message could not be delivered.
    UNDELIVERABLE = "40008";
    /// 40009: the message's body is not valid.
    INVALID_BODY = "40009";
    /// 40011: the next network takes no more messages at the moment.
    UPSTREAM_RATE_LIMIT = "40011";
    /// 40012: the recipient's number is not valid.
    INVALID_DESTINATION_NUMBER = "40012";
    /// 40013: the sender's number is not valid.
    INVALID_SOURCE_NUMBER = "40013";
    /// 40014: the message expired before it was sent.
    EXPIRED_IN_QUEUE = "40014";
    /// 40015: Telnyx's own filter took the message for spam.
    INTERNAL_SPAM_FILTER = "40015";
    /// 40318: the queue is full.
    QUEUE_FULL = "40318";
}

impl ErrorCode {
    /// The code as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ErrorCode {
    fn from(code: &str) -> Self {
        Self(Cow::Owned(code.to_owned()))
    }
}

text_traits!(ErrorCode);

impl<'de> Deserialize<'de> for ErrorCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::text::<D, String>(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_came_equals_its_constant() {
        assert_eq!(ErrorCode::from("10015"), ErrorCode::BAD_REQUEST);
        assert_eq!(ErrorCode::BAD_REQUEST, "10015");
    }

    #[test]
    fn a_code_is_a_string_or_a_number_and_written_as_a_string() {
        for json in [r#""40001""#, "40001"] {
            let code: ErrorCode = serde_json::from_str(json).unwrap();
            assert_eq!(code, ErrorCode::NOT_ROUTABLE);
            assert_eq!(serde_json::to_string(&code).unwrap(), r#""40001""#);
        }
        serde_json::from_str::<ErrorCode>("{}").unwrap_err();
    }

    #[test]
    fn a_code_without_a_name_is_kept() {
        assert_eq!(ErrorCode::from("99999").to_string(), "99999");
    }
}
