//! The transport over reqwest.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use tokio::time::{Instant, timeout_at};

use super::body::{self, Body};
use super::origin::Origin;
use super::pools::Pools;
use super::settings::Settings;
use super::{FOR_EVER, SendError, SendFuture, Sender, classify, connect};
use crate::error::ConfigError;

/// reqwest without redirects, retries and environment variables.
pub(crate) struct Builtin {
    pools: Pools,
    origin: Origin,
    max_body_bytes: usize,
    ignores_proxy: bool,
}

impl Builtin {
    /// A transport for requests to the origin of `base_url`.
    pub(crate) fn new(base_url: &str, settings: &Settings) -> Result<Self, ConfigError> {
        Ok(Self {
            origin: Origin::of(base_url)?,
            pools: Pools::new(settings)?,
            max_body_bytes: settings.max_body_bytes,
            ignores_proxy: settings.ignores_proxy,
        })
    }

    /// Sends `request` and collects the response. If the headers have arrived, an error contains them.
    async fn exchange(
        &self,
        request: Request<Bytes>,
        time: Duration,
    ) -> Result<Response<Bytes>, SendError> {
        let end = end_of(time);
        let is_head = request.method() == Method::HEAD;
        let sending = self.pools.here()?.execute(self.convert(request));
        let mut answer = until(end, connect::before(end, sending))
            .await?
            .map_err(|error| classify::send_error(error).beside_a_proxy(self.ignores_proxy))?;
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = answer.status();
        *response.version_mut() = answer.version();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        let mut body = Body::new(response.headers(), self.max_body_bytes);
        let has_content = !is_head && has_content(answer.status());
        let collected = until(end, collect(answer, &mut body, has_content)).await;
        if body.is_decompressed() {
            response.headers_mut().remove(CONTENT_ENCODING);
            response.headers_mut().remove(CONTENT_LENGTH);
        }
        *response.body_mut() = body.into_bytes();
        match collected {
            Ok(Ok(())) => Ok(response),
            Ok(Err(error)) | Err(error) => {
                let (head, body) = response.into_parts();
                Err(error.with_head(head.status, head.headers).with_body(body))
            }
        }
    }

    fn convert(&self, request: Request<Bytes>) -> reqwest::Request {
        let (head, body) = request.into_parts();
        let url = self.origin.url(&head.uri);
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(body.into());
        let accepted = HeaderValue::from_static(body::ACCEPTED);
        request.headers_mut().insert(ACCEPT_ENCODING, accepted);
        self.origin.add_host(request.headers_mut());
        request
    }
}

impl Sender for Builtin {
    fn send_within(&self, request: Request<Bytes>, time: Duration) -> SendFuture<'_> {
        Box::pin(self.exchange(request, time))
    }
}

/// The end of an attempt that begins now and may take `time`.
fn end_of(time: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(time).unwrap_or_else(|| now + FOR_EVER)
}

async fn until<F: Future>(end: Instant, future: F) -> Result<F::Output, SendError> {
    let in_time = timeout_at(end, future).await;
    in_time.map_err(|_| SendError::out_of_time())
}

/// Reads the body of a response. The header `Content-Length` describes the body if the response `has_content`.
async fn collect(
    mut answer: reqwest::Response,
    body: &mut Body,
    has_content: bool,
) -> Result<(), SendError> {
    while let Some(chunk) = answer.chunk().await.map_err(classify::lost_body)? {
        body.push(&chunk)?;
    }
    // hyper counts down the bytes that the header `Content-Length` announced. hyper treats an HTTP/2 stream that was reset with
    // `NO_ERROR` as complete.
    let missing = answer.content_length().filter(|_| has_content);
    match missing {
        None | Some(0) => body.finish(),
        Some(_) => Err(SendError::maybe_sent("the body is shorter than its length")),
    }
}

/// Whether a response with this status has a body, unless the request is a HEAD.
fn has_content(status: StatusCode) -> bool {
    !matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}
