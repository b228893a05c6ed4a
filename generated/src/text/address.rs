//! The format of phone numbers and senders.

use std::fmt;

/// Whether `text` has the format of E.164: `+`, then 2 to 15 digits that do not start with 0.
///
/// The format does not prove that the number exists or is valid in its country. A crate that parses phone numbers can check more,
/// and can convert national numbers.
#[must_use]
pub fn is_e164(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else {
        return false;
    };
    (2..=15).contains(&digits.len()) && !digits.starts_with('0') && is_number(digits)
}

/// The kind of a sender: phone number, short code or name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SenderKind {
    /// A phone number in E.164: see [`is_e164`].
    PhoneNumber,
    /// A short code: 3 to 8 digits. US and Canadian short codes have 5 or 6 digits.
    ShortCode,
    /// A name of 1 to 11 ASCII letters, digits and spaces, with at least one letter.
    ///
    /// Nobody can reply to a name, and the US, Canada and Puerto Rico do not accept a name as the sender.
    Alphanumeric,
}

impl SenderKind {
    /// The kind of sender that `text` is. `None` if `text` is not a sender.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        if is_e164(text) {
            Some(Self::PhoneNumber)
        } else if is_number(text) {
            (3..=8).contains(&text.len()).then_some(Self::ShortCode)
        } else {
            is_name(text).then_some(Self::Alphanumeric)
        }
    }

    /// The kind as a word: `phone_number`, `short_code` or `alphanumeric`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PhoneNumber => "phone_number",
            Self::ShortCode => "short_code",
            Self::Alphanumeric => "alphanumeric",
        }
    }
}

impl fmt::Display for SenderKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_name(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b' ';
    text.len() <= 11
        && text.bytes().all(is_allowed)
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_e164_has_a_plus_and_at_most_15_digits() {
        for number in ["+13125550001", "+15", "+123456789012345"] {
            assert!(is_e164(number), "{number}");
        }
        for other in [
            "",
            "+",
            "+1",
            "13125550001",
            "+03125550001",
            "+1234567890123456",
            "+1 312 555 0001",
            "+1312555000x",
            "++13125550001",
            "+١٢٣٤٥",
        ] {
            assert!(!is_e164(other), "{other}");
        }
    }

    #[test]
    fn a_sender_is_a_number_a_short_code_or_a_name() {
        for (text, kind) in [
            ("+13125550000", Some(SenderKind::PhoneNumber)),
            ("12345", Some(SenderKind::ShortCode)),
            ("12", None),
            ("123456789", None),
            ("ACME", Some(SenderKind::Alphanumeric)),
            ("Acme 24", Some(SenderKind::Alphanumeric)),
            ("7", None),
            ("a", Some(SenderKind::Alphanumeric)),
            ("ABCDEFGHIJK", Some(SenderKind::Alphanumeric)),
            ("ABCDEFGHIJKL", None),
            ("Acme!", None),
            ("Ácme", None),
            (" ", None),
            ("", None),
        ] {
            assert_eq!(SenderKind::of(text), kind, "{text}");
        }
        let words = ["+13125550000", "12345", "ACME"].map(|text| SenderKind::of(text).unwrap());
        let words = words.map(|kind| kind.to_string());
        assert_eq!(words, ["phone_number", "short_code", "alphanumeric"]);
    }
}
