//! Tracks the delivery of messages, in whatever order the events come.

mod delivery;
mod report;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use self::delivery::Delivery;
use self::report::Report;
use crate::object::object;
use crate::types::DeliveryStatus;

/// Combines the events of a message into one status for each recipient.
///
/// `message.sent` may arrive after `message.finalized`, and each event may arrive twice. The tracker only moves a status forward,
/// so the order of events makes no difference. You can also apply the message that a send, a retrieval or a cancellation
/// returned.
///
/// The tracker remembers messages in this process only. The tracker also remembers final messages, because a late `message.sent`
/// would otherwise look like a new message. [`with_capacity`](Self::with_capacity) sets the maximum number of messages. To keep
/// the statuses in your own table, store the changes that [`apply`](Self::apply) returns.
///
/// ```
/// use telnyx_messaging::types::OutboundMessage;
/// use telnyx_messaging::webhook::DeliveryTracker;
///
/// fn delivery_update(tracker: &mut DeliveryTracker, message: &OutboundMessage) {
///     for change in tracker.apply(message) {
///         println!("{} to {}: {}", message.id, change.phone_number, change.status);
///     }
/// }
///
/// // Once, when the program starts: as many messages as you send in a day.
/// let tracker = DeliveryTracker::with_capacity(100_000);
/// ```
///
/// With serde, you can save a tracker and restore it. Use a format that stores the names of fields, such as JSON.
#[derive(Clone, Debug)]
pub struct DeliveryTracker {
    capacity: Option<usize>,
    messages: HashMap<Arc<str>, Known>,
    /// The messages, in the order in which the tracker evicts them.
    turns: BTreeMap<Turn, Arc<str>>,
    changes: u64,
}

/// A recipient whose status has moved forward.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveryChange {
    /// The recipient.
    pub phone_number: String,
    /// The current delivery status.
    pub status: DeliveryStatus,
    /// Whether this status usually ends a delivery. A late report can still change the status: `delivery_unconfirmed` may become
    /// `delivered`, and `delivered` may become `read`.
    pub is_final: bool,
}

impl DeliveryTracker {
    /// An empty tracker that remembers each message until [`remove`](Self::remove), without a maximum.
    #[must_use]
    pub fn unbounded() -> Self {
        Self::empty(None)
    }

    /// An empty tracker that remembers up to `capacity` messages. A `capacity` of 0 counts as 1.
    ///
    /// A full tracker evicts a message whose status is final: the one that changed longest ago. If no status is final, the
    /// tracker evicts the message that changed longest ago. Events can arrive hours late, so `capacity` should be the number of
    /// messages that you send in that time.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self::empty(Some(capacity.max(1)))
    }

    fn empty(capacity: Option<usize>) -> Self {
        Self {
            capacity,
            messages: HashMap::new(),
            turns: BTreeMap::new(),
            changes: 0,
        }
    }

    /// Applies the statuses of a message to its recipients, including those in copy, and returns the recipients that changed.
    ///
    /// A recipient without a phone number or a status changes nothing, because the crate may have been unable to read that field.
    /// A message with such a recipient is not final until the recipient has a status. A received message changes nothing.
    pub fn apply(&mut self, message: &impl Delivery) -> Vec<DeliveryChange> {
        match message.report() {
            Some(report) if !report.recipients.is_empty() => self.advance(report),
            _ => Vec::new(),
        }
    }

    fn advance(&mut self, report: Report<'_>) -> Vec<DeliveryChange> {
        let (id, mut known) = self
            .messages
            .remove_entry(report.id)
            .unwrap_or_else(|| (Arc::from(report.id), Known::default()));
        let is_new = known.expected == 0;
        let changes = known.advance(report);
        self.turns.remove(&known.turn);
        if is_new || !changes.is_empty() {
            self.changes += 1;
            known.turn.change = self.changes;
        }
        known.turn.is_open = !known.is_final();
        self.remember(id, known);
        changes
    }

    /// The delivery status of a message for one recipient. `None` if the tracker does not know the message or the recipient.
    #[must_use]
    pub fn status(&self, message_id: &str, phone_number: &str) -> Option<&DeliveryStatus> {
        let known = self.messages.get(message_id)?;
        known.recipients.get(phone_number)?.as_ref()
    }

    /// The phone numbers of a message's recipients, each with its delivery status, in any order. The iterator omits recipients
    /// without a known status, and is empty for an unknown message.
    pub fn recipients<'a>(
        &'a self,
        message_id: &str,
    ) -> impl Iterator<Item = (&'a str, &'a DeliveryStatus)> + use<'a> {
        let known = self.messages.get(message_id).into_iter();
        let recipients = known.flat_map(|known| &known.recipients);
        recipients.filter_map(|(phone_number, status)| Some((&**phone_number, status.as_ref()?)))
    }

    /// Whether every known recipient has a status that usually ends a delivery. `false` for an unknown message.
    ///
    /// A late report can still change the status: `delivery_unconfirmed` may become `delivered`, and `delivered` may become
    /// `read`.
    #[must_use]
    pub fn is_final(&self, message_id: &str) -> bool {
        self.messages.get(message_id).is_some_and(Known::is_final)
    }

    /// Forgets a message. A later event adds the message again with the status of that event, even if the status is old. Returns
    /// `false` if the message was unknown.
    pub fn remove(&mut self, message_id: &str) -> bool {
        let Some(known) = self.messages.remove(message_id) else {
            return false;
        };
        self.turns.remove(&known.turn);
        true
    }

    /// Makes room before it adds a message, so that the message that has just changed stays.
    fn remember(&mut self, id: Arc<str>, known: Known) {
        if self
            .capacity
            .is_some_and(|most| self.messages.len() >= most)
            && let Some((_, first)) = self.turns.pop_first()
        {
            self.messages.remove(&first);
        }
        self.turns.insert(known.turn, Arc::clone(&id));
        self.messages.insert(id, known);
    }
}

