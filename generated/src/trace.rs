//! Spans of `tracing`, behind the feature of that name.
//!
//! There is a span for the call, a span for each attempt, and an event for each retry. The fields have OpenTelemetry's names for
//! HTTP where there is one, and other names begin with `telnyx.`. Of a request, they show only the method and the template of the
//! path, because the full path, the query and the body hold personal data. The guide `features` lists their fields.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::CallSpan;
#[cfg(feature = "tracing")]
pub(crate) use self::on::CallSpan;
