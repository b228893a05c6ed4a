//! The database. Each step is a single statement, so if the program is killed, a step is either complete or not started.

use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sqlx::any::install_default_drivers;
use sqlx::{AnyPool, FromRow};
use telnyx_messaging::types::DeliveryStatus;
use telnyx_messaging::{Advice, new_idempotency_key};

pub(crate) type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

#[derive(Clone)]
pub(crate) struct Store {
    pool: AnyPool,
    /// A clause that keeps workers from waiting for each other's rows. The clause is empty for SQLite, which allows only one
    /// writer at a time.
    skip_locked: &'static str,
}

/// A message that a worker has taken to send it.
#[derive(FromRow)]
pub(crate) struct Message {
    pub(crate) idempotency_key: String,
    pub(crate) sender: String,
    pub(crate) recipient: String,
    pub(crate) body: String,
    /// The time of the first attempt, in milliseconds since 1970.
    pub(crate) first_tried: i64,
}

/// A message's new state, its id or the advice about its error, and the wait until it is due again.
pub(crate) type Fate = (&'static str, String, Duration);

/// The delivery statuses that a later status can replace.
#[rustfmt::skip]
const STATUSES: [&str; 9] = [
    "scheduled", "queued", "sending", "sent", "delivery_unconfirmed", "sending_failed", "delivery_failed", "expired", "delivered",
];

impl Store {
    pub(crate) async fn connect(url: &str) -> Result<Self> {
        install_default_drivers();
        let pool = AnyPool::connect(url).await?;
        let (setting, skip_locked) = match url.starts_with("sqlite") {
            // With this setting, readers do not wait for the writer.
            true => ("PRAGMA journal_mode = WAL", ""),
            false => ("", "FOR UPDATE SKIP LOCKED"),
        };
        let sql = format!("{setting}; {}", include_str!("schema.sql"));
        sqlx::raw_sql(&sql).execute(&pool).await?;
        Ok(Self { pool, skip_locked })
    }

    /// Stores a message.
    pub(crate) async fn put(&self, sender: &str, recipient: &str, body: &str) -> Result<u64> {
        let sql =
            "INSERT INTO outbox (idempotency_key, sender, recipient, body) VALUES ($1, $2, $3, $4)";
        let key = new_idempotency_key()?;
        self.run(sql, &[&key, sender, recipient, body]).await
    }

    /// Takes up to ten messages that are due. No other worker takes them until `lease` is over.
    pub(crate) async fn take(&self, lease: Duration) -> Result<Vec<Message>> {
        // A message that was tried before stays `ready`, because Telnyx may have accepted it.
        let sql = "UPDATE outbox SET state = 'opted_out' WHERE state = 'ready' AND first_tried IS NULL \
                   AND recipient IN (SELECT recipient FROM opt_words WHERE word = 'STOP')";
        self.run(sql, &[]).await?;
        let (now, skip_locked) = (now(), self.skip_locked);
        let sql = format!(
            "WITH next AS (SELECT idempotency_key FROM outbox WHERE state = 'ready' AND due <= {now} \
                           AND NOT EXISTS (SELECT 1 FROM outbox AS paused WHERE paused.state = 'paused' \
                           AND (paused.detail <> '{}' OR paused.sender = outbox.sender)) \
                           ORDER BY due LIMIT 10 {skip_locked}) \
             UPDATE outbox SET due = {}, first_tried = COALESCE(first_tried, {now}) \
             WHERE idempotency_key IN (SELECT idempotency_key FROM next) \
             RETURNING idempotency_key, sender, recipient, body, first_tried",
            Advice::StopSender,
            now + milliseconds(lease)
        );
        Ok(sqlx::query_as(&sql).fetch_all(&self.pool).await?)
    }

    /// Stores the result of a message, unless another worker has already stored it.
    pub(crate) async fn settle(&self, message: &Message, fate: &Fate) -> Result<u64> {
        let (state, detail, after) = fate;
        let due = now() + milliseconds(*after);
        let sql = format!(
            "UPDATE outbox SET state = $1, detail = $2, due = {due} \
             WHERE idempotency_key = $3 AND state = 'ready'"
        );
        self.run(&sql, &[state, detail, &message.idempotency_key])
            .await
    }

    /// Updates the status of a delivery, whatever order its events arrive in.
    pub(crate) async fn deliver(&self, id: &str, to: &str, status: &DeliveryStatus) -> Result<u64> {
        let is_earlier = |known: &&str| status.advances(&DeliveryStatus::from(*known));
        let earlier: Vec<&str> = STATUSES.into_iter().filter(is_earlier).collect();
        let sql = format!(
            "INSERT INTO deliveries VALUES ($1, $2, $3) ON CONFLICT (message_id, recipient) \
             DO UPDATE SET status = $3 WHERE deliveries.status IN ('{}')",
            earlier.join("', '")
        );
        self.run(&sql, &[id, to, status.as_str()]).await
    }

    /// Stores a recipient's STOP or START, unless a later word of the recipient is already stored. If both words have the same
    /// time, STOP counts.
    pub(crate) async fn say(&self, recipient: &str, word: &str, at: SystemTime) -> Result<u64> {
        let at = milliseconds(at.duration_since(UNIX_EPOCH).unwrap_or_default());
        let sql = format!(
            "INSERT INTO opt_words VALUES ($1, $2, {at}) ON CONFLICT (recipient) DO UPDATE SET word = $2, said_at = {at} \
             WHERE opt_words.said_at < {at} OR (opt_words.said_at = {at} AND opt_words.word = 'START')"
        );
        self.run(&sql, &[recipient, word]).await
    }

    /// Runs a statement and returns the number of rows that it changed.
    async fn run(&self, sql: &str, texts: &[&str]) -> Result<u64> {
        let query = sqlx::query(sql);
        let query = texts.iter().fold(query, |query, text| query.bind(*text));
        Ok(query.execute(&self.pool).await?.rows_affected())
    }
}

pub(crate) fn now() -> i64 {
    milliseconds(UNIX_EPOCH.elapsed().unwrap_or_default())
}

pub(crate) fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