/// A stored tracker, with its messages in the order in which the tracker evicts them.
struct Stored {
    capacity: Option<usize>,
    messages: Vec<StoredMessage>,
}

struct StoredMessage {
    id: String,
    recipients: HashMap<String, Option<DeliveryStatus>>,
    expected: usize,
}

object! {
    impl Stored {
        const capacity: optional = "capacity";
        const messages: list = "messages";
    }
}

object! {
    impl StoredMessage {
        const id: required = "id";
        const recipients: required = "recipients";
        const expected: required = "expected";
    }
}

impl Serialize for DeliveryTracker {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Stored::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DeliveryTracker {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Stored::deserialize(deserializer).map(Self::from)
    }
}

impl From<&DeliveryTracker> for Stored {
    fn from(tracker: &DeliveryTracker) -> Self {
        let messages = tracker.turns.values().filter_map(|id| {
            let known = tracker.messages.get(id)?;
            Some(StoredMessage {
                id: id.as_ref().to_owned(),
                recipients: known.recipients.clone(),
                expected: known.expected,
            })
        });
        Self {
            capacity: tracker.capacity,
            messages: messages.collect(),
        }
    }
}

impl From<Stored> for DeliveryTracker {
    fn from(stored: Stored) -> Self {
        let mut tracker = Self::empty(stored.capacity.map(|most| most.max(1)));
        for message in stored.messages {
            tracker.remove(&message.id);
            tracker.changes += 1;
            let id: Arc<str> = message.id.into();
            let mut known = Known {
                recipients: message.recipients,
                expected: message.expected,
                turn: Turn::default(),
            };
            known.turn = Turn {
                is_open: !known.is_final(),
                change: tracker.changes,
            };
            tracker.remember(id, known);
        }
        tracker
    }
}

/// What the tracker knows about a message.
#[derive(Clone, Debug, Default)]
struct Known {
    /// The latest status of each recipient, if the recipient has one.
    recipients: HashMap<String, Option<DeliveryStatus>>,
    /// The maximum number of recipients in a report. Some recipients may have had no phone number.
    expected: usize,
    turn: Turn,
}

impl Known {
    fn advance(&mut self, report: Report<'_>) -> Vec<DeliveryChange> {
        let named: HashSet<_> = report.recipients.iter().filter_map(|(to, _)| *to).collect();
        let nameless = report.recipients.iter().filter(|(to, _)| to.is_none());
        self.expected = self.expected.max(named.len() + nameless.count());
        let mut changes = Vec::new();
        for (phone_number, status) in report.recipients {
            let Some(phone_number) = phone_number else {
                continue;
            };
            let known = self.recipients.entry(phone_number.to_owned()).or_default();
            let Some(status) = status else {
                continue;
            };
            if known.as_ref().is_none_or(|known| status.advances(known)) {
                *known = Some(status.clone());
                changes.push(DeliveryChange {
                    phone_number: phone_number.to_owned(),
                    is_final: status.is_final(),
                    status,
                });
            }
        }
        changes
    }

    fn is_final(&self) -> bool {
        let is_final = |status: &Option<DeliveryStatus>| {
            let status = status.as_ref();
            status.is_some_and(DeliveryStatus::is_final)
        };
        self.recipients.len() >= self.expected && self.recipients.values().all(is_final)
    }
}

/// The order of eviction: final messages first, then by their last change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Turn {
    is_open: bool,
    change: u64,
}
