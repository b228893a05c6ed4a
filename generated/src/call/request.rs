//! The parts of a request, which a [`RawRequest`](super::RawRequest) collects and then combines.

use std::borrow::Cow;
use std::fmt::Display;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri};

use super::{Answered, Ending, Failed, Idempotency, Operation, run};
use crate::answer::Effort;
use crate::client::Limits;
use crate::error::{ConfigError, InvalidRequest};
use crate::idempotency::SharedKey;
use crate::throttle::{self, RateKey};
#[cfg(feature = "blocking")]
use crate::trace::CallSpan;
use crate::{Client, RequestOptions, Result, header, url};

/// The future of a successful response, which is read later.
pub(crate) type Sending = Pin<Box<dyn Future<Output = Result<(Answered, Ending), Failed>> + Send>>;

/// About the number of headers of a request without the caller's own headers. The code below and the transport set them.
const HEADERS: usize = 8;

/// A request that is being built. The request keeps its first problem, and reports it when it is sent.
#[derive(Clone)]
pub(crate) struct CallRequest {
    client: Client,
    options: RequestOptions,
    operation: &'static Operation,
    pub(super) path: Cow<'static, str>,
    pub(super) query: Vec<(Cow<'static, str>, String)>,
    /// Query parameters that are lists. The commas between their items are not encoded.
    pub(super) joined: Vec<(&'static str, Vec<String>)>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) idempotency_key: Option<String>,
    /// The source of the key if the caller set no key.
    pub(super) shared_key: SharedKey,
    pub(super) body: Option<Body>,
    problem: Option<InvalidRequest>,
}

#[derive(Clone)]
pub(super) struct Body {
    pub(super) content_type: HeaderValue,
    pub(super) bytes: Bytes,
}

/// What every attempt of a call sends, and whether the client may repeat it.
pub(super) struct Assembled<'a> {
    call: &'a CallRequest,
    uri: Uri,
    idempotency_key_header: Option<HeaderValue>,
    pub(super) idempotency: Idempotency,
    pub(super) idempotency_key: Option<String>,
}

impl CallRequest {
    pub(super) fn new(
        client: Client,
        options: RequestOptions,
        operation: &'static Operation,
    ) -> Self {
        Self {
            problem: None,
            options: client.inner().options.clone().with(options),
            client,
            operation,
            path: operation.path.into(),
            query: Vec::new(),
            joined: Vec::new(),
            headers: Vec::new(),
            idempotency_key: None,
            shared_key: SharedKey::default(),
            body: None,
        }
    }

    /// Sends the request when the future is polled.
    pub(super) fn send(self: Box<Self>) -> Sending {
        Box::pin(run::run(self, None))
    }

    /// Sends the request when the future is polled, as a call that has already `started` in this `span`.
    #[cfg(feature = "blocking")]
    pub(crate) fn send_from(
        self: Box<Self>,
        started: std::time::Instant,
        span: CallSpan,
    ) -> Sending {
        Box::pin(run::run(self, Some((started, span))))
    }

    /// The value of a query parameter.
    pub(crate) fn query_value(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(existing, _)| existing == name)
            .map(|(_, value)| value.as_str())
    }

    /// Replaces a query parameter.
    pub(crate) fn set_query(&mut self, name: &'static str, value: impl Display) {
        self.query.retain(|(existing, _)| existing != name);
        self.query.push((name.into(), value.to_string()));
    }

    pub(super) fn add_options(&mut self, options: RequestOptions) {
        self.options = mem::take(&mut self.options).with(options);
    }

