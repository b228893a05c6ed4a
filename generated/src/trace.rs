//! Spans of `tracing`, behind the feature of that name.
//!
//! There is a span for the call, a span for each attempt, and an event for each retry. A field has OpenTelemetry's name for HTTP,
//! if there is one. All other names begin with `telnyx.`. The spans show only the method and the path's template of a request,
//! because the full path, the query and the body contain personal data. The guide `features` lists the fields.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::CallSpan;
#[cfg(feature = "tracing")]
pub(crate) use self::on::CallSpan;
