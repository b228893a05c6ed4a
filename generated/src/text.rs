//! Describes a text before you send it: number of parts, opt-out words, kinds of senders.
//!
//! This module does not call Telnyx, and the client does not use it to check requests. The rules come from Telnyx's pages. If two
//! pages disagree, the result shows this.
//!
//! ```
//! use telnyx_messaging::text::{self, Encoding, OptOutKeyword, SenderKind};
//!
//! let segments = text::segments("Don’t miss it");
//! assert_eq!(segments.encoding, Encoding::Utf16);
//! assert_eq!(segments.culprits[0].stand_in, Some("'"));
//! assert_eq!(text::segments("Don't miss it").encoding, Encoding::Gsm7);
//!
//! assert_eq!(OptOutKeyword::of("Stop"), Some(OptOutKeyword::Stop));
//! assert_eq!(SenderKind::of("ACME"), Some(SenderKind::Alphanumeric));
//! assert!(text::is_e164("+13125550001"));
//! ```

mod address;
mod alphabet;
mod opt_out;
mod segments;
mod stand_in;

pub use self::address::{SenderKind, is_e164};
pub use self::opt_out::OptOutKeyword;
pub use self::segments::{Culprit, Encoding, Segments, segments};
