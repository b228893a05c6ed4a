//! Waits of tests in other languages: `GET /_mock/wait?from=&to=&event_type=&count=&timeout=`.

use std::collections::BTreeMap;
use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};

use super::commands::wrong;
use crate::api::Refusal;
use crate::state::{Kind, Wanted};
use crate::world::World;

const LONGEST: f64 = 60.0;

const NAMES: [&str; 5] = ["from", "to", "event_type", "count", "timeout"];

/// Waits for messages, or for webhooks if the query names a kind of event. Gives what is there at the end.
pub(super) async fn wait(
    world: &World,
    query: &BTreeMap<String, String>,
) -> Result<(StatusCode, Value), Refusal> {
    if let Some(name) = query.keys().find(|name| !NAMES.contains(&name.as_str())) {
        let names = NAMES.join("`, `");
        return Err(wrong(format!("`{name}` is not one of `{names}`.")));
    }
    let text = |name: &str| query.get(name).cloned();
    let event_type = text("event_type");
    let (kind, name) = match event_type {
        Some(_) => (Kind::Webhooks, "webhooks"),
        None => (Kind::Messages, "messages"),
    };
    let wanted = Wanted {
        kind,
        from: text("from"),
        to: text("to"),
        event_type,
    };
    let count = count(query, world.see(|state| state.most_records()))?;
    let found = world.wait_for(&wanted, count, timeout(query)?).await;
    let status = match found {
        Some(_) => StatusCode::OK,
        None => StatusCode::REQUEST_TIMEOUT,
    };
    let found = found.unwrap_or_else(|| world.see(|state| state.find(&wanted)));
    Ok((status, json!({ name: found })))
}

fn count(query: &BTreeMap<String, String>, most: usize) -> Result<usize, Refusal> {
    let given = query.get("count").map_or("1", String::as_str);
    let count = given.parse().ok().filter(|count| *count <= most);
    count.ok_or_else(|| {
        let detail = format!(
            "`count` must be a number up to {most}: the mock keeps no more, see --records."
        );
        wrong(detail)
    })
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
