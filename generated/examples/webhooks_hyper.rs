//! Receives webhooks with a server that uses only hyper.
//!
//! ```text
//! TELNYX_PUBLIC_KEY=… cargo run -p telnyx-messaging --example webhooks_hyper
//! ```

use std::convert::Infallible;
use std::error::Error;

use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use telnyx_messaging::webhook::{Event, Webhook, WebhookVerifier};
use tokio::net::TcpListener;

const MAX_BODY_BYTES: usize = 1024 * 1024;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let verifier = WebhookVerifier::from_env()?;
    let listener = TcpListener::bind("127.0.0.1:8080").await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let verifier = verifier.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| respond(verifier.clone(), request));
            if let Err(error) = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await
            {
                eprintln!("{error}");
            }
        });
    }
}

async fn respond(
    verifier: WebhookVerifier,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = receive(&verifier, request).await;
    Ok(response)
}

async fn receive(verifier: &WebhookVerifier, request: Request<Incoming>) -> StatusCode {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MAX_BODY_BYTES).collect().await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    match verifier.verify(&parts.headers, &body.to_bytes()) {
        Ok(webhook) => {
            handle(webhook);
            StatusCode::OK
        }
        Err(error) => {
            eprintln!("{error}");
            error.status()
        }
    }
}

fn handle(webhook: Webhook) {
    match webhook.event {
        Event::InboundMessage(message) => {
            println!("{:?} says {:?}", message.sender(), message.text_content());
        }
        Event::DeliveryUpdate(message) => println!("{}: {}", webhook.event_type, message.id),
        Event::ReplacedLinkClick(click) => println!("clicked: {:?}", click.url),
        _ => println!("not handled: {}", webhook.event_type),
    }
}
