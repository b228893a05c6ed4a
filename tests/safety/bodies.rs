//! A small compressed body cannot fill the memory. The tests measure the memory of the process, as Linux reports it.

use std::env;
use std::fs;
use std::process::Command;

use telnyx_messaging::{Client, Error, Outcome};
use tokio::runtime::Builder;

use crate::faults::ledger::Ledger;
use crate::faults::operation::Operation;
use crate::faults::script::Action::{Read, WriteForever, WriteGzipBomb};
use crate::faults::script::{Script, answer, write};
use crate::faults::server::Server;

/// How much a process may grow, in KiB: the cap of 8 MiB, the growth of a buffer up to it, and some.
const MOST_GROWTH: u64 = 32 << 10;

/// What a body without end consists of.
const PIECE: &str = include_str!("bodies.rs");

/// Set for the process that measures itself.
const ALONE: &str = "TELNYX_MESSAGING_TEST_ALONE";

#[test]
fn a_gib_of_gzip_stops_at_the_cap() {
    alone("a_gib_of_gzip_stops_at_the_cap", || {
        let head = write("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n");
        measure(vec![Read, head, WriteGzipBomb]);
    });
}

#[test]
fn a_body_without_end_stops_at_the_cap() {
    alone("a_body_without_end_stops_at_the_cap", || {
        let head = write("HTTP/1.1 200 OK\r\n\r\n");
        measure(vec![Read, head, WriteForever(PIECE)]);
    });
}

#[test]
fn the_body_of_an_error_without_end_stops_at_the_cap() {
    alone("the_body_of_an_error_without_end_stops_at_the_cap", || {
        let head = write("HTTP/1.1 400 Bad Request\r\n\r\n");
        measure(vec![Read, head, WriteForever(PIECE)]);
    });
}

/// Runs `test` in a process of its own: other tests grow this one.
fn alone(name: &str, test: impl FnOnce()) {
    if env::var_os(ALONE).is_some() {
        return test();
    }
    let output = Command::new("/proc/self/exe")
        .args(["--exact", &format!("safety::bodies::{name}")])
        .env(ALONE, "1")
        .output()
        .expect("this program starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{said}");
}

/// A POST and a GET meet `script`, with the settings of a client that sets none.
fn measure(script: Script) {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime starts").block_on(async {
        let success = answer("200 OK", "", Operation::SendMessage.success());
        let server = Server::start([success], script, Ledger::default()).await;
        let client = Client::builder().api_key("KEY").base_url(server.base_url());
        let client = client.build().expect("good settings");
        Operation::SendMessage
            .call(&client)
            .await
            .expect("the first call fills what is filled once");

        let before = memory("VmRSS:");
        for operation in [Operation::SendMessage, Operation::Retrieve] {
            let error = operation.call(&client).await.expect_err("too large");
            assert!(
                matches!(&error, Error::Transport(error) if error.is_body_too_large()),
                "{error:?}"
            );
            assert_eq!(error.attempts(), 1);
            assert_ne!(error.outcome(), Outcome::Unknown, "the status was there");
        }
        let growth = memory("VmHWM:").saturating_sub(before);
        assert!(growth < MOST_GROWTH, "{growth} KiB more than {before} KiB");
        println!("grew by {growth} KiB");
    });
}

/// A line of this process's status, in KiB.
pub(super) fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).expect(name)
}
