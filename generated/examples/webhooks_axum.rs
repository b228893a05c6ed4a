//! Replies to received messages, with an axum server.
//!
//! ```text
//! TELNYX_API_KEY=… TELNYX_PUBLIC_KEY=… \
//!     cargo run -p telnyx-messaging --example webhooks_axum --features axum-0_8
//! ```
//!
//! The server listens on port 8080 for `POST /webhooks`. In the messaging profile, set the webhook URL to the public URL of
//! `/webhooks` on this server. To receive webhooks from the mock, start the mock with `--webhook-url
//! http://127.0.0.1:8080/webhooks`. Set `TELNYX_PUBLIC_KEY` to the public key that the mock prints.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::routing::post;
use telnyx_messaging::Client;
use telnyx_messaging::types::{
    InboundMessage, InboundRecipient, MessageType, WhatsappMessageContent, WhatsappText,
};
use telnyx_messaging::webhook::{Event, RecentEvents, Webhook, WebhookVerifier};

#[derive(Clone)]
struct App {
    client: Client,
    verifier: WebhookVerifier,
    recent: Arc<Mutex<RecentEvents>>,
}

/// Lets axum extract a verified [`Webhook`] from a request.
impl FromRef<App> for WebhookVerifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let app = App {
        client: Client::from_env()?,
        verifier: WebhookVerifier::from_env()?,
        recent: Arc::new(Mutex::new(RecentEvents::with_capacity(10_000))),
    };
    let router = Router::new()
        .route("/webhooks", post(receive))
        .with_state(app);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, router).await?;
    Ok(())
}

/// Responds to Telnyx at once, because Telnyx waits only two seconds, and sending the reply may take longer.
async fn receive(State(app): State<App>, webhook: Webhook) -> StatusCode {
    if came_before(&app, &webhook) {
        return StatusCode::OK;
    }
    match webhook.event {
        Event::InboundMessage(message) => {
            tokio::spawn(answer(app.client, *message));
        }
        Event::DeliveryUpdate(message) => {
            println!("{}: {}", webhook.event_type, message.id);
        }
        Event::ReplacedLinkClick(click) => println!("clicked: {:?}", click.url),
        _ => println!("not handled: {}", webhook.event_type),
    }
    StatusCode::OK
}

fn came_before(app: &App, webhook: &Webhook) -> bool {
    let mut recent = app.recent.lock().unwrap_or_else(PoisonError::into_inner);
    webhook.id.as_ref().is_some_and(|id| !recent.insert(id))
}

/// Sends the text back to its sender, by SMS or WhatsApp.
async fn answer(client: Client, message: InboundMessage) {
    // Do not reply to STOP: Telnyx confirms it, and then refuses our messages.
    if message.autoresponse_type.is_some() {
        return;
    }
    let us = message.to.first().and_then(InboundRecipient::address);
    let (Some(us), Some(them), Some(text)) = (us, message.sender(), message.text_content()) else {
        return;
    };
    let reply = format!("You said: {text}");
    let messages = client.messages();
    let sent = match message.type_ {
        Some(MessageType::Whatsapp) => {
            let content = WhatsappMessageContent::text(WhatsappText::new(reply));
            messages.send_whatsapp(us, them, content).await.map(drop)
        }
        _ => messages.send(them).from(us).text(reply).await.map(drop),
    };
    if let Err(error) = sent {
        eprintln!("the reply was not sent: {error}");
    }
}
