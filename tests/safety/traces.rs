//! Traces and logs at the level TRACE show no key, no phone number and no text, even those of the layers below.

use super::canary::{arguments, assert_hidden, builder, echoes};
use super::capture::Capture;
use crate::faults::operation::{ALL, Operation};
use crate::faults::script::{Script, answer};
use crate::faults::server::Server;

/// What a call to each operation says while the server plays the script for it.
async fn said(script: impl Fn(Operation) -> Script) -> Vec<(Operation, String)> {
    let mut all = Vec::new();
    for operation in ALL {
        let server = Server::always(script(operation)).await;
        let client = builder(&server.base_url()).build().expect("good settings");
        let capture = Capture::start();
        // How it ends is in what it says.
        let _ = operation.request(&client, &arguments()).sending.await;
        all.push((operation, capture.take()));
    }
    all
}

#[tokio::test]
async fn a_call_that_succeeds_says_nothing_personal() {
    let success = |operation: Operation| answer("200 OK", "", operation.success());
    for (operation, said) in said(success).await {
        assert_hidden(&said, &format!("{operation:?}"));
        assert!(
            said.contains("telnyx.outcome=\"applied\""),
            "{operation:?}: {said}"
        );
    }
}

#[tokio::test]
async fn a_call_that_fails_says_nothing_personal() {
    for (echo, script) in echoes() {
        for (operation, said) in said(|_| script.clone()).await {
            assert_hidden(&said, &format!("{operation:?} × {echo}"));
            assert!(
                said.contains("telnyx.outcome="),
                "{operation:?} × {echo}: {said}"
            );
        }
    }
}

#[tokio::test]
async fn a_call_without_a_connection_says_nothing_personal() {
    let server = Server::closed().await;
    let client = builder(&server.base_url()).build().unwrap();
    let capture = Capture::start();
    for operation in ALL {
        let result = operation.request(&client, &arguments()).sending.await;
        result.unwrap_err();
        let said = capture.take();
        assert_hidden(&said, &format!("{operation:?}"));
        assert!(
            said.contains("error.type=\"connect\""),
            "{operation:?}: {said}"
        );
    }
}

#[tokio::test]
async fn the_layers_below_are_heard() {
    for (operation, said) in said(|_| answer("200 OK", "", "{}")).await {
        assert!(said.contains("reqwest::connect: "), "{operation:?}: {said}");
    }
}
