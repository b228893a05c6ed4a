//! The future of every call.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::request::Sending;
use super::{Decode, Result, read};

/// The future of a call, for all requests.
///
/// The client sends nothing before the first poll. If you drop the future, the call stops, and you do not know whether the
/// request took effect, as after a lost response.
#[must_use = "a future does nothing until it is awaited"]
pub struct Pending<T> {
    sending: Sending,
    decode: Decode<T>,
}

impl<T> Pending<T> {
    pub(super) fn new(sending: Sending, decode: Decode<T>) -> Self {
        Self { sending, decode }
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let sent = ready!(self.sending.as_mut().poll(context));
        Poll::Ready(read(&self.decode, sent))
    }
}

impl<T> fmt::Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").finish_non_exhaustive()
    }
}
