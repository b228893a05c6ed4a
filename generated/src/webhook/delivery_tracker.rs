//! Tells how the delivery of messages stands, whatever order the events come in.

use std::collections::{BTreeMap, HashMap};

use crate::types::{DeliveryStatus, OutboundMessage, Recipient};

/// Folds what comes about messages into one status for each recipient.
///
/// `message.sent` may come after `message.finalized`, and either of them twice. A status only moves forward here, so any
/// order of the same events ends the same. What comes before an event counts too: the message that sending gave, or
/// that a retrieval gave.
///
/// It remembers each message until [`remove`](Self::remove), in this process only. The rule is the same for a table of
/// your own: keep what [`apply`](Self::apply) says has changed.
///
/// ```
/// use telnyx_messaging::types::OutboundMessage;
/// use telnyx_messaging::webhook::DeliveryTracker;
///
/// fn delivery_update(tracker: &mut DeliveryTracker, message: &OutboundMessage) {
///     for change in tracker.apply(message) {
///         println!("{} to {}: {}", message.id, change.phone_number, change.status);
///     }
///     if tracker.is_final(&message.id) {
///         tracker.remove(&message.id);
///     }
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct DeliveryTracker {
    messages: HashMap<String, BTreeMap<String, DeliveryStatus>>,
}

/// A recipient whose status has moved forward.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveryChange {
    /// The recipient.
    pub phone_number: String,
    /// How the delivery stands now.
    pub status: DeliveryStatus,
    /// Whether nothing more is to come.
    pub is_final: bool,
}

impl DeliveryTracker {
    /// Knows no message yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in what a message says about its recipients, those in copy included, and gives those it changed.
    pub fn apply(&mut self, message: &OutboundMessage) -> Vec<DeliveryChange> {
        let recipients = self.messages.entry(message.id.clone()).or_default();
        message
            .to
            .iter()
            .chain(&message.cc)
            .filter_map(|recipient| advance(recipients, recipient))
            .collect()
    }

    /// How the delivery of a message to a recipient stands.
    #[must_use]
    pub fn status(&self, message_id: &str, phone_number: &str) -> Option<&DeliveryStatus> {
        self.messages.get(message_id)?.get(phone_number)
    }

    /// Whether nothing more is to come for any recipient that was heard of; `false` for an unknown message.
    #[must_use]
    pub fn is_final(&self, message_id: &str) -> bool {
        self.messages
            .get(message_id)
            .is_some_and(|recipients| !recipients.is_empty() && recipients.values().all(is_final))
    }

    /// Forgets a message. An event that comes later makes it known anew.
    pub fn remove(&mut self, message_id: &str) {
        self.messages.remove(message_id);
    }
}

fn advance(
    recipients: &mut BTreeMap<String, DeliveryStatus>,
    recipient: &Recipient,
) -> Option<DeliveryChange> {
    let (phone_number, status) = (recipient.phone_number.as_ref()?, recipient.status.as_ref()?);
    if let Some(known) = recipients.get(phone_number)
        && progress(known) >= progress(status)
    {
        return None;
    }
    recipients.insert(phone_number.clone(), status.clone());
    Some(DeliveryChange {
        phone_number: phone_number.clone(),
        status: status.clone(),
        is_final: is_final(status),
    })
}

/// How far a delivery is, and the text of its status to tell apart two that are equally far.
fn progress(status: &DeliveryStatus) -> (Stage, &str) {
    (Stage::of(status), status.as_str())
}

fn is_final(status: &DeliveryStatus) -> bool {
    Stage::of(status) >= Stage::Unconfirmed
}

/// The stages of a delivery in their order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Scheduled,
    Queued,
    Sending,
    Sent,
    /// A status this version does not know: later than what it knows of the way, and no end.
    Unknown,
    /// The carrier gave no receipt in time; one may still come.
    Unconfirmed,
    Failed,
    Delivered,
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
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DeliveryTracker;
    use crate::types::{DeliveryStatus, OutboundMessage};

    fn message(id: &str, recipients: &[(&str, &str)]) -> OutboundMessage {
        let to: Vec<_> = recipients
            .iter()
            .map(|(phone_number, status)| {
                serde_json::json!({ "phone_number": phone_number, "status": status })
            })
            .collect();
        serde_json::from_value(serde_json::json!({ "id": id, "to": to })).unwrap()
    }

    #[test]
    fn any_order_of_the_same_statuses_ends_the_same() {
        let statuses = [
            "queued",
            "sent",
            "held_by_carrier",
            "expired",
            "delivery_failed",
        ];
        for first in statuses {
            for second in statuses {
                let (mut one, mut other) = (DeliveryTracker::new(), DeliveryTracker::new());
                one.apply(&message("m", &[("+1", first)]));
                one.apply(&message("m", &[("+1", second)]));
                other.apply(&message("m", &[("+1", second)]));
                other.apply(&message("m", &[("+1", first)]));
                assert_eq!(one.status("m", "+1"), other.status("m", "+1"));
            }
        }
    }

    #[test]
    fn a_status_moves_forward_only() {
        let mut tracker = DeliveryTracker::new();
        let order = [
            "queued",
            "sending",
            "sent",
            "delivery_unconfirmed",
            "delivered",
        ];
        for status in order {
            let changes = tracker.apply(&message("m", &[("+1", status)]));
            assert_eq!(changes.len(), 1, "{status}");
            assert_eq!(changes[0].status, status.into());
        }
        for status in order {
            assert_eq!(tracker.apply(&message("m", &[("+1", status)])), []);
        }
        assert_eq!(tracker.status("m", "+1"), Some(&DeliveryStatus::Delivered));
    }

    #[test]
    fn a_message_is_final_when_it_is_for_each_recipient() {
        let mut tracker = DeliveryTracker::new();
        assert!(!tracker.is_final("m"));
        tracker.apply(&message("m", &[("+1", "delivered"), ("+2", "sent")]));
        assert!(!tracker.is_final("m"));
        let changes = tracker.apply(&message(
            "m",
            &[("+1", "delivered"), ("+2", "sending_failed")],
        ));
        assert_eq!(changes.len(), 1);
        assert_eq!(
            (changes[0].phone_number.as_str(), changes[0].is_final),
            ("+2", true)
        );
        assert!(tracker.is_final("m"));
    }

    #[test]
    fn an_unknown_status_is_kept_and_no_end() {
        let mut tracker = DeliveryTracker::new();
        tracker.apply(&message("m", &[("+1", "held_by_carrier")]));
        assert_eq!(
            tracker.status("m", "+1").unwrap().as_str(),
            "held_by_carrier"
        );
        assert!(!tracker.is_final("m"));
    }

    #[test]
    fn messages_do_not_mix_and_can_be_forgotten() {
        let mut tracker = DeliveryTracker::new();
        tracker.apply(&message("m", &[("+1", "delivered")]));
        tracker.apply(&message("n", &[("+1", "queued")]));
        assert_eq!(tracker.status("n", "+1"), Some(&DeliveryStatus::Queued));
        tracker.remove("m");
        assert_eq!(tracker.status("m", "+1"), None);
    }

    #[test]
    fn a_recipient_in_copy_counts_and_one_without_a_number_does_not() {
        let json =
            r#"{"id":"m","cc":[{"phone_number":"+1","status":"sent"}],"to":[{"status":"sent"}]}"#;
        let changes = DeliveryTracker::new().apply(&serde_json::from_str(json).unwrap());
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].phone_number, "+1");
    }
}
