//! Send, STOP, START: the same for every client.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Stdio;
use std::time::{Duration, Instant};

use telnyx_messaging::{Client, Error};
use telnyx_messaging_mock::Mock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use crate::telnyx_clients::{Language, TelnyxClients};
use telnyx_messaging::http::{HeaderMap, HeaderName, HeaderValue};
use telnyx_messaging::webhook::WebhookVerifier;

const STEP: Duration = Duration::from_millis(500);

/// How long a client may take for all of it, and for each webhook.
const PATIENCE: Duration = Duration::from_secs(60);

const FROM: &str = "+13125550000";
const TO: &str = "+13125550001";

/// What happens, whatever the client.
const EXPECTED: [&str; 9] = [
    "accepted",
    "message.sent sent",
    "message.finalized delivered",
    "message.received webhook_delivered",
    "refused with 40300",
    "message.received webhook_delivered",
    "accepted",
    "message.sent sent",
    "message.finalized delivered",
];

/// Gives `true` if every client sees what is expected, its own verification of webhooks included.
pub(super) async fn run(clients: &TelnyxClients) -> Result<bool, String> {
    let mut is_well = true;
    for client in [None, Some(Language::Python), Some(Language::Node)] {
        let (listener, port) = free_port()?;
        let url = format!("http://127.0.0.1:{port}/");
        // Slow enough for any client to take one webhook before the next.
        let mock = Mock::builder().webhook_url(url).step(STEP).start().await;
        let mock = mock.map_err(|error| error.to_string())?;
        let seen = match client {
            None => here(&mock, listener).await?,
            Some(language) => {
                drop(listener);
                there(clients, language, &mock, port)?
            }
        };
        let name = client.map_or("this crate", Language::name);
        if seen == EXPECTED {
            println!("scenario: {name}: {} steps as expected", seen.len());
        } else {
            println!("COMPLAINT: scenario: {name}: {seen:?}");
            is_well = false;
        }
    }
    Ok(is_well)
}

pub(crate) fn free_port() -> Result<(TcpListener, u16), String> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    Ok((listener, address.port()))
}

fn there(
    clients: &TelnyxClients,
    language: Language,
    mock: &Mock,
    port: u16,
) -> Result<Vec<String>, String> {
    let mut command = clients.command(language, "clients/scenario");
    command.env("TELNYX_BASE_URL", mock.base_url());
    command.env("TELNYX_PUBLIC_KEY", mock.public_key());
    let command = command.arg(port.to_string());
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.map_err(|error| format!("cannot start {}: {error}", language.name()))?;
    // What it prints is short, so the pipes hold it until it has ended.
    let started = Instant::now();
    while child
        .try_wait()
        .map_err(|error| error.to_string())?
        .is_none()
    {
        if started.elapsed() > PATIENCE {
            println!("{} took over {} s", language.name(), PATIENCE.as_secs());
            child.kill().map_err(|error| error.to_string())?;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        println!("{}", String::from_utf8_lossy(&output.stderr));
    }
    let lines = String::from_utf8_lossy(&output.stdout);
    Ok(lines.lines().map(str::to_owned).collect())
}

async fn here(mock: &Mock, listener: TcpListener) -> Result<Vec<String>, String> {
    let (sender, mut events) = mpsc::unbounded_channel();
    tokio::spawn(receive_and_tell(listener, mock.public_key(), sender));
    let client = mock.client().map_err(|error| error.to_string())?;
    let mut seen = vec![send(&client).await];
    for (word, count) in [(None, 2), (Some("STOP"), 1), (Some("START"), 1), (None, 2)] {
        if let Some(word) = word {
            mock.receive(TO, FROM, word).await;
        }
        for _ in 0..count {
            match tokio::time::timeout(PATIENCE, events.recv()).await {
                Ok(Some(event)) => seen.push(event),
                _ => seen.push("no webhook".to_owned()),
            }
        }
        if word.is_some() {
            seen.push(send(&client).await);
        }
    }
    Ok(seen)
}

async fn send(client: &Client) -> String {
    match client.messages().send(TO).from(FROM).text("Hello").await {
        Ok(_) => "accepted".to_owned(),
        Err(Error::Api(error)) => {
            let code = error.code().map(|code| code.as_str().to_owned());
            format!("refused with {}", code.unwrap_or_default())
        }
        Err(error) => error.to_string(),
    }
}

/// Takes webhooks and keeps nothing.
pub(crate) async fn receive(listener: TcpListener, public_key: String) -> std::io::Result<()> {
    let (sender, _) = mpsc::unbounded_channel();
    receive_and_tell(listener, public_key, sender).await
}

/// Takes webhooks, each on a connection of its own, and tells what they are.
async fn receive_and_tell(
    listener: TcpListener,
    public_key: String,
    events: mpsc::UnboundedSender<String>,
) -> std::io::Result<()> {
    let verifier = WebhookVerifier::new(public_key).map_err(std::io::Error::other)?;
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (mut stream, _) = listener.accept().await?;
        let (headers, body) = read(&mut stream).await?;
        let event = match verifier.verify(&headers, &body) {
            Ok(webhook) => {
                let json: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
                let status = json["data"]["payload"]["to"][0]["status"].as_str();
                format!("{} {}", webhook.event_type, status.unwrap_or_default())
            }
            Err(error) => error.to_string(),
        };
        // The scenario may be over.
        let _ = events.send(event);
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            .await?;
    }
}

async fn read(stream: &mut TcpStream) -> std::io::Result<(HeaderMap, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut headers = HeaderMap::new();
            for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
                if let (Ok(name), Ok(value)) =
                    (name.parse::<HeaderName>(), HeaderValue::from_str(value))
                {
                    headers.insert(name, value);
                }
            }
            let length = headers
                .get("content-length")
                .and_then(|value| value.to_str().ok());
            let length: usize = length
                .and_then(|length| length.parse().ok())
                .unwrap_or_default();
            if body.len() >= length {
                return Ok((headers, bytes.split_off(head.len() + 4)));
            }
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
}
