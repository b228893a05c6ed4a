//! The inputs of an operation: what generated code puts into a request, and how it reads the response.

use std::borrow::Cow;
use std::fmt::Display;

use bytes::Bytes;
use http::Method;
use serde::de::DeserializeOwned;

use super::request::Body;
use super::{Call, CallRequest, JsonObject, Operation, RawRequest};
use crate::form::Form;
use crate::{Client, Page, RequestOptions};
use crate::{decode, header, idempotency, url};

impl Operation {
    /// A request for this operation, without inputs so far.
    pub(crate) fn request(&'static self, client: Client, options: RequestOptions) -> RawRequest {
        RawRequest {
            request: Box::new(CallRequest::new(client, options, self)),
        }
    }
}

/// The methods of a request that only generated code uses.
#[allow(dead_code, reason = "the document decides which of these are called")]
impl RawRequest {
    /// Replaces `{name}` in the path by `value`.
    pub(crate) fn path(mut self, name: &str, value: impl AsRef<str>) -> Self {
        match url::fill(&self.request.path, name, value.as_ref()) {
            Ok(path) => self.request.path = path.into(),
            Err(problem) => self.request.refuse(problem),
        }
        self
    }

    /// Adds a query parameter for each value. A `None` adds no parameter, and a list adds several parameters with the same name.
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

    /// Replaces `{name}` in the path by a list, with commas between its items.
    pub(crate) fn path_items(
        mut self,
        name: &str,
        items: impl IntoIterator<Item = impl Display>,
    ) -> Self {
        match url::fill_items(&self.request.path, name, &url::texts(items)) {
            Ok(path) => self.request.path = path.into(),
            Err(problem) => self.request.refuse(problem),
        }
        self
    }

    /// Adds a query parameter with a list as its value, with commas between the items. A `None` or an empty list adds no
    /// parameter.
    pub(crate) fn joined(
        mut self,
        name: &'static str,
        items: Option<impl IntoIterator<Item = impl Display>>,
    ) -> Self {
        if let Some(items) = items {
            let items = url::texts(items);
            if !items.is_empty() {
                self.request.joined.push((name, items));
            }
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

    /// Sets a header to the last of the values. A `None` sets no header.
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

    /// Sets the idempotency key. Without a key, a call for an operation with idempotency keys generates one.
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

    /// Sets a body with the content type `multipart/form-data`, or none if the form is empty.
    pub(crate) fn optional_multipart(self, form: Form) -> Self {
        match form.is_empty() {
            true => self,
            false => self.multipart(form),
        }
    }

    /// Sets a body with the content type `application/x-www-form-urlencoded`, or none if the form is empty.
    pub(crate) fn optional_urlencoded(self, form: Form) -> Self {
        match form.is_empty() {
            true => self,
            false => self.urlencoded(form),
        }
    }

    /// Sets another content type for a JSON body, such as `application/merge-patch+json`.
    pub(crate) fn json_type(mut self, name: &'static str) -> Self {
        if let Some(Body { bytes, .. }) = self.request.body.take() {
            self.set_body(name, bytes);
        }
        self
    }

    /// Reads the response as a page of a list that has no next page.
    pub(crate) fn only_page<T: DeserializeOwned + 'static>(self) -> Call<Page<T>> {
        self.request.decoded_by(decode::only_page)
    }

    /// Reads the whole response as a `T`, without an envelope.
    pub(crate) fn exact<T: DeserializeOwned + 'static>(self) -> Call<T> {
        self.request.decoded_by(decode::exact)
    }
}
