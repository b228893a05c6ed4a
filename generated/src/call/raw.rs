//! A request to any path of the API.

use std::fmt::{self, Display};

use bytes::Bytes;
use http::{HeaderValue, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::request::Body;
use super::{Call, CallRequest, Idempotency, Operation, Pending};
use crate::body;
use crate::error::InvalidRequest;
use crate::form::Form;
use crate::{Client, Items, Json, Page, RequestOptions, Response, Result};
use crate::{decode, header, url};

/// A request to any path of the API. Awaiting it returns the body as [`Json`], or `null` if the body is empty.
///
/// Created by [`Client::get`], [`Client::post`] and similar methods. [`data`](Self::data) and similar methods read the response as
/// another type.
#[derive(Clone)]
#[must_use = "a request does nothing until it is awaited"]
pub struct RawRequest {
    pub(super) request: Box<CallRequest>,
}

impl RawRequest {
    /// Creates a request to a path that is already encoded.
    pub(crate) fn new(client: Client, operation: &'static Operation, path: String) -> Self {
        let Self { mut request } = operation.request(client, RequestOptions::default());
        if let Err(problem) = url::check_path(&path) {
            request.refuse(problem);
        }
        request.path = path.into();
        Self { request }
    }

    /// Adds a query parameter. The name may have brackets, such as `page[size]`.
    pub fn query(self, name: impl Into<String>, value: impl Display) -> Self {
        self.queries(name.into(), [value])
    }

    /// Sets a header, which replaces a header with the same name.
    ///
    /// The call sends nothing and fails with [`Error::InvalidRequest`](crate::Error::InvalidRequest) if the value has characters other
    /// than printable ASCII, or if the client sets the header itself. The client sets `Accept-Encoding`, `Authorization`, `Connection`,
    /// `Content-Length`, `Content-Type`, `Host` and `Transfer-Encoding`. For `Idempotency-Key`, call
    /// [`idempotency_key`](Self::idempotency_key).
    pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.headers(name.as_ref(), [value.as_ref()])
    }

    /// Sets a JSON body.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        let json = body::json(body, None);
        self.set_json(json);
        self
    }

    /// Sets a body with the content type `multipart/form-data`.
    pub fn multipart(mut self, form: Form) -> Self {
        match form.multipart() {
            Ok((content_type, bytes)) => self.set_body(&content_type, bytes),
            Err(problem) => self.request.refuse(problem),
        }
        self
    }

    /// Sets a body with the content type `application/x-www-form-urlencoded`.
    ///
    /// If the form has a file, the call sends nothing and fails with [`Error::InvalidRequest`](crate::Error::InvalidRequest).
    pub fn urlencoded(mut self, form: Form) -> Self {
        match form.urlencoded() {
            Ok(text) => self.set_body("application/x-www-form-urlencoded", text.into()),
            Err(problem) => self.request.refuse(problem),
        }
        self
    }

    /// Sets a body with any content type: `.body("text/csv", "a,b")`.
    pub fn body(mut self, content_type: impl AsRef<str>, body: impl Into<Bytes>) -> Self {
        self.set_body(content_type.as_ref(), body.into());
        self
    }

    /// Sets the header `Idempotency-Key`: 1 to 255 characters of `A-Z a-z 0-9 _ : -`. Use a UUID.
    ///
    /// With a key, the client also retries after a lost response. A retry after a lost response is safe only if Telnyx documents
    /// the header for the operation.
    pub fn idempotency_key(self, idempotency_key: impl Into<String>) -> Self {
        self.keyed(Some(idempotency_key.into()))
    }

    /// Sets options for this call. These options override the settings of the client, and earlier options of this call.
    pub fn with_options(mut self, options: RequestOptions) -> Self {
        self.request.add_options(options);
        self
    }

    /// Reads the response as `{"data": T}`.
    pub fn data<T: DeserializeOwned + 'static>(self) -> Call<T> {
        self.request.decoded_by(decode::data)
    }

    /// Reads the response as a `T`, whether or not it is wrapped in `{"data": …}`.
    pub fn object<T: DeserializeOwned + 'static>(self) -> Call<T> {
        self.request.decoded_by(decode::object)
    }

    /// Reads the response as one page of a list.
    pub fn page<T: DeserializeOwned + 'static>(self) -> Call<Page<T>> {
        self.request.decoded_by(decode::page)
    }

    /// Returns the items of this page and of all later pages.
    pub fn items<T: DeserializeOwned + 'static>(self) -> Items<T> {
        Items::new(self.page())
    }

    /// Returns the body, unchanged.
    pub fn bytes(self) -> Call<Bytes> {
        self.request.decoded_by(decode::bytes)
    }

    /// Returns the body as text.
    pub fn text(self) -> Call<String> {
        self.request.decoded_by(decode::text)
    }

    /// Returns no value. Only the status code decides whether the call succeeds.
    pub fn empty(self) -> Call<()> {
        self.request.decoded_by(decode::empty)
    }

    /// Returns the status, headers and raw body together with the value.
    pub fn with_response(self) -> Call<Response<Json>> {
        self.into_call().with_response()
    }

    /// Sends the request and waits for the response on this thread. See [`Call::run_blocking`].
    ///
    /// # Errors
    ///
    /// Fails as `.await` does.
    #[cfg(feature = "blocking")]
    pub fn run_blocking(self) -> Result<Json> {
        self.into_call().run_blocking()
    }

    /// Returns a future that sends the request when it is polled. `.await` calls this method.
    pub fn into_future(self) -> Pending<Json> {
        self.into_call().into_future()
    }

    fn into_call(self) -> Call<Json> {
        self.request.decoded_by(decode::json)
    }

    pub(super) fn set_json(&mut self, json: Result<Bytes, InvalidRequest>) {
        match json {
            Ok(bytes) => {
                self.request.body = Some(Body {
                    content_type: HeaderValue::from_static("application/json"),
                    bytes,
                });
            }
            Err(problem) => self.request.refuse(problem),
        }
    }

    pub(super) fn set_body(&mut self, content_type: &str, bytes: Bytes) {
        match header::parse_value(content_type) {
            Some(content_type) => {
                self.request.body = Some(Body {
                    content_type,
                    bytes,
                });
            }
            None => self.request.refuse(InvalidRequest::new(
                "the content type contains a character that is not printable ASCII",
            )),
        }
    }
}

impl IntoFuture for RawRequest {
    type Output = Result<Json>;
    type IntoFuture = Pending<Json>;

    fn into_future(self) -> Self::IntoFuture {
        self.into_call().into_future()
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

/// The operation of a raw request with this method. The path is in the request itself.
const fn operation(method: Method, idempotency: Idempotency) -> Operation {
    Operation {
        id: "raw",
        method,
        path: "",
        idempotency,
        authenticated: true,
    }
}
