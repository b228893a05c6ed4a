//! Client for Telnyx's messaging API.

#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]
#![cfg_attr(
    test,
    allow(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used,
        reason = "a test that panics has failed"
    )
)]

mod answer;
#[rustfmt::skip]
mod api;
#[cfg(feature = "blocking")]
mod blocking;
mod call;
mod client;
mod decode;
mod error;
mod header;
mod idempotency;
mod json;
mod lenient;
mod multipart;
mod open_enum;
mod options;
mod page;
mod raw;
mod raw_object;
mod redact;
mod response;
mod retry;
mod secret;
mod tagged;
mod timestamp;
mod trace;
pub mod transport;
mod unrecognized;
mod url;
mod verbatim;
#[cfg(feature = "webhooks")]
pub mod webhook;

pub use self::answer::{Answer, RateLimit};
pub use self::api::*;
pub use self::call::{Call, Pending};
pub use self::client::{Client, ClientBuilder};
pub use self::error::{
    ApiError, ConfigError, DecodeError, Error, ErrorCode, ErrorDetail, InvalidRequest, Result,
    TransportError,
};
pub use self::json::{Json, JsonError};
pub use self::multipart::{FilePart, Form};
pub use self::options::RequestOptions;
#[cfg(feature = "blocking")]
pub use self::page::BlockingItems;
pub use self::page::{Items, Page, PageMeta};
pub use self::raw::RawRequest;
pub use self::response::Response;
pub use self::retry::{Backoff, Outcome, RetryBudget, RetryPolicy};
pub use self::timestamp::Timestamp;
#[cfg(any(feature = "chrono-0_4", feature = "jiff-0_2", feature = "time-0_3"))]
pub use self::timestamp::TimestampError;
pub use self::unrecognized::Unrecognized;
