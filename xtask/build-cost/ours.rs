//! Sends one message.

use telnyx_messaging::{Client, Result};

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime starts").block_on(send())
}

async fn send() -> Result<()> {
    let client = Client::from_env()?;
    let send = client.messages().send("+13125550001").from("+13125550000");
    let message = send.text("Your code is 123456").await?;
    println!("{} {:?}", message.id, message.to[0].status);
    Ok(())
}
