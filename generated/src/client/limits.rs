//! The limits of a call: its time, its retries, and how its response is decoded.

use std::time::Duration;

use crate::options::RequestOptions;
use crate::retry::RetryPolicy;

/// The limits of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) max_retries: u32,
    pub(crate) retry_policy: RetryPolicy,
    pub(crate) strict_decoding: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(120),
            attempt_timeout: Duration::from_secs(60),
            max_retries: 2,
            retry_policy: RetryPolicy::Standard,
            strict_decoding: false,
        }
    }
}

impl Limits {
    /// These limits, but for what `options` sets.
    pub(crate) fn with(self, options: &RequestOptions) -> Self {
        Self {
            timeout: options.timeout.unwrap_or(self.timeout),
            attempt_timeout: options.attempt_timeout.unwrap_or(self.attempt_timeout),
            max_retries: options.max_retries.unwrap_or(self.max_retries),
            retry_policy: options.retry_policy.unwrap_or(self.retry_policy),
            strict_decoding: options.strict_decoding.unwrap_or(self.strict_decoding),
        }
    }
}
