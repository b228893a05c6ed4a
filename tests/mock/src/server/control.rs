//! The requests of the inbox, and of tests in other languages, below `/_mock`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::body::Body;
use super::{json_response, refusal};
use crate::behaviours::Behaviour;
use crate::state::{Command, Rule, State, Wanted, WebhookRule};
use crate::world::World;

/// The page is told of changes no more often than this.
const PAUSE: Duration = Duration::from_millis(250);

const LONGEST_WAIT: f64 = 60.0;

type Query = BTreeMap<String, String>;

/// Responds to one of:
///
/// - `GET /_mock/inbox?phone=`: what the page shows
/// - `GET /_mock/wait?from=&to=&event_type=&count=&timeout=`: waits for messages, or for webhooks if `event_type` is given
/// - `GET /_mock/exchanges`, `GET /_mock/log`, `GET /_mock/behaviours`
/// - `POST /_mock/receive {from, to, text}`
/// - `POST /_mock/deliver_again {event_id}`
/// - `POST /_mock/advance {seconds}`
/// - `POST /_mock/recipients {phone_number, recipient}`
/// - `POST /_mock/faults {fault, operation, event_type, times}`
pub(super) async fn respond(world: &Arc<World>, request: &Request<Bytes>) -> Response<Body> {
    let query = query(request.uri().query().unwrap_or_default());
    let path = request.uri().path().trim_start_matches("/_mock/");
    let outcome = match (request.method(), path) {
        (&Method::GET, "inbox") => {
            let now = world.now();
            Ok(world.see(|state| state.inbox(query.get("phone").map(String::as_str), now)))
        }
        (&Method::GET, "wait") => return wait(world, &query).await,
        (&Method::GET, "exchanges") => Ok(world.see(State::exchanges).into()),
        (&Method::GET, "log") => Ok(world.see(State::log).into()),
        (&Method::GET, "behaviours") => Ok(Behaviour::table().into()),
        (&Method::POST, _) => act(world, path, request.body()).await,
        _ => Err(format!("there is no `{path}` here")),
    };
    match outcome {
        Ok(body) => json_response(StatusCode::OK, &body),
        Err(reason) => refusal(StatusCode::BAD_REQUEST, &reason),
    }
}

/// Tells the page of changes, by server-sent events.
pub(super) fn events(world: Arc<World>) -> Response<Body> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut revisions = world.revisions();
        loop {
            let revision = *revisions.borrow_and_update();
            let event = Bytes::from(format!("data: {revision}\n\n"));
            // Whoever listened has gone.
            if sender.send(event).await.is_err() {
                return;
            }
            sleep(PAUSE).await;
            tokio::select! {
                changed = revisions.changed() => if changed.is_err() { return },
                () = sender.closed() => return,
            }
        }
    });
    let mut response = Response::new(Body::Events(receiver));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn wait(world: &Arc<World>, query: &Query) -> Response<Body> {
    let text = |name: &str| query.get(name).cloned();
    let wanted = Wanted {
        from: text("from"),
        to: text("to"),
        event_type: text("event_type"),
    };
    let number = |name: &str, default| {
        let given = query
            .get(name)
            .map_or(Some(default), |text| text.parse::<f64>().ok());
        given.filter(|number| (0.0..1e6).contains(number))
    };
    let (Some(count), Some(timeout)) = (number("count", 1.0), number("timeout", 5.0)) else {
        let detail = "`count` and `timeout` (seconds) are numbers.";
        return refusal(StatusCode::BAD_REQUEST, detail);
    };
    let name = match wanted.event_type {
        Some(_) => "webhooks",
        None => "messages",
    };
    let look = |state: &State| match wanted.event_type {
        Some(_) => state.webhooks(&wanted),
        None => state.messages(&wanted),
    };
    let timeout = Duration::from_secs_f64(timeout.min(LONGEST_WAIT));
    let enough = |state: &State| Some(look(state)).filter(|found| found.len() as f64 >= count);
    let found = world.wait(timeout, enough).await;
    let status = match found {
        Some(_) => StatusCode::OK,
        None => StatusCode::REQUEST_TIMEOUT,
    };
    let found = found.unwrap_or_else(|| world.see(look));
    json_response(status, &json!({ name: found }))
}

async fn act(world: &Arc<World>, path: &str, body: &Bytes) -> Result<Value, String> {
    let body: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let text = |name: &str| {
        let value = body[name].as_str().map(str::to_owned);
        value.ok_or_else(|| format!("`{name}` must be a string"))
    };
    let command = match path {
        "receive" => Command::Receive {
            from: text("from")?,
            to: text("to")?,
            text: text("text")?,
        },
        "deliver_again" => Command::DeliverAgain {
            event_id: text("event_id")?,
        },
        "recipients" => Command::SetRecipient(text("phone_number")?, text("recipient")?.parse()?),
        "faults" => fault(&body, &text("fault")?)?,
        "advance" => {
            let seconds = body["seconds"].as_f64();
            let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            world
                .advance(time.ok_or("`seconds` must be a number")?)
                .await;
            return Ok(json!({ "now": world.now().to_string() }));
        }
        _ => return Err(format!("there is no `{path}` here")),
    };
    world.act(command).await;
    Ok(json!({}))
}

fn fault(body: &Value, fault: &str) -> Result<Command, String> {
    let times = body["times"].as_u64().unwrap_or(1);
    Ok(match body["event_type"].as_str() {
        Some(event_type) => Command::FailWebhook(WebhookRule {
            fault: fault.parse()?,
            event_type: event_type.to_owned(),
            times,
        }),
        None => Command::Fail(Rule {
            fault: fault.parse()?,
            operation: body["operation"].as_str().map(str::to_owned),
            times,
        }),
    })
}

fn query(text: &str) -> Query {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}
