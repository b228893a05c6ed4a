//! Decides who may send messages, and to whom.

use telnyx_messaging::text::SenderKind;

/// What a message is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sender {
    /// A number in E.164.
    Number,
    /// 5 or 6 digits.
    ShortCode,
    /// A name, to which nobody can reply.
    Name,
}

/// Numbers with +1 that belong neither to the US nor to Canada nor to Puerto Rico: these area codes of the Caribbean.
const ELSEWHERE: [&str; 21] = [
    "242", "246", "264", "268", "284", "345", "441", "473", "649", "658", "664", "721", "758",
    "767", "784", "809", "829", "849", "868", "869", "876",
];

impl Sender {
    /// What kind of sender it is; `None` if it is none.
    pub(crate) fn of(text: &str) -> Option<Self> {
        match SenderKind::of(text)? {
            SenderKind::PhoneNumber if is_e164(text) => Some(Self::Number),
            SenderKind::ShortCode if (5..=6).contains(&text.len()) => Some(Self::ShortCode),
            SenderKind::Alphanumeric => Some(Self::Name),
            _ => None,
        }
    }
}

/// Whether a message can go to `text`: a number in E.164 or a short code.
pub(crate) fn is_address(text: &str) -> bool {
    matches!(Sender::of(text), Some(Sender::Number | Sender::ShortCode))
}

/// WhatsApp's id of a person who hides the number, such as `US.13491208655302741918`. Telnyx shows the form by an example only.
pub(crate) fn is_whatsapp_id(text: &str) -> bool {
    text.split_once('.').is_some_and(|(country, id)| {
        let is_country = country.len() == 2 && country.bytes().all(|one| one.is_ascii_uppercase());
        is_country && !id.is_empty() && id.bytes().all(|one| one.is_ascii_alphanumeric())
    })
}

/// Whether a message can go to `text`, over any channel.
pub(crate) fn is_recipient(text: &str) -> bool {
    is_address(text) || is_whatsapp_id(text)
}

/// Whether it is a number of the US, Canada or Puerto Rico. Carriers there take group messages, and no messages from a name.
pub(crate) fn is_in_us_canada_or_puerto_rico(phone_number: &str) -> bool {
    let national = phone_number.strip_prefix("+1");
    national.is_some_and(|number| !ELSEWHERE.iter().any(|area| number.starts_with(area)))
}

/// A number with at least seven digits: no shorter one receives messages.
pub(crate) fn is_e164(text: &str) -> bool {
    telnyx_messaging::text::is_e164(text) && text.len() > 7
}
