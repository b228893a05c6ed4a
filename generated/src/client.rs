//! The client: key, address, settings and connections.

mod base_url;
mod builder;
mod headers;
mod limits;

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

pub use self::builder::ClientBuilder;

pub(crate) use self::base_url::BaseUrl;
pub(crate) use self::limits::Limits;

use crate::call::raw::{self, RawRequest};
use crate::observe::Observer;
use crate::retry::{Backoff, RetryBudget};
use crate::secret::Secret;
use crate::throttle::Gates;
use crate::transport::Sender;
use crate::{RequestOptions, Result};

/// Calls Telnyx's messaging API.
///
/// A client has a pool of connections. Create one client and clone it, which is cheap. The methods of a client create requests. A
/// request does nothing until you await it. To await a request, you need a Tokio runtime with I/O and timers, as with
/// `#[tokio::main]` or `enable_all`.
///
/// Several runtimes can share a client. Each runtime has its own connections. The thread for blocking calls has its own
/// connections too. After `fork`, a child process can use the client for blocking calls, and in a runtime that the child starts.
/// The child must not use a runtime of its parent. `Debug` shows neither the API key nor any setting.
///
/// ```no_run
/// # async fn example() -> telnyx_messaging::Result<()> {
/// let client = telnyx_messaging::Client::from_env()?;
/// let message = client.messages().send("+13125550001").from("+13125550000").text("Hello").await?;
/// println!("{}", message.id);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

/// What all clones of a client share.
#[derive(Clone)]
pub(crate) struct Inner {
    /// The header's value: `Bearer` and the API key.
    pub(crate) authorization: HeaderValue,
    pub(crate) base_url: BaseUrl,
    pub(crate) user_agent: HeaderValue,
    /// The limits of a call that sets none itself.
    pub(crate) limits: Limits,
    /// The options of every call, which a call's own options override.
    pub(crate) options: RequestOptions,
    pub(crate) backoff: Backoff,
    pub(crate) budget: RetryBudget,
    pub(crate) gates: Arc<Gates>,
    pub(crate) observer: Option<Observer>,
    pub(crate) transport: Arc<dyn Sender>,
    #[cfg(feature = "blocking")]
    pub(crate) blocking: Arc<crate::blocking::Blocking>,
}

impl Client {
    /// A client with this key and default settings, at `TELNYX_BASE_URL` if that is set.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) if the key is empty or has characters other than printable ASCII, or if
    /// `TELNYX_BASE_URL` is not a valid base URL.
    pub fn new(api_key: impl Into<String>) -> Result<Self> {
        Self::builder().api_key(api_key).build()
    }

    /// A client with the key from the environment variable `TELNYX_API_KEY`, and with the base URL from `TELNYX_BASE_URL` if that
    /// is set.
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) if a variable is missing or not valid. The error names the variable.
    pub fn from_env() -> Result<Self> {
        Self::builder().build()
    }

    /// Settings for a client. The API key and the base URL come from the environment if you do not set them. Every other setting has a
    /// default.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// This client with another API key. Use it to send for many accounts.
    ///
    /// Both clients share connections and settings, but the new client has its own retry budget and rate limits. To distinguish
    /// the accounts in the reports of [`on_call`](ClientBuilder::on_call), give each client a [`label`](RequestOptions::label).
    ///
    /// # Errors
    ///
    /// [`Error::Config`](crate::Error::Config) if the key is empty or has characters other than printable ASCII.
    pub fn with_api_key(&self, api_key: impl Into<String>) -> Result<Self> {
        let authorization = headers::authorization(&Secret::new(api_key.into()))?;
        let inner = self.inner();
        Ok(Self::of(Inner {
            authorization,
            budget: inner.budget.anew(),
            gates: Arc::new(inner.gates.anew()),
            ..inner.clone()
        }))
    }

    /// This client with options for each of its calls. The options override the settings of this client, and the options of a
    /// single call override both. Use this method for a part of a program that needs other timeouts or a header.
    ///
    /// The new client shares its connections, retry budget and rate limits with this client.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use telnyx_messaging::{Client, RequestOptions};
    ///
    /// # fn main() -> telnyx_messaging::Result<()> {
    /// let client = Client::from_env()?;
    /// let login_codes = client.with_options(RequestOptions::new().timeout(Duration::from_secs(10)).fail_fast(true));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_options(&self, options: RequestOptions) -> Self {
        let inner = self.inner();
        Self::of(Inner {
            options: inner.options.clone().with(options),
            ..inner.clone()
        })
    }

    /// A GET request to any path of the API. Use it for operations without a method in this crate.
    ///
    /// The path is relative to the base URL, which ends in `/v2`, so write `/balance` for `/v2/balance`. The path is sent
    /// unchanged, so percent-encode the values in it. Authentication, retries and errors work as in all calls.
    ///
    /// ```no_run
    /// # async fn example(client: telnyx_messaging::Client) -> telnyx_messaging::Result<()> {
    /// let profiles = client.get("/messaging_profiles").query("page[size]", 10).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, path: impl Into<String>) -> RawRequest {
        RawRequest::new(self.clone(), &raw::GET, path.into())
    }

    /// A POST request to any path of the API. See [`get`](Self::get).
    ///
    /// Without an [`idempotency_key`](RawRequest::idempotency_key), the client retries the request only after a 429, or if the
    /// request never left this machine.
    pub fn post(&self, path: impl Into<String>) -> RawRequest {
        RawRequest::new(self.clone(), &raw::POST, path.into())
    }

    /// A PUT request to any path of the API. See [`post`](Self::post).
    pub fn put(&self, path: impl Into<String>) -> RawRequest {
        RawRequest::new(self.clone(), &raw::PUT, path.into())
    }

    /// A PATCH request to any path of the API. See [`post`](Self::post).
    pub fn patch(&self, path: impl Into<String>) -> RawRequest {
        RawRequest::new(self.clone(), &raw::PATCH, path.into())
    }

    /// A DELETE request to any path of the API. See [`get`](Self::get).
    pub fn delete(&self, path: impl Into<String>) -> RawRequest {
        RawRequest::new(self.clone(), &raw::DELETE, path.into())
    }

    fn of(inner: Inner) -> Self {
        Self {
            inner: Arc::new(inner),
        }
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}
