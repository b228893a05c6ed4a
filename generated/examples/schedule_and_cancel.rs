//! Schedules a message for in an hour, and cancels it: `cargo run --example schedule_and_cancel -- +13125550000 +13125550001`
//!
//! The key is read from `TELNYX_API_KEY`.

use std::error::Error;
use std::time::{Duration, SystemTime};

use telnyx_messaging::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        return Err("usage: schedule_and_cancel FROM TO".into());
    };
    run(&Client::from_env()?, &from, &to).await?;
    Ok(())
}

pub(crate) async fn run(client: &Client, from: &str, to: &str) -> telnyx_messaging::Result<()> {
    // From 5 minutes to 5 days ahead, exact to the minute.
    let in_an_hour = SystemTime::now() + Duration::from_secs(3600);
    let message = client
        .messages()
        .schedule(to)
        .from(from)
        .text("Your appointment is in ten minutes")
        .send_at(in_an_hour)
        .await?;
    println!("{} is scheduled", message.id);

    // Until a minute before its time it can be called back.
    let cancelled = client.messages().cancel_scheduled(&message.id).await?;
    for recipient in &cancelled.to {
        println!("{:?}: {:?}", recipient.phone_number, recipient.status);
    }
    Ok(())
}
