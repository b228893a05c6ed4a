//! Sends the messages that are due, each with its own key. Whichever process is killed, and whenever, Telnyx accepts each message
//! only once.

use std::time::Duration;

use telnyx_messaging::{Client, IDEMPOTENCY_KEY_LIFETIME, NextStep};
use tokio::task::JoinSet;

use crate::store::{Fate, Message, Result, Store, milliseconds, now};

/// The wait before a message is tried again, and before a worker without messages looks for new messages.
const PAUSE: Duration = Duration::from_millis(500);

/// Takes and sends messages in an endless loop. The worker holds each message for `lease`, so a call must take less time than
/// `lease`.
pub(crate) async fn work(store: &Store, client: &Client, lease: Duration) -> Result<()> {
    loop {
        let messages = store.take(lease).await?;
        if messages.is_empty() {
            tokio::time::sleep(PAUSE).await;
        }
        let mut sending = JoinSet::new();
        for message in messages {
            let client = client.clone();
            sending.spawn(async move { (send(&client, &message).await, message) });
        }
        while let Some(sent) = sending.join_next().await {
            let (fate, message) = sent?;
            store.settle(&message, &fate).await?;
        }
    }
}

async fn send(client: &Client, message: &Message) -> Fate {
    if now() - message.first_tried > milliseconds(IDEMPOTENCY_KEY_LIFETIME) {
        return ("unknown", String::new(), Duration::ZERO);
    }
    let request = client
        .messages()
        .send(&message.recipient)
        .from(&message.sender);
    let request = request
        .text(&message.body)
        .idempotency_key(&message.idempotency_key);
    let sent = request.await;
    let step = NextStep::of(&sent);
    let error = match sent {
        Ok(accepted) => return ("accepted", accepted.id, Duration::ZERO),
        Err(error) => error,
    };
    let advice = error.advice().to_string();
    match step {
        NextStep::Done => {
            let id = error.message_id().unwrap_or_default();
            ("accepted", id, Duration::ZERO)
        }
        NextStep::SendAgain => ("ready", String::new(), error.retry_after().unwrap_or(PAUSE)),
        NextStep::GiveUp => ("refused", advice, Duration::ZERO),
        NextStep::Pause => ("paused", advice, Duration::ZERO),
        NextStep::Review => ("unknown", advice, Duration::ZERO),
    }
}
