//! Client for Telnyx's messaging API.

#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod json;
mod lenient;
mod open_enum;
mod raw_object;
mod tagged;
mod timestamp;
mod unrecognized;
mod verbatim;

pub use self::json::{Json, JsonError};
pub use self::timestamp::Timestamp;
#[cfg(any(feature = "chrono-0_4", feature = "jiff-0_2", feature = "time-0_3"))]
pub use self::timestamp::TimestampError;
pub use self::unrecognized::Unrecognized;