    /// Sets the timeout `longest`, unless there is a shorter timeout.
    #[allow(dead_code, reason = "a document may have nothing to wait for")]
    pub(super) fn at_most(&mut self, longest: Duration) {
        self.options.timeout = Some(self.limits().timeout.min(longest));
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    pub(crate) fn limits(&self) -> Limits {
        self.client.inner().limits.with(&self.options)
    }

    /// What is known about the effort of a call before its first attempt.
    pub(crate) fn effort(&self, idempotency_key: Option<String>) -> Effort {
        let Operation {
            method,
            idempotency,
            ..
        } = self.operation;
        Effort {
            is_read: method.is_safe(),
            is_repeatable: *idempotency == Idempotency::Natural || idempotency_key.is_some(),
            idempotency_key,
            ..Effort::default()
        }
    }

    /// The rate limit that the request counts towards.
    pub(super) fn rate_key(&self) -> RateKey {
        let path = match self.operation.path {
            "" => throttle::without_ids(&self.path).into(),
            template => template.into(),
        };
        let body = self.body.as_ref().map(|body| body.bytes.as_ref());
        RateKey::new(&self.operation.method, path, body)
    }

    /// The label of the call for its report, from the options.
    pub(crate) fn label(&self) -> Option<&Arc<str>> {
        self.options.label.as_ref()
    }

    pub(super) fn fails_fast(&self) -> bool {
        self.options.fail_fast == Some(true)
    }

    /// Whether a field that does not match the documentation is an error.
    pub(crate) fn is_strict(&self) -> bool {
        self.limits().strict_decoding
    }

    /// Records a problem of the request, unless there is one already.
    pub(super) fn refuse(&mut self, problem: InvalidRequest) {
        self.problem.get_or_insert(problem);
    }

    /// Generates the idempotency key now, if the call needs one. Every later [`assemble`](Self::assemble) then belongs to the
    /// same call.
    #[cfg(feature = "blocking")]
    pub(crate) fn fix_key(&mut self) -> Result<Option<String>, ConfigError> {
        self.idempotency_key = self.key()?;
        Ok(self.idempotency_key.clone())
    }

    /// The idempotency key of a new call: the caller's key, or the key that unchanged clones share.
    fn key(&self) -> Result<Option<String>, ConfigError> {
        match (&self.idempotency_key, self.operation.idempotency) {
            (Some(key), _) => Ok(Some(key.clone())),
            (None, Idempotency::Key) => self.shared_key.begin().map(Some),
            (None, Idempotency::Natural | Idempotency::None) => Ok(None),
        }
    }

    /// Assembles the request. Each use of this method begins a new call.
    pub(super) fn assemble(&self) -> Result<Assembled<'_>> {
        if let Some(problem) = &self.options.problem {
            return Err(ConfigError::new(problem.to_string()).into());
        }
        if let Some(problem) = &self.problem {
            return Err(problem.clone().into());
        }
        let uri = self.uri()?;
        let idempotency_key = self.key()?;
        let idempotency = match self.operation.idempotency {
            Idempotency::None if idempotency_key.is_some() => Idempotency::Key,
            other => other,
        };
        let idempotency_key_header = idempotency_key
            .as_deref()
            .map(|key| {
                header::parse_value(key)
                    .ok_or_else(|| InvalidRequest::new("the idempotency key is not ASCII"))
            })
            .transpose()?;
        Ok(Assembled {
            call: self,
            uri,
            idempotency_key_header,
            idempotency,
            idempotency_key,
        })
    }

    fn uri(&self) -> Result<Uri, InvalidRequest> {
        let base_url = self.client.inner().base_url.as_str();
        let mut uri = String::with_capacity(base_url.len() + self.path.len());
        uri.push_str(base_url);
        uri.push_str(&self.path);
        if !self.query.is_empty() {
            let pairs = self
                .query
                .iter()
                .map(|(name, value)| (name.as_bytes(), value.as_bytes()));
            uri.push('?');
            uri.push_str(&url::pairs(pairs));
        }
        for (name, items) in &self.joined {
            uri.push(if uri.contains('?') { '&' } else { '?' });
            uri.push_str(&url::list(name, items));
        }
        Uri::from_maybe_shared(uri)
            .map_err(|_| InvalidRequest::new("path and query are too long for a URL"))
    }
}

impl Assembled<'_> {
    /// The request of an attempt, which has the same bytes each time.
    pub(super) fn request(&self) -> Request<Bytes> {
        let body = self.call.body.as_ref().map(|body| body.bytes.clone());
        let mut request = Request::new(body.unwrap_or_default());
        *request.method_mut() = self.call.operation.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers();
        request
    }

    fn headers(&self) -> HeaderMap {
        let CallRequest {
            client,
            options,
            operation,
            headers: parameters,
            body,
            ..
        } = self.call;
        let client = client.inner();
        let mut headers = HeaderMap::with_capacity(HEADERS);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, client.user_agent.clone());
        for (name, value) in options.headers.iter().chain(parameters) {
            headers.insert(name, value.clone());
        }
        if let Some(body) = body {
            headers.insert(CONTENT_TYPE, body.content_type.clone());
        }
        if let Some(key) = &self.idempotency_key_header {
            headers.insert(header::IDEMPOTENCY_KEY, key.clone());
        }
        if operation.authenticated {
            headers.insert(AUTHORIZATION, client.authorization.clone());
        }
        headers
    }
}
