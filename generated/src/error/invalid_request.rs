//! A request that the client rejected before sending it.

use std::borrow::Cow;
use std::fmt;

/// The client rejected the request before sending it, so nothing happened.
///
/// The message says which part is wrong and why. The message never shows the value.
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
