//! Small bodies that would become large in memory. Each runs in a process of its own, and Linux reports its memory.
//!
//! A debug build compresses every other body. A release build sends all of them both ways, and also measures the time: `cargo
//! test --release -p telnyx-messaging-tests bombs`.

use std::env;
use std::fs;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use telnyx_messaging::webhook::{Event, Webhook};
use telnyx_messaging::{Client, Error, Json};
use tokio::runtime::Builder;

use super::bodies::memory;
use crate::faults::ledger::Ledger;
use crate::faults::script::Action::{Read, Write as Send};
use crate::faults::script::{answer, write};
use crate::faults::server::Server;

/// The bytes of a body: in a release build as many as it may have. A debug build takes ten times as long.
const BODY: usize = if cfg!(debug_assertions) {
    1 << 20
} else {
    8 << 20
};

/// How much a process may grow for a success or an event, in KiB.
const OF_SUCCESS: u64 = 64 << 10;

/// How much a process may grow for an error, in KiB: four times the body and a MiB.
const OF_ERROR: u64 = 4 * (BODY as u64 >> 10) + 1024;

/// Names the bomb that a process is for.
const BOMB: &str = "TELNYX_MESSAGING_TEST_BOMB";

/// How the body comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Refusal,
    Message,
    Union,
    Raw,
    Page,
    Items,
    Event,
}

/// What comes of a bomb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// A value.
    Read,
    /// No value, because there are too many.
    Refused,
}

struct Bomb {
    name: &'static str,
    way: Way,
    end: End,
    body: fn() -> String,
}

/// `piece` between `start` and `end`, as often as it fits.
fn full(start: &str, piece: &str, end: &str) -> String {
    let times = (BODY - start.len() - end.len()) / (piece.len() + 1);
    many(start, piece, end, times)
}

fn many(start: &str, piece: &str, end: &str, times: usize) -> String {
    format!("{start}{}{end}", vec![piece; times].join(","))
}

