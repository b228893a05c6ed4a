//! A request to the API and its response.

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};

use crate::records::Record;

/// What a client sent and was answered.
#[derive(Debug)]
pub(super) struct Exchange {
    operation: String,
    method: String,
    path: String,
    request: Bytes,
    status: u16,
    response: Bytes,
}

impl Record for Exchange {
    fn weight(&self) -> usize {
        size_of::<Self>() + self.path.len() + self.request.len() + self.response.len()
    }
}

impl Exchange {
    pub(super) fn new(
        operation: &str,
        request: &Request<Bytes>,
        response: &Response<Bytes>,
    ) -> Self {
        Self {
            operation: operation.to_owned(),
            method: request.method().to_string(),
            path: request.uri().to_string(),
            request: request.body().clone(),
            status: response.status().as_u16(),
            response: response.body().clone(),
        }
    }

    pub(super) fn to_json(&self) -> Value {
        let json = |bytes: &Bytes| serde_json::from_slice(bytes).unwrap_or(Value::Null);
        json!({
            "operation": self.operation,
            "method": self.method,
            "path": self.path,
            "request": json(&self.request),
            "status": self.status,
            "response": json(&self.response),
        })
    }
}
