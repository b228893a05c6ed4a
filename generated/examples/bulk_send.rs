//! Sends one text to many recipients, a few at a time.
//!
//! ```text
//! cargo run -p telnyx-messaging --example bulk_send -- +13125550000 "We open at 9" < numbers.txt
//! ```
//!
//! The program reads the API key from `TELNYX_API_KEY`. The program skips recipients who have opted out. If your program may be
//! killed while it sends, use an outbox, as the example `outbox` does.

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::sync::Arc;

use telnyx_messaging::{Client, NextStep};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, text] = arguments.as_slice() else {
        return Err("usage: bulk_send FROM TEXT < NUMBERS".into());
    };
    let numbers = std::io::read_to_string(std::io::stdin())?;
    let client = Client::builder().adaptive_rate(true).build()?;
    for (ending, count) in run(&client, from, text, numbers.lines()).await? {
        println!("{ending}: {count}");
    }
    Ok(())
}

/// Sends the text to each number, and counts the messages by result: `done`, `opted out`, or a next step with its advice.
pub(crate) async fn run(
    client: &Client,
    from: &str,
    text: &str,
    numbers: impl Iterator<Item = &str>,
) -> telnyx_messaging::Result<BTreeMap<String, usize>> {
    let mut opt_outs = client.messaging_optouts().list().page_size(250).items();
    let mut opted_out = HashSet::new();
    while let Some(opt_out) = opt_outs.try_next().await? {
        opted_out.extend(opt_out.to);
    }
    // Because of the account's rate limit, more sends at a time would not be faster.
    let at_a_time = Arc::new(Semaphore::new(20));
    let mut sending = JoinSet::new();
    let mut report = BTreeMap::new();
    for number in numbers {
        if opted_out.contains(number) {
            *report.entry("opted out".to_owned()).or_default() += 1;
            continue;
        }
        let send = client.messages().send(number).from(from).text(text);
        let at_a_time = Arc::clone(&at_a_time);
        sending.spawn(async move {
            let _turn = at_a_time.acquire().await;
            send.await
        });
    }
    while let Some(sent) = sending.join_next().await {
        let sent = sent.expect("sending does not panic");
        let ending = match (NextStep::of(&sent), sent) {
            (NextStep::Done, _) | (_, Ok(_)) => "done".to_owned(),
            (step, Err(error)) => format!("{step}: {}", error.advice()),
        };
        *report.entry(ending).or_default() += 1;
        eprint!("\r{} to go ", sending.len());
    }
    Ok(report)
}
