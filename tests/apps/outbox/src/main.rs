//! `outbox put SENDER RECIPIENT TEXT` writes a message down, `outbox work` sends what is written, `outbox receive ADDRESS`
//! receives what comes of it. Run as many as you like. `DATABASE_URL` is `sqlite:outbox.db?mode=rwc` or `postgres://…`; after
//! `LEASE_SECONDS`, a message is taken over from a worker that is gone.

mod store;
mod webhooks;
mod worker;

use std::error::Error;
use std::time::Duration;

use telnyx_messaging::Client;
use telnyx_messaging::webhook::WebhookVerifier;

use store::Store;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let store = Store::connect(&std::env::var("DATABASE_URL")?).await?;
    match arguments[..] {
        ["put", sender, recipient, text] => store.put(sender, recipient, text).await.map(drop),
        ["work"] => {
            // A call ends long before another worker takes its message over.
            let lease = Duration::from_secs(std::env::var("LEASE_SECONDS")?.parse()?);
            let client = Client::builder().timeout(lease / 2).build()?;
            worker::work(&store, &client, lease).await
        }
        ["receive", address] => webhooks::serve(store, WebhookVerifier::from_env()?, address).await,
        _ => Err("usage: outbox put SENDER RECIPIENT TEXT | work | receive ADDRESS".into()),
    }
}
