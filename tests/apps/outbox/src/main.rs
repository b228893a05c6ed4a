//! `outbox put SENDER RECIPIENT TEXT` stores a message, `outbox work` sends stored messages, and `outbox receive ADDRESS`
//! receives webhooks. You can run any number of each. `DATABASE_URL` is `sqlite:outbox.db?mode=rwc` or `postgres://…`. After
//! `LEASE_SECONDS`, another worker takes over the messages of a worker that has died.

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
            // A call ends long before another worker takes over the call's message.
            let lease = Duration::from_secs(std::env::var("LEASE_SECONDS")?.parse()?);
            let client = Client::builder().timeout(lease / 2).build()?;
            worker::work(&store, &client, lease).await
        }
        ["receive", address] => webhooks::serve(store, WebhookVerifier::from_env()?, address).await,
        _ => Err("usage: outbox put SENDER RECIPIENT TEXT | work | receive ADDRESS".into()),
    }
}
