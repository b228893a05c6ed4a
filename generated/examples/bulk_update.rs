//! Moves phone numbers to a messaging profile: `cargo run --example bulk_update -- PROFILE +13125550000 +13125550001`
//!
//! The key is read from `TELNYX_API_KEY`. The numbers are updated after the answer; this program asks until all are.

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
    run(
        &Client::from_env()?,
        &profile,
        &numbers,
        Duration::from_secs(2),
    )
    .await?;
    Ok(())
}

pub(crate) async fn run(
    client: &Client,
    profile: &str,
    numbers: &[String],
    pause: Duration,
) -> telnyx_messaging::Result<()> {
    let updates = client.messaging_numbers_bulk_updates();
    let mut update = updates.create(profile, numbers).await?;
    while !update.pending.is_empty() {
        println!("{} to go", update.pending.len());
        tokio::time::sleep(pause).await;
        update = updates.retrieve(&update.order_id).await?;
    }
    println!("updated: {:?}", update.success);
    println!("failed: {:?}", update.failed);
    Ok(())
}
