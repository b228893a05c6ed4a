//! The result of each fault.
//!
//! A row is true for all five kinds of operations. They differ only in whether the client retries.

use telnyx_messaging::Outcome::{self, Applied, NotApplied, Unknown};

use super::operation::Class::{self, Idempotent, Keyed, Other};
use super::script::Action::{
    Close, DripForever, Hang, Read, ReadPart, Reset, Write, WriteForever, WriteGzipBomb,
};
use super::script::{Script, answer, write};

use End::{Api, Lost, NotConnected, Success, TimedOut, TooLarge, Unreadable};

/// A fault, and what it must lead to.
pub(super) struct Row {
    pub(super) fault: &'static str,
    /// What the server does. `None`: nobody listens.
    pub(super) script: Option<Script>,
    /// Whose request is sent again.
    pub(super) repeated: &'static [Class],
    /// How a call ends whose every attempt meets the fault.
    pub(super) end: End,
    /// What the error of that call says. Of no matter to a success.
    pub(super) outcome: Outcome,
}

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Success,
    /// An answer of this status.
    Api(u16),
    NotConnected,
    /// The connection broke.
    Lost,
    TimedOut,
    TooLarge,
    /// A success that could not be read.
    Unreadable,
}

const NOBODY: &[Class] = &[];
const IDEMPOTENT: &[Class] = &[Idempotent];
const KEYED: &[Class] = &[Keyed];
/// A second request does nothing that the first did not.
const REPEATABLE: &[Class] = &[Idempotent, Keyed];
/// The first request did nothing.
const EVERYBODY: &[Class] = &[Idempotent, Keyed, Other];

#[test]
fn the_architecture_counts_the_faults() {
    let tables = [connections(), statuses(), successes(), cut_errors(), slow()];
    let count: usize = tables.iter().map(Vec::len).sum();
    crate::pages::says(
        ".github/ARCHITECTURE.md",
        &format!("`faults` simulates {count} network faults"),
    );
}

/// No answer at all: what was not sent is sent again by everybody, a lost answer only where that is safe.
#[rustfmt::skip] // a row is a line
pub(super) fn connections() -> Vec<Row> {
    let kept_alive = "HTTP/1.1 200 OK\r\n";
    vec![
        Row { script: None, ..row("refused", [], EVERYBODY, NotConnected, NotApplied) },
        row("reset before the request", [Reset], REPEATABLE, Lost, Unknown),
        row("closed before the request", [Close], REPEATABLE, Lost, Unknown),
        row("reset within the request", [ReadPart, Reset], REPEATABLE, Lost, Unknown),
        row("reset after the request", [Read, Reset], REPEATABLE, Lost, Unknown),
        row("closed after the request", [Read, Close], REPEATABLE, Lost, Unknown),
        row("cut in the status line", [Read, write("HTTP/1.1 20"), Close], REPEATABLE, Lost, Unknown),
        row("cut in a header", [Read, write(kept_alive), write("content-le"), Close], REPEATABLE, Lost, Unknown),
        row("cut after the headers", [Read, write(kept_alive), write("x-a: b\r\n"), Reset], REPEATABLE, Lost, Unknown),
        row("not HTTP", [Read, write("SSH-2.0-OpenSSH_9.6\r\n\r\n"), Close], REPEATABLE, Lost, Unknown),
        row("endless headers", [Read, write(kept_alive), WriteForever("x-a: b\r\n")], REPEATABLE, Lost, Unknown),
    ]
}

/// Whole answers: their status decides.
#[rustfmt::skip] // a row is a line
pub(super) fn statuses() -> Vec<Row> {
    let status = |status: &'static str, repeated, outcome| {
        answered(status, answer(status, "", ""), repeated, outcome)
    };
    let with = |fault, status, headers, repeated, outcome| {
        answered(fault, answer(status, headers, ""), repeated, outcome)
    };
    let code = |fault, status, code, repeated, outcome| {
        let body = format!(r#"{{"errors":[{{"code":"{code}","title":"Refused"}}]}}"#);
        answered(fault, answer(status, "", &body), repeated, outcome)
    };
    vec![
        status("301 Moved Permanently", NOBODY, Unknown),
        with("307 to elsewhere", "307 Temporary Redirect", "location: /elsewhere\r\n", NOBODY, Unknown),
        status("400 Bad Request", NOBODY, NotApplied),
        status("401 Unauthorized", NOBODY, NotApplied),
        status("403 Forbidden", NOBODY, NotApplied),
        status("404 Not Found", NOBODY, NotApplied),
        status("408 Request Timeout", IDEMPOTENT, Unknown),
        code("409, key in progress", "409 Conflict", 10036, KEYED, Unknown),
        code("409, anything else", "409 Conflict", 10012, NOBODY, NotApplied),
        code("422, key reused", "422 Unprocessable Entity", 10027, NOBODY, NotApplied),
        status("429 Too Many Requests", EVERYBODY, NotApplied),
        with("429, wait 20 ms", "429 Slow Down", "retry-after-ms: 20\r\n", EVERYBODY, NotApplied),
        with("429, wait an hour", "429 Slow Down", "retry-after: 3600\r\n", NOBODY, NotApplied),
        with("429, do not retry", "429 Slow Down", "x-should-retry: false\r\n", NOBODY, NotApplied),
        status("500 Internal Server Error", IDEMPOTENT, Unknown),
        with("500, do retry", "500 Internal Server Error", "x-should-retry: true\r\n", IDEMPOTENT, Unknown),
        status("501 Not Implemented", NOBODY, Unknown),
        status("502 Bad Gateway", REPEATABLE, Unknown),
        status("503 Service Unavailable", REPEATABLE, Unknown),
        with("503, wait 20 ms", "503 Service Unavailable", "retry-after-ms: 20\r\n", REPEATABLE, Unknown),
        with("503, do not retry", "503 Service Unavailable", "x-should-retry: false\r\n", NOBODY, Unknown),
        status("504 Gateway Timeout", REPEATABLE, Unknown),
    ]
}

