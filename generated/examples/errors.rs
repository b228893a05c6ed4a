//! Shows what an error says, and what to do about it.
//!
//! ```text
//! cargo run -p telnyx-messaging --example errors -- +13125550000 +13125550001
//! ```
//!
//! It reads the API key from `TELNYX_API_KEY`.

use std::error::Error;

use telnyx_messaging::{Client, Error as TelnyxError, ErrorCode, Outcome};

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
    match client.messages().send(to).from(from).text("Hi").await {
        Ok(message) => format!("accepted as {}", message.id),
        // This arm comes first, because Telnyx may have accepted an earlier attempt: a 503 after the last retry is an
        // `Error::Api` too. If the program sends the message again with the same key, Telnyx accepts it only once.
        Err(error) if error.outcome() == Outcome::Unknown => {
            format!(
                "maybe sent, with key {:?}: {error}",
                error.idempotency_key()
            )
        }
        Err(error) if error.outcome() == Outcome::Applied => {
            format!("sent, though the answer cannot be read: {error}")
        }
        Err(TelnyxError::Api(error)) if error.code() == Some(&ErrorCode::INVALID_PHONE_NUMBER) => {
            format!("not a phone number: {error}")
        }
        Err(error) if error.is_authentication() => format!("check the key: {error}"),
        Err(error) if error.is_rate_limited() => match error.retry_after() {
            Some(wait) => format!("too fast: again in {} s", wait.as_secs()),
            None => "too fast".to_owned(),
        },
        Err(error) => format!("nothing was sent: {error:#}"),
    }
}
