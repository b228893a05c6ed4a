//! Sends a WhatsApp template, the only kind of message that reaches people who have not written to you in the last 24 hours.
//!
//! ```text
//! cargo run -p telnyx-messaging --example whatsapp -- +13125550000 +13125550001
//! ```
//!
//! The program reads the API key from `TELNYX_API_KEY`.

use std::error::Error;

use telnyx_messaging::Client;
use telnyx_messaging::types::{
    WhatsappMessageContent, WhatsappTemplate, WhatsappTemplateComponent, WhatsappTemplateParameter,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        return Err("usage: whatsapp FROM TO".into());
    };
    run(&Client::from_env()?, &from, &to).await?;
    Ok(())
}

pub(crate) async fn run(client: &Client, from: &str, to: &str) -> telnyx_messaging::Result<()> {
    let number = WhatsappTemplateParameter::text("No. 4711");
    let body = WhatsappTemplateComponent::body([number]);
    let template = WhatsappTemplate::new()
        .name("order_confirmation")
        .language("en_US")
        .components([body]);
    let message = client
        .messages()
        .send_whatsapp(from, to, WhatsappMessageContent::template(template))
        .await?;
    println!("accepted as {}", message.id);
    Ok(())
}
