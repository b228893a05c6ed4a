//! Lists the recipients who opted out this year.
//!
//! ```text
//! cargo run -p telnyx-messaging --example opt_outs
//! ```
//!
//! The program reads the API key from `TELNYX_API_KEY`.

use std::error::Error;

use telnyx_messaging::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let count = run(&Client::from_env()?, "2026-01-01T00:00:00Z").await?;
    println!("{count} opt-outs");
    Ok(())
}

pub(crate) async fn run(client: &Client, since: &str) -> telnyx_messaging::Result<usize> {
    let mut count = 0;
    let mut optouts = client
        .messaging_optouts()
        .list()
        .created_at_gte(since)
        .page_size(250)
        .items();
    while let Some(optout) = optouts.try_next().await? {
        println!(
            "{:?} answered {:?} to {:?}",
            optout.to, optout.keyword, optout.from
        );
        count += 1;
    }
    Ok(count)
}
