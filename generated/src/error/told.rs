//! What a program prints when `main` returns an error.

use std::error::Error;
use std::fmt;

use crate::redact;

/// The most bytes of a cause that are shown. A cause can come from a transport of the caller's.
const LONGEST: usize = 1000;

/// Writes what the error displays, and after it what each of its causes displays, unless it was said before.
pub(crate) fn with_causes(error: &dyn Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
