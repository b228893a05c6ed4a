//! What the mock promises.

mod addition;
mod bounds;
mod examples;
mod faults;
mod hostile;
mod keys;
mod profiles;
mod raw;
mod receiver;
mod recipients;
mod scenario;
mod slips;
mod strict;
mod webhooks;
mod whatsapp;

use telnyx_messaging_mock::{BEHAVIOURS, Basis, Behaviour};

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

#[test]
fn a_guess_is_called_a_guess() {
    let guesses = BEHAVIOURS.iter().filter(|one| one.basis == Basis::Guessed);
    assert!(guesses.count() > 5);
}
