//! The built-in transport for a transport around it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use tokio::time::Instant;

use super::builtin::Builtin;
use super::{SendFuture, Sender, Transport};

/// When an attempt ends: in the extensions of each request that a [`Transport`] is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    pub(super) fn after(time: Duration) -> Self {
        Self(Instant::now().checked_add(time))
    }

    /// How much time is left. [`Duration::MAX`] if the attempt has no end.
    #[must_use]
    pub fn remaining(&self) -> Duration {
        self.0.map_or(Duration::MAX, |at| {
            at.saturating_duration_since(Instant::now())
        })
    }
}

/// The client's own transport, for one of yours around it: see
/// [`ClientBuilder::transport_layer`](crate::ClientBuilder::transport_layer).
///
/// It ends at the [`Deadline`] in the request's extensions. A request without one has no end.
#[derive(Clone)]
pub struct BuiltinTransport(Arc<Builtin>);

impl BuiltinTransport {
    pub(crate) fn new(builtin: Builtin) -> Self {
        Self(Arc::new(builtin))
    }
}

impl Transport for BuiltinTransport {
    fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
        let deadline = request.extensions().get::<Deadline>();
        let time = deadline.map_or(Duration::MAX, Deadline::remaining);
        self.0.send_within(request, time)
    }
}

impl fmt::Debug for BuiltinTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BuiltinTransport").finish_non_exhaustive()
    }
}
