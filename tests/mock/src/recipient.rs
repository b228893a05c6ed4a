//! Recipients with their own behaviour.

use std::collections::BTreeMap;
use std::str::FromStr;

/// What happens to messages to a phone number, a short code or a WhatsApp user.
///
/// The numbers +15005550101 to +15005550109 have one behaviour each. Messages to any other recipient arrive, unless you set its
/// behaviour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Recipient {
    /// Messages arrive.
    #[default]
    Delivered,
    /// A landline: delivery fails with error code 40001.
    Landline,
    /// The mock refuses messages with error code 40300, as after the recipient sent STOP.
    Blocked,
    /// The mock refuses messages with error code 40318.
    QueueFull,
    /// The carrier accepts messages, but never reports their final status.
    Silent,
    /// Messages stay in the queue, and expire there after 4 hours with error code 40014.
    Stuck,
    /// Messages arrive, and the recipient replies `You said: …`.
    Answers,
    /// Messages arrive, and the recipient replies `STOP`.
    AnswersStop,
    /// Messages arrive. If they are WhatsApp or RCS messages, the recipient reads them.
    Reads,
}

const NAMES: [(&str, &str, Recipient); 9] = [
    ("+15005550101", "delivered", Recipient::Delivered),
    ("+15005550102", "landline", Recipient::Landline),
    ("+15005550103", "blocked", Recipient::Blocked),
    ("+15005550104", "queue-full", Recipient::QueueFull),
    ("+15005550105", "silent", Recipient::Silent),
    ("+15005550106", "stuck", Recipient::Stuck),
    ("+15005550107", "answers", Recipient::Answers),
    ("+15005550108", "answers-stop", Recipient::AnswersStop),
    ("+15005550109", "reads", Recipient::Reads),
];

/// Reads the name in lower case: `landline`, `queue-full`, `answers-stop`.
impl FromStr for Recipient {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = NAMES.iter().find(|(_, name, _)| *name == text);
        let named = named.map(|(_, _, recipient)| *recipient);
        named.ok_or_else(|| format!("`{text}` is not a kind of recipient"))
    }
}

/// What is set for recipients, over what the reserved numbers mean.
#[derive(Debug, Default)]
pub(crate) struct Recipients(BTreeMap<String, Recipient>);

impl Recipients {
    pub(crate) fn set(&mut self, address: String, recipient: Recipient) {
        self.0.insert(address, recipient);
    }

    /// How many recipients have a behaviour that was set.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn has(&self, address: &str) -> bool {
        self.0.contains_key(address)
    }

    pub(crate) fn of(&self, address: &str) -> Recipient {
        let reserved = || NAMES.iter().find(|(number, _, _)| *number == address);
        let set = self.0.get(address).copied();
        set.or_else(|| reserved().map(|(_, _, recipient)| *recipient))
            .unwrap_or_default()
    }
}
