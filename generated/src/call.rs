//! A request on its way to a value: what every operation becomes.

mod pending;
mod request;
mod run;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::sync::Arc;

use bytes::Bytes;
use http::Method;
use serde::Serialize;

pub use self::pending::Pending;

pub(crate) use self::request::CallRequest;
pub(crate) use crate::idempotency::Idempotency;

use crate::answer::Answer;
use crate::form::Form;
use crate::trace::CallSpan;
use crate::{Client, RequestOptions, Response, Result};

/// What is fixed about an operation.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Its operationId, for traces.
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// With variables: `/messages/{id}`.
    pub(crate) path: &'static str,
    pub(crate) idempotency: Idempotency,
    /// Whether the key is sent.
    pub(crate) authenticated: bool,
}

/// A request with the way its answer is read. Awaiting it sends the request and gives a `T`.
///
/// Cloning it makes another call: awaiting both sends the request twice.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T> {
    request: Box<CallRequest>,
    decode: Decode<T>,
}

type Decode<T> = Arc<dyn Fn(Answered) -> Result<T> + Send + Sync>;

/// A success, and the request it answers.
pub(crate) struct Answered {
    pub(crate) request: Box<CallRequest>,
    pub(crate) answer: Answer,
}

impl<T: 'static> Call<T> {
    pub(crate) fn new(
        client: Client,
        options: RequestOptions,
        operation: &'static Operation,
        decode: fn(Answered) -> Result<T>,
    ) -> Self {
        Box::new(CallRequest::new(client, options, operation)).decoded_by(decode)
    }

    /// Puts `value` in the place of `{name}` in the path.
    pub(crate) fn path(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.request.path(name, value.as_ref());
        self
    }

    /// Replaces the whole path by one that is already encoded.
    pub(crate) fn raw_path(mut self, path: String) -> Self {
        self.request.raw_path(path);
        self
    }

    /// Adds a query parameter for each value: none for a `None`, several of one name for a list.
    pub(crate) fn query(
        mut self,
        name: impl Into<Cow<'static, str>>,
        values: impl IntoIterator<Item = impl Display>,
    ) -> Self {
        self.request.query(name.into(), values);
        self
    }

    /// Adds a header, if there is a value.
    pub(crate) fn header(mut self, name: &str, value: Option<impl Display>) -> Self {
        if let Some(value) = value {
            self.request.header(name, &value.to_string());
        }
        self
    }

    /// Sets the idempotency key; without one, a call that takes a key generates it.
    pub(crate) fn idempotency_key(mut self, key: Option<String>) -> Self {
        self.request.idempotency_key(key);
        self
    }

    /// Sets a JSON body.
    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        self.request.json(body);
        self
    }

    /// Sets a body of the type `multipart/form-data`.
    pub(crate) fn multipart(mut self, form: Form) -> Self {
        self.request.multipart(&form);
        self
    }

    /// Sets a body of the type `application/x-www-form-urlencoded`.
    pub(crate) fn urlencoded(mut self, form: Form) -> Self {
        self.request.urlencoded(&form);
        self
    }

    /// Sets a body of any other type.
    pub(crate) fn body(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.request.body(content_type, body.into());
        self
    }

    /// Timeouts, retries and headers of this call, in place of the client's.
    pub fn with_options(mut self, options: RequestOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Asks for the status, headers and raw body beside the value.
    pub fn with_response(self) -> Call<Response<T>> {
        let decode = self.decode;
        self.request.decoded_by(move |answered| {
            let answer = answered.answer.clone();
            decode(answered).map(|value| Response::new(value, answer))
        })
    }

    /// Sends the request and waits for the answer on this thread.
    ///
    /// Works on any thread, with a runtime and without: the request is sent by a thread of the client's own, with
    /// connections of its own. On a thread that drives async tasks it keeps them waiting.
    ///
    /// # Errors
    ///
    /// Those of awaiting the call, and [`Error::Config`](crate::Error::Config) if the thread cannot be started.
    #[cfg(feature = "blocking")]
    pub fn run_blocking(self) -> Result<T> {
        read(&self.decode, crate::blocking::run(self.request)?)
    }

    /// Sends the request; what `.await` calls.
    pub fn into_future(self) -> Pending<T> {
        Pending::new(self.request.send(), self.decode)
    }
}

/// Reads a success; a mistake in it is the call's.
fn read<T>(decode: &Decode<T>, (answered, span): (Answered, CallSpan)) -> Result<T> {
    let result = decode(answered);
    if let Err(error) = &result {
        span.fail(error);
    }
    result
}

impl<T> Call<T> {
    /// The request without the way its answer is read.
    pub(crate) fn into_request(self) -> Box<CallRequest> {
        self.request
    }
}

impl CallRequest {
    /// This request with a way to read its answer.
    pub(crate) fn decoded_by<T>(
        self: Box<Self>,
        decode: impl Fn(Answered) -> Result<T> + Send + Sync + 'static,
    ) -> Call<T> {
        Call {
            request: self,
            decode: Arc::new(decode),
        }
    }
}

impl<T: 'static> IntoFuture for Call<T> {
    type Output = Result<T>;
    type IntoFuture = Pending<T>;

    fn into_future(self) -> Self::IntoFuture {
        self.into_future()
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self {
            request: self.request.clone(),
            decode: Arc::clone(&self.decode),
        }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.request.operation().id)
            .finish_non_exhaustive()
    }
}
