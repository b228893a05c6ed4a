//! What errors display, and what a program prints when `main` returns one.

use std::error::Error;
use std::fmt;

use super::Outcome;
use crate::answer::Effort;
use crate::redact;

/// The most bytes of a cause that are shown. A cause can come from a transport of the caller's.
const LONGEST: usize = 1000;

/// What the outcome means for the caller; nothing for a read, which changes nothing.
pub(super) fn consequence(outcome: Outcome, effort: &Effort) -> &'static str {
    match outcome {
        _ if effort.is_read => "",
        Outcome::NotApplied => "; the request did not take effect",
        Outcome::Unknown => "; the request may have taken effect",
        Outcome::Applied => "; the request took effect",
    }
}

/// Writes what the error displays, and after it what each of its causes displays, unless it was said before.
pub(super) fn with_causes(error: &dyn Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = redact::line(&error.to_string(), LONGEST);
        if !said.contains(&text) {
            said.push_str(": ");
            said.push_str(&text);
        }
        cause = error.source();
    }
    f.write_str(&said)
}
