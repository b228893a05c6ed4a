//! Receives delivery reports, and the STOP and START of recipients.

use std::time::SystemTime;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use telnyx_messaging::webhook::{Event, Webhook, WebhookVerifier};
use tokio::net::TcpListener;

use crate::store::{Result, Store};

pub(crate) async fn serve(store: Store, verifier: WebhookVerifier, address: &str) -> Result<()> {
    let receive = move |webhook: Webhook| {
        let store = store.clone();
        // If a webhook cannot be stored, the response is not a 2xx, so Telnyx sends the webhook again.
        let failed = |_| StatusCode::INTERNAL_SERVER_ERROR;
        async move { write(&store, webhook).await.map_err(failed) }
    };
    let router = Router::new().route("/webhooks", post(receive));
    axum::serve(
        TcpListener::bind(address).await?,
        router.with_state(verifier),
    )
    .await?;
    Ok(())
}

async fn write(store: &Store, webhook: Webhook) -> Result<()> {
    match webhook.event {
        Event::DeliveryUpdate(message) => {
            for recipient in &message.to {
                if let (Some(to), Some(status)) = (&recipient.phone_number, &recipient.status) {
                    store.deliver(&message.id, to, status).await?;
                }
            }
        }
        Event::InboundMessage(message) => {
            let from = message.sender().unwrap_or_default();
            let word = message.autoresponse_type.as_deref();
            if let Some(word @ ("STOP" | "START")) = word {
                // A STOP without a time counts from now on. A START without a time never replaces a STOP.
                let unknown = match word {
                    "STOP" => SystemTime::now(),
                    _ => SystemTime::UNIX_EPOCH,
                };
                let at = webhook.occurred_at.and_then(|at| at.to_system_time());
                store.say(from, word, at.unwrap_or(unknown)).await?;
            }
        }
        _ => {}
    }
    Ok(())
}
