//! A request to any path of the API. Generated code uses it for operations.

use std::borrow::Cow;
use std::fmt::{self, Display};

use bytes::Bytes;
use http::{HeaderValue, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::request::Body;
use super::{Call, CallRequest, Idempotency, JsonObject, Operation, Pending};
use crate::body;
use crate::error::InvalidRequest;
use crate::form::Form;
use crate::{Client, Items, Json, Page, RequestOptions, Response, Result};
use crate::{decode, header, idempotency, url};

/// A request to any path of the API. Awaiting it returns the body as [`Json`], or `null` if the body is empty.
///
/// Created by [`Client::get`], [`Client::post`] and similar methods. [`data`](Self::data) and similar methods read the response as
/// another type.
#[derive(Clone)]
#[must_use = "a request does nothing until it is awaited"]
pub struct RawRequest {
    request: Box<CallRequest>,
}

impl RawRequest {
    /// A request to a path that is already encoded.
    pub(crate) fn new(client: Client, operation: &'static Operation, path: String) -> Self {
        let Self { mut request } = operation.request(client, RequestOptions::default());
        if let Err(problem) = url::check_path(&path) {
            request.refuse(problem);
        }
        request.path = path.into();
        Self { request }
    }

    /// Adds a query parameter. The name may have brackets: `page[size]`.
    pub fn query(self, name: impl Into<String>, value: impl Display) -> Self {
        self.queries(name.into(), [value])
    }

    /// Sets a header, in place of one of the same name. [`RequestOptions::header`] says which headers are rejected.
    pub fn header(self, name: impl AsRef<str>, value: impl Display) -> Self {
        self.headers(name.as_ref(), [value])
    }

    /// Sets a JSON body.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        let json = body::json(body);
        self.set_json(json);
        self
    }

    /// Sets a body of the type `multipart/form-data`.
    pub fn multipart(mut self, form: Form) -> Self {
        match form.multipart() {
            Ok((content_type, bytes)) => self.set_body(&content_type, bytes),
            Err(problem) => self.request.refuse(problem),
        }
        self
    }

    /// Sets a body of the type `application/x-www-form-urlencoded`.
    ///
    /// If the form has a file, the call sends nothing and fails with [`Error::InvalidRequest`](crate::Error::InvalidRequest).
    pub fn urlencoded(mut self, form: Form) -> Self {
        match form.urlencoded() {
            Ok(text) => self.set_body("application/x-www-form-urlencoded", text.into()),
            Err(problem) => self.request.refuse(problem),
        }
        self
    }

    /// Sets a body of any other type: `.body("text/csv", "a,b")`.
    pub fn body(mut self, content_type: impl AsRef<str>, body: impl Into<Bytes>) -> Self {
        self.set_body(content_type.as_ref(), body.into());
        self
    }

    /// Sets the header `Idempotency-Key`: 1 to 255 characters of `A-Z a-z 0-9 _ : -`. Use a UUID.
    ///
    /// The client then also retries after a lost response. That is safe only if Telnyx documents the header for this operation.
    pub fn idempotency_key(self, idempotency_key: impl Into<String>) -> Self {
        self.keyed(Some(idempotency_key.into()))
    }

    /// Sets options for this call. They override the options of the client, and earlier options of this call.
    pub fn with_options(mut self, options: RequestOptions) -> Self {
        self.request.options(options);
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

    /// Returns no value. The call succeeds or fails by its status code.
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
    /// The same errors as with `.await`.
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

    fn set_json(&mut self, json: Result<Bytes, InvalidRequest>) {
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

    fn set_body(&mut self, content_type: &str, bytes: Bytes) {
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

impl Operation {
    /// A request for this operation, so far without its inputs.
    pub(crate) fn request(&'static self, client: Client, options: RequestOptions) -> RawRequest {
        RawRequest {
            request: Box::new(CallRequest::new(client, options, self)),
        }
    }
}

/// What generated code calls beside the methods that everybody has.
#[allow(dead_code, reason = "the document decides which of these are called")]
impl RawRequest {
    /// Puts `value` in the place of `{name}` in the path.
    pub(crate) fn path(mut self, name: &str, value: impl AsRef<str>) -> Self {
        match url::fill(&self.request.path, name, value.as_ref()) {
            Ok(path) => self.request.path = path.into(),
            Err(problem) => self.request.refuse(problem),
        }
        self
    }

    /// Adds a query parameter for each value: none for a `None`, several of one name for a list.
    pub(crate) fn queries(
        mut self,
        name: impl Into<Cow<'static, str>>,
        values: impl IntoIterator<Item = impl Display>,
    ) -> Self {
        let name = name.into();
        for value in values {
            self.request.query.push((name.clone(), value.to_string()));
        }
        self
    }

    /// Puts a list in the place of `{name}` in the path, with commas between its items.
    pub(crate) fn path_items(
        mut self,
        name: &str,
        items: impl IntoIterator<Item = impl Display>,
    ) -> Self {
        let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
        match url::fill_items(&self.request.path, name, &items) {
            Ok(path) => self.request.path = path.into(),
            Err(problem) => self.request.refuse(problem),
        }
        self
    }

    /// Adds a query parameter that holds a list, with commas between its items; none for a `None`.
    pub(crate) fn joined(
        mut self,
        name: &'static str,
        items: Option<impl IntoIterator<Item = impl Display>>,
    ) -> Self {
        if let Some(items) = items {
            let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
            self.request.joined.push((name, items));
        }
        self
    }

    /// Adds a query parameter for each entry of a map: `name[key]=value`, or `key=value` without a name.
    pub(crate) fn entries(
        mut self,
        name: Option<&str>,
        entries: Option<impl IntoIterator<Item = (String, impl Display)>>,
    ) -> Self {
        for (key, value) in entries.into_iter().flatten() {
            let name = match name {
                Some(name) => format!("{name}[{key}]"),
                None => key,
            };
            self.request.query.push((name.into(), value.to_string()));
        }
        self
    }

    /// Sets a header to the last of the values; nothing for a `None`.
    pub(crate) fn headers(
        mut self,
        name: &str,
        values: impl IntoIterator<Item = impl Display>,
    ) -> Self {
        for value in values {
            match header::parse(name, &value.to_string()) {
                Ok(header) => self.request.headers.push(header),
                Err(problem) => self.request.refuse(problem),
            }
        }
        self
    }

    /// Sets the idempotency key; without one, a call that takes a key generates it.
    pub(crate) fn keyed(mut self, idempotency_key: Option<String>) -> Self {
        if let Some(key) = &idempotency_key
            && let Err(problem) = idempotency::check_key(key)
        {
            self.request.refuse(problem);
        }
        self.request.idempotency_key = idempotency_key;
        self
    }

    /// Sets a JSON body that is an object.
    pub(crate) fn json_object(mut self, body: JsonObject) -> Self {
        // These methods give a body no meaning, and none of ours asks for one.
        let is_bodiless = matches!(
            self.request.operation().method,
            Method::GET | Method::HEAD | Method::DELETE
        );
        if !(is_bodiless && body.is_empty()) {
            self.set_json(body.finish().map(Bytes::from));
        }
        self
    }

    /// Gives the body of JSON another name: `application/merge-patch+json`.
    #[allow(dead_code, reason = "a document may have no such body")]
    pub(crate) fn json_type(mut self, name: &'static str) -> Self {
        if let Some(Body { bytes, .. }) = self.request.body.take() {
            self.set_body(name, bytes);
        }
        self
    }

    /// Reads the answer as the page of a list that cannot be asked for another.
    #[allow(dead_code, reason = "a document may have no such list")]
    pub(crate) fn only_page<T: DeserializeOwned + 'static>(self) -> Call<Page<T>> {
        self.request.decoded_by(decode::only_page)
    }

    /// Reads the answer as a `T`, exactly as it came.
    pub(crate) fn exact<T: DeserializeOwned + 'static>(self) -> Call<T> {
        self.request.decoded_by(decode::exact)
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

/// What holds for a raw request with this method. The path is the request's own.
const fn operation(method: Method, idempotency: Idempotency) -> Operation {
    Operation {
        id: "raw",
        method,
        path: "",
        idempotency,
        authenticated: true,
    }
}
