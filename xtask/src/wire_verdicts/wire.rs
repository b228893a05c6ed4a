//! The runtime of the programs for `wire-verdicts`: a simulated server, given values, and the result of each response.
//!
//! The program reads commands from the standard input, a JSON object in each line, and writes the results to the standard output
//! in the same way.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Debug;
use std::io::{BufRead, Write, stdin, stdout};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::reader::Mistake;
use crate::transport::{SendFuture, Transport};
use crate::webhook::EventBody;
use crate::{Client, Page, Response, Result};

/// How much of a response or an event was decoded.
pub enum Read {
    Wholly,
    Partly(String),
    /// It is lost.
    Not(String),
    /// The kind of the event is unknown to the crate.
    New,
}

/// The values of a request, by their place in the request and their names there.
pub struct Given<'a>(&'a Map<String, Value>);

thread_local! {
    /// Why a value could not be given.
    static UNFIT: RefCell<Option<String>> = const { RefCell::new(None) };
}

impl Given<'_> {
    pub fn value<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let value = self.0.get(key).filter(|value| !value.is_null())?;
        let value = serde_json::from_value(value.clone());
        value
            .map_err(|error| UNFIT.set(Some(format!("{key}: {error}"))))
            .ok()
    }

    pub fn is_null(&self, key: &str) -> bool {
        self.0.get(key).is_some_and(Value::is_null)
    }
}

/// The result of decoding a response.
pub fn value<T: Debug>(result: Result<Response<T>>) -> Read {
    match result {
        Err(error) => Read::Not(error.to_string()),
        Ok(response) => match response.unread().first() {
            Some(unread) => Read::Partly(unread.to_string()),
            None => known(&format!("{:?}", response.value())),
        },
    }
}

/// The same for a page, which itself reports what it could not decode.
pub fn page<T: Debug>(result: Result<Response<Page<T>>>) -> Read {
    let unread = match &result {
        Ok(page) => page.value().unread().first().map(ToString::to_string),
        Err(_) => None,
    };
    match unread {
        Some(unread) => Read::Partly(unread),
        None => value(result),
    }
}

/// Whether every union is one of its members. For an unknown member, the crate keeps only the JSON.
fn known(debug: &str) -> Read {
    match debug.contains("Unrecognized(Json(") {
        true => Read::Partly("a member of a union is not known".to_owned()),
        false => Read::Wholly,
    }
}

