//! Signs webhooks as Telnyx does, to test a handler.
//!
//! ```
//! use std::time::SystemTime;
//! use telnyx_messaging::webhook::testing::{TestEvent, WebhookSigner};
//! use telnyx_messaging::webhook::{Event, WebhookVerifier};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let signer = WebhookSigner::from_seed([7; 32]);
//! let verifier = WebhookVerifier::new(signer.public_key())?; // what your application is configured with
//!
//! let body = TestEvent::inbound_message().text("STOP").to_json();
//! let headers = signer.sign(&body, SystemTime::now());
//!
//! let webhook = verifier.verify(&headers, body.as_bytes())?; // your handler
//! assert!(matches!(webhook.event, Event::InboundMessage(message) if message.text.as_deref() == Some("STOP")));
//! # Ok(())
//! # }
//! ```

mod bodies;
mod event;
mod signer;

pub use self::event::TestEvent;
pub use self::signer::WebhookSigner;
