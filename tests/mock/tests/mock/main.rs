//! What the mock promises.

mod addition;
mod bounds;
mod examples;
mod faults;
mod hostile;
mod keys;
mod profiles;
mod raw;
mod reach;
mod receiver;
mod recipients;
mod scenario;
mod slips;
mod strict;
mod webhooks;
mod whatsapp;

use telnyx_messaging_mock::{Behaviour, Mock};

const PROFILE: &str = "4000eba1-a0c0-4563-9925-b25e842a7cb6";
const FROM: &str = "+13125550000";
const TO: &str = "+13125550001";

#[test]
fn the_readme_has_the_table_of_behaviours() {
    let readme = include_str!("../../README.md");
    assert!(
        readme.contains(&Behaviour::table()),
        "replace the table by what `cargo run -p telnyx-messaging-mock -- --behaviours` prints"
    );
}

#[tokio::test]
async fn a_guess_is_called_a_guess() {
    let mock = Mock::start().await.expect("started");
    let client = mock.client().expect("a client");
    let sent = client.messages().send(TO).from(FROM).text("Hi").await;
    let id = sent.expect("accepted").id;
    let log = mock.log().join("\n");
    for line in [
        format!("queued {id} [pace: guessed]"),
        format!("accepted {id} [request: documented]"),
    ] {
        assert!(log.contains(&line), "{log}");
    }
}
