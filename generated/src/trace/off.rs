//! No spans.

use std::time::Duration;

use bytes::Bytes;
use http::Response;

use crate::answer::Answer;
use crate::call::Operation;
use crate::retry::Attempt;
use crate::transport::SendError;
use crate::{Client, Error, Result, Unread};

/// Nothing: the feature `tracing` is off.
#[derive(Clone)]
pub(crate) struct CallSpan;

impl CallSpan {
    pub(crate) fn new(_: &Operation, _: &Client) -> Self {
        Self
    }

    pub(crate) fn contain<F: Future>(&self, call: F) -> F {
        call
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn carry<F: Future>(job: F) -> F {
        job
    }

    pub(crate) fn attempt<F>(&self, _: u32, attempt: F) -> F
    where
        F: Future<Output = Result<Response<Bytes>, SendError>>,
    {
        attempt
    }

    pub(crate) fn retry(&self, _: u32, _: Duration, _: &Attempt<'_>) {}

    pub(crate) fn end(&self, _: &Result<Answer>) {}

    pub(crate) fn fail(&self, _: &Error) {}

    pub(crate) fn succeed(&self, _: &[Unread]) {}
}
