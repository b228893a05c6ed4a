//! The reason why no complete response came, and whether the request may have arrived.

use std::error::Error;
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::answer;

/// The reason why a request got no complete response. The reason says whether the request may have arrived, because retries depend
/// on that.
///
/// `Debug` shows no headers and no body, because they can contain personal data.
pub struct SendError {
    kind: Kind,
    timeout: bool,
    /// Whether the environment names a proxy that the client did not use.
    ignores_proxy: bool,
    /// The status and headers of an incomplete response.
    head: Option<Box<(StatusCode, HeaderMap)>>,
    /// The received part of the response's body.
    body: Bytes,
    source: Option<Box<dyn Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    NotSent,
    NotBegun { reason: &'static str },
    Certificate,
    ProxyRefused,
    Refused,
    RateLimited { wait: Duration },
    MaybeSent,
    BodyTooLarge { limit: usize },
}

impl SendError {
    /// No byte of the request left this machine: name resolution, connection or TLS handshake failed.
    #[must_use]
    pub fn not_sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Kind::NotSent).caused_by(source)
    }

    /// The client rejected the server's certificate. The client sent nothing, and a retry would fail again.
    #[must_use]
    pub fn certificate(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Kind::Certificate).caused_by(source)
    }

    /// The server says that it did not process the request: HTTP/2's `REFUSED_STREAM`, or a `GOAWAY` that names an earlier
    /// stream as the last (RFC 9113, section 8.7).
    #[must_use]
    pub fn refused(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Kind::Refused).caused_by(source)
    }

    /// The proxy asked for another name or password. The client sent nothing, and a retry would fail again.
    pub(crate) fn proxy_refused(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Kind::ProxyRefused).caused_by(source)
    }

    /// The time of the call ran out before the client tried to connect.
    pub(crate) fn not_begun(reason: &'static str) -> Self {
        Self::new(Kind::NotBegun { reason }).with_timeout()
    }

    /// The call has no time to wait until its rate limit lets it through.
    pub(crate) fn rate_limited(wait: Duration) -> Self {
        Self::new(Kind::RateLimited { wait })
    }

    /// The request may have arrived, and its response is lost.
    #[must_use]
    pub fn maybe_sent(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Kind::MaybeSent).caused_by(source)
    }

    /// The body of the response has more than `limit` bytes. A retry would fail again.
    #[must_use]
    pub fn body_too_large(limit: usize) -> Self {
        Self::new(Kind::BodyTooLarge { limit })
    }

    /// Marks the error as a timeout.
    #[must_use]
    pub fn with_timeout(self) -> Self {
        Self {
            timeout: true,
            ..self
        }
    }

    /// Adds the status and headers of an incomplete response. The client uses this status and these headers as if the response
    /// were complete.
    #[must_use]
    pub fn with_head(self, status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            head: Some(Box::new((status, headers))),
            ..self
        }
    }

    /// Adds the received part of an incomplete body, decompressed.
    #[must_use]
    pub fn with_body(self, body: Bytes) -> Self {
        Self { body, ..self }
    }

    /// Records whether the environment names a proxy that the client did not use.
    pub(super) fn beside_a_proxy(self, ignores_proxy: bool) -> Self {
        Self {
            ignores_proxy,
            ..self
        }
    }

    /// The attempt's time ran out, and it is not known how far the request got.
    pub(crate) fn out_of_time() -> Self {
        Self::new(Kind::MaybeSent).with_timeout()
    }

    /// Whether the client sent nothing because it could not connect. The result is also `true` for a rejected certificate.
    #[must_use]
    pub fn is_not_sent(&self) -> bool {
        matches!(
            self.kind,
            Kind::NotSent | Kind::ProxyRefused | Kind::Certificate
        )
    }

    /// Whether the server said that it did not process the request.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.kind == Kind::Refused
    }

    /// Whether the call ended while it waited for a rate limit.
    pub(crate) fn is_rate_limited(&self) -> bool {
        matches!(self.kind, Kind::RateLimited { .. })
    }

    /// Whether the request certainly took no effect.
    pub(crate) fn did_nothing(&self) -> bool {
        match self.kind {
            Kind::NotSent
            | Kind::NotBegun { .. }
            | Kind::Certificate
            | Kind::ProxyRefused
            | Kind::Refused
            | Kind::RateLimited { .. } => true,
            Kind::MaybeSent | Kind::BodyTooLarge { .. } => false,
        }
    }

    /// Whether another attempt would fail in the same way.
    pub(crate) fn is_final(&self) -> bool {
        match self.kind {
            Kind::Certificate | Kind::ProxyRefused | Kind::BodyTooLarge { .. } => true,
            Kind::NotSent
            | Kind::NotBegun { .. }
            | Kind::Refused
            | Kind::RateLimited { .. }
            | Kind::MaybeSent => false,
        }
    }

    /// Whether the client rejected the server's certificate.
    #[must_use]
    pub fn is_certificate(&self) -> bool {
        self.kind == Kind::Certificate
    }

    /// Whether the body of the response was too large.
    #[must_use]
    pub fn is_body_too_large(&self) -> bool {
        matches!(self.kind, Kind::BodyTooLarge { .. })
    }

    /// Whether the reason is a timeout.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }

    /// The status of an incomplete response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.head.as_deref().map(|(status, _)| *status)
    }

    /// The headers of an incomplete response.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.head.as_deref().map(|(_, headers)| headers)
    }

    /// The received part of an incomplete body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The wait that the server requested.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        if let Kind::RateLimited { wait } = self.kind {
            return Some(wait);
        }
        answer::asked_delay(self.status()?, self.headers()?, SystemTime::now())
    }

    fn new(kind: Kind) -> Self {
        Self {
            kind,
            timeout: false,
            ignores_proxy: false,
            head: None,
            body: Bytes::new(),
            source: None,
        }
    }

    fn caused_by(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..self
        }
    }
}

impl fmt::Debug for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendError")
            .field("kind", &self.kind)
            .field("timeout", &self.timeout)
            .field("status", &self.status())
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.timeout) {
            (Kind::NotSent, timeout) => {
                let in_time = if timeout { " in time" } else { "" };
                write!(f, "no connection to the server{in_time}")?;
                if self.ignores_proxy {
                    write!(
                        f,
                        " (the client ignores the proxy in the environment: call `ClientBuilder::proxy`)"
                    )?;
                }
                Ok(())
            }
            (Kind::NotBegun { reason }, _) => f.write_str(reason),
            (Kind::Certificate, _) => write!(f, "the server's certificate was not accepted"),
            (Kind::ProxyRefused, _) => write!(f, "the proxy did not accept its name and password"),
            (Kind::RateLimited { .. }, _) => {
                write!(
                    f,
                    "the wait for the rate limit is longer than the call may take"
                )
            }
            (Kind::Refused, _) => write!(f, "the server did not process the request"),
            (Kind::MaybeSent, false) => {
                write!(f, "no complete response came")
            }
            (Kind::MaybeSent, true) => {
                write!(f, "the timeout ended before the whole response came")
            }
            (Kind::BodyTooLarge { limit }, _) => {
                write!(f, "the body of the response has more than {limit} bytes")
            }
        }
    }
}

impl Error for SendError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
