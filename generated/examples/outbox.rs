//! Sends what is in an outbox, so that a crash or a lost answer at any point sends nothing twice:
//! `cargo run --example outbox -- outbox.json +13125550000 +13125550001 "Hello"`, and without the numbers to go on later.
//!
//! The key is read from `TELNYX_API_KEY`. A table of your database does the same as the file here: write the entry in the
//! transaction that decides on the message.

use std::collections::HashSet;
use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use telnyx_messaging::types::OutboundMessage;
use telnyx_messaging::{
    Advice, Client, NextStep, Response, Result as SendResult, Timestamp, new_idempotency_key,
};

/// A message with its key, written down before it is sent.
///
/// All of the request is in here, the time too: a repeat has to be the same byte for byte, so nothing may be worked out
/// anew, such as "in an hour".
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    key: String,
    first_tried: Option<SystemTime>,
    /// Telnyx asked for a wait until then.
    not_before: Option<SystemTime>,
    from: String,
    to: String,
    text: String,
    send_at: Timestamp,
    state: State,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum State {
    /// Not sent, or maybe: the key keeps it from being sent twice.
    Open,
    Accepted {
        /// Only a webhook has it if the response broke off too early.
        id: Option<String>,
    },
    Refused {
        reason: String,
    },
    /// Somebody has to look: it may have been sent too long ago for the key, or the error says too little.
    Unclear,
}

/// Telnyx remembers a key for 24 hours; an hour is left for the clocks and for the retries of a call.
const KEY_IS_GOOD_FOR: Duration = Duration::from_secs(23 * 3600);

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

/// Writes a message for in an hour into the outbox. Sends nothing.
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

/// Sends what is open: after a start, and again whenever something may have changed.
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
        // The first try is written down before it is made, because it counts even if this program ends in the middle.
        let first_tried = *entry.first_tried.get_or_insert(now);
        write(outbox, &entries)?;
        let entry = &mut entries[index];
        if !matches!(first_tried.elapsed(), Ok(age) if age < KEY_IS_GOOD_FOR) {
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

/// Writes a new file and puts it in the place of the old one, so that a crash leaves one of the two.
fn write(outbox: &Path, entries: &[Entry]) -> Result<(), Box<dyn Error>> {
    let new = outbox.with_extension("new");
    let mut file = File::create(&new)?;
    serde_json::to_writer(&mut file, entries)?;
    file.sync_all()?;
    fs::rename(new, outbox)?;
    Ok(())
}
