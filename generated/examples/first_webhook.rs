//! Sets up an account that has only a phone number, and receives the account's first webhook.
//!
//! ```text
//! TELNYX_API_KEY=… TELNYX_PUBLIC_KEY=… cargo run -p telnyx-messaging --example first_webhook \
//!     --features axum-0_8,profiles -- https://example.com/webhooks +13125550000 +13125550001
//! ```
//!
//! The URL is the public URL of port 8080 on this machine. The first phone number belongs to the account, and the second number
//! is the number of your own phone.

use std::{error::Error, future::IntoFuture};

use axum::{Router, http::StatusCode, routing::post};
use telnyx_messaging::Client;
use telnyx_messaging::webhook::{Webhook, WebhookVerifier};
use tokio::{net::TcpListener, sync::mpsc};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (client, verifier) = (Client::from_env()?, WebhookVerifier::from_env()?);
    let listener = TcpListener::bind("127.0.0.1:8080").await?;
    let webhook = run(&client, verifier, listener, &arguments).await?;
    println!("{}: {:?}", webhook.event_type, webhook.event);
    Ok(())
}

pub(crate) async fn run(
    client: &Client,
    verifier: WebhookVerifier,
    listener: TcpListener,
    arguments: &[String],
) -> Result<Webhook, Box<dyn Error>> {
    let [url, number, phone] = arguments else {
        return Err("usage: first_webhook URL NUMBER PHONE".into());
    };

    // The extractor passes on only verified webhooks.
    let (sender, mut webhooks) = mpsc::unbounded_channel();
    let receive = async move |webhook: Webhook| sender.send(webhook).map_err(|_| StatusCode::GONE);
    let router = Router::new().route("/webhooks", post(receive));
    tokio::spawn(axum::serve(listener, router.with_state(verifier)).into_future());

    let profiles = client.messaging_profiles();
    let profile = profiles.create("First", ["US"]).webhook_url(url).await?;
    let numbers = client.phone_numbers().messaging();
    let found = numbers.list().filter_phone_number(number).await?;
    let id = found.items.into_iter().find_map(|number| number.id);
    let assigned = numbers.update(id.ok_or("the account does not have the number")?);
    assigned.messaging_profile_id(profile.id).await?;

    let messages = client.messages();
    messages.send(phone).from(number).text("Hello").await?;
    Ok(webhooks.recv().await.ok_or("the server ended")?)
}
