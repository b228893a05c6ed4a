//! The call that every request becomes.

mod attempts;
mod failure;
mod inputs;
#[allow(dead_code, reason = "a document may have no JSON body")]
mod json_object;
mod pending;
pub(crate) mod raw;
mod request;
mod run;
#[cfg(test)]
mod tests;
mod turn;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::Method;

pub use self::pending::Pending;
pub use self::raw::RawRequest;

pub(crate) use self::json_object::JsonObject;
pub(crate) use self::request::CallRequest;
pub(crate) use crate::idempotency::Idempotency;

use crate::answer::Answer;
use crate::decode;
use crate::idempotency::{KeyOfCall, SharedKey};
use crate::observe::Observation;
use crate::tolerant::Decoded;
use crate::trace::CallSpan;
use crate::{Error, RequestOptions, Response, Result, Unread};

/// The properties of an operation that are the same for every call.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The operation's `operationId`, for traces.
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// The path with its variables: `/messages/{id}`.
    pub(crate) path: &'static str,
    pub(crate) idempotency: Idempotency,
    /// Whether the request has the API key.
    pub(crate) authenticated: bool,
}

/// A request and the way to read its response. Awaiting the call sends the request and returns a `T`.
///
/// If a call has an idempotency key, its clones share the key, like the clones of a request. If you send a clone before the first
/// call has ended, the clone repeats that call. Without an idempotency key, each clone is a separate call.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T> {
    request: Box<CallRequest>,
    decode: Decode<T>,
}

/// How a successful response becomes a `T`.
enum Decode<T> {
    As(fn(Answered) -> Result<Decoded<T>>),
    /// Calls a closure, which can use the `Decode` of another type.
    With(Arc<dyn Fn(Answered) -> Result<Decoded<T>> + Send + Sync>),
}

impl<T> Decode<T> {
    fn decode(&self, answered: Answered) -> Result<Decoded<T>> {
        match self {
            Self::As(decode) => decode(answered),
            Self::With(decode) => decode(answered),
        }
    }
}

impl<T> Clone for Decode<T> {
    fn clone(&self) -> Self {
        match self {
            Self::As(decode) => Self::As(*decode),
            Self::With(decode) => Self::With(Arc::clone(decode)),
        }
    }
}

/// A successful response, and its request.
pub(crate) struct Answered {
    pub(crate) request: Box<CallRequest>,
    pub(crate) answer: Answer,
}

impl<T: 'static> Call<T> {
    /// Sets timeouts, retries and headers for this call. These options override the settings of the client, and earlier options of
    /// this call.
    pub fn with_options(mut self, options: RequestOptions) -> Self {
        self.request.add_options(options);
        self
    }

    /// Returns the status, headers and raw body together with the value.
    pub fn with_response(self) -> Call<Response<T>> {
        let inner = self.decode;
        self.request.decoded_with(move |answered| {
            let answer = answered.answer.clone();
            match inner.decode(answered) {
                Ok(Decoded { value, unread }) => Ok(Decoded {
                    value: Response::new(value, answer, unread.clone()),
                    unread,
                }),
                Err(error) => Err(error),
            }
        })
    }

    /// Sends the request and waits for the response on this thread.
    ///
    /// The method works on any thread, with or without a runtime. A thread of the client sends the request over its own
    /// connections. On a thread that drives async tasks, the method blocks these tasks.
    ///
    /// # Errors
    ///
    /// Fails as `.await` does, and with [`Error::Config`](crate::Error::Config) if the client cannot start its thread.
    #[cfg(feature = "blocking")]
    pub fn run_blocking(self) -> Result<T> {
        read(&self.decode, crate::blocking::run(self.request))
    }

    /// Returns a future that sends the request when it is polled. `.await` calls this method.
    pub fn into_future(self) -> Pending<T> {
        Pending::new(self.request.send(), self.decode)
    }
}

/// Reads a successful response. A mistake in the response ends the call with an error. The function runs where the caller waits,
/// and reports there how the call ended.
fn read<T>(decode: &Decode<T>, sent: Result<(Answered, Ending), Failed>) -> Result<T> {
    let (answered, mut ending) = match sent {
        Ok(sent) => sent,
        Err(failed) => return Err(failed.told()),
    };
    match decode.decode(answered) {
        Ok(Decoded { value, unread }) => {
            if let Some(key) = ending.key.take() {
                key.retire();
            }
            ending.end(Ok(&unread));
            Ok(value)
        }
        Err(error) => {
            ending.end(Err(&error));
            Err(error)
        }
    }
}

/// What the client needs to report how it read a successful response.
pub(crate) struct Ending {
    span: CallSpan,
    observation: Observation,
    key: Option<KeyOfCall>,
}

/// The error of a call, and what the client needs to report the error.
pub(crate) struct Failed {
    pub(crate) error: Error,
    pub(crate) observation: Observation,
}

impl Failed {
    /// Reports the error to the observer, and returns the error.
    pub(crate) fn told(mut self) -> Error {
        self.observation.end(Err(&self.error));
        self.error
    }
}

impl Ending {
    fn end(&mut self, read: Result<&[Unread], &Error>) {
        match read {
            Ok(unread) => self.span.succeed(unread),
            Err(error) => self.span.fail(error),
        }
        self.observation.end(read);
    }
}

/// The methods of a call that generated code uses.
#[allow(dead_code, reason = "the document decides which of these are called")]
impl<T: 'static> Call<T> {
    /// Returns this call with the key that the call's request shares with clones.
    pub(crate) fn sharing(mut self, shared_key: SharedKey) -> Self {
        self.request.shared_key = shared_key;
        self
    }

    /// Returns this call with the timeout `longest`, unless the call has a shorter timeout.
    pub(crate) fn at_most(mut self, longest: Duration) -> Self {
        self.request.at_most(longest);
        self
    }

    /// Returns the request, so that its response can be read in another way.
    pub(crate) fn into_request(self) -> Box<CallRequest> {
        self.request
    }

    /// Returns `None` if the response has no value.
    pub(crate) fn or_none(self) -> Call<Option<T>> {
        let inner = self.decode;
        self.request.decoded_with(move |answered| {
            if decode::is_nothing(&answered.answer.body) {
                return Ok(Decoded::whole(None));
            }
            Ok(inner.decode(answered)?.map(Some))
        })
    }

    /// Returns the default of `T` if the response has no value.
    pub(crate) fn or_default(self) -> Self
    where
        T: Default,
    {
        let inner = self.decode;
        self.request.decoded_with(move |answered| {
            if decode::is_nothing(&answered.answer.body) {
                return Ok(Decoded::whole(T::default()));
            }
            inner.decode(answered)
        })
    }
}

impl CallRequest {
    /// Returns this request with a function that reads its response.
    pub(crate) fn decoded_by<T>(
        self: Box<Self>,
        decode: fn(Answered) -> Result<Decoded<T>>,
    ) -> Call<T> {
        Call {
            request: self,
            decode: Decode::As(decode),
        }
    }

    fn decoded_with<T>(
        self: Box<Self>,
        decode: impl Fn(Answered) -> Result<Decoded<T>> + Send + Sync + 'static,
    ) -> Call<T> {
        Call {
            request: self,
            decode: Decode::With(Arc::new(decode)),
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
            decode: self.decode.clone(),
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
