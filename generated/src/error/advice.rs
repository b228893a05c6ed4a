//! What must be fixed after an error, and who can fix it.

use http::StatusCode;

use super::ErrorCode;
use crate::stored::stored_enum;

stored_enum! {
    /// Who or what has to change after Telnyx refused a message, or accepted it and could not deliver it.
    ///
    /// The advice depends on Telnyx's code and on where the code occurs. [`ApiError::advice`](crate::ApiError::advice) is about a
    /// request that Telnyx refused. The `advice()` of an error in a delivery report is about a message that Telnyx accepted. The
    /// project's `spec/errors.yaml` lists what Telnyx's pages say about each code.
    ///
    /// For what your program does next, see [`NextStep`](crate::NextStep).
    ///
    /// If you follow the advice, you never send a recipient the same message twice. If the outcome of an error is not certain,
    /// its advice is [`Unknown`](Self::Unknown).
    ///
    /// ```
    /// use telnyx_messaging::{Advice, Error};
    ///
    /// fn is_off_the_list(error: &Error) -> bool {
    ///     error.advice() == Advice::DropRecipient
    /// }
    /// ```
    #[non_exhaustive]
    pub enum Advice {
        /// Send the same request again later, with the same idempotency key. Telnyx refused the request for a temporary reason, or
        /// the request did not reach Telnyx.
        LaterSameKey = "later_same_key",
        /// Send the message again later, as a new request with a new idempotency key. Telnyx accepted the message, and the
        /// delivery failed for a temporary reason. With the old key, Telnyx would only repeat its first response.
        LaterNewKey = "later_new_key",
        /// A setting of the messaging profile or the account does not allow this recipient, for example a country that is not on
        /// the profile's list. Change the setting, or do not send to this recipient. Other recipients can still be reached, so
        /// neither pause the sender nor shorten your list because of this error.
        AllowRecipient = "allow_recipient",
        /// Stop sending to this recipient, who opted out or whose number cannot be reached.
        DropRecipient = "drop_recipient",
        /// Change the request. Telnyx does not accept the request's text, recipient or another parameter.
        FixMessage = "fix_message",
        /// Pause the sender (a number or a messaging profile) until somebody has changed its registration, settings, content or
        /// rate.
        StopSender = "stop_sender",
        /// Pause all sending until somebody has changed the account, its API key, or a setting of the client, such as its base URL or
        /// proxy.
        StopAccount = "stop_account",
        /// No advice. The code is not known, Telnyx's pages contradict each other, or the outcome is not certain.
        Unknown = "unknown",
    }
}

impl Advice {
    /// The advice after a refusal with this code.
    pub(crate) fn after_refusal(code: Option<&ErrorCode>) -> Self {
        Self::of(code, Self::LaterSameKey)
    }

    /// The advice after a refusal whose code is missing or was cut off.
    pub(crate) fn by_status(status: StatusCode) -> Self {
        match status {
            StatusCode::TOO_MANY_REQUESTS => Self::LaterSameKey,
            StatusCode::UNAUTHORIZED | StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
                Self::StopAccount
            }
            _ => Self::Unknown,
        }
    }

    /// The advice after a delivery that failed with this code.
    #[allow(dead_code, reason = "a document may have no such error")]
    pub(crate) fn after_delivery(code: Option<&ErrorCode>) -> Self {
        Self::of(code, Self::LaterNewKey)
    }

    fn of(code: Option<&ErrorCode>, later: Self) -> Self {
        match code.map_or(Remedy::Unknown, ErrorCode::remedy) {
            Remedy::AllowRecipient => Self::AllowRecipient,
            Remedy::DropRecipient => Self::DropRecipient,
            Remedy::FixMessage => Self::FixMessage,
            Remedy::Later => later,
            Remedy::StopAccount => Self::StopAccount,
            Remedy::StopSender => Self::StopSender,
            Remedy::Unknown => Self::Unknown,
        }
    }
}

/// What the catalogue says of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the catalogue says what there is")]
pub(super) enum Remedy {
    AllowRecipient,
    DropRecipient,
    FixMessage,
    Later,
    StopAccount,
    StopSender,
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_needs_the_old_key_after_a_refusal_and_a_new_one_after_a_delivery() {
        let code = ErrorCode::QUEUE_FULL;
        assert_eq!(Advice::after_refusal(Some(&code)), Advice::LaterSameKey);
        assert_eq!(Advice::after_delivery(Some(&code)), Advice::LaterNewKey);
    }

    #[test]
    fn the_advice_of_any_other_code_is_the_same_in_both_places() {
        for code in [ErrorCode::BLOCKED_BY_STOP, ErrorCode::from("99999")] {
            let advice = Advice::after_refusal(Some(&code));
            assert_eq!(Advice::after_delivery(Some(&code)), advice);
        }
        assert_eq!(Advice::after_refusal(None), Advice::Unknown);
    }

    #[test]
    fn what_is_stored_is_read_again() {
        let json = serde_json::to_string(&Advice::StopSender).unwrap();
        assert_eq!(json, r#""stop_sender""#);
        assert_eq!(
            serde_json::from_str::<Advice>(&json).unwrap(),
            Advice::StopSender
        );
        assert_eq!(
            Advice::from_stored(Advice::StopSender.as_str()),
            Some(Advice::StopSender)
        );
        assert_eq!(Advice::from_stored("stop"), None);
        serde_json::from_str::<Advice>(r#""stop""#).unwrap_err();
    }
}
