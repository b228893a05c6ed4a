//! The requests below `/_mock`, from the inbox and from tests written in other languages.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::sleep;

use super::body::Body;
use super::commands::{act, check_name, nothing_at};
use super::waits::{self, wait};
use super::{json_response, refusal};
use crate::api::{Refusal, wrong};
use crate::behaviours::Behaviour;
use crate::state::{State, check_recipient};
use crate::world::World;

/// The page is told of changes no more often than this.
const PAUSE: Duration = Duration::from_millis(250);

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
    match outcome(world, request).await {
        Ok((status, body)) => json_response(status, &body),
        Err(refused) => refusal(&refused),
    }
}

async fn outcome(
    world: &Arc<World>,
    request: &Request<Bytes>,
) -> Result<(StatusCode, Value), Refusal> {
    let path = request.uri().path();
    let path = path.strip_prefix("/_mock/").unwrap_or(path);
    let parameters: &[&str] = match path {
        "inbox" => &["phone"],
        "wait" => &waits::NAMES,
        _ => &[],
    };
    let query = query(request.uri().query().unwrap_or_default(), parameters)?;
    let found = match (request.method(), path) {
        (&Method::GET, "inbox") => {
            let now = world.now();
            let phone = query.get("phone").map(String::as_str);
            phone.map_or(Ok(()), check_recipient)?;
            world.see(|state| state.inbox(phone, now))
        }
        (&Method::GET, "wait") => return wait(world, &query).await,
        (&Method::GET, "exchanges") => world.see(State::exchanges).into(),
        (&Method::GET, "log") => world.see(State::log).into(),
        (&Method::GET, "behaviours") => Behaviour::table().into(),
        (&Method::POST, _) => act(world, path, request.body()).await?,
        _ => return Err(nothing_at(path)),
    };
    Ok((StatusCode::OK, found))
}

/// Tells the page of changes, by server-sent events.
pub(super) fn events(world: Arc<World>, place: OwnedSemaphorePermit) -> Response<Body> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        // It is free again when nobody listens.
        let _place = place;
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

/// The parameters, which have to be among `names`.
fn query(text: &str, names: &[&str]) -> Result<Query, Refusal> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut query = Query::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name);
        check_name(&name, names)?;
        if query.insert(name.clone(), decoded(value)).is_some() {
            return Err(wrong(format!("`{name}` is given twice.")));
        }
    }
    Ok(query)
}
