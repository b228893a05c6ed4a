//! A client that could not be created, or that has no runtime.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// A setting is missing or wrong, so the client could not be created, or a call sent nothing.
///
/// A call also returns this error if there is no Tokio runtime, or if the system has no random bytes for an idempotency key.
///
/// The message names the setting and says what to do. The message never shows the value.
#[derive(Debug)]
pub struct ConfigError {
    reason: Cow<'static, str>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl ConfigError {
    pub(crate) fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            reason: reason.into(),
            source: None,
        }
    }

    /// Says which environment variable the setting came from.
    pub(crate) fn in_variable(self, variable: &str) -> Self {
        Self {
            reason: format!("{variable}: {}", self.reason).into(),
            ..self
        }
    }

    pub(crate) fn caused_by(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..self
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl Error for ConfigError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
