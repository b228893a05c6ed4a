//! Every operation, called like an application calls it.
//!
//! `minimal` gives only the required arguments. The other variants together set everything that Telnyx documents.

mod messages;
mod numbers;
mod opt_outs;
mod profiles;
mod whatsapp;

use std::pin::Pin;

use telnyx_messaging::{Client, Result};

/// The examples of the repository's README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// One way to call an operation.
pub struct Case {
    /// The operationId.
    pub operation: &'static str,
    /// `minimal`, `full` or what is special.
    pub variant: &'static str,
    /// Sends the request.
    pub send: fn(&Client) -> Sending,
}

/// A request on its way; the value that comes back is dropped.
pub type Sending = Pin<Box<dyn Future<Output = Result<()>>>>;

/// All cases, those of an operation together.
pub fn cases() -> impl Iterator<Item = &'static Case> {
    [
        messages::CASES,
        whatsapp::CASES,
        opt_outs::CASES,
        numbers::CASES,
        profiles::CASES,
    ]
    .into_iter()
    .flatten()
}

impl Case {
    const fn new(
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
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.operation, self.variant)
    }
}

fn sending<R, T>(request: R) -> Sending
where
    R: IntoFuture<Output = Result<T>, IntoFuture: 'static>,
{
    let pending = request.into_future();
    Box::pin(async { pending.await.map(drop) })
}