/// Objects in objects, nearly as deep as they are read.
fn nested() -> String {
    const DEPTH: usize = 120;
    format!("{}1{}", r#"{"a":"#.repeat(DEPTH), "}".repeat(DEPTH))
}

#[rustfmt::skip] // a bomb is a line
const BOMBS: &[Bomb] = &[
    bomb("small objects for errors", Way::Refusal, End::Read, || full(r#"{"errors":["#, r#"{"a":1}"#, "]}")),
    bomb("many errors", Way::Refusal, End::Read, || full(r#"{"errors":["#, r#"{"code":"10015"}"#, "]}")),
    bomb("a long detail", Way::Refusal, End::Read, || format!(r#"{{"errors":[{{"code":"1","detail":"{}"}}]}}"#, "x".repeat(BODY - 100))),
    bomb("a deep error", Way::Refusal, End::Read, || "[".repeat(BODY)),
    bomb("a wide error", Way::Refusal, End::Read, || full("{", r#""a":0"#, "}")),
    bomb("an error of zeros", Way::Refusal, End::Read, || full("[", "0", "]")),
    bomb("objects for a status", Way::Message, End::Refused, || full(r#"{"data":{"id":"m","to":[{"status":["#, r#"{"a":1}"#, "]}]}}")),
    bomb("some objects for a status", Way::Message, End::Read, || many(r#"{"data":{"id":"m","to":[{"status":["#, r#"{"a":1}"#, "]}]}}", 49_000)),
    bomb("empty recipients", Way::Message, End::Refused, || full(r#"{"data":{"id":"m","to":["#, "{}", "]}}")),
    bomb("some empty recipients", Way::Message, End::Read, || many(r#"{"data":{"id":"m","to":["#, "{}", "]}}", 99_000)),
    bomb("recipients that cannot be read", Way::Message, End::Read, || many(r#"{"data":{"id":"m","to":["#, r#"{"carrier":{}}"#, "]}}", 49_000)),
    bomb("a deep field that nobody knows", Way::Message, End::Read, || format!(r#"{{"data":{{"id":"m","a":{}{}}}}}"#, "[".repeat(90_000), "]".repeat(90_000))),
    bomb("one long text", Way::Message, End::Read, || format!(r#"{{"data":{{"id":"m","text":"{}"}}}}"#, "x".repeat(BODY - 100))),
    bomb("a long text of escapes that cannot be read", Way::Message, End::Read, || format!(r#"{{"data":{{"id":"m","text":"{}"}}}}"#, r"\ud800".repeat((BODY - 100) / 6))),
    bomb("nulls in two lists", Way::Message, End::Read, || many(&many(r#"{"data":{"id":"m","to":["#, "null", r#"],"cc":["#, 49_000), "null", "]}}", 49_000)),
    bomb("small objects", Way::Raw, End::Refused, || full("[", r#"{"a":1}"#, "]")),
    bomb("some small objects", Way::Raw, End::Read, || many("[", r#"{"a":1}"#, "]", 49_000)),
    bomb("some nested objects", Way::Raw, End::Read, || many("[", &nested(), "]", 400)),
    bomb("nested objects", Way::Raw, End::Refused, || full("[", &nested(), "]")),
    bomb("numbers out of range", Way::Raw, End::Read, || many("[", "1e400", "]", 99_000)),
    bomb("lists of numbers out of range", Way::Raw, End::Read, || many("[", "[1e400]", "]", 45_000)),
    bomb("deep numbers out of range", Way::Raw, End::Read, || many("[", &format!("{}1e400{}", "[".repeat(60), "]".repeat(60)), "]", 1_600)),
    bomb("some nested objects in a union", Way::Union, End::Read, || many(r#"{"data":{"direction":"sideways","x":["#, &nested(), "]}}", 400)),
    bomb("nested objects in a union", Way::Union, End::Refused, || many(r#"{"data":{"direction":"sideways","x":["#, &nested(), "]}}", 800)),
    bomb("nested objects in several items", Way::Items, End::Refused, || many(r#"{"data":[[],"#, &many("[", &nested(), "]", 400), "]}", 2)),
    bomb("a wide object", Way::Raw, End::Refused, || full("{", r#""a":0"#, "}")),
    bomb("zeros", Way::Raw, End::Refused, || full("[", "0", "]")),
    bomb("deep lists", Way::Raw, End::Refused, || "[".repeat(BODY)),
    bomb("empty items", Way::Page, End::Refused, || full(r#"{"data":["#, "{}", "]}")),
    bomb("some empty items", Way::Page, End::Read, || many(r#"{"data":["#, "{}", "]}", 99_000)),
    bomb("an event of small objects", Way::Event, End::Refused, || full(r#"{"data":{"event_type":"message.received","payload":{"id":"m","media":["#, r#"{"a":1}"#, "]}}}")),
    bomb("an event of empty media", Way::Event, End::Read, || many(r#"{"data":{"event_type":"message.received","payload":{"id":"m","media":["#, "{}", "]}}}", 99_000)),
];

const fn bomb(name: &'static str, way: Way, end: End, body: fn() -> String) -> Bomb {
    Bomb {
        name,
        way,
        end,
        body,
    }
}

#[test]
fn a_bomb_stays_small_and_ends_in_time() {
    if let Ok(name) = env::var(BOMB) {
        let (name, is_compressed) = match name.strip_suffix(".gz") {
            Some(name) => (name, true),
            None => (name.as_str(), false),
        };
        let bomb = BOMBS.iter().find(|bomb| bomb.name == name);
        return explode(bomb.expect("it is in the table"), is_compressed);
    }
    let mut failed = Vec::new();
    for (index, bomb) in BOMBS.iter().enumerate() {
        for (other, ending) in ["", ".gz"].into_iter().enumerate() {
            let is_other = cfg!(debug_assertions) && index % 2 != other;
            if bomb.way == Way::Event && other == 1 || is_other {
                continue;
            }
            let output = Command::new("/proc/self/exe")
                .args([
                    "--exact",
                    "--nocapture",
                    "safety::bombs::a_bomb_stays_small_and_ends_in_time",
                ])
                .env(BOMB, format!("{}{ending}", bomb.name))
                .output()
                .expect("this program starts");
            let said = String::from_utf8_lossy(&output.stdout);
            let figures = said
                .lines()
                .filter(|line| line.starts_with("in ") || line.starts_with("grew "));
            println!(
                "{}{ending}: {}",
                bomb.name,
                figures.collect::<Vec<_>>().join(", ")
            );
            // A child that knows no test by this name runs none, and succeeds.
            if !output.status.success() || !said.contains("1 passed") {
                let error = String::from_utf8_lossy(&output.stderr).into_owned();
                failed.push(format!("{}{ending}: {error}", bomb.name));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn explode(bomb: &Bomb, is_compressed: bool) {
    let body = (bomb.body)();
    assert!(body.len() <= BODY);
    if bomb.way == Way::Event {
        return measure(bomb, || {
            let webhook = Webhook::from_verified_json(body);
            webhook.is_ok_and(|webhook| matches!(webhook.event, Event::InboundMessage(_)))
        });
    }
    let (mut headers, mut body) = (String::new(), body.into_bytes());
    if is_compressed {
        headers = "content-encoding: gzip\r\n".to_owned();
        body = compressed(&body);
    }
    let status = match bomb.way {
        Way::Refusal => "400 Bad Request",
        _ => "200 OK",
    };
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime starts");
    let scripts = [
        answer("200 OK", "", r#"{"data":{"id":"m"}}"#),
        vec![Read, write(&head), Send(body)],
    ];
    let server = runtime.block_on(Server::start(scripts, Vec::new(), Ledger::default()));
    // What a debug build takes says nothing of the time.
    let timeout = match cfg!(debug_assertions) {
        true => Duration::from_secs(120),
        false => Duration::from_millis(500),
    };
    let client = Client::builder().api_key("KEY").base_url(server.base_url());
    let client = client.timeout(timeout).max_retries(0).build();
    let client = client.expect("good settings");
    let first = runtime.block_on(call(Way::Message, &client));
    first.expect("the first call fills what is filled once");
    measure(bomb, || {
        let started = Instant::now();
        let result = runtime.block_on(call(bomb.way, &client));
        let elapsed = started.elapsed();
        println!("in {elapsed:?}");
        let late = elapsed.saturating_sub(timeout);
        assert!(late < Duration::from_millis(100), "it took {elapsed:?}");
        match result {
            Ok(()) => true,
            Err(error) => {
                let shown = error.to_string();
                assert!(shown.len() <= 1024 && shown.lines().count() == 1, "{shown}");
                match error {
                    Error::Api(_) => true,
                    Error::Decode(_) => false,
                    other => panic!("{other:?}"),
                }
            }
        }
    });
}

async fn call(way: Way, client: &Client) -> telnyx_messaging::Result<()> {
    match way {
        Way::Refusal | Way::Message => client.messages().send("+1").text("Hi").await.map(drop),
        Way::Union => client.messages().retrieve("m").await.map(drop),
        Way::Raw => client.get("/any").await.map(drop),
        Way::Items => client
            .get("/any")
            .items::<Json>()
            .collect_all(10)
            .await
            .map(drop),
        Way::Page => client.phone_numbers().messaging().list().await.map(drop),
        Way::Event => Ok(()),
    }
}

fn measure(bomb: &Bomb, explode: impl FnOnce() -> bool) {
    let before = memory("VmRSS:");
    // The highest that was is forgotten, so that what made the body does not count.
    fs::write("/proc/self/clear_refs", "5").expect("Linux");
    let is_read = explode();
    let growth = memory("VmHWM:").saturating_sub(before);
    println!("grew by {growth} KiB");
    let most = match bomb.way {
        Way::Refusal => OF_ERROR,
        _ => OF_SUCCESS,
    };
    assert!(growth <= most, "{growth} KiB more than {before} KiB");
    assert_eq!(is_read, bomb.end == End::Read);
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("a Vec takes all");
    encoder.finish().expect("a Vec takes all")
}
