//! [`Webhook`] as an extractor of axum 0.8.

use std::fmt;

use axum_core::extract::rejection::BytesRejection;
use axum_core::extract::{DefaultBodyLimit, FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;

use super::verifier::Signed;
use super::{Webhook, WebhookError, WebhookVerifier};

/// The largest body the extractor reads: 1 MiB. Telnyx's events have a few KiB; what is larger is answered 413 before
/// it fills the memory. It stands in for axum's `DefaultBodyLimit`.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// Verifies and reads a webhook before the handler runs; needs a [`WebhookVerifier`] in the state.
///
/// What Telnyx did not sign is answered 400 or 403 ([`WebhookError::status`]), what is too large 413. Without well-formed
/// headers of a signature, the body is not waited for. The extractor takes the
/// request's body, so it has to be the handler's last argument. To answer in another way, take
/// `Result<Webhook, WebhookRejection>`.
///
/// ```
/// use http::StatusCode;
/// use telnyx_messaging::webhook::{Event, Webhook};
///
/// async fn receive(webhook: Webhook) -> StatusCode {
///     if let Event::InboundMessage(message) = webhook.event {
///         println!("{} came in", message.id);
///     }
///     StatusCode::OK
/// }
/// // Router::new().route("/webhooks", post(receive)).with_state(WebhookVerifier::from_env()?)
/// ```
impl<S> FromRequest<S> for Webhook
where
    S: Send + Sync,
    WebhookVerifier: FromRef<S>,
{
    type Rejection = WebhookRejection;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, WebhookRejection> {
        let verifier = WebhookVerifier::from_ref(state);
        let headers = std::mem::take(request.headers_mut());
        if let Err(error) = Signed::of_headers(&headers) {
            verifier.refuse(&error);
            return Err(WebhookRejection::Webhook(error));
        }
        DefaultBodyLimit::max(MAX_BODY_BYTES).apply(&mut request);
        let body = Bytes::from_request(request, state)
            .await
            .map_err(WebhookRejection::Body)?;
        verifier
            .verify_bytes(&headers, body)
            .map_err(WebhookRejection::Webhook)
    }
}

/// Why the extractor refused a request.
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookRejection {
    /// The body is larger than [`MAX_BODY_BYTES`], or broke off.
    Body(BytesRejection),
    /// It is no webhook to trust.
    Webhook(WebhookError),
}

impl WebhookRejection {
    /// The status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Body(rejection) => rejection.status(),
            Self::Webhook(error) => error.status(),
        }
    }
}

impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        match self {
            Self::Body(rejection) => rejection.into_response(),
            Self::Webhook(error) => (error.status(), error.to_string()).into_response(),
        }
    }
}

impl fmt::Display for WebhookRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(rejection) => rejection.fmt(f),
            Self::Webhook(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WebhookRejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Body(rejection) => rejection.source(),
            Self::Webhook(error) => error.source(),
        }
    }
}

#[cfg(test)]
mod tests;
