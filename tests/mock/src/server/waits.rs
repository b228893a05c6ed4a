//! Waits that tests written in other languages request: `GET /_mock/wait?from=&to=&event_type=&count=&timeout=`.

use std::collections::BTreeMap;
use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};

use crate::api::{Refusal, wrong};
use crate::state::{Kind, Wanted};
use crate::world::World;

const LONGEST: f64 = 60.0;

/// The parameters of a wait.
pub(super) const NAMES: [&str; 5] = ["from", "to", "event_type", "count", "timeout"];

/// Waits for messages, or for webhooks if the query names a kind of event. Gives what is there at the end.
pub(super) async fn wait(
    world: &World,
    query: &BTreeMap<String, String>,
) -> Result<(StatusCode, Value), Refusal> {
    let text = |name: &str| query.get(name).cloned();
    let (kind, name) = match text("event_type") {
        None => (Kind::Messages, "messages"),
        event_type => (Kind::Webhooks { event_type }, "webhooks"),
    };
    let wanted = Wanted {
        kind,
        from: text("from"),
        to: text("to"),
    };
    wanted.objection()?;
    let count = count(query)?;
    world.see(|state| state.count_objection(count))?;
    let found = world.wait_for(&wanted, count, timeout(query)?).await;
    let status = match found {
        Some(_) => StatusCode::OK,
        None => StatusCode::REQUEST_TIMEOUT,
    };
    let found = found.unwrap_or_else(|| world.see(|state| state.find(&wanted)));
    Ok((status, json!({ name: found })))
}

fn count(query: &BTreeMap<String, String>) -> Result<usize, Refusal> {
    let given = query.get("count").map_or("1", String::as_str);
    let count = given.parse();
    count.map_err(|_| wrong("`count` must be a whole number, and not negative."))
}

fn timeout(query: &BTreeMap<String, String>) -> Result<Duration, Refusal> {
    let given = query.get("timeout").map_or("5", String::as_str);
    let seconds: Option<f64> = given.parse().ok();
    let seconds = seconds.filter(|seconds| (0.0..=LONGEST).contains(seconds));
    let seconds = seconds.ok_or_else(|| {
        wrong(format!(
            "`timeout` must be a number of seconds, up to {LONGEST}."
        ))
    })?;
    Ok(Duration::from_secs_f64(seconds))
}
