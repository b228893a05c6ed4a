//! Shows what an error says, and what to do about it.
//!
//! ```text
//! cargo run -p telnyx-messaging --example errors -- +13125550000 +13125550001
//! ```
//!
//! The program reads the API key from `TELNYX_API_KEY`.

use std::error::Error;

use telnyx_messaging::{Client, ErrorCode, NextStep};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        return Err("usage: errors FROM TO".into());
    };
    println!("{}", run(&Client::from_env()?, &from, &to).await);
    Ok(())
}

pub(crate) async fn run(client: &Client, from: &str, to: &str) -> String {
    let error = match client.messages().send(to).from(from).text("Hi").await {
        Ok(message) => return format!("accepted as {}", message.id),
        Err(error) => error,
    };
    // The step covers all attempts. A 503 after the last retry is an `Error::Api` too, although Telnyx may have accepted the message.
    match error.next_step() {
        NextStep::Done => format!("accepted as {:?}: {error}", error.message_id()),
        // Telnyx may have the message. With the same key, Telnyx accepts the same request only once.
        NextStep::SendAgain => {
            let (key, wait) = (error.idempotency_key(), error.retry_after());
            format!("send it again with the key {key:?}, in {wait:?}: {error}")
        }
        NextStep::GiveUp if error.code() == Some(&ErrorCode::INVALID_PHONE_NUMBER) => {
            format!("not a phone number: {error}")
        }
        NextStep::GiveUp => format!("refused, {}: {error}", error.advice()),
        NextStep::Pause if error.is_authentication() => format!("check the API key: {error}"),
        NextStep::Pause => format!("send nothing, {}: {error:#}", error.advice()),
        NextStep::Review => format!("a person decides: {error}"),
    }
}
