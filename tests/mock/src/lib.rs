//! Telnyx's messaging API on this machine, without an account: behaviour, signed webhooks and an inbox.
//!
//! The mock works with every client that reads `TELNYX_BASE_URL`, in any language. The spec defines the paths, the parameters and
//! the checks of request bodies. This package defines the behaviour of messages, opt-outs, numbers and webhooks. [`BEHAVIOURS`]
//! says for each behaviour whether Telnyx documents it.
//!
//! ```
//! use std::time::Duration;
//! use telnyx_messaging_mock::Mock;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = Mock::start().await?;
//! let client = mock.client()?; // or any client, with `mock.base_url()`
//!
//! client.messages().send("+13125550001").from("+13125550000").text("Hi").await?;
//!
//! let messages = mock.messages().to("+13125550001").wait(1, Duration::from_secs(1)).await?;
//! assert_eq!(messages[0]["text"], "Hi");
//! let webhooks = mock.webhooks().event_type("message.finalized").wait(1, Duration::from_secs(1)).await?;
//! assert_eq!(webhooks[0]["data"]["payload"]["to"][0]["status"], "delivered");
//! # Ok(())
//! # }
//! ```

mod api;
mod behaviours;
mod clock;
mod fault;
mod mock;
mod moment;
mod random;
mod recipient;
mod records;
mod sender;
mod senders;
mod server;
mod settings;
mod state;
mod text;
mod transport;
mod wait;
mod world;

pub use self::behaviours::{BEHAVIOURS, Basis, Behaviour};
pub use self::fault::{Fault, WebhookFault};
pub use self::mock::{Mock, MockBuilder};
pub use self::random::Random;
pub use self::recipient::Recipient;
pub use self::transport::InProcess;
pub use self::wait::{Messages, NotInTime, Webhooks};
