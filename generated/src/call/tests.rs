//! Calls over a scripted transport.

mod answers;
mod limits;
mod requests;
mod retries;

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde::Deserialize;

use super::{Call, Idempotency, Operation, RawRequest};
use crate::transport::replies::{
    answer, answer_with, certificate, client, cut, lost, not_sent, too_large,
};
use crate::transport::{MockReply, MockTransport, SendError};
use crate::{Client, Error, ErrorCode, Json, NextStep, Outcome, RequestOptions, RetryBudget};

const MESSAGE: &str = r#"{"data":{"id":"1"}}"#;

/// An operation as the generator states one.
static SEND: Operation = Operation {
    id: "Send",
    method: Method::POST,
    path: "/messages",
    idempotency: Idempotency::Key,
    authenticated: true,
};

static RETRIEVE: Operation = Operation {
    id: "Retrieve",
    method: Method::GET,
    path: "/messages/{id}",
    idempotency: Idempotency::Natural,
    authenticated: true,
};

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only its form matters")]
struct Message {
    id: String,
    parts: Option<u32>,
}

fn send(client: &Client) -> Call<Message> {
    request(client).data()
}

fn request(client: &Client) -> RawRequest {
    SEND.request(client.clone(), RequestOptions::new())
        .json(&BTreeMap::from([("to", "+1")]))
}

fn key(request: &http::Request<bytes::Bytes>) -> &str {
    request.headers()["idempotency-key"].to_str().unwrap()
}
