//! A webhook as it arrives, changed or not, and what to say to it.

use crate::telnyx_clients::Language;

/// Account's public key, clock, headers and body, with the verdict they deserve.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) public_key: String,
    /// What the receiver's clock shows, in seconds since 1970.
    pub(super) now: u64,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) expected: Verdict,
    exceptions: &'static [Exception],
}

/// What a receiver says to a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Accepted,
    Refused,
}

/// A verifier that accepts what should be refused, and why it does.
#[derive(Clone, Copy)]
pub(super) struct Exception {
    /// The language of Telnyx's client. Without one, the verifier is this crate.
    pub(super) language: Option<Language>,
    pub(super) reason: &'static str,
}

impl Case {
    /// A case to be accepted.
    pub(super) fn new(public_key: &str, now: u64, headers: &[(&str, &str)], body: &[u8]) -> Self {
        Self {
            name: "as signed".to_owned(),
            public_key: public_key.to_owned(),
            now,
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: body.to_owned(),
            expected: Verdict::Accepted,
            exceptions: &[],
        }
    }

    /// The same case under another name.
    pub(super) fn named(&self, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..self.clone()
        }
    }

    /// Received at another time.
    pub(super) fn at(self, now: u64) -> Self {
        Self { now, ..self }
    }

    /// Received by the owner of another key.
    pub(super) fn public_key(self, public_key: impl Into<String>) -> Self {
        Self {
            public_key: public_key.into(),
            ..self
        }
    }

    /// With another body.
    pub(super) fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            ..self
        }
    }

    /// With another value of a header.
    pub(super) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.retain(|(present, _)| present != name);
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Without a header.
    pub(super) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(present, _)| present != name);
        self
    }

    /// To be refused.
    pub(super) fn refused(self) -> Self {
        Self {
            expected: Verdict::Refused,
            ..self
        }
    }

    /// To be refused, but not by everybody.
    pub(super) fn refused_except(self, exceptions: &'static [Exception]) -> Self {
        Self {
            exceptions,
            ..self.refused()
        }
    }

    /// Why a verifier accepts what should be refused, if it does.
    pub(super) fn exception_of(&self, language: Option<Language>) -> Option<&'static str> {
        self.exceptions
            .iter()
            .find(|exception| exception.language == language)
            .map(|exception| exception.reason)
    }
}
