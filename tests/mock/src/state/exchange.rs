//! A request to the API and its response.

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::records::Record;

/// What a client sent and was answered.
#[derive(Debug)]
pub(super) struct Exchange {
    operation: String,
    method: String,
    path: String,
    request: Bytes,
    /// `None` without a response.
    status: Option<u16>,
    response: Bytes,
    fault: Option<Fault>,
}

impl Record for Exchange {
    fn weight(&self) -> usize {
        let line = self.method.len() + self.path.len();
        size_of::<Self>() + line + self.request.len() + self.response.len()
    }
}

impl Exchange {
    pub(super) fn new(
        operation: &str,
        request: &Request<Bytes>,
        response: &Response<Bytes>,
        fault: Option<Fault>,
    ) -> Self {
        // The mock has not looked at such a request.
        let is_answered = !matches!(fault, Some(Fault::Refuse | Fault::DropBefore));
        Self {
            operation: operation.to_owned(),
            method: request.method().to_string(),
            path: request
                .uri()
                .path_and_query()
                .map_or_else(String::new, ToString::to_string),
            request: request.body().clone(),
            status: is_answered.then(|| response.status().as_u16()),
            response: response.body().clone(),
            fault,
        }
    }

    pub(super) fn to_json(&self) -> Value {
        let json = |bytes: &Bytes| match bytes.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(bytes)
                .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into()),
        };
        json!({
            "operation": self.operation,
            "method": self.method,
            "path": self.path,
            "request": json(&self.request),
            "status": self.status,
            "response": json(&self.response),
            "fault": self.fault.map(|fault| fault.to_string()),
        })
    }
}
