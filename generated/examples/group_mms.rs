//! Sends a picture to a group.
//!
//! ```text
//! cargo run -p telnyx-messaging --example group_mms -- +13125550000 +13125550001 +13125550002
//! ```
//!
//! The program reads the API key from `TELNYX_API_KEY`. A group has up to 8 recipients, who see each other's numbers.

use std::error::Error;

use telnyx_messaging::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let from = arguments.next().ok_or("usage: group_mms FROM TO…")?;
    let to: Vec<String> = arguments.collect();
    run(&Client::from_env()?, &from, &to).await?;
    Ok(())
}

pub(crate) async fn run(
    client: &Client,
    from: &str,
    to: &[String],
) -> telnyx_messaging::Result<()> {
    let message = client
        .messages()
        .send_group_mms(from, to)
        .text("The new menu")
        .media_urls(["https://example.com/menu.jpg"])
        .await?;
    println!("{} goes to {} people", message.id, message.to.len());
    Ok(())
}
