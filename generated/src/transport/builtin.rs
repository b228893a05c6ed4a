//! The transport over reqwest: connections, TLS, proxy. The only user of reqwest's client.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderValue, Request, Response};
use tokio::time::Instant;

use super::body::{self, Body};
use super::origin::Origin;
use super::{SendError, SendFuture, Sender, classify, proxy, tls, within};
use crate::error::ConfigError;

/// What the built-in transport is made from.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) pool_idle_timeout: Duration,
    pub(crate) max_body_bytes: usize,
    pub(crate) proxy: Option<String>,
    /// PEM, one or more certificates each.
    pub(crate) root_certificates: Vec<Vec<u8>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            pool_idle_timeout: Duration::from_secs(30),
            max_body_bytes: 8 << 20,
            proxy: None,
            root_certificates: Vec::new(),
        }
    }
}

/// The most that connections are kept idle, which is for ever: adding more to a time overflows in hyper-util.
const LONGEST_IDLE: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How often a connection that has requests under way is asked whether it is alive, and how long it may take to say so:
/// over HTTP/2 all requests would go on waiting for one that hangs.
#[cfg(feature = "http2")]
const HTTP2_PING: Duration = Duration::from_secs(5);

/// reqwest without its redirects, retries and environment.
pub(crate) struct Builtin {
    client: reqwest::Client,
    origin: Origin,
    max_body_bytes: usize,
}

impl Builtin {
    /// A transport for requests to the origin of `base_url`.
    pub(crate) fn new(base_url: &str, settings: &Settings) -> Result<Self, ConfigError> {
        let origin = Origin::of(base_url)?;
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .connect_timeout(settings.connect_timeout)
            .pool_idle_timeout(settings.pool_idle_timeout.min(LONGEST_IDLE));
        if let Some(proxy) = &settings.proxy {
            builder = builder.proxy(proxy::parse(proxy)?);
        }
        #[cfg(feature = "http2")]
        {
            builder = builder
                .http2_keep_alive_interval(HTTP2_PING)
                .http2_keep_alive_timeout(HTTP2_PING);
        }
        let client = tls::configure(builder, &settings.root_certificates)?
            .build()
            .map_err(|error| {
                ConfigError::new("the transport could not be made").caused_by(error)
            })?;
        Ok(Self {
            client,
            origin,
            max_body_bytes: settings.max_body_bytes,
        })
    }

    /// Sends `request` and collects the answer: once its head is there, an error says so.
    async fn exchange(
        &self,
        request: Request<Bytes>,
        time: Duration,
    ) -> Result<Response<Bytes>, SendError> {
        let started = Instant::now();
        let request = self.convert(request);
        let mut answer = within(time, self.client.execute(request))
            .await?
            .map_err(classify::send_error)?;
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = answer.status();
        *response.version_mut() = answer.version();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        let body = Body::new(response.headers(), self.max_body_bytes);
        if body.is_decompressed() {
            response.headers_mut().remove(CONTENT_ENCODING);
            response.headers_mut().remove(CONTENT_LENGTH);
        }
        let left = time.saturating_sub(started.elapsed());
        match within(left, collect(answer, body)).await {
            Ok(Ok(body)) => *response.body_mut() = body,
            Ok(Err(error)) | Err(error) => {
                let (head, _) = response.into_parts();
                return Err(error.with_head(head.status, head.headers));
            }
        }
        Ok(response)
    }

    fn convert(&self, request: Request<Bytes>) -> reqwest::Request {
        let (head, body) = request.into_parts();
        let url = self.origin.url(&head.uri);
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(body.into());
        if let Some(accepted) = body::ACCEPTED {
            let accepted = HeaderValue::from_static(accepted);
            request.headers_mut().insert(ACCEPT_ENCODING, accepted);
        }
        request
    }
}

impl Sender for Builtin {
    fn send_within(&self, request: Request<Bytes>, time: Duration) -> SendFuture<'_> {
        Box::pin(self.exchange(request, time))
    }
}

async fn collect(mut answer: reqwest::Response, mut body: Body) -> Result<Bytes, SendError> {
    while let Some(chunk) = answer.chunk().await.map_err(classify::lost_body)? {
        body.push(&chunk)?;
    }
    body.finish()
}
