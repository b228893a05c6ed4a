//! The words with which a recipient opts out or opts in again, or asks for help.

use std::fmt;

/// A word that Telnyx handles if it is the whole text of a received message.
///
/// For a received message, call `InboundMessage::opt_out_keyword`. `opt_out_keyword` returns the keyword that Telnyx recognized,
/// even if a messaging profile defines its own words. [`of`](Self::of) is for tests, and for programs that have the text of a
/// message, but not the webhook. For a toll-free number, the carriers handle STOP.
///
/// Source: <https://developers.telnyx.com/docs/messaging/messages/advanced-opt-in-out>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OptOutKeyword {
    /// STOP, STOPALL, STOP ALL, UNSUBSCRIBE, CANCEL, END or QUIT: the recipient blocks the messaging profile.
    Stop,
    /// START or UNSTOP: the recipient lifts the block.
    Start,
    /// HELP: Telnyx replies with a help text.
    Help,
}

impl OptOutKeyword {
    /// Returns the keyword if `text` is exactly one of its words, in upper or lower case. Returns `None` for any other text, such
    /// as `please stop`, which blocks nobody.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let (_, keyword) = WORDS
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(text))?;
        Some(*keyword)
    }

    /// The keyword as `autoresponse_type` contains it: `STOP`, `START` or `HELP`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stop => "STOP",
            Self::Start => "START",
            Self::Help => "HELP",
        }
    }

    /// The keyword with this [`as_str`](Self::as_str).
    #[allow(dead_code, reason = "a document may have no received message")]
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let mut keywords = [Self::Stop, Self::Start, Self::Help].into_iter();
        keywords.find(|keyword| keyword.as_str() == word)
    }
}

impl fmt::Display for OptOutKeyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

const WORDS: [(&str, OptOutKeyword); 10] = [
    ("STOP", OptOutKeyword::Stop),
    ("STOPALL", OptOutKeyword::Stop),
    ("STOP ALL", OptOutKeyword::Stop),
    ("UNSUBSCRIBE", OptOutKeyword::Stop),
    ("CANCEL", OptOutKeyword::Stop),
    ("END", OptOutKeyword::Stop),
    ("QUIT", OptOutKeyword::Stop),
    ("START", OptOutKeyword::Start),
    ("UNSTOP", OptOutKeyword::Start),
    ("HELP", OptOutKeyword::Help),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_in_any_case() {
        for (word, keyword) in WORDS {
            assert_eq!(OptOutKeyword::of(word), Some(keyword));
            assert_eq!(OptOutKeyword::of(&word.to_lowercase()), Some(keyword));
        }
        assert_eq!(OptOutKeyword::of("sToP aLl"), Some(OptOutKeyword::Stop));
    }

    #[test]
    fn a_word_counts_only_as_the_whole_message() {
        for text in [
            "",
            "please stop",
            "STOP.",
            "STOP  ALL",
            "STOPP",
            "ſTOP",
            "YES",
            "INFO",
        ] {
            assert_eq!(OptOutKeyword::of(text), None, "{text}");
        }
    }
}
