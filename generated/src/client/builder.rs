//! The settings of a client.

use std::env;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::base_url::{self, BaseUrl};
use super::headers::{authorization, user_agent};
use super::{Client, Inner, Limits};
use crate::error::ConfigError;
use crate::observe::{CallReport, Observer};
use crate::retry::{Backoff, RetryBudget, RetryPolicy};
use crate::secret::Secret;
use crate::throttle::Gates;
use crate::transport::{self, Builtin, Custom, InnerTransport, Sender, Transport};
use crate::{RequestOptions, Result};

const API_KEY: &str = "TELNYX_API_KEY";
const BASE_URL: &str = "TELNYX_BASE_URL";

/// The environment variables for an https proxy. The client does not use them.
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// Settings for a [`Client`]. Created by [`Client::builder`].
///
/// `Debug` does not show the values of the settings.
#[derive(Clone, Default)]
#[must_use = "settings do nothing until `build` is called"]
pub struct ClientBuilder {
    api_key: Option<Secret>,
    base_url: Option<String>,
    allow_insecure_http: bool,
    user_agent_suffix: Option<String>,
    limits: Limits,
    options: RequestOptions,
    backoff: Backoff,
    /// Clients share a budget only if the caller sets it.
    retry_budget: Option<RetryBudget>,
    adaptive_rate: bool,
    observer: Option<Observer>,
    transport: Option<Arc<dyn Sender>>,
    /// The layers, from the innermost to the outermost.
    layers: Vec<Arc<Layer>>,
    settings: transport::Settings,
}

impl ClientBuilder {
    /// Sets the API key. Default: the environment variable `TELNYX_API_KEY`.
    ///
    /// The client overwrites its own copy of the key in memory when the last clone of the client is dropped. A connection may
    /// still hold the bytes of a request.
    pub fn api_key(self, api_key: impl Into<String>) -> Self {
        Self {
            api_key: Some(Secret::new(api_key.into())),
            ..self
        }
    }

    /// Sets the base URL of all requests. The default is the value of the environment variable `TELNYX_BASE_URL`. If the variable
    /// is not set or empty, the default is `https://api.telnyx.com/v2`.
    ///
    /// The client uses the variable even if you set the API key, so that a test can send a program to a local server. To ignore
    /// the variable, set the URL. The client never uses the variables of [proxies](Self::proxy).
    ///
    /// The URL must be `https`. Plain `http` is allowed to this machine only, unless you call
    /// [`allow_insecure_http`](Self::allow_insecure_http).
    pub fn base_url(self, base_url: impl Into<String>) -> Self {
        Self {
            base_url: Some(base_url.into()),
            ..self
        }
    }

    /// Permits `http` to other machines. The API key is then sent unencrypted. Default: `false`.
    pub fn allow_insecure_http(self, allow_insecure_http: bool) -> Self {
        Self {
            allow_insecure_http,
            ..self
        }
    }

    /// Adds the name of an application to the header `User-Agent`, such as `telnyx-messaging/0.1.0 shop/1.2`.
    pub fn user_agent_suffix(self, user_agent_suffix: impl Into<String>) -> Self {
        Self {
            user_agent_suffix: Some(user_agent_suffix.into()),
            ..self
        }
    }

    /// Sets the maximum time for a whole call, including retries and waits. Default: 120 s. `Duration::MAX` means no limit.
    ///
    /// A single attempt may take up to the [`attempt_timeout`](Self::attempt_timeout). If the attempt timeout is not shorter than
    /// this timeout, a server that does not respond leaves no time for a retry. For a short call, set both timeouts.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// Sets the maximum time for one attempt, from connecting to the last byte of the response. Default: 60 s.
    /// `Duration::MAX` means no limit.
    pub fn attempt_timeout(mut self, attempt_timeout: Duration) -> Self {
        self.limits.attempt_timeout = attempt_timeout;
        self
    }

