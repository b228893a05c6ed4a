use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;

use axum_core::body::Body;

use super::*;
use crate::webhook::testing::{TestEvent, WebhookSigner};
use crate::webhook::{Event, SIGNATURE_HEADER, TIMESTAMP_HEADER};

fn signer() -> WebhookSigner {
    WebhookSigner::from_seed([7; 32])
}

fn verifier() -> WebhookVerifier {
    WebhookVerifier::new(signer().public_key()).unwrap()
}

fn signed(body: String) -> Request {
    let headers = signer().sign(&body, SystemTime::now());
    let mut request = Request::new(Body::from(body));
    *request.headers_mut() = headers;
    request
}

async fn refusal(request: Request) -> WebhookRejection {
    Webhook::from_request(request, &verifier())
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_signed_request_becomes_a_webhook() {
    let request = signed(TestEvent::inbound_message().to_json());
    let webhook = Webhook::from_request(request, &verifier()).await.unwrap();
    assert!(matches!(webhook.event, Event::InboundMessage(_)));
}

#[tokio::test]
async fn the_verifier_may_be_a_part_of_the_state() {
    struct State {
        verifier: WebhookVerifier,
    }
    impl FromRef<State> for WebhookVerifier {
        fn from_ref(state: &State) -> Self {
            state.verifier.clone()
        }
    }
    let state = State {
        verifier: verifier(),
    };
    let request = signed(TestEvent::link_clicked().to_json());
    assert!(Webhook::from_request(request, &state).await.is_ok());
}

#[tokio::test]
async fn a_request_without_a_signature_is_answered_400() {
    let refusal = refusal(Request::new(Body::from("{}"))).await;
    assert_eq!(refusal.status(), StatusCode::BAD_REQUEST);
    assert_eq!(refusal.into_response().status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn without_well_formed_headers_the_body_is_not_waited_for() {
    struct Silent;
    impl futures_core::Stream for Silent {
        type Item = Result<Bytes, std::io::Error>;
        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Pending
        }
    }
    for header in [SIGNATURE_HEADER, TIMESTAMP_HEADER] {
        for value in [None, Some("malformed")] {
            let mut request = signed("{}".to_owned());
            *request.body_mut() = Body::from_stream(Silent);
            request.headers_mut().remove(header);
            if let Some(value) = value {
                request.headers_mut().insert(header, value.parse().unwrap());
            }
            assert_eq!(refusal(request).await.status(), StatusCode::BAD_REQUEST);
        }
    }
}

#[tokio::test]
async fn a_wrong_signature_is_answered_403() {
    let mut request = signed("{}".to_owned());
    *request.body_mut() = Body::from("{ }");
    let refusal = refusal(request).await;
    assert!(matches!(
        refusal,
        WebhookRejection::Webhook(WebhookError::WrongSignature)
    ));
    assert_eq!(refusal.into_response().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_answered_413() {
    let body = |length: usize| format!("\"{}\"", "a".repeat(length - 2));
    let fits = Webhook::from_request(signed(body(MAX_BODY_BYTES)), &verifier()).await;
    assert!(fits.is_ok());
    let refusal = refusal(signed(body(MAX_BODY_BYTES + 1))).await;
    assert_eq!(refusal.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        refusal.into_response().status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
}
