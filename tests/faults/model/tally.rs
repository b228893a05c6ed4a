//! Checks calls and counts them.

use std::fmt::{self, Debug};

use telnyx_messaging::{Error, Outcome, Result};

/// Calls that were checked, by how they ended.
#[derive(Default)]
pub(super) struct Tally {
    successes: usize,
    applied: usize,
    not_applied: usize,
    unknown: usize,
    accepted: usize,
}

impl Tally {
    /// Checks that a server accepted a call at most `most` times, and that the call's outcome is true.
    pub(super) fn check(
        &mut self,
        result: &Result<()>,
        accepted: usize,
        most: usize,
        tried: &impl Debug,
    ) {
        assert!(accepted <= most, "{accepted} accepted: {tried:?}");
        self.accepted += accepted;
        let (count, is_true) = match result.as_ref().map_err(Error::outcome) {
            Ok(()) => (&mut self.successes, accepted > 0),
            Err(Outcome::Applied) => (&mut self.applied, accepted > 0),
            Err(Outcome::NotApplied) => (&mut self.not_applied, accepted == 0),
            Err(_) => (&mut self.unknown, true),
        };
        *count += 1;
        assert!(is_true, "{accepted} accepted: {tried:?}");
    }

    pub(super) fn calls(&self) -> usize {
        self.successes + self.applied + self.not_applied + self.unknown
    }

    /// Whether each way to end occurred. Of a few calls, each does.
    pub(super) fn is_complete(&self) -> bool {
        [self.successes, self.applied, self.not_applied, self.unknown]
            .iter()
            .all(|count| *count > 0)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            successes,
            applied,
            not_applied,
            unknown,
            accepted,
        } = self;
        let calls = self.calls();
        write!(f, "{calls} calls, {accepted} requests accepted; ")?;
        write!(f, "{successes} succeeded, {applied} applied, ")?;
        write!(f, "{not_applied} not applied, {unknown} unknown")
    }
}
