//! Settings of one call.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::error::InvalidRequest;
use crate::header;
use crate::retry::RetryPolicy;

/// Settings of one call, which override the client's settings.
///
/// If you give a request options several times, the request uses the last value of each setting.
///
/// ```
/// use std::time::Duration;
/// use telnyx_messaging::RequestOptions;
///
/// let options = RequestOptions::new()
///     .timeout(Duration::from_secs(10))
///     .attempt_timeout(Duration::from_secs(4));
/// ```
#[derive(Clone, Default)]
#[must_use = "options do nothing until a request takes them"]
pub struct RequestOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) retry_policy: Option<RetryPolicy>,
    pub(crate) fail_fast: Option<bool>,
    pub(crate) strict_decoding: Option<bool>,
    pub(crate) label: Option<Arc<str>>,
    /// Of two with one name the later counts.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// The first header that cannot be sent.
    pub(crate) problem: Option<InvalidRequest>,
}

impl RequestOptions {
    /// No settings. The call uses the settings of the client.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the maximum time for the whole call, including retries and waits. Default: the client's, which is 120 s unless you change
    /// it. `Duration::MAX` means no limit.
    ///
    /// Set a shorter [`attempt_timeout`](Self::attempt_timeout) too. Without a shorter limit, a server that does not respond uses
    /// up the call's time, and no time is left for a retry.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self {
            timeout: Some(timeout),
            ..self
        }
    }

    /// Sets the maximum time for one attempt, from connecting to the last byte of the response. Default: the client's, which is 60 s
    /// unless you change it. `Duration::MAX` means no limit.
    pub fn attempt_timeout(self, attempt_timeout: Duration) -> Self {
        Self {
            attempt_timeout: Some(attempt_timeout),
            ..self
        }
    }

    /// Sets the maximum number of retries; 0 means a single attempt. Default: the client's. Some retries after a 429 do not count. See
    /// [`ClientBuilder::max_retries`](crate::ClientBuilder::max_retries).
    pub fn max_retries(self, max_retries: u32) -> Self {
        Self {
            max_retries: Some(max_retries),
            ..self
        }
    }

    /// Sets which failures the client retries. Default: the client's.
    pub fn retry_policy(self, retry_policy: RetryPolicy) -> Self {
        Self {
            retry_policy: Some(retry_policy),
            ..self
        }
    }

    /// Sets whether the call ends at once instead of waiting for a rate limit. Default: `false`. Use this option, for example,
    /// for a login code that expires in a minute.
    ///
    /// This option does not affect retries after other failures, such as a 503 or a lost response. To limit the time for such
    /// retries, set a short [`timeout`](Self::timeout), or set [`max_retries`](Self::max_retries) to 0.
    ///
    /// With this option, a call sends nothing if it would wait over 0.1 s for its turn, and does not retry after a 429.
    /// [`retry_after`](crate::Error::retry_after) of the call's error returns the wait. Before the first 429, the client sends
    /// every call.
    pub fn fail_fast(self, fail_fast: bool) -> Self {
        Self {
            fail_fast: Some(fail_fast),
            ..self
        }
    }

    /// Sets whether the call fails if a field does not match the documentation. See
    /// [`ClientBuilder::strict_decoding`](crate::ClientBuilder::strict_decoding).
    pub fn strict_decoding(self, strict_decoding: bool) -> Self {
        Self {
            strict_decoding: Some(strict_decoding),
            ..self
        }
    }

    /// Sets the [`label`](crate::CallReport::label) of the call in its report. Use the label to distinguish accounts, tenants or
    /// jobs. The client does not send the label.
    ///
    /// `Debug` of the report shows the label, so it should not be a phone number or a name.
    ///
    /// ```no_run
    /// use telnyx_messaging::{Client, RequestOptions};
    ///
    /// # fn example(client: Client) -> telnyx_messaging::Result<()> {
    /// let client = client.with_api_key("KEY")?.with_options(RequestOptions::new().label("shop-7"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn label(self, label: impl AsRef<str>) -> Self {
        Self {
            label: Some(label.as_ref().into()),
            ..self
        }
    }

    /// Adds a header, which replaces a header with the same name.
    ///
    /// The call sends nothing and fails with [`Error::Config`](crate::Error::Config) if the value has characters other than
    /// printable ASCII, or if the client sets the header itself. The client sets `Accept-Encoding`, `Authorization`, `Connection`,
    /// `Content-Length`, `Content-Type`, `Host` and `Transfer-Encoding`. For `Idempotency-Key`, call `idempotency_key` of the request.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header::parse(name.as_ref(), value.as_ref()) {
            Ok(header) => self.headers.push(header),
            Err(problem) => self.problem = self.problem.or(Some(problem)),
        }
        self
    }

    /// These options, but for what `later` sets.
    pub(crate) fn with(mut self, later: Self) -> Self {
        self.headers.extend(later.headers);
        Self {
            timeout: later.timeout.or(self.timeout),
            attempt_timeout: later.attempt_timeout.or(self.attempt_timeout),
            max_retries: later.max_retries.or(self.max_retries),
            retry_policy: later.retry_policy.or(self.retry_policy),
            fail_fast: later.fail_fast.or(self.fail_fast),
            strict_decoding: later.strict_decoding.or(self.strict_decoding),
            label: later.label.or(self.label),
            headers: self.headers,
            problem: self.problem.or(later.problem),
        }
    }
}

impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("max_retries", &self.max_retries)
            .field("retry_policy", &self.retry_policy)
            .field("fail_fast", &self.fail_fast)
            .field("strict_decoding", &self.strict_decoding)
            .finish_non_exhaustive()
    }
}
