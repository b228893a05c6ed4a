//! Signed bodies: each is an event that holds all of it, or not JSON.
//!
//! An input says which part of a real event to replace, and by what: `cargo +nightly fuzz run webhook_body`.

#![no_main]

use std::time::{Duration, UNIX_EPOCH};

use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use telnyx_messaging::webhook::testing::{TestEvent, WebhookSigner};
use telnyx_messaging::webhook::{Event, WebhookError, WebhookVerifier};

fuzz_target!(|input: (u8, u16, u16, &[u8])| {
    let (event, start, end, replacement) = input;
    let body = replace(&template(event), start, end, replacement);
    // A byte that is not UTF-8 costs its character only.
    let text = String::from_utf8_lossy(&body);
    let is_json = serde_json::from_str::<IgnoredAny>(&text).is_ok();

    let now = UNIX_EPOCH + Duration::from_secs(1_769_860_800);
    let signer = WebhookSigner::from_seed([7; 32]);
    let verifier = WebhookVerifier::new(signer.public_key())
        .unwrap()
        .clock(move || now);
    match verifier.verify(&signer.sign(&body, now), &body) {
        Ok(webhook) => {
            assert!(is_json);
            assert_eq!(webhook.raw, body);
            if let Event::Unrecognized(event) = webhook.event {
                assert_eq!(event.json(), text.trim_ascii());
            }
        }
        Err(WebhookError::NotJson(_)) => assert!(!is_json),
        Err(error) => panic!("{error}"),
    }
});

fn template(event: u8) -> Vec<u8> {
    let event = match event % 4 {
        0 => TestEvent::inbound_message(),
        1 => TestEvent::message_sent(),
        2 => TestEvent::message_finalized(),
        _ => TestEvent::link_clicked(),
    };
    event.to_json().into_bytes()
}

fn replace(body: &[u8], start: u16, end: u16, replacement: &[u8]) -> Vec<u8> {
    let start = usize::from(start) % (body.len() + 1);
    let end = usize::from(end) % (body.len() + 1);
    [&body[..start], replacement, &body[end.max(start)..]].concat()
}
