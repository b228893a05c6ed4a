//! Prints the requests of each fixture. The generated `main` passes each request to `show`.
#![allow(deprecated, missing_docs, unused_imports, unreachable_pub)]

use telnyx_messaging_fixtures as telnyx_messaging;
use telnyx_messaging_fixtures::transport::MockTransport;
use telnyx_messaging_fixtures::{Client, Result};

/// Prints the request that `send` sends, or why it sends none.
fn show<T>(send: impl FnOnce(&Client) -> Result<T>) {
    let transport = MockTransport::new([]);
    let client = transport.builder().build().expect("the settings are right");
    let result = send(&client);
    let Some(request) = transport.requests().pop() else {
        return println!("nothing: {}\n", result.err().expect("it is refused"));
    };
    let (head, body) = request.into_parts();
    let uri = head.uri.path_and_query().expect("it has a path");
    println!("{} {uri}", head.method);
    let mut headers: Vec<String> = head.headers.iter().map(header).collect();
    headers.sort();
    for header in headers.iter().filter(|header| !header.is_empty()) {
        println!("{header}");
    }
    if !body.is_empty() {
        println!("{}", String::from_utf8_lossy(&body).replace('\r', ""));
    }
    println!();
}

/// A line for the header; none for what every request has, no value for what is drawn by lot.
fn header(
    (name, value): (
        &telnyx_messaging::http::HeaderName,
        &telnyx_messaging::http::HeaderValue,
    ),
) -> String {
    match name.as_str() {
        "user-agent" => String::new(),
        "accept" if value == "application/json" => String::new(),
        "idempotency-key" => "idempotency-key: …".to_owned(),
        name => format!("{name}: {}", value.to_str().unwrap_or("not ASCII")),
    }
}
