//! What the values of messages mean: which of two statuses is later, and which keyword Telnyx handled.

use crate::text::OptOutKeyword;
use crate::types::{DeliveryStatus, InboundMessage};

impl InboundMessage {
    /// The opt-out keyword that Telnyx recognized, according to `autoresponse_type`. `None` if `autoresponse_type` is absent, or
    /// if it is not one of `STOP`, `START` and `HELP`.
    ///
    /// The message's text may be another word for the keyword, such as `QUIT` for [`OptOutKeyword::Stop`].
    ///
    /// ```
    /// use telnyx_messaging::text::OptOutKeyword;
    /// use telnyx_messaging::types::InboundMessage;
    ///
    /// fn has_opted_out(message: &InboundMessage) -> bool {
    ///     message.opt_out_keyword() == Some(OptOutKeyword::Stop)
    /// }
    /// ```
    #[must_use]
    pub fn opt_out_keyword(&self) -> Option<OptOutKeyword> {
        OptOutKeyword::from_word(self.autoresponse_type.as_deref()?)
    }
}

impl DeliveryStatus {
    /// Whether this status usually ends a delivery. `false` for a status unknown to this version.
    ///
    /// A late report can still change the status: `delivery_unconfirmed` may become `delivered`, and `delivered` may become
    /// `read`.
    #[must_use]
    pub fn is_final(&self) -> bool {
        Stage::of(self) >= Stage::Unconfirmed
    }

    /// Whether this status is later than `from`. Events can come twice and in any order. If you store a new status only when this
    /// method returns `true`, the order of the events makes no difference.
    ///
    /// ```
    /// use telnyx_messaging::types::DeliveryStatus;
    ///
    /// assert!(DeliveryStatus::Delivered.advances(&DeliveryStatus::Sent));
    /// assert!(!DeliveryStatus::Sent.advances(&DeliveryStatus::Delivered));
    /// ```
    #[must_use]
    pub fn advances(&self, from: &Self) -> bool {
        progress(self) > progress(from)
    }
}

/// How far a delivery is, and the text of its status to tell apart two that are equally far.
fn progress(status: &DeliveryStatus) -> (Stage, &str) {
    (Stage::of(status), status.as_str())
}

/// The stages of a delivery in their order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Scheduled,
    Queued,
    Sending,
    Sent,
    /// A status that is unknown to this version, or that belongs to inbound messages. Such a status counts as later than the
    /// known stages, but not as final.
    Unknown,
    /// The carrier sent no delivery report in time, but may still send one.
    Unconfirmed,
    Failed,
    Delivered,
    /// The message arrived, and the recipient has opened it.
    Read,
}

impl Stage {
    fn of(status: &DeliveryStatus) -> Self {
        match status {
            DeliveryStatus::Scheduled => Self::Scheduled,
            DeliveryStatus::Queued => Self::Queued,
            DeliveryStatus::Sending => Self::Sending,
            DeliveryStatus::Sent => Self::Sent,
            DeliveryStatus::DeliveryUnconfirmed => Self::Unconfirmed,
            DeliveryStatus::Cancelled
            | DeliveryStatus::DeliveryFailed
            | DeliveryStatus::Expired
            | DeliveryStatus::SendingFailed => Self::Failed,
            DeliveryStatus::Delivered => Self::Delivered,
            DeliveryStatus::Read => Self::Read,
            // All named, so that a new status does not compile until somebody says how far it is.
            DeliveryStatus::Received
            | DeliveryStatus::WebhookDelivered
            | DeliveryStatus::Unrecognized(_) => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyword_is_what_telnyx_did_and_not_the_text() {
        let keyword = |autoresponse_type: &str, text: &str| {
            let message = serde_json::json!({
                "id": "m-1", "autoresponse_type": autoresponse_type, "text": text,
            });
            let message: InboundMessage = serde_json::from_value(message).unwrap();
            message.opt_out_keyword()
        };
        for (autoresponse_type, expected) in [
            ("STOP", OptOutKeyword::Stop),
            ("START", OptOutKeyword::Start),
            ("HELP", OptOutKeyword::Help),
        ] {
            assert_eq!(keyword(autoresponse_type, "quit"), Some(expected));
            assert_eq!(expected.to_string(), autoresponse_type);
        }
        assert_eq!(keyword("new", "STOP"), None);
        let message: InboundMessage =
            serde_json::from_str(r#"{"id": "m-1", "text": "STOP"}"#).unwrap();
        assert_eq!(message.opt_out_keyword(), None);
    }

    #[test]
    fn statuses_advance_in_one_order() {
        let order = [
            "scheduled",
            "queued",
            "sending",
            "sent",
            "held_by_carrier",
            "delivery_unconfirmed",
            "delivery_failed",
            "delivered",
            "read",
        ];
        let order = order.map(DeliveryStatus::from);
        for (index, status) in order.iter().enumerate() {
            for (other_index, other) in order.iter().enumerate() {
                assert_eq!(
                    status.advances(other),
                    index > other_index,
                    "{status} {other}"
                );
            }
            assert_eq!(status.is_final(), index > 4, "{status}");
        }
    }
}
