//! Sends messages from an outbox. A crash or a lost response never makes the program send a message twice.
//!
//! ```text
//! cargo run -p telnyx-messaging --example outbox -- outbox.json +13125550000 +13125550001 "Hello"
//! ```
//!
//! If the only argument is the file, the program sends the messages that the file already contains. The program reads the API key
//! from `TELNYX_API_KEY`. In your program, use a database table instead of the file. Add the message to the table in the
//! transaction that decides to send the message.

use std::collections::HashSet;
use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use telnyx_messaging::types::OutboundMessage;
use telnyx_messaging::{
    Advice, Client, IDEMPOTENCY_KEY_LIFETIME, NextStep, Response, Result as SendResult, Timestamp,
    new_idempotency_key,
};

/// A message with its key. The program stores the entry before it sends the message.
///
/// The entry contains the whole request, even `send_at`, because a repeated request must be the same, byte for byte. A time such
/// as "in an hour" would change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    key: String,
    first_tried: Option<SystemTime>,
    /// The time until which the program must wait, because Telnyx requested it.
    not_before: Option<SystemTime>,
    from: String,
    to: String,
    text: String,
    send_at: Timestamp,
    state: State,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum State {
    /// The message is not sent, or its outcome is unknown. With the same idempotency key, it is safe to send the message again.
    Open,
    Accepted {
        /// `None` if the response ended before the id. Only a webhook then has the id.
        id: Option<String>,
    },
    Refused {
        reason: String,
    },
    /// A person must decide, because the idempotency key may be too old, or because the error does not say enough.
    Unclear,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outbox = match arguments.as_slice() {
        [outbox] => Path::new(outbox),
        [outbox, from, to, text] => {
            put(Path::new(outbox), from, to, text)?;
            Path::new(outbox)
        }
        _ => return Err("usage: outbox FILE [FROM TO TEXT]".into()),
    };
    for entry in run(&Client::from_env()?, outbox).await? {
        println!("{entry:?}");
    }
    Ok(())
}

/// Adds a message that is due in one hour to the outbox, without sending it.
pub(crate) fn put(outbox: &Path, from: &str, to: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let mut entries = read(outbox)?;
    entries.push(Entry {
        key: new_idempotency_key()?,
        first_tried: None,
        not_before: None,
        from: from.to_owned(),
        to: to.to_owned(),
        text: text.to_owned(),
        send_at: (SystemTime::now() + Duration::from_secs(3600)).into(),
        state: State::Open,
    });
    write(outbox, &entries)
}

/// Sends the open messages. Call this function after each start, and whenever a message may be due or a pause may be over.
pub(crate) async fn run(client: &Client, outbox: &Path) -> Result<Vec<Entry>, Box<dyn Error>> {
    let mut entries = read(outbox)?;
    let mut paused_senders = HashSet::new();
    for index in 0..entries.len() {
        let entry = &mut entries[index];
        let now = SystemTime::now();
        let is_due = entry.not_before.is_none_or(|time| time <= now);
        if entry.state != State::Open || !is_due || paused_senders.contains(&entry.from) {
            continue;
        }
        // Store the time before the first attempt, because the attempt counts even if this program ends during the attempt.
        let first_tried = *entry.first_tried.get_or_insert(now);
        write(outbox, &entries)?;
        let entry = &mut entries[index];
        if !matches!(first_tried.elapsed(), Ok(age) if age < IDEMPOTENCY_KEY_LIFETIME) {
            entry.state = State::Unclear;
            write(outbox, &entries)?;
            continue;
        }
        let sent = send(client, entry).await;
        let step = NextStep::of(&sent);
        let error = sent.as_ref().err();
        match step {
            NextStep::Done => entry.state = State::Accepted { id: id_of(&sent) },
            NextStep::SendAgain => {
                let wait = error.and_then(telnyx_messaging::Error::retry_after);
                entry.not_before = wait.map(|wait| SystemTime::now() + wait);
            }
            NextStep::GiveUp => {
                let reason = error.map(|error| format!("{}: {error}", error.advice()));
                entry.state = State::Refused {
                    reason: reason.unwrap_or_default(),
                };
            }
            NextStep::Pause => {
                paused_senders.insert(entry.from.clone());
            }
            NextStep::Review => entry.state = State::Unclear,
        }
        write(outbox, &entries)?;
        if let (NextStep::Pause, Err(error)) = (step, sent) {
            eprintln!("paused, {}: {error}", error.advice());
            if error.advice() != Advice::StopSender {
                break;
            }
        }
    }
    Ok(entries)
}

async fn send(client: &Client, entry: &Entry) -> SendResult<Response<OutboundMessage>> {
    client
        .messages()
        .send(&entry.to)
        .from(&entry.from)
        .text(&entry.text)
        .send_at(entry.send_at.clone())
        .idempotency_key(&entry.key)
        .with_response()
        .await
}

fn id_of(sent: &SendResult<Response<OutboundMessage>>) -> Option<String> {
    match sent {
        Ok(response) => {
            if response.idempotent_replayed() {
                println!("{} was accepted before", response.value().id);
            }
            Some(response.value().id.clone())
        }
        Err(error) => error.message_id(),
    }
}

fn read(outbox: &Path) -> Result<Vec<Entry>, Box<dyn Error>> {
    if !outbox.exists() {
        return Ok(Vec::new());
    }
    Ok(serde_json::from_slice(&fs::read(outbox)?)?)
}

/// Writes a new file, and then replaces the old file with it. After a crash, one of the two files is complete.
fn write(outbox: &Path, entries: &[Entry]) -> Result<(), Box<dyn Error>> {
    let new = outbox.with_extension("new");
    let mut file = File::create(&new)?;
    serde_json::to_writer(&mut file, entries)?;
    file.sync_all()?;
    fs::rename(new, outbox)?;
    Ok(())
}
