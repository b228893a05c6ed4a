//! A transport for tests: it returns prepared responses and stores the requests.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use serde_json::json;
use tokio::time::Instant;

use super::{SendError, SendFuture, Transport};
use crate::{Client, ClientBuilder, ErrorCode};

/// A transport for tests of your code, which replies to requests with prepared responses and stores the requests. Needs the feature
/// `testing`.
///
/// Retries, timeouts, outcomes and decoding work as in production. Only the connection is replaced. Clones share replies and
/// requests.
///
/// ```
/// use telnyx_messaging::http::StatusCode;
/// use telnyx_messaging::transport::{MockReply, MockTransport};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> telnyx_messaging::Result<()> {
/// let transport = MockTransport::new([
///     MockReply::status(StatusCode::SERVICE_UNAVAILABLE, ""),
///     MockReply::ok(r#"{"data":{"id":"m-1"}}"#),
/// ]);
/// let client = transport.builder().build()?;
///
/// let message = client.messages().send("+13125550001").from("+13125550000").text("Hi").await?; // your code
///
/// assert_eq!(message.id, "m-1");
/// let requests = transport.requests();
/// assert_eq!(requests.len(), 2);
/// assert_eq!(requests[1].uri().path(), "/v2/messages");
/// assert_eq!(requests[1].body(), r#"{"to":"+13125550001","from":"+13125550000","text":"Hi"}"#);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct MockTransport {
    inner: Arc<Inner>,
}

struct Inner {
    reply: Box<Reply>,
    sent: Mutex<Vec<(Instant, Request<Bytes>)>>,
}

type Reply = dyn Fn(&Request<Bytes>) -> MockReply + Send + Sync;

impl MockTransport {
    /// Replies to each request with the next of `replies`. When no reply is left, the transport replies with status 418, which
    /// the client does not retry.
    pub fn new(replies: impl IntoIterator<Item = MockReply>) -> Self {
        let replies: Mutex<VecDeque<_>> = Mutex::new(replies.into_iter().collect());
        Self::from_fn(move |request| {
            let next = lock(&replies).pop_front();
            next.unwrap_or_else(|| MockReply::exhausted(request))
        })
    }

    /// Calls `reply` for each request.
    ///
    /// ```
    /// use telnyx_messaging::http::{Method, StatusCode};
    /// use telnyx_messaging::transport::{MockReply, MockTransport};
    ///
    /// let transport = MockTransport::from_fn(|request| match *request.method() {
    ///     Method::POST => MockReply::ok(r#"{"data":{"id":"m-1"}}"#),
    ///     _ => MockReply::status(StatusCode::NOT_FOUND, ""),
    /// });
    /// ```
    pub fn from_fn(reply: impl Fn(&Request<Bytes>) -> MockReply + Send + Sync + 'static) -> Self {
        Self {
            inner: Arc::new(Inner {
                reply: Box::new(reply),
                sent: Mutex::default(),
            }),
        }
    }

    /// Settings for a client with this transport, a test key and a test URL. These settings ignore the environment variables.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder()
            .api_key("KEY")
            .base_url("https://api.telnyx.com/v2")
            .transport(self.clone())
    }

    /// The requests that the transport has received so far, in order, including retries.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        let sent = lock(&self.inner.sent);
        sent.iter().map(|(_, request)| request.clone()).collect()
    }

    /// When the requests were sent.
    #[cfg(test)]
    pub(crate) fn times(&self) -> Vec<Instant> {
        let sent = lock(&self.inner.sent);
        sent.iter().map(|(time, _)| *time).collect()
    }
}

impl Transport for MockTransport {
    fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
        Box::pin(async {
            let reply = (self.inner.reply)(&request);
            lock(&self.inner.sent).push((Instant::now(), request));
            match reply.0 {
                Kind::Answers(response) => Ok(response),
                Kind::Fails(error) => Err(error),
                Kind::Hangs => std::future::pending().await,
            }
        })
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockTransport").finish_non_exhaustive()
    }
}

/// What happens to a request to a [`MockTransport`]. Needs the feature `testing`.
///
/// You can also convert a [`http::Response`].
#[derive(Debug)]
#[must_use = "a reply does nothing until a transport has it"]
pub struct MockReply(Kind);

#[derive(Debug)]
enum Kind {
    Answers(Response<Bytes>),
    Fails(SendError),
    Hangs,
}

impl MockReply {
    /// A response with status 200.
    pub fn ok(body: impl Into<Bytes>) -> Self {
        Self::status(StatusCode::OK, body)
    }

    /// A response with this status.
    pub fn status(status: StatusCode, body: impl Into<Bytes>) -> Self {
        let mut response = Response::new(body.into());
        *response.status_mut() = status;
        Self(Kind::Answers(response))
    }

    /// A refusal: a response with this status, whose body is Telnyx's JSON for one error with this code.
    ///
    /// ```
    /// use telnyx_messaging::ErrorCode;
    /// use telnyx_messaging::http::StatusCode;
    /// use telnyx_messaging::transport::MockReply;
    ///
    /// let reply = MockReply::refused(StatusCode::FORBIDDEN, ErrorCode::BLOCKED_BY_STOP);
    /// ```
    pub fn refused(status: StatusCode, code: ErrorCode) -> Self {
        let body = json!({ "errors": [{ "code": code, "title": "refused by the mock" }] });
        Self::status(status, body.to_string())
    }

