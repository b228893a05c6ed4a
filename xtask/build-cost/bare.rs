//! Sends one message by reqwest alone, with types written by hand.

use std::error::Error;
use std::time::Duration;

use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct SendMessage<'a> {
    to: &'a str,
    from: &'a str,
    text: &'a str,
}

#[derive(Deserialize)]
struct Envelope<T> {
    data: T,
}

#[derive(Debug, Deserialize)]
struct Message {
    id: String,
    #[serde(default)]
    to: Vec<Recipient>,
}

#[derive(Debug, Deserialize)]
struct Recipient {
    status: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Failure {
    errors: Vec<Detail>,
}

#[derive(Debug, Deserialize)]
struct Detail {
    code: Option<String>,
    title: Option<String>,
    detail: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(send())
}

async fn send() -> Result<(), Box<dyn Error>> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(60))
        .build()?;
    let message = SendMessage {
        to: "+13125550001",
        from: "+13125550000",
        text: "Your code is 123456",
    };
    let response = client
        .post("https://api.telnyx.com/v2/messages")
        .header(
            "authorization",
            format!("Bearer {}", std::env::var("TELNYX_API_KEY")?),
        )
        .header("content-type", "application/json")
        .body(serde_json::to_vec(&message)?)
        .send()
        .await?;
    let is_success = response.status().is_success();
    let body = response.bytes().await?;
    if !is_success {
        for Detail {
            code,
            title,
            detail,
        } in serde_json::from_slice::<Failure>(&body)?.errors
        {
            println!("{code:?} {title:?} {detail:?}");
        }
        return Ok(());
    }
    let message = serde_json::from_slice::<Envelope<Message>>(&body)?.data;
    println!("{} {:?}", message.id, message.to[0].status);
    Ok(())
}