/// Successes, whole and broken: what was done is not done again, unless that is safe. A success without an id and `data` proves
/// nothing.
#[rustfmt::skip] // a row is a line
pub(super) fn successes() -> Vec<Row> {
    let body = r#"{"data":{"id":"1"}}"#;
    let unreadable = |fault, script| row(fault, script, NOBODY, Unreadable, Unknown);
    let cut = |fault, text| row(fault, [Read, write(text), Close], REPEATABLE, Lost, Applied);
    vec![
        row("200", answer("200 OK", "", body), NOBODY, Success, Applied),
        row("201", answer("201 Created", "", body), NOBODY, Success, Applied),
        row(
            "hints before a 200",
            [Read, write("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 19\r\n\r\n"), write(body)],
            NOBODY,
            Success,
            Applied,
        ),
        row(
            "JSON under another name",
            answer("200 OK", "content-type: text/html\r\n", body),
            NOBODY,
            Success,
            Applied,
        ),
        unreadable("204 without the message", answer("204 No Content", "", "")),
        unreadable("HTML", answer("200 OK", "content-type: text/html\r\n", "<html>")),
        unreadable("JSON of another shape", answer("200 OK", "", r#"{"messages":[]}"#)),
        row("half of the JSON", answer("200 OK", "", r#"{"data":{"id":"#), NOBODY, Unreadable, Applied),
        unreadable("errors in a success", answer("200 OK", "", r#"{"errors":[{"code":"40300"}]}"#)),
        row(
            "a byte that is not UTF-8",
            [
                Read,
                write("HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\n"),
                Write(b"{\"data\":{\"id\":\"1\",\"text\":\"\xff\"}}".to_vec()),
            ],
            NOBODY,
            Success,
            Applied,
        ),
        unreadable("gzip that is not gzip", answer("200 OK", "content-encoding: gzip\r\n", "{}")),
        cut("a body shorter than its length", "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"data\""),
        cut("a chunk cut short", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n14\r\n{\"data\""),
        cut("no last chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n7\r\n{\"data\"\r\n"),
        cut("a chunk of no length", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZ\r\n{\"data\""),
        cut("gzip that is broken", "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\n\x1f{}"),
        row(
            "a body without end",
            [Read, write("HTTP/1.1 200 OK\r\n\r\n"), WriteForever("          ")],
            NOBODY,
            TooLarge,
            Applied,
        ),
        row(
            "a GiB in a MiB of gzip",
            [Read, write("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n"), WriteGzipBomb],
            NOBODY,
            TooLarge,
            Applied,
        ),
    ]
}

/// Errors whose body is cut: their status decides, as if it were whole.
#[rustfmt::skip] // a row is a line
pub(super) fn cut_errors() -> Vec<Row> {
    let cut = |status: &'static str, repeated, outcome| {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: 20\r\n\r\n{{");
        row(status, [Read, write(&head), Close], repeated, Lost, outcome)
    };
    vec![
        cut("400 Bad Request", NOBODY, NotApplied),
        cut("409 Conflict", NOBODY, Unknown),
        cut("429 Too Many Requests", EVERYBODY, NotApplied),
        cut("500 Internal Server Error", IDEMPOTENT, Unknown),
        cut("503 Service Unavailable", REPEATABLE, Unknown),
    ]
}

/// Answers that do not come, or do not end.
#[rustfmt::skip] // a row is a line
pub(super) fn slow() -> Vec<Row> {
    let stops = "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{";
    let refuses = "HTTP/1.1 400 Bad Request\r\ncontent-length: 20\r\n\r\n{";
    vec![
        row("no answer", [Read, Hang], REPEATABLE, TimedOut, Unknown),
        row("a slow header", [Read, write("HTTP/1.1 200 OK\r\nx-a: "), DripForever("b")], REPEATABLE, TimedOut, Unknown),
        row("a slow body", [Read, write("HTTP/1.1 200 OK\r\n\r\n"), DripForever(" ")], REPEATABLE, TimedOut, Applied),
        row("a body that stops", [Read, write(stops), Hang], REPEATABLE, TimedOut, Applied),
        row("a refusal that stops", [Read, write(refuses), Hang], NOBODY, TimedOut, NotApplied),
    ]
}

fn row(
    fault: &'static str,
    script: impl Into<Script>,
    repeated: &'static [Class],
    end: End,
    outcome: Outcome,
) -> Row {
    Row {
        fault,
        script: Some(script.into()),
        repeated,
        end,
        outcome,
    }
}

fn answered(
    fault: &'static str,
    script: Script,
    repeated: &'static [Class],
    outcome: Outcome,
) -> Row {
    let Some(Write(bytes)) = script.last() else {
        panic!("{fault} is no answer");
    };
    let status = std::str::from_utf8(&bytes[9..12]).expect("a status");
    let end = Api(status.parse().expect("a status"));
    row(fault, script, repeated, end, outcome)
}
