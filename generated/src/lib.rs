//! A client for Telnyx's messaging API: SMS, MMS, WhatsApp, opt-outs, number settings and signed webhooks.
//!
//! # Send a message
//!
//! ```no_run
//! use telnyx_messaging::Client;
//!
//! #[tokio::main]
//! async fn main() -> telnyx_messaging::Result<()> {
//!     let client = Client::from_env()?; // TELNYX_API_KEY
//!     let message = client
//!         .messages()
//!         .send("+13125550001")
//!         .from("+13125550000")
//!         .text("Your code is 123456")
//!         .await?;
//!     println!("accepted as {}", message.id);
//!     Ok(())
//! }
//! ```
//!
//! Required values are arguments, and all other values have setters. `.await` sends the request. `with_response()` also returns
//! the status, headers, request id and raw body. `with_options` sets timeouts and retries for one call. [`Client::get`] and
//! similar methods call any other path of the API.
//!
//! # Try it without an account
//!
//! The repository has a mock of Telnyx, with an inbox in the browser. To use the mock with the same program, set two environment
//! variables:
//!
//! ```text
//! cargo run -p telnyx-messaging-mock
//! TELNYX_BASE_URL=http://127.0.0.1:12080/v2 TELNYX_API_KEY=any cargo run
//! ```
//!
//! # Receive a message
//!
//! ```no_run
//! # #[cfg(feature = "webhooks")]
//! # fn receive(headers: &http::HeaderMap, body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//! use telnyx_messaging::webhook::{Event, WebhookVerifier};
//!
//! let verifier = WebhookVerifier::from_env()?; // TELNYX_PUBLIC_KEY
//! let webhook = verifier.verify(headers, body)?;
//! match webhook.event {
//!     Event::InboundMessage(message) => println!("{:?}", message.text_content()),
//!     Event::DeliveryUpdate(message) => println!("{} is {:?}", message.id, webhook.event_type),
//!     _ => {}
//! }
//! # Ok(())
//! # }
//! ```
//!
//! With the feature `axum-0_8`, `webhook::Webhook` is an axum extractor.
//!
//! # Handle an error
//!
//! Telnyx accepts at most one message per call. Send requests have an `Idempotency-Key`. The client does not retry a request
//! without a key if a retry could send a second message: see [`RetryPolicy::Standard`]. [`NextStep`] says what your program does
//! next. Check the next step before the kind of error: an [`Error::Api`] is not always a refusal. After a 503, for example,
//! Telnyx may have accepted the message.
//!
//! ```no_run
//! # use telnyx_messaging::{Client, NextStep};
//! # async fn example(client: Client) {
//! match client.messages().send("+13125550001").from("+13125550000").text("Hi").await {
//!     Ok(message) => println!("sent as {}", message.id),
//!     Err(error) => match error.next_step() {
//!         NextStep::Done => println!("sent as {:?}", error.message_id()),
//!         NextStep::SendAgain => println!("the same request again, with the key {:?}", error.idempotency_key()),
//!         NextStep::GiveUp => println!("refused, {}: {error}", error.advice()),
//!         NextStep::Pause => println!("send nothing, {}: {error}", error.advice()),
//!         NextStep::Review => println!("a person decides: {error}"),
//!     },
//! }
//! # }
//! ```
//!
//! # Read a list
//!
//! ```no_run
//! # async fn example(client: telnyx_messaging::Client) -> telnyx_messaging::Result<()> {
//! let mut optouts = client.messaging_optouts().list().items();
//! while let Some(optout) = optouts.try_next().await? {
//!     println!("{:?} wants no more messages from {:?}", optout.to, optout.from);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Guides
//!
//! | guide | question |
//! |---|---|
//! | [`quick_start`](guides::quick_start) | How do I send my first message? |
//! | [`first_webhook`](guides::first_webhook) | How do I get from an empty account to a first webhook? |
//! | [`sending`](guides::sending) | What does Telnyx require, what does it charge for, and what does it refuse? |
//! | [`errors`](guides::errors) | What can go wrong with a call, and what do I do then? |
//! | [`reliability`](guides::reliability) | What can I rely on when the network fails? |
//! | [`paging`](guides::paging) | How do I read a long list? |
//! | [`webhooks`](guides::webhooks) | How do I receive messages and delivery reports? |
//! | [`testing`](guides::testing) | How do I test my code without Telnyx? |
//! | [`other_clients`](guides::other_clients) | How do I move here from another client? |
//! | [`features`](guides::features) | Which Cargo features do I need? |
//! | [`api_changes`](guides::api_changes) | What happens to my code when Telnyx changes its API? |
//!
//! The folder `examples` has a program for each task, and its `README.md` lists the programs.
//!
//! # The operations
#![doc = include_str!("api/operations.md")]
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
    NextStep, Outcome, Result, TransportError, Verdict,
};
pub use self::form::{FilePart, Form};
pub use self::idempotency::{IDEMPOTENCY_KEY_LIFETIME, new_idempotency_key};
pub use self::json::{Json, JsonError, JsonRef};
pub use self::observe::CallReport;
pub use self::options::RequestOptions;
#[cfg(feature = "blocking")]
pub use self::page::BlockingItems;
pub use self::page::{Items, Page, PageMeta};
pub use self::poll::UntilDone;
pub use self::response::Response;
pub use self::retry::{Backoff, RetryBudget, RetryPolicy};
pub use self::secret::Secret;
pub use self::stored::UnknownWord;
pub use self::timestamp::{Timestamp, TimestampError};
pub use self::unread::Unread;
pub use self::unrecognized::Unrecognized;

/// Compiles the examples of the crate's README. The package of the tests compiles those of the repository's README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
