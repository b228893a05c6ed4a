//! Unsigned requests: none is accepted, and none stops the program.
//!
//! `cargo +nightly fuzz run webhook_headers`

#![no_main]

use std::time::{Duration, UNIX_EPOCH};

use libfuzzer_sys::fuzz_target;
use telnyx_messaging::webhook::{WebhookError, WebhookVerifier};

fuzz_target!(|input: (&str, &str, &[u8])| {
    let (timestamp, signature, body) = input;
    let verifier = WebhookVerifier::new("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=")
        .unwrap()
        .clock(|| UNIX_EPOCH + Duration::from_secs(1_769_860_800));
    match verifier.verify_parts(timestamp, signature, body) {
        Err(WebhookError::MissingHeader { .. }) => {
            assert!(timestamp.is_empty() || signature.is_empty());
        }
        Err(
            WebhookError::MalformedTimestamp
            | WebhookError::MalformedSignature
            | WebhookError::WrongSignature,
        ) => {}
        other => panic!("{other:?}"),
    }
});
