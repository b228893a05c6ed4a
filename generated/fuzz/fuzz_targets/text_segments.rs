//! Any text: its parts, its culprits and the range fit each other.
//!
//! `cargo +nightly fuzz run text_segments`

#![no_main]

use libfuzzer_sys::fuzz_target;
use telnyx_messaging::text::{self, Encoding, OptOutKeyword, SenderKind};

fuzz_target!(|text: &str| {
    let segments = text::segments(text);
    let most_units = match segments.encoding {
        Encoding::Gsm7 => 160,
        Encoding::Utf16 => 70,
        _ => unreachable!("a fuzz target knows its version"),
    };
    assert_eq!(segments.parts == 0, text.is_empty());
    assert_eq!(
        segments.parts <= 1,
        segments.units <= most_units,
        "{segments:?}"
    );
    for culprit in &segments.culprits {
        assert!(text[culprit.offset..].starts_with(culprit.character));
    }
    match &segments.possible_parts {
        Some(range) => {
            assert!(range.contains(&segments.parts) && range.start() < range.end());
            assert!(!segments.culprits.is_empty());
        }
        None if segments.encoding == Encoding::Gsm7 => assert!(segments.culprits.is_empty()),
        None => assert!(!segments.culprits.is_empty()),
    }
    if text::is_e164(text) {
        assert_eq!(SenderKind::of(text), Some(SenderKind::PhoneNumber));
        assert_eq!(OptOutKeyword::of(text), None);
    }
});