    /// Adds a header to the response.
    ///
    /// ```
    /// use telnyx_messaging::http::StatusCode;
    /// use telnyx_messaging::transport::MockReply;
    ///
    /// let reply = MockReply::status(StatusCode::TOO_MANY_REQUESTS, "").header("retry-after", "300");
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the name or the value cannot be a header, or if the reply is not a response.
    #[expect(clippy::panic, reason = "a mistake in a test is to stop it")]
    pub fn header(self, name: &str, value: &str) -> Self {
        let Self(Kind::Answers(mut response)) = self else {
            panic!("a reply that is no response cannot have the header `{name}`");
        };
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => response.headers_mut().append(name, value),
            _ => panic!("`{name}: {value}` is not a header"),
        };
        Self(Kind::Answers(response))
    }

    /// The attempt fails without a complete response. Use [`SendError::not_sent`] to simulate a failed connection, and
    /// [`SendError::maybe_sent`] to simulate a lost response.
    pub fn error(error: SendError) -> Self {
        Self(Kind::Fails(error))
    }

    /// No response: the call waits until its timeout.
    pub fn hang() -> Self {
        Self(Kind::Hangs)
    }

    fn exhausted(request: &Request<Bytes>) -> Self {
        let (method, path) = (request.method(), request.uri().path());
        let title = format!("the mock has no reply left for {method} {path}");
        let body = json!({ "errors": [{ "title": title }] });
        Self::status(StatusCode::IM_A_TEAPOT, body.to_string())
    }
}

impl<B: Into<Bytes>> From<Response<B>> for MockReply {
    fn from(response: Response<B>) -> Self {
        Self(Kind::Answers(response.map(Into::into)))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Replies in few words, for the tests of this crate.
#[cfg(test)]
pub(crate) mod replies {
    use super::*;

    pub(crate) fn client(transport: &MockTransport) -> Client {
        transport.builder().build().unwrap()
    }

    pub(crate) fn answer(status: u16, body: &str) -> MockReply {
        answer_with(status, &[], body)
    }

    pub(crate) fn answer_with(status: u16, headers: &[(&str, &str)], body: &str) -> MockReply {
        head(status, headers)
            .map(|()| Bytes::copy_from_slice(body.as_bytes()))
            .into()
    }

    /// The head of an answer, and no more.
    pub(crate) fn cut(status: u16, headers: &[(&str, &str)]) -> MockReply {
        let (head, ()) = head(status, headers).into_parts();
        MockReply::error(SendError::maybe_sent("cut").with_head(head.status, head.headers))
    }

    fn head(status: u16, headers: &[(&str, &str)]) -> Response<()> {
        let builder = Response::builder().status(status);
        let add = |builder: http::response::Builder, header: &(&str, &str)| {
            builder.header(header.0, header.1)
        };
        headers.iter().fold(builder, add).body(()).unwrap()
    }

    pub(crate) fn not_sent() -> MockReply {
        MockReply::error(SendError::not_sent("refused"))
    }

    pub(crate) fn certificate() -> MockReply {
        MockReply::error(SendError::certificate("expired"))
    }

    pub(crate) fn lost() -> MockReply {
        MockReply::error(SendError::maybe_sent("reset"))
    }

    pub(crate) fn too_large() -> MockReply {
        MockReply::error(SendError::body_too_large(8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_request_beyond_the_last_reply_ends_the_call_and_says_so() {
        let transport = MockTransport::new([]);
        let client = transport.builder().build().unwrap();
        let error = client.get("/messages/1").await.unwrap_err();
        assert_eq!(transport.requests().len(), 1);
        let said = "the mock has no reply left for GET /v2/messages/1";
        assert!(error.to_string().contains(said), "{error}");
    }

    #[tokio::test]
    async fn an_answer_can_have_headers() {
        let response = Response::builder().header("x-request-id", "abc").body("{}");
        let reply = MockReply::ok("{}").header("x-request-id", "abc");
        let transport = MockTransport::new([response.unwrap().into(), reply]);
        let client = transport.builder().build().unwrap();
        for _ in 0..2 {
            let response = client.get("/").with_response().await.unwrap();
            assert_eq!(response.request_id(), Some("abc"));
        }
    }

    #[tokio::test]
    async fn a_refusal_has_its_status_and_its_code() {
        let refused = MockReply::refused(StatusCode::FORBIDDEN, ErrorCode::BLOCKED_BY_STOP);
        let transport = MockTransport::new([refused]);
        let client = transport.builder().build().unwrap();
        let error = client.get("/messages/1").await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::FORBIDDEN));
        assert_eq!(error.code(), Some(&ErrorCode::BLOCKED_BY_STOP));
    }

    #[test]
    #[should_panic = "cannot have the header `retry-after`"]
    fn a_reply_without_a_response_has_no_headers() {
        let _ = MockReply::hang().header("retry-after", "300");
    }

    #[test]
    #[should_panic = "is not a header"]
    fn a_header_that_cannot_be_one_stops_the_test() {
        let _ = MockReply::ok("").header("retry after", "300");
    }
}
