//! Schedules a message for one hour from now, and cancels it.
//!
//! ```text
//! cargo run -p telnyx-messaging --example schedule_and_cancel -- +13125550000 +13125550001
//! ```
//!
//! The program reads the API key from `TELNYX_API_KEY`.

use std::error::Error;
use std::time::{Duration, SystemTime};

use telnyx_messaging::types::DeliveryStatus;
use telnyx_messaging::{Client, Error as TelnyxError};

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
    // From 5 minutes to 5 days ahead, with a precision of one minute.
    let in_an_hour = SystemTime::now() + Duration::from_secs(3600);
    let message = client
        .messages()
        // Unlike `schedule`, `send` uses an idempotency key.
        .send(to)
        .from(from)
        .text("Your appointment is in ten minutes")
        .send_at(in_an_hour)
        .await?;
    println!("{} is scheduled", message.id);

    // You can cancel the message until one minute before its scheduled time.
    let is_cancelled = cancel(client, &message.id).await?;
    println!("cancelled: {is_cancelled}");
    Ok(())
}

/// Cancels the message. Returns whether it is cancelled.
async fn cancel(client: &Client, id: &str) -> telnyx_messaging::Result<bool> {
    match client.messages().cancel_scheduled(id).await {
        Ok(_) => Ok(true),
        // It is too late, or an earlier cancellation succeeded and its response was lost. The message's status tells which.
        Err(TelnyxError::Api(error)) if error.status() == 403 => {
            let message = client.messages().retrieve(id).await?;
            let Some(message) = message.as_outbound() else {
                return Ok(false);
            };
            let mut statuses = message.to.iter().map(|to| to.status.as_ref());
            Ok(statuses.all(|status| status == Some(&DeliveryStatus::Cancelled)))
        }
        Err(error) => Err(error),
    }
}
