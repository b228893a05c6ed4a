//! [`Webhook`] as an extractor of axum 0.8.

use std::fmt;

use axum_core::extract::rejection::BytesRejection;
use axum_core::extract::{DefaultBodyLimit, FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;

use super::verifier::Signed;
use super::{Webhook, WebhookError, WebhookVerifier};

/// The maximum size of a body for the extractor: 1 MiB. Telnyx's events have a few KiB. The extractor rejects a larger body with
/// 413 before it fills the memory. This limit replaces axum's `DefaultBodyLimit`.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// Verifies and reads a webhook before the handler runs. The state must have a [`WebhookVerifier`].
///
/// If Telnyx did not sign the request, the response is 400 or 403 ([`WebhookError::status`]). If the body is too large, the
/// response is 413. If the headers of the signature are not well formed, the extractor does not wait for the body. The
/// extractor takes the request's body, so it must be the handler's last argument. To respond in another way, take
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
///
/// Rust does not allow you to implement [`FromRef`] for an `Arc` of your own type. Put the `Arc` into a struct:
///
/// ```
/// use std::sync::Arc;
/// use axum_core::extract::FromRef; // in your program: axum::extract::FromRef
/// use telnyx_messaging::webhook::WebhookVerifier;
///
/// struct App {
///     verifier: WebhookVerifier,
/// }
///
/// #[derive(Clone)]
/// struct AppState(Arc<App>);
///
/// impl FromRef<AppState> for WebhookVerifier {
///     fn from_ref(state: &AppState) -> Self {
///         state.0.verifier.clone()
///     }
/// }
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
            .verify(&headers, &body)
            .map_err(WebhookRejection::Webhook)
    }
}

/// The reason why the extractor rejected a request.
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookRejection {
    /// The body is larger than [`MAX_BODY_BYTES`], or incomplete.
    Body(BytesRejection),
    /// The webhook is not valid or not signed by Telnyx.
    Webhook(WebhookError),
}

impl WebhookRejection {
    /// The status code of the response.
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
