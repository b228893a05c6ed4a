//! Requests to any path of the API.

use std::fmt::{self, Display};

use bytes::Bytes;
use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::call::{Call, CallRequest, Idempotency, Operation, Pending};
use crate::form::Form;
use crate::{Client, Items, Json, Page, RequestOptions, Response, Result, decode};

/// A request to any path of the API. Awaiting it gives the body as [`Json`], `null` for an empty one.
///
/// Made by [`Client::get`] and its siblings. [`data`](Self::data) and its siblings read the answer in another way.
#[derive(Clone)]
#[must_use = "a request does nothing until it is awaited"]
pub struct RawRequest {
    call: Call<Json>,
}

impl RawRequest {
    pub(crate) fn new(client: Client, operation: &'static Operation, path: String) -> Self {
        let call = Call::new(client, RequestOptions::default(), operation, decode::json);
        Self {
            call: call.raw_path(path),
        }
    }

    /// Adds a query parameter. Brackets in the name are fine: `page[size]`.
    pub fn query(self, name: impl Into<String>, value: impl Display) -> Self {
        Self {
            call: self.call.query(name.into(), [value]),
        }
    }

    /// Adds a header; see [`RequestOptions::header`] for what is refused.
    pub fn header(self, name: impl AsRef<str>, value: impl Display) -> Self {
        Self {
            call: self.call.header(name.as_ref(), Some(value)),
        }
    }

    /// Sets a JSON body.
    pub fn json(self, body: &impl Serialize) -> Self {
        Self {
            call: self.call.json(body),
        }
    }

    /// Sets a body of the type `multipart/form-data`.
    pub fn multipart(self, form: Form) -> Self {
        Self {
            call: self.call.multipart(form),
        }
    }

    /// Sets a body of the type `application/x-www-form-urlencoded`.
    ///
    /// The call fails with [`Error::InvalidRequest`](crate::Error::InvalidRequest), and sends nothing, if the form holds a
    /// file.
    pub fn urlencoded(self, form: Form) -> Self {
        Self {
            call: self.call.urlencoded(form),
        }
    }

    /// Sets a body of any other type: `.body("text/csv", "a,b")`.
    pub fn body(self, content_type: impl AsRef<str>, body: impl Into<Bytes>) -> Self {
        Self {
            call: self.call.body(content_type.as_ref(), body),
        }
    }

    /// Sets the header `Idempotency-Key`: 1 to 255 characters of `A-Z a-z 0-9 _ : -`, a UUID by preference.
    ///
    /// The request is then sent again after a lost answer too. Only where Telnyx documents the header does that keep it
    /// from being done twice.
    pub fn idempotency_key(self, idempotency_key: impl Into<String>) -> Self {
        Self {
            call: self.call.idempotency_key(Some(idempotency_key.into())),
        }
    }

    /// Replaces the client's options for this call where `options` sets them.
    pub fn with_options(self, options: RequestOptions) -> Self {
        Self {
            call: self.call.with_options(options),
        }
    }

    /// Reads the answer as `{"data": T}`.
    pub fn data<T: DeserializeOwned + 'static>(self) -> Call<T> {
        self.request().decoded_by(decode::data)
    }

    /// Reads the answer as a `T` without an envelope; in one, it is read too.
    pub fn object<T: DeserializeOwned + 'static>(self) -> Call<T> {
        self.request().decoded_by(decode::object)
    }

    /// Reads the answer as one page of a list.
    pub fn page<T: DeserializeOwned + 'static>(self) -> Call<Page<T>> {
        self.request().decoded_by(decode::page)
    }

    /// Gives the items of this page and of all that follow.
    pub fn items<T: DeserializeOwned + 'static>(self) -> Items<T> {
        Items::new(self.page())
    }

    /// Gives the body as it came.
    pub fn bytes(self) -> Call<Bytes> {
        self.request().decoded_by(decode::bytes)
    }

    /// Gives the body as text.
    pub fn text(self) -> Call<String> {
        self.request().decoded_by(decode::text)
    }

    /// Gives nothing: only the status counts.
    pub fn empty(self) -> Call<()> {
        self.request().decoded_by(decode::empty)
    }

    /// Asks for the status, headers and raw body beside the value.
    pub fn with_response(self) -> Call<Response<Json>> {
        self.call.with_response()
    }

    /// Sends the request and waits for the answer on this thread. See [`Call::run_blocking`].
    ///
    /// # Errors
    ///
    /// Those of awaiting it.
    #[cfg(feature = "blocking")]
    pub fn run_blocking(self) -> Result<Json> {
        self.call.run_blocking()
    }

    /// Sends the request; what `.await` calls.
    pub fn into_future(self) -> Pending<Json> {
        self.call.into_future()
    }

    fn request(self) -> Box<CallRequest> {
        self.call.into_request()
    }
}

impl IntoFuture for RawRequest {
    type Output = Result<Json>;
    type IntoFuture = Pending<Json>;

    fn into_future(self) -> Self::IntoFuture {
        self.call.into_future()
    }
}

impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest").finish_non_exhaustive()
    }
}

pub(crate) static GET: Operation = operation(Method::GET, Idempotency::Natural);
pub(crate) static POST: Operation = operation(Method::POST, Idempotency::None);
pub(crate) static PUT: Operation = operation(Method::PUT, Idempotency::None);
pub(crate) static PATCH: Operation = operation(Method::PATCH, Idempotency::None);
pub(crate) static DELETE: Operation = operation(Method::DELETE, Idempotency::Natural);

/// The path is the request's own.
const fn operation(method: Method, idempotency: Idempotency) -> Operation {
    Operation {
        id: "raw",
        method,
        path: "",
        idempotency,
        authenticated: true,
    }
}
