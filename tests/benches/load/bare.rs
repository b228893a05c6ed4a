//! The same calls by reqwest alone.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use telnyx_messaging::types::OutboundMessage;

/// A client with nothing but what a send needs.
#[derive(Clone)]
pub(crate) struct Bare {
    client: reqwest::Client,
    url: String,
}

#[derive(Serialize)]
struct Message<'a> {
    to: &'a str,
    from: &'a str,
    text: &'a str,
}

#[derive(Deserialize)]
struct Envelope {
    data: OutboundMessage,
}

impl Bare {
    pub(crate) fn new(base_url: &str) -> Self {
        // Without a provider of its own, reqwest panics as soon as a client is made, TLS or not.
        rustls::crypto::ring::default_provider()
            .install_default()
            .expect("no other provider");
        Self {
            client: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a client"),
            url: format!("{base_url}/messages"),
        }
    }

    pub(crate) async fn send(&self, to: &str, from: &str, text: &str) -> OutboundMessage {
        let body = serde_json::to_vec(&Message { to, from, text }).expect("JSON");
        let request = self.client.post(&self.url);
        let request = request
            .timeout(Duration::from_secs(60))
            .header("accept", "application/json")
            .header("user-agent", "bare")
            .header("content-type", "application/json")
            .header("authorization", "Bearer KEY")
            .header(
                "idempotency-key",
                format!("00000000-0000-4000-8000-{text:0>12}"),
            )
            .body(Bytes::from(body));
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        let body = response.bytes().await.expect("a body");
        serde_json::from_slice::<Envelope>(&body)
            .expect("a message")
            .data
    }
}
