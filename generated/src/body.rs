//! Bodies of JSON.

use bytes::Bytes;
use serde::Serialize;

use crate::error::InvalidRequest;
use crate::redact;

/// A value as JSON, or why it cannot be written, without the value. It is the value of `name`, or else the whole body.
pub(crate) fn json(value: &impl Serialize, name: Option<&str>) -> Result<Bytes, InvalidRequest> {
    let mut json = Vec::with_capacity(128);
    write_json(&mut json, value, name)?;
    Ok(json.into())
}

/// Writes a value at the end of `json`, as [`json`].
pub(crate) fn write_json(
    json: &mut Vec<u8>,
    value: &(impl Serialize + ?Sized),
    name: Option<&str>,
) -> Result<(), InvalidRequest> {
    match serde_json::to_writer(json, value) {
        Ok(()) => Ok(()),
        Err(error) => Err(unwritable(&error, name)),
    }
}

fn unwritable(error: &serde_json::Error, name: Option<&str>) -> InvalidRequest {
    let reason = redact::line(&error.to_string(), 900);
    let what = name.map_or_else(|| "the body".to_owned(), |name| format!("`{name}`"));
    InvalidRequest::new(format!("{what} cannot be written as JSON: {reason}"))
}
