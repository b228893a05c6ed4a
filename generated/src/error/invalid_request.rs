//! A request that was refused before it was sent.

use std::borrow::Cow;
use std::fmt;

/// The request was refused before it was sent: nothing happened.
///
/// Says which part is wrong and how, never its value.
#[derive(Clone, Debug)]
pub struct InvalidRequest {
    reason: Cow<'static, str>,
}

impl InvalidRequest {
    pub(crate) fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            reason: reason.into(),
        }
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for InvalidRequest {}
