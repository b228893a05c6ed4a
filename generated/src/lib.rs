//! Client for Telnyx's messaging API: SMS, MMS, WhatsApp, opt-outs, number settings and signed webhooks.
//!
//! ```no_run
//! # async fn example() -> telnyx_messaging::Result<()> {
//! use telnyx_messaging::Client;
//!
//! let client = Client::from_env()?; // TELNYX_API_KEY
//! let message = client
//!     .messages()
//!     .send("+13125550001")
//!     .from("+13125550000")
//!     .text("Your code is 123456")
//!     .await?;
//! println!("{}", message.id);
//! # Ok(())
//! # }
//! ```
//!
//! What an operation needs is an argument, everything else a setter; awaiting the request sends it. `with_response()`
//! gives the status, headers, request id and raw body beside the value, `with_options` sets timeouts and retries for one
//! call, and [`Client::get`] and its siblings reach what this crate has no method for.
//!
//! # When something fails
//!
//! A message is accepted at most once for a call: requests that send carry an `Idempotency-Key`, and what has none is not
//! repeated where it could be done twice; see [`RetryPolicy::Standard`]. Every error tells by [`Error::outcome`] whether
//! the request took effect. Ask that first: an answer of 503 after the last retry, or a refusal after an answer that got
//! lost, is an [`Error::Api`] too, and the message may have been accepted.
//!
//! ```no_run
//! # use telnyx_messaging::{Client, Error, Outcome};
//! # async fn example(client: Client) -> telnyx_messaging::Result<()> {
//! match client.messages().send("+13125550001").text("Hi").await {
//!     Ok(message) => println!("accepted: {}", message.id),
//!     Err(error) if error.outcome() == Outcome::Unknown => {
//!         eprintln!("maybe accepted: send it again with the key {:?}", error.idempotency_key());
//!     }
//!     Err(Error::Api(error)) => eprintln!("refused: {error}"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # The operations
#![doc = include_str!("api/operations.md")]
//!
//! Webhooks are received by [`webhook`]. [`guides`] tells how things are done: the first message, what Telnyx needs and bills,
//! errors, pages, what holds when the network fails, webhooks, tests, the way from other clients,
//! [features](guides::features).

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]
mod answer;
#[allow(
    clippy::should_implement_trait,
    clippy::type_complexity,
    reason = "names and types are those of the API"
)]
#[rustfmt::skip]
mod api;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod call;
mod client;
mod decode;
mod delivery;
mod error;
mod form;

#[cfg(any(doc, doctest))]
pub mod guides;
mod header;
mod idempotency;
mod json;
mod lenient;
#[allow(dead_code, reason = "a document may have no such object")]
mod object;
mod observe;
#[allow(dead_code, reason = "a document may have no such list")]
mod one_or_list;
mod open_enum;
mod options;
mod page;
mod poll;
mod raw_object;
mod reader;
mod redact;
mod request;
mod response;
mod retry;
mod salvage;
mod secret;
mod stored;
#[allow(dead_code, reason = "a document may have no union")]
mod tagged;
pub mod text;
mod throttle;
mod timestamp;
mod tolerant;
mod trace;
pub mod transport;
mod unread;
mod unrecognized;
mod url;
mod verbatim;
#[cfg(feature = "webhooks")]
pub mod webhook;

pub use {bytes, http};

pub use self::answer::{Answer, RateLimit};
pub use self::api::*;
pub use self::call::{Call, Pending, RawRequest};
pub use self::client::{Client, ClientBuilder};
pub use self::error::{
    Advice, ApiError, ConfigError, DecodeError, Error, ErrorCode, ErrorDetail, InvalidRequest,
    Outcome, Result, TransportError, Verdict,
};
pub use self::form::{FilePart, Form};
pub use self::idempotency::new_idempotency_key;
pub use self::json::{Json, JsonError};
pub use self::observe::CallReport;
pub use self::options::RequestOptions;
#[cfg(feature = "blocking")]
pub use self::page::BlockingItems;
pub use self::page::{Items, Page, PageMeta};
pub use self::response::Response;
pub use self::retry::{Backoff, RetryBudget, RetryPolicy};
pub use self::timestamp::Timestamp;
#[cfg(any(feature = "chrono-0_4", feature = "jiff-1", feature = "time-0_3"))]
pub use self::timestamp::TimestampError;
pub use self::unread::Unread;
pub use self::unrecognized::Unrecognized;

/// The examples of the crate's README, compiled. Those of the repository's are in the package of the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
