//! Spans of `tracing`, behind the feature of that name.
//!
//! A span for the call, one for each attempt and an event for each retry, with the names OpenTelemetry gives to HTTP.
//! Nothing of a request is in them but its method and the template of its path: the filled path, the query and the body
//! hold personal data. The guide `features` lists what is in them.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::CallSpan;
#[cfg(feature = "tracing")]
pub(crate) use self::on::CallSpan;
