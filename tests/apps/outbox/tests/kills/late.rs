//! Lets a START arrive after a later STOP.

use std::time::Duration;

use sqlx::AnyPool;
use telnyx_messaging_mock::{Mock, WebhookFault};
use tokio::time::{sleep, timeout};

use crate::{PATIENCE, Result, run};

/// A recipient who sends START, then STOP.
const RECIPIENT: &str = "+13125550002";

const SENDER: &str = "+13125550000";

/// Stores one message. Returns whether the workers send nothing to a recipient whose START arrives late.
pub(crate) async fn start(url: &str, pool: &AnyPool, mock: &Mock) -> Result<bool> {
    let late = WebhookFault::Late(Duration::from_secs(1));
    mock.fail_webhook("message.received", late, 1).await;
    for word in ["START", "STOP"] {
        mock.receive(RECIPIENT, SENDER, word).await;
        sleep(Duration::from_millis(10)).await;
    }
    timeout(PATIENCE, both_have_arrived(mock)).await?;
    run(url, &["put", SENDER, RECIPIENT, "after a late START"])?;
    let state = timeout(PATIENCE, state(pool)).await??;
    println!("after a late START, the message is {state}");
    Ok(state == "opted_out")
}

async fn both_have_arrived(mock: &Mock) {
    let arrived = || {
        let webhooks = mock.webhooks().event_type("message.received").all();
        let webhooks = webhooks.iter();
        let webhooks = webhooks
            .filter(|one| one["data"]["payload"]["from"]["phone_number"] == RECIPIENT)
            .filter_map(|one| one["attempts"].as_array()?.last());
        webhooks.filter(|last| last["is_success"] == true).count()
    };
    while arrived() < 2 {
        sleep(Duration::from_millis(50)).await;
    }
}

/// The message's final state.
async fn state(pool: &AnyPool) -> Result<String> {
    let sql = "SELECT state FROM outbox WHERE recipient = $1";
    loop {
        let state: String = sqlx::query_scalar(sql)
            .bind(RECIPIENT)
            .fetch_one(pool)
            .await?;
        if state != "ready" {
            return Ok(state);
        }
        sleep(Duration::from_millis(100)).await;
    }
}
