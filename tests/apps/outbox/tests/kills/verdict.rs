//! Compares the stored messages with the messages that the mock accepted.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use sqlx::{AnyPool, Row};
use telnyx_messaging_mock::Mock;

use crate::{ANSWERS_STOP, Result};

/// The number of messages whose state is still `ready`.
pub(crate) async fn open(pool: &AnyPool) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM outbox WHERE state = 'ready'";
    Ok(sqlx::query_scalar(sql).fetch_one(pool).await?)
}

/// Prints the counts. Returns whether no message is lost or accepted twice, and each accepted message has its status before
/// `deadline`.
pub(crate) async fn judge(
    pool: &AnyPool,
    mock: &Mock,
    written: usize,
    deadline: Instant,
) -> Result<bool> {
    let mut accepted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for message in mock.messages().from("+13125550000").all() {
        let [id, text] =
            ["id", "text"].map(|name| message[name].as_str().unwrap_or_default().to_owned());
        accepted.entry(text).or_default().push(id);
    }
    let doubled = accepted.values().filter(|ids| ids.len() > 1).count();

    let rows = sqlx::query("SELECT body, state, detail, recipient FROM outbox")
        .fetch_all(pool)
        .await?;
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    let (mut lost, mut wrong, mut stopped) = (written.abs_diff(rows.len()), 0, 0);
    for row in &rows {
        let [body, state, detail, recipient] =
            [0, 1, 2, 3].map(|column| row.get::<String, _>(column));
        let ids = accepted.remove(&body).unwrap_or_default();
        stopped += usize::from(recipient == ANSWERS_STOP && state != "accepted");
        let is_right = match state.as_str() {
            "accepted" if detail.is_empty() => ids.len() == 1,
            "accepted" => ids == [detail],
            "refused" | "opted_out" => ids.is_empty(),
            "unknown" => true,
            _ => false,
        };
        lost += usize::from(state == "ready" || (state == "accepted" && ids.is_empty()));
        wrong += usize::from(!is_right);
        *states.entry(state).or_default() += 1;
    }
    let unwritten = accepted.len();

    let undelivered = "SELECT COUNT(*) FROM outbox WHERE state = 'accepted' AND detail <> '' AND detail NOT IN \
                       (SELECT message_id FROM deliveries WHERE status = 'delivered')";
    let mut missing: i64 = sqlx::query_scalar(undelivered).fetch_one(pool).await?;
    while missing > 0 && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(100)).await;
        missing = sqlx::query_scalar(undelivered).fetch_one(pool).await?;
    }

    println!("{written} messages written: {states:?}");
    println!("lost {lost}, accepted twice {doubled}, accepted and never written {unwritten}");
    println!(
        "told wrongly {wrong}, accepted without a final status {missing}, ended by STOP {stopped}"
    );
    Ok([lost, doubled, unwritten, wrong] == [0; 4] && missing == 0 && stopped > 0)
}
