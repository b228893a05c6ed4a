//! The deadline of an attempt, and the transport that a layer wraps.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use tokio::time::Instant;

use super::{SendFuture, Sender, Transport};

/// The time when an attempt must end. A [`Transport`] finds this time in the extensions of each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    /// The deadline that is `time` from now.
    ///
    /// Put the deadline into a request's extensions in a unit test of a transport, or in a layer that gives an attempt less time.
    #[must_use]
    pub fn after(time: Duration) -> Self {
        Self(Instant::now().checked_add(time))
    }

    /// The time that is left. [`Duration::MAX`] if the attempt has no deadline.
    #[must_use]
    pub fn remaining(&self) -> Duration {
        self.0.map_or(Duration::MAX, |at| {
            at.saturating_duration_since(Instant::now())
        })
    }
}

/// The transport that your layer wraps: the built-in one, a [`Transport`] that you set, or an earlier layer. See
/// [`ClientBuilder::transport_layer`](crate::ClientBuilder::transport_layer).
///
/// A request stops at the [`Deadline`] in its extensions. A request without a deadline has no timeout.
#[derive(Clone)]
pub struct InnerTransport(Arc<dyn Sender>);

impl InnerTransport {
    pub(crate) fn new(inner: Arc<dyn Sender>) -> Self {
        Self(inner)
    }
}

impl Transport for InnerTransport {
    fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
        let deadline = request.extensions().get::<Deadline>();
        let time = deadline.map_or(Duration::MAX, Deadline::remaining);
        self.0.send_within(request, time)
    }
}

impl fmt::Debug for InnerTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InnerTransport").finish_non_exhaustive()
    }
}
