//! Sends an SMS.
//!
//! ```text
//! cargo run -p telnyx-messaging --example send_sms -- +13125550000 +13125550001 "Hello"
//! ```
//!
//! The program reads the API key from `TELNYX_API_KEY`.

use std::error::Error;

use telnyx_messaging::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to), Some(text)) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: send_sms FROM TO TEXT".into());
    };
    run(&Client::from_env()?, &from, &to, &text).await?;
    Ok(())
}

pub(crate) async fn run(
    client: &Client,
    from: &str,
    to: &str,
    text: &str,
) -> telnyx_messaging::Result<()> {
    let message = client.messages().send(to).from(from).text(text).await?;
    println!("accepted as {}", message.id);
    for recipient in &message.to {
        println!("{:?}: {:?}", recipient.phone_number, recipient.status);
    }
    Ok(())
}
