//! Moves phone numbers to a messaging profile.
//!
//! ```text
//! cargo run -p telnyx-messaging --example bulk_update -- PROFILE +13125550000 +13125550001
//! ```
//!
//! The program reads the API key from `TELNYX_API_KEY`. Telnyx updates the numbers after its response, so the program waits until
//! no number is pending.

use std::error::Error;
use std::time::Duration;

use telnyx_messaging::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let profile = arguments
        .next()
        .ok_or("usage: bulk_update PROFILE NUMBER…")?;
    let numbers: Vec<String> = arguments.collect();
    run(&Client::from_env()?, &profile, &numbers).await?;
    Ok(())
}

/// How long the program waits for all numbers together.
const PATIENCE: Duration = Duration::from_secs(300);

pub(crate) async fn run(
    client: &Client,
    profile: &str,
    numbers: &[String],
) -> telnyx_messaging::Result<()> {
    let updates = client.messaging_numbers_bulk_updates();
    let order = updates.create(profile, numbers).await?;
    let update = updates
        .retrieve(&order.order_id)
        .until_done(PATIENCE)
        .await?;
    println!("pending: {:?}", update.pending);
    println!("updated: {:?}", update.success);
    println!("failed: {:?}", update.failed);
    Ok(())
}
