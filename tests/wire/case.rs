//! A request as an application writes it.

use std::pin::Pin;

use telnyx_messaging::{Client, Result};

use super::recorder::record;
use super::sent::Sent;

/// One way to call an operation.
pub(super) struct Case {
    pub(super) operation: &'static str,
    pub(super) variant: &'static str,
    send: fn(&Client) -> Sending,
}

/// A request on its way; what came back has been dropped.
pub(super) type Sending = Pin<Box<dyn Future<Output = ()>>>;

impl Case {
    pub(super) const fn new(
        operation: &'static str,
        variant: &'static str,
        send: fn(&Client) -> Sending,
    ) -> Self {
        Self {
            operation,
            variant,
            send,
        }
    }

    /// `SendMessage.minimal`
    pub(super) fn name(&self) -> String {
        format!("{}.{}", self.operation, self.variant)
    }

    /// What this sends.
    pub(super) fn sent(&self) -> Sent {
        record(self.send).unwrap_or_else(|| panic!("{} sent nothing", self.name()))
    }
}

pub(super) fn sending<R, T>(request: R) -> Sending
where
    R: IntoFuture<Output = Result<T>, IntoFuture: 'static>,
{
    let pending = request.into_future();
    Box::pin(async {
        // The recorder's answer suits no operation; here it is about the request.
        let _ = pending.await;
    })
}
