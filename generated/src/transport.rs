//! How requests reach the server.
//!
//! The built-in transport is reqwest with the client's settings.
//! For tests, or for your own network, give another [`Transport`] to
//! [`ClientBuilder::transport`](crate::ClientBuilder::transport):
//!
//! ```
//! use telnyx_messaging::bytes::Bytes;
//! use telnyx_messaging::{Client, http};
//! use telnyx_messaging::transport::{SendFuture, Transport};
//!
//! struct AlwaysAccepts;
//!
//! impl Transport for AlwaysAccepts {
//!     fn send(&self, _request: http::Request<Bytes>) -> SendFuture<'_> {
//!         Box::pin(async { Ok(http::Response::new(Bytes::from_static(br#"{"data":{"id":"1"}}"#))) })
//!     }
//! }
//!
//! # fn main() -> telnyx_messaging::Result<()> {
//! let client = Client::builder().api_key("KEY").transport(AlwaysAccepts).build()?;
//! # Ok(())
//! # }
//! ```

mod body;
mod builtin;
mod classify;
mod connect;
mod layer;
#[cfg(any(test, feature = "testing"))]
mod mock;
mod origin;
mod pools;
mod proxy;
mod send_error;
mod settings;
#[cfg(test)]
mod tests;
mod tls;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::timeout;

pub use self::layer::{Deadline, InnerTransport};
#[cfg(any(test, feature = "testing"))]
pub use self::mock::{MockReply, MockTransport};
pub use self::send_error::SendError;

#[cfg(test)]
pub(crate) use self::mock::replies;

pub(crate) use self::builtin::Builtin;
pub(crate) use self::settings::Settings;
pub(crate) use self::tls::HAS_TLS;

/// The longest wait: a year. Adding a longer time to an `Instant` may overflow, here or in a dependency.
pub(crate) const FOR_EVER: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The future of [`Transport::send`].
pub type SendFuture<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, SendError>> + Send + 'a>>;

/// Sends one request and receives one response.
///
/// The client does the rest: headers, retries, timeouts, decoding. The request's extensions contain the [`Deadline`] of the
/// attempt, at which the client drops the future. A transport must not retry, follow redirects or change the request. A transport
/// must decompress the body and limit its size. If the future of a transport is dropped, the transport must abort the request.
///
/// If the client drops the future at the deadline, the client assumes that the request was sent, so the outcome is unknown. A
/// transport that waits before it sends, for example for a permit, should return [`SendError::not_sent`] before the deadline.
///
/// An `Arc` or a `Box` of a transport is a transport, even if it holds a `dyn Transport`.
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` and collects the response.
    ///
    /// # Errors
    ///
    /// Return [`SendError::not_sent`] only if no byte of the request can have reached the server. The client retries such a
    /// request, whatever the operation.
    fn send(&self, request: http::Request<Bytes>) -> SendFuture<'_>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>) -> SendFuture<'_> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: http::Request<Bytes>) -> SendFuture<'_> {
        (**self).send(request)
    }
}

/// Makes an attempt. The client has a `Sender`.
pub(crate) trait Sender: Send + Sync + 'static {
    /// Sends `request` and gives up after `time`.
    fn send_within(&self, request: http::Request<Bytes>, time: Duration) -> SendFuture<'_>;
}

/// A transport of the caller. Its future is dropped when the attempt's time is up.
pub(crate) struct Custom<T>(pub(crate) T);

impl<T: Transport> Sender for Custom<T> {
    fn send_within(&self, mut request: http::Request<Bytes>, time: Duration) -> SendFuture<'_> {
        request.extensions_mut().insert(Deadline::after(time));
        let sending = self.0.send(request);
        Box::pin(async move {
            let in_time = timeout(time, sending).await;
            in_time.unwrap_or_else(|_| Err(SendError::out_of_time()))
        })
    }
}
