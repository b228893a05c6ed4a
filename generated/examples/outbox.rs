//! Sends what is in an outbox, so that a crash or a lost answer at any point sends nothing twice:
//! `cargo run --example outbox -- outbox.json +13125550000 +13125550001 "Hello"`, and without the numbers to go on later.
//!
//! The key is read from `TELNYX_API_KEY`. A table of your database does the same as the file here: write the entry in the
//! transaction that decides on the message.

use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use telnyx_messaging::{Advice, Client, ErrorCode, Timestamp, Verdict, new_idempotency_key};

/// A message with its key, written down before it is sent.
///
/// All of the request is in here, the time too: a repeat has to be the same byte for byte, so nothing may be worked out
/// anew, such as "in an hour".
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    key: String,
    first_tried: Option<SystemTime>,
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
        id: String,
    },
    Refused {
        reason: String,
    },
    /// Too long ago for the key, or the key was used for something else: somebody has to look whether it was sent.
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
    for index in 0..entries.len() {
        if entries[index].state != State::Open {
            continue;
        }
        // The first try is written down before it is made, because it counts even if this program ends in the middle.
        let first_tried = *entries[index]
            .first_tried
            .get_or_insert_with(SystemTime::now);
        write(outbox, &entries)?;
        entries[index].state = match first_tried.elapsed() {
            Ok(age) if age < KEY_IS_GOOD_FOR => send(client, &entries[index]).await,
            _ => State::Unclear,
        };
        write(outbox, &entries)?;
    }
    Ok(entries)
}

async fn send(client: &Client, entry: &Entry) -> State {
    let sent = client
        .messages()
        .send(&entry.to)
        .from(&entry.from)
        .text(&entry.text)
        .send_at(entry.send_at.clone())
        .idempotency_key(&entry.key)
        .with_response()
        .await;
    match sent {
        Ok(response) => {
            if response.idempotent_replayed() {
                println!("{} was accepted before", response.value().id);
            }
            State::Accepted {
                id: response.into_value().id,
            }
        }
        // An entry never changes, so another program has used its key: what that sent has to be looked up.
        Err(error) if error.code() == Some(&ErrorCode::IDEMPOTENCY_KEY_REUSED) => State::Unclear,
        Err(error)
            if error.is_permanent()
                || error.verdict() == Verdict::Refused
                    && error.advice() != Advice::LaterSameKey =>
        {
            State::Refused {
                reason: format!("{}: {error}", error.advice()),
            }
        }
        // It may have been accepted, or be accepted the next time: the same key again.
        Err(_) => State::Open,
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
