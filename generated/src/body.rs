//! Bodies of JSON.

use bytes::Bytes;
use serde::Serialize;

use crate::error::InvalidRequest;
use crate::redact;

/// A value as JSON, or why it cannot be written, without the value.
pub(crate) fn json(value: &impl Serialize) -> Result<Bytes, InvalidRequest> {
    let mut json = Vec::with_capacity(128);
    write_json(&mut json, value)?;
    Ok(json.into())
}

/// Writes a value at the end of `json`, or says why it cannot be written, without the value.
pub(crate) fn write_json(
    json: &mut Vec<u8>,
    value: &(impl Serialize + ?Sized),
) -> Result<(), InvalidRequest> {
    match serde_json::to_writer(json, value) {
        Ok(()) => Ok(()),
        Err(error) => Err(unwritable(&error)),
    }
}

fn unwritable(error: &serde_json::Error) -> InvalidRequest {
    let reason = redact::line(&error.to_string(), 900);
    InvalidRequest::new(format!("the body cannot be written as JSON: {reason}"))
}