    /// Sets the maximum number of retries; 0 means a single attempt. Default: 2.
    ///
    /// A retry does not count if a 429 asked for a wait of half a second or more, or if the rate is
    /// [adaptive](Self::adaptive_rate). Retries that do not count end only at the [`timeout`](Self::timeout) of the call. In 120
    /// s, a call can send its request over 200 times. With [`RetryPolicy::NotSent`] or [`RetryPolicy::Off`], a 429 ends the call.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.limits.max_retries = max_retries;
        self
    }

    /// Sets which failures the client retries. Default: [`RetryPolicy::Standard`].
    pub fn retry_policy(mut self, retry_policy: RetryPolicy) -> Self {
        self.limits.retry_policy = retry_policy;
        self
    }

    /// Sets options for every call, such as a [header](RequestOptions::header) or a [label](RequestOptions::label). These options
    /// override the other settings of the client, and the options of a single call override both. If a header is not valid,
    /// [`build`](Self::build) fails.
    ///
    /// ```
    /// use telnyx_messaging::{Client, RequestOptions};
    ///
    /// # fn main() -> telnyx_messaging::Result<()> {
    /// let options = RequestOptions::new().header("X-Tenant", "7").label("shop-7");
    /// let client = Client::builder().api_key("KEY").options(options).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn options(self, options: RequestOptions) -> Self {
        Self {
            options: self.options.with(options),
            ..self
        }
    }

    /// Sets the waits between attempts. Default: [`Backoff::new`].
    pub fn backoff(self, backoff: Backoff) -> Self {
        Self { backoff, ..self }
    }

    /// Sets the retry budget that all calls of the client share. Default: [`RetryBudget::default`].
    ///
    /// To share a budget between clients, give each client a clone of the budget.
    pub fn retry_budget(self, retry_budget: RetryBudget) -> Self {
        Self {
            retry_budget: Some(retry_budget),
            ..self
        }
    }

    /// Learns the rate that the server allows, and sends at this rate. By default, calls wait only after a 429.
    ///
    /// Each sender has its own rate. For a request without a sender, the rate belongs to its messaging profile. The rate starts
    /// at 500 calls a second and doubles every quarter of a second. The first 429 sets the rate to the number of calls in a
    /// second that got another response. If no second 429 follows within three seconds, the rate was too low and doubles every
    /// second. Each later 429 reduces the rate by 10 %. Between two 429s, the rate grows by 1 % a second. If the rate has doubled
    /// since the last 429, the next 429 sets the rate in the same way as the first 429. The client forgets the rate after a
    /// minute without a call.
    ///
    /// While every response is a 429, the rate does not change. The calls slow down to one a second until another response comes.
    ///
    /// With this setting, the server refuses hardly any request, but a call may wait although the server would accept the
    /// request. A 429 does not count against [`max_retries`](Self::max_retries).
    pub fn adaptive_rate(self, adaptive_rate: bool) -> Self {
        Self {
            adaptive_rate,
            ..self
        }
    }

    /// Sets the maximum time to connect: name resolution, connection and TLS handshake. Default: 5 s.
    ///
    /// If an attempt has less time left, it stops connecting when its own time ends.
    pub fn connect_timeout(mut self, connect_timeout: Duration) -> Self {
        self.settings.connect_timeout = connect_timeout;
        self
    }

    /// Sets how long the client keeps an unused connection. Default: 30 s.
    ///
    /// If the server closes a connection first, the next request on this connection is lost, and not every request can be
    /// retried. The default is therefore shorter than the time that servers keep connections.
    pub fn pool_idle_timeout(mut self, pool_idle_timeout: Duration) -> Self {
        self.settings.pool_idle_timeout = pool_idle_timeout;
        self
    }

    /// Sets how many unused connections the client keeps. The default is 512, which is half of the usual limit of file
    /// descriptors.
    ///
    /// Each runtime that uses the client has its own connections. If more calls run at the same time, the
    /// client closes the extra connections after use.
    ///
    /// The client does not limit how many calls run at a time. Over HTTP/1.1, each call needs its own connection, which uses a
    /// file descriptor. If the system has no file descriptor left, a call fails to connect, and its outcome is `NotApplied`. For
    /// thousands of calls, limit them in your program, for example with tokio's `Semaphore`, as the example `bulk_send` does.
    pub fn pool_max_idle(mut self, pool_max_idle: usize) -> Self {
        self.settings.pool_max_idle = pool_max_idle;
        self
    }

    /// Sets the maximum size of the body of a response, in bytes after decompression. Default: 8 MiB.
    pub fn max_body_bytes(mut self, max_body_bytes: usize) -> Self {
        self.settings.max_body_bytes = max_body_bytes;
        self
    }

    /// Sets whether a call fails if a field of its response does not match the documentation. Default: `false`.
    ///
    /// By default, the field stays empty, and [`Response::unread`](crate::Response::unread) lists it. With
    /// `true`, the call fails with [`Error::Decode`](crate::Error::Decode), although the request took effect.
    pub fn strict_decoding(mut self, strict_decoding: bool) -> Self {
        self.limits.strict_decoding = strict_decoding;
        self
    }

    /// Sends all requests through a proxy, such as `http://user:password@proxy.example:3128`. The scheme of the proxy's URL is
    /// `http` or `https`.
    ///
    /// Default: none. The client ignores `HTTPS_PROXY` and similar variables, because the environment must not silently redirect
    /// an API key. If a connection fails while such a variable is set, the error says that the client ignores the variable.
    pub fn proxy(mut self, proxy: impl Into<String>) -> Self {
        self.settings.proxy = Some(proxy.into());
        self
    }

    /// Trusts the certificates in `pem`, in addition to the certificates of the system. Use it for a proxy that decrypts TLS, or
    /// for a test server.
    pub fn add_root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.settings.root_certificates.push(pem.into());
        self
    }

    /// Sends requests through your own transport. With your own transport, these settings have no effect:
    /// [`connect_timeout`](Self::connect_timeout), [`pool_idle_timeout`](Self::pool_idle_timeout),
    /// [`pool_max_idle`](Self::pool_max_idle), [`max_body_bytes`](Self::max_body_bytes), [`proxy`](Self::proxy) and
    /// [`add_root_certificate`](Self::add_root_certificate). Blocking calls use the same transport, on their own thread.
    pub fn transport(self, transport: impl Transport) -> Self {
        Self {
            transport: Some(Arc::new(Custom(transport))),
            ..self
        }
    }

    /// Puts your own transport around the client's transport, to record requests or to make some requests fail. The client's
    /// transport is the built-in one, or the one that you set with [`transport`](Self::transport). If you add several layers, the
    /// last one is the outermost.
    ///
    /// The connection settings still apply. Pass the request on with its extensions, which contain the
    /// [`Deadline`](crate::transport::Deadline). With the deadline, the built-in transport stops in time. The client can then
    /// still use the status and headers of an incomplete response.
    ///
    /// ```
    /// use telnyx_messaging::bytes::Bytes;
    /// use telnyx_messaging::transport::{InnerTransport, SendFuture, Transport};
    /// use telnyx_messaging::{Client, http};
    ///
    /// struct Recording(InnerTransport);
    ///
    /// impl Transport for Recording {
    ///     fn send(&self, request: http::Request<Bytes>) -> SendFuture<'_> {
    ///         println!("{} {}", request.method(), request.uri().path());
    ///         self.0.send(request)
    ///     }
    /// }
    ///
    /// # fn main() -> telnyx_messaging::Result<()> {
    /// let client = Client::builder().api_key("KEY").transport_layer(Recording).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn transport_layer<T: Transport>(
        mut self,
        layer: impl Fn(InnerTransport) -> T + Send + Sync + 'static,
    ) -> Self {
        let around = move |inner| -> Arc<dyn Sender> { Arc::new(Custom(layer(inner))) };
        self.layers.push(Arc::new(around));
        self
    }

    /// Calls `told` with a report at the end of each call. Use the reports for metrics, alerts and audits.
    ///
    /// The function runs once for each call, not for each retry. The function also runs if you drop a call, and if the request is
    /// invalid. The function runs on the task or thread of the call, so it must not block or panic. If you set a second function,
    /// it replaces the first.
    ///
    /// ```
    /// use telnyx_messaging::Client;
    ///
    /// # fn main() -> telnyx_messaging::Result<()> {
    /// let client = Client::builder()
    ///     .api_key("KEY")
    ///     .on_call(|call| println!("{} {} {:?}", call.operation, call.verdict, call.elapsed))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_call(self, told: impl Fn(&CallReport<'_>) + Send + Sync + 'static) -> Self {
        Self {
            observer: Some(Observer::new(told)),
            ..self
        }
    }

    /// Creates the client.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) if a setting is missing or not valid. The error names the setting.
    pub fn build(self) -> Result<Client> {
        self.build_in(|variable| {
            env::var_os(variable).map(|value| value.to_string_lossy().into_owned())
        })
    }

    fn builtin(&self, base_url: &BaseUrl) -> Result<Builtin, ConfigError> {
        if base_url.is_https() && !transport::HAS_TLS {
            return Err(ConfigError::new(
                "https needs one of the features `rustls`, `aws-lc-rs`, `native-tls`, or a transport of your own",
            ));
        }
        if self.settings.proxy.is_some() && !base_url.is_https() && !self.allow_insecure_http {
            return Err(ConfigError::new(
                "with a proxy, the base URL must be https, because a proxy can read the key over http; \
                 `allow_insecure_http(true)` permits it",
            ));
        }
        Builtin::new(base_url.as_str(), &self.settings)
    }

    fn build_in(mut self, environment: impl Fn(&str) -> Option<String>) -> Result<Client> {
        let authorization = match &self.api_key {
            Some(key) => authorization(key)?,
            None => authorization_in(environment(API_KEY))?,
        };
        if let Some(problem) = &self.options.problem {
            return Err(ConfigError::new(problem.to_string()).into());
        }
        let parse = |text: &str| BaseUrl::parse(text, self.allow_insecure_http);
        let variable = environment(BASE_URL).filter(|text| !text.is_empty());
        let base_url = match (&self.base_url, variable) {
            (Some(text), _) => parse(text)?,
            (None, Some(text)) => parse(&text).map_err(|error| error.in_variable(BASE_URL))?,
            (None, None) => parse(base_url::DEFAULT)?,
        };
        let is_set = |variable: &&str| environment(variable).is_some_and(|text| !text.is_empty());
        self.settings.ignores_proxy =
            self.settings.proxy.is_none() && base_url.is_https() && PROXIES.iter().any(is_set);
        let mut transport = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => Arc::new(self.builtin(&base_url)?),
        };
        for layer in &self.layers {
            transport = layer(InnerTransport::new(transport));
        }
        Ok(Client::of(Inner {
            authorization,
            base_url,
            user_agent: user_agent(self.user_agent_suffix.as_deref())?,
            limits: self.limits,
            options: self.options,
            backoff: self.backoff,
            budget: self.retry_budget.unwrap_or_default(),
            gates: Arc::new(Gates::new(self.adaptive_rate)),
            observer: self.observer,
            transport,
            #[cfg(feature = "blocking")]
            blocking: Arc::default(),
        }))
    }
}

type Layer = dyn Fn(InnerTransport) -> Arc<dyn Sender> + Send + Sync;

fn authorization_in(variable: Option<String>) -> Result<HeaderValue, ConfigError> {
    let Some(key) = variable else {
        return Err(ConfigError::new(format!(
            "no API key: set the environment variable {API_KEY} or call `api_key`"
        )));
    };
    authorization(&Secret::new(key)).map_err(|error| error.in_variable(API_KEY))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
