//! Secret values, and a search for them in outputs.

use std::time::Duration;

use telnyx_messaging::{
    Backoff, Client, ClientBuilder, Error, FilePart, Form, RawRequest, RequestOptions,
};

use crate::faults::operation::Arguments;
use crate::faults::script::Action::{Close, Hang, Read, Reset};
use crate::faults::script::{Script, answer, write};

pub(super) const KEY: &str = "KEY_CANARY_0199aa";
pub(super) const PHONE_NUMBER: &str = "+13125559876";
pub(super) const TEXT: &str = "TEXT_CANARY";

/// No part of `shown` is a canary.
pub(super) fn assert_hidden(shown: &str, what: &str) {
    let digits = PHONE_NUMBER.trim_start_matches('+');
    for canary in [KEY, digits, TEXT] {
        assert!(!shown.contains(canary), "{what} shows {canary}: {shown}");
    }
}

/// An address that no test here sends to.
pub(super) const NOWHERE: &str = "http://127.0.0.1:9/v2";

/// A setter by its name, and what it does with a canary.
pub(super) type Setter<T> = (&'static str, fn(T) -> T);

/// The settings of a client that take text and are sent with each request.
pub(super) const OF_CLIENTS: &[Setter<ClientBuilder>] = &[
    ("ClientBuilder::api_key", |builder| builder.api_key(KEY)),
    ("ClientBuilder::user_agent_suffix", |builder| {
        builder.user_agent_suffix(format!("{TEXT} {PHONE_NUMBER}"))
    }),
];

/// The settings of a client that take text and say how to connect, and where to.
pub(super) const OF_CONNECTIONS: &[Setter<ClientBuilder>] = &[
    ("ClientBuilder::add_root_certificate", |builder| {
        builder.add_root_certificate(format!("{KEY} {PHONE_NUMBER} {TEXT}"))
    }),
    ("ClientBuilder::base_url", |builder| {
        builder.base_url(format!("{NOWHERE}/{KEY}/{PHONE_NUMBER}/{TEXT}"))
    }),
    ("ClientBuilder::proxy", |builder| {
        let proxy = format!("http://{TEXT}:{KEY}@127.0.0.1:9");
        builder.proxy(proxy).allow_insecure_http(true)
    }),
];

/// The options of a call that take text.
pub(super) const OF_OPTIONS: &[Setter<RequestOptions>] = &[
    ("RequestOptions::header", |options| {
        options.header("x-note", format!("{KEY} {PHONE_NUMBER} {TEXT}"))
    }),
    ("RequestOptions::label", |options| {
        options.label(format!("{KEY} {PHONE_NUMBER} {TEXT}"))
    }),
];

/// The setters of a request to any path that take text.
pub(super) const OF_RAW_REQUESTS: &[Setter<RawRequest>] = &[
    ("RawRequest::body", |request| {
        request.body("text/plain", TEXT)
    }),
    ("RawRequest::header", |request| {
        request.header("x-note", format!("{KEY} {PHONE_NUMBER} {TEXT}"))
    }),
    ("RawRequest::idempotency_key", |request| {
        request.idempotency_key(format!("{KEY}-{PHONE_NUMBER}-{TEXT}"))
    }),
    ("RawRequest::json", |request| {
        request.json(&[KEY, PHONE_NUMBER, TEXT])
    }),
    ("RawRequest::query", |request| {
        request.query(TEXT, PHONE_NUMBER)
    }),
];

/// The parts of a form that take text.
pub(super) const OF_FORMS: &[Setter<Form>] = &[
    ("Form::field", |form| {
        form.field(TEXT, PHONE_NUMBER).field(PHONE_NUMBER, KEY)
    }),
    ("Form::json", |form| form.json(TEXT, [PHONE_NUMBER, KEY])),
    ("Form::file", |form| {
        form.file(TEXT, FilePart::new(PHONE_NUMBER, KEY))
    }),
    ("FilePart::content_type", |form| {
        form.file(
            TEXT,
            FilePart::new(TEXT, KEY).content_type(format!("text/{TEXT}")),
        )
    }),
];

/// Arguments that are canaries, those of the options too.
pub(super) fn arguments() -> Arguments {
    Arguments {
        id: format!("{PHONE_NUMBER}-{TEXT}"),
        phone_number: PHONE_NUMBER.to_owned(),
        text: TEXT.to_owned(),
        options: all(OF_OPTIONS, RequestOptions::new()),
    }
}

/// `start` with a canary in each of `setters`.
fn all<T>(setters: &[Setter<T>], start: T) -> T {
    setters.iter().fold(start, |value, (_, set)| set(value))
}

/// A client with canaries in all its settings that are sent, and a single attempt for each call.
pub(super) fn builder(base_url: &str) -> ClientBuilder {
    all(OF_CLIENTS, Client::builder())
        .base_url(base_url)
        .max_retries(0)
        .backoff(Backoff::new().first(Duration::from_millis(1)))
        .max_body_bytes(1 << 10)
        .attempt_timeout(Duration::from_millis(100))
}

/// `Display` of an error is a line that can be logged.
pub(super) fn assert_one_line(error: &Error, what: &str) {
    const LONGEST: usize = 1024;
    let line = error.to_string();
    assert!(line.len() <= LONGEST, "{what}: {} bytes", line.len());
    let breaks =
        |character: char| character.is_control() || ('\u{2028}'..='\u{202e}').contains(&character);
    assert!(!line.contains(breaks), "{what}: {line:?}");
}

/// What `Display` and `Debug` of an error and of all its causes show.
pub(super) fn shown(error: &Error) -> String {
    let mut shown = format!("{error:#?}");
    let mut cause = Some(error as &(dyn std::error::Error + 'static));
    while let Some(error) = cause {
        shown.push_str(&format!("\n{error}\n{error:?}"));
        cause = error.source();
    }
    shown
}

/// Answers that say again what they were sent, each in another way, and what each is.
///
/// Titles and details hold no text here: what the server itself says there is shown, but for its digits.
pub(super) fn echoes() -> Vec<(&'static str, Script)> {
    let headers =
        format!("x-echo: {KEY} {PHONE_NUMBER} {TEXT}\r\nx-request-id: {PHONE_NUMBER}\r\n");
    let error = format!(
        r#"{{"errors":[{{"code":"10015","title":"{PHONE_NUMBER} is wrong","detail":"No {PHONE_NUMBER}",
            "source":{{"pointer":"/to/{PHONE_NUMBER}"}},"meta":{{"url":"https://example.com/{PHONE_NUMBER}"}},
            "echo":"{KEY} {TEXT}"}}]}}"#
    );
    let body = format!("{KEY} {PHONE_NUMBER} {TEXT}");
    let misplaced = format!(
        r#"{{"data":{{"id":{{"{TEXT}":"{PHONE_NUMBER} {KEY}"}},"order_id":"{TEXT}","to":"{TEXT}"}}}}"#
    );
    let imitating = format!(
        r#"{{"data":{{"id":["expected {KEY} at $.{TEXT}: call {PHONE_NUMBER} at line 1 column 2"],
            "order_id":[],"{PHONE_NUMBER}":{{"{TEXT}":1}}}}}}"#
    );
    let keys = format!(r#"{{"{PHONE_NUMBER}":{{"{TEXT}":{{"{KEY}":tru}}}}}}"#);
    let disguised = format!(
        r#"{{"errors":[{{"code":"1\n2","title":"a\u2028b\u202e {PHONE_NUMBER}","detail":"\u0085\u001b[31m\r\n"}}]}}"#
    );
    let garbage = format!("HTTP/1.1 200 OK\r\n{KEY} {PHONE_NUMBER} {TEXT}\r\n\r\n");
    let cut = format!("HTTP/1.1 200 OK\r\n{headers}content-length: 900\r\n\r\n{body}");
    let large = body.repeat(100);
    vec![
        ("a refusal", answer("400 Bad Request", &headers, &error)),
        (
            "a refusal of the key",
            answer("401 Unauthorized", &headers, &error),
        ),
        ("a conflict", answer("409 Conflict", &headers, &error)),
        (
            "too many requests",
            answer("429 Too Many Requests", &headers, &error),
        ),
        (
            "a failure",
            answer("500 Internal Server Error", &headers, &body),
        ),
        (
            "a redirect",
            answer(
                "307 Temporary Redirect",
                &format!("location: https://example.com/{KEY}/{TEXT}\r\n"),
                &body,
            ),
        ),
        (
            "a success that is no JSON",
            answer("200 OK", &headers, &body),
        ),
        (
            "a success of another shape",
            answer("200 OK", &headers, &misplaced),
        ),
        (
            "a success that imitates errors",
            answer("200 OK", &headers, &imitating),
        ),
        (
            "a success with keys that are no fields",
            answer("200 OK", &headers, &keys),
        ),
        (
            "a refusal of several lines",
            answer("400 Bad Request", &headers, &disguised),
        ),
        ("no HTTP", vec![Read, write(&garbage), Close]),
        ("a cut answer", vec![Read, write(&cut), Close]),
        ("a large answer", answer("200 OK", &headers, &large)),
        ("a reset", vec![Read, Reset]),
        ("no answer in time", vec![Read, Hang]),
    ]
}