/// The result of decoding an event; `decode` returns the event as debug text.
pub fn event(
    body: &str,
    tags: &[&'static str],
    decode: impl FnOnce(&str, &EventBody<'_>) -> std::result::Result<Option<String>, Mistake>,
) -> Read {
    let Ok(body) = EventBody::scan(body, false) else {
        return Read::Not("no JSON".to_owned());
    };
    let kind = tags.iter().find_map(|pointer| body.text(pointer));
    let decoded = decode(kind.as_deref().unwrap_or_default(), &body);
    let (unread, _) = body.into_unread();
    match (decoded, unread.first(), kind) {
        (Err(mistake), ..) => Read::Not(crate::JsonError::reading(mistake).to_string()),
        (Ok(None), _, None) => Read::Not("the kind of the event is not found".to_owned()),
        (Ok(None), ..) => Read::New,
        (Ok(Some(_)), Some(unread), _) => Read::Partly(unread.to_string()),
        (Ok(Some(event)), None, _) => known(&event),
    }
}

/// A server that returns the given responses and stores the requests.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<Played>>);

#[derive(Default)]
struct Played {
    status: u16,
    body: Bytes,
    request: Option<http::Request<Bytes>>,
}

impl Transport for Server {
    fn send(&self, request: http::Request<Bytes>) -> SendFuture<'_> {
        let mut played = self.0.lock().expect("nothing panics here");
        played.request = Some(request);
        let mut response = http::Response::new(played.body.clone());
        *response.status_mut() = http::StatusCode::from_u16(played.status).expect("a status");
        Box::pin(async { Ok(response) })
    }
}

/// Makes a call with the crate in a module.
type Call = fn(&str, &Client, &str, &Given) -> Option<Read>;

/// Decodes an event with the crate in a module.
type Event = fn(&str, &str) -> Option<Read>;

/// Does what the commands say.
///
/// - `{"call": {"module", "operation", "given"}}` sends a request, and prints it or why there is none.
/// - `{"answer": {"modules", "operation", "status", "body", "empty", "id"}}` answers it to the first call of the operation that a
///   module was told to make, and prints what of it was not read.
/// - `{"event": {"modules", "body", "id"}}` gives an event to each module, and prints what of it was not read.
pub fn run(call: Call, event: Event) {
    let server = Server::default();
    let client = Client::builder().api_key("KEY").transport(server.clone());
    let client = client.max_retries(0).build().expect("the settings are right");
    let mut first: HashMap<(String, String), Map<String, Value>> = HashMap::new();
    let mut out = std::io::BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line.expect("it is text")).expect("it is JSON");
        if let Some(asked) = line.get("call") {
            let (module, operation) = (text(&asked["module"]), text(&asked["operation"]));
            let given = asked["given"].as_object().expect("an object").clone();
            server.0.lock().expect("nothing panics here").body = Bytes::from_static(b"{}");
            server.0.lock().expect("nothing panics here").status = 200;
            let called = call(module, &client, operation, &Given(&given));
            let request = server.0.lock().expect("nothing panics here").request.take();
            let told = match (request, UNFIT.take()) {
                (_, Some(unfit)) => json!({"unfit": unfit}),
                (None, _) => json!({"unsent": match called {
                    Some(Read::Not(why)) => why,
                    _ => "the crate has no such call, or lacks an argument".to_owned(),
                }}),
                (Some(request), _) => {
                    first.entry((module.to_owned(), operation.to_owned())).or_insert(given);
                    sent(&request)
                }
            };
            writeln!(out, "{told}").expect("it can be written");
        } else if let Some(asked) = line.get("answer") {
            let body = match asked["empty"] == true {
                true => Bytes::new(),
                false => Bytes::from(asked["body"].to_string()),
            };
            {
                let mut played = server.0.lock().expect("nothing panics here");
                played.body = body;
                played.status = asked["status"].as_u64().and_then(|code| code.try_into().ok()).expect("a status");
            }
            let operation = text(&asked["operation"]);
            for module in asked["modules"].as_array().into_iter().flatten() {
                let key = (text(module).to_owned(), operation.to_owned());
                let Some(given) = first.get(&key) else { continue };
                if let Some(read) = call(&key.0, &client, operation, &Given(given)) {
                    tell(&mut out, &read, &key.0, &asked["id"]);
                }
            }
        } else if let Some(asked) = line.get("event") {
            let body = asked["body"].to_string();
            for module in asked["modules"].as_array().into_iter().flatten() {
                if let Some(read) = event(text(module), &body) {
                    tell(&mut out, &read, text(module), &asked["id"]);
                }
            }
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// A value that was decoded completely is not printed.
fn tell(out: &mut impl Write, read: &Read, module: &str, id: &Value) {
    let (outcome, why) = match read {
        Read::Wholly => return,
        Read::New => ("new", ""),
        Read::Partly(why) => ("partly read", why.as_str()),
        Read::Not(why) => ("broken", why.as_str()),
    };
    let told = json!({"id": id, "module": module, "outcome": outcome, "why": why});
    writeln!(out, "{told}").expect("it can be written");
}

fn sent(request: &http::Request<Bytes>) -> Value {
    let headers: Map<String, Value> = request
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().into()))
        .collect();
    json!({
        "method": request.method().as_str(),
        "path": request.uri().path(),
        "query": request.uri().query().unwrap_or_default(),
        "headers": headers,
        "body": String::from_utf8_lossy(request.body()),
    })
}
