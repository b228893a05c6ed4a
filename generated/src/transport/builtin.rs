//! The transport over reqwest: connections, TLS, proxy. The only user of reqwest's client.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderValue, Request, Response};
use tokio::time::Instant;

use super::body::{self, Body};
use super::origin::Origin;
use super::{SendError, SendFuture, Transport, classify, tls, within};
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

/// reqwest without its redirects, retries and environment.
pub(crate) struct Builtin {
    client: reqwest::Client,
    origin: Origin,
    max_body_bytes: usize,
}

impl Builtin {
    pub(crate) fn new(settings: &Settings) -> Result<Self, ConfigError> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .connect_timeout(settings.connect_timeout)
            .pool_idle_timeout(settings.pool_idle_timeout);
        if let Some(proxy) = &settings.proxy {
            let proxy = reqwest::Proxy::all(proxy.as_str()).map_err(|_| {
                ConfigError::new("the proxy must be a URL such as `http://proxy.example:3128`")
            })?;
            builder = builder.proxy(proxy);
        }
        let client = tls::configure(builder, &settings.root_certificates)?
            .build()
            .map_err(|error| {
                ConfigError::new("the transport could not be made").caused_by(error)
            })?;
        Ok(Self {
            client,
            origin: Origin::default(),
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
        let request = self.convert(request)?;
        let mut answer = within(time, self.client.execute(request))
            .await?
            .map_err(classify::send_error)?;
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = answer.status();
        *response.version_mut() = answer.version();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        let body = Body::new(response.headers(), self.max_body_bytes);
        let left = time.saturating_sub(started.elapsed());
        match within(left, collect(answer, body)).await {
            Ok(Ok(body)) => *response.body_mut() = body,
            Ok(Err(error)) | Err(error) => {
                let (head, _) = response.into_parts();
                return Err(error.with_head(head.status, head.headers));
            }
        }
        if cfg!(feature = "gzip") && response.headers_mut().remove(CONTENT_ENCODING).is_some() {
            response.headers_mut().remove(CONTENT_LENGTH);
        }
        Ok(response)
    }

    fn convert(&self, request: Request<Bytes>) -> Result<reqwest::Request, SendError> {
        let (head, body) = request.into_parts();
        let url = self.origin.url(&head.uri).map_err(SendError::not_sent)?;
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(body.into());
        if let Some(accepted) = body::ACCEPTED {
            let accepted = HeaderValue::from_static(accepted);
            request.headers_mut().insert(ACCEPT_ENCODING, accepted);
        }
        Ok(request)
    }
}

impl Transport for Builtin {
    fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
        self.send_within(request, Duration::MAX)
    }

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
