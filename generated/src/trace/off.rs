//! No spans.

use bytes::Bytes;
use http::Response;

use crate::answer::Answer;
use crate::call::Operation;
use crate::transport::SendError;
use crate::{Client, Result};

/// Nothing: the feature `tracing` is off.
pub(crate) struct CallSpan;

impl CallSpan {
    pub(crate) fn new(_: &Operation, _: &Client) -> Self {
        Self
    }

    pub(crate) fn contain<F: Future>(&self, call: F) -> F {
        call
    }

    pub(crate) fn attempt<F>(&self, _: u32, attempt: F) -> F
    where
        F: Future<Output = Result<Response<Bytes>, SendError>>,
    {
        attempt
    }

    pub(crate) fn end(&self, _: &Result<Answer>) {}
}
