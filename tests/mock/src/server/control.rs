//! The requests of the inbox, and of tests in other languages, below `/_mock`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::sleep;

use super::body::Body;
use super::commands::{act, nothing_at};
use super::waits::wait;
use super::{json_response, refusal};
use crate::behaviours::Behaviour;
use crate::state::State;
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
    let query = query(request.uri().query().unwrap_or_default());
    let path = request.uri().path().trim_start_matches("/_mock/");
    let outcome = match (request.method(), path) {
        (&Method::GET, "inbox") => {
            let now = world.now();
            Ok(world.see(|state| state.inbox(query.get("phone").map(String::as_str), now)))
        }
        (&Method::GET, "wait") => match wait(world, &query).await {
            Ok((status, found)) => return json_response(status, &found),
            Err(refused) => Err(refused),
        },
        (&Method::GET, "exchanges") => Ok(world.see(State::exchanges).into()),
        (&Method::GET, "log") => Ok(world.see(State::log).into()),
        (&Method::GET, "behaviours") => Ok(Behaviour::table().into()),
        (&Method::POST, _) => act(world, path, request.body()).await,
        _ => Err(nothing_at(path)),
    };
    match outcome {
        Ok(body) => json_response(StatusCode::OK, &body),
        Err(refused) => {
            let status = StatusCode::from_u16(refused.status).unwrap_or(StatusCode::BAD_REQUEST);
            refusal(status, refused.detail())
        }
    }
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

fn query(text: &str) -> Query {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}
