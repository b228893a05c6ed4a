//! The settings of connections: TLS, proxy, limits.

use std::time::Duration;

use super::tls::Tls;
use super::{FOR_EVER, connect, proxy};
use crate::error::ConfigError;

/// The settings of the built-in transport.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) pool_idle_timeout: Duration,
    pub(crate) pool_max_idle: usize,
    pub(crate) max_body_bytes: usize,
    pub(crate) proxy: Option<String>,
    /// Whether the environment names a proxy that the client does not use.
    pub(crate) ignores_proxy: bool,
    /// Certificates in PEM format. Each entry has one or more certificates.
    pub(crate) root_certificates: Vec<Vec<u8>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            pool_idle_timeout: Duration::from_secs(30),
            pool_max_idle: 512,
            max_body_bytes: 8 << 20,
            proxy: None,
            ignores_proxy: false,
            root_certificates: Vec::new(),
        }
    }
}

/// The time between two pings on a connection with requests in progress, and the time that the server has to respond. Without
/// pings, all HTTP/2 requests on a broken connection would wait until their timeout.
#[cfg(feature = "http2")]
const HTTP2_PING: Duration = Duration::from_secs(5);

/// A client of reqwest with these settings.
pub(super) fn client(settings: &Settings, tls: &Tls) -> Result<reqwest::Client, ConfigError> {
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .connector_layer(connect::InTime)
        .connect_timeout(settings.connect_timeout)
        .pool_idle_timeout(settings.pool_idle_timeout.min(FOR_EVER))
        .pool_max_idle_per_host(settings.pool_max_idle);
    if let Some(proxy) = &settings.proxy {
        builder = builder.proxy(proxy::parse(proxy)?);
    }
    #[cfg(feature = "http2")]
    {
        builder = builder
            .http2_keep_alive_interval(HTTP2_PING)
            .http2_keep_alive_timeout(HTTP2_PING);
    }
    tls.configure(builder)
        .build()
        .map_err(|error| ConfigError::new("the transport could not be created").caused_by(error))
}
