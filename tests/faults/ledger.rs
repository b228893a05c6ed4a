//! The messages a server has accepted, and the keys it remembers.

use std::collections::HashSet;

/// What a server has accepted. One that honours keys accepts each of them once, as Telnyx documents.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    honours_keys: bool,
    keys: HashSet<String>,
    accepted: usize,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acceptance {
    /// Accepted: sent and billed.
    New,
    /// The key is known: answered as the first time, and nothing sent.
    Replayed,
}

impl Default for Ledger {
    fn default() -> Self {
        Self::honouring_keys(true)
    }
}

impl Ledger {
    pub(crate) fn honouring_keys(honours_keys: bool) -> Self {
        Self {
            honours_keys,
            keys: HashSet::new(),
            accepted: 0,
        }
    }

    pub(crate) fn accept(&mut self, key: Option<String>) -> Acceptance {
        if let Some(key) = key
            && !self.keys.insert(key)
            && self.honours_keys
        {
            return Acceptance::Replayed;
        }
        self.accepted += 1;
        Acceptance::New
    }

    /// How many messages were accepted.
    pub(crate) fn accepted(&self) -> usize {
        self.accepted
    }
}
