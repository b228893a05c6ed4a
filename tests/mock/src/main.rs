//! Telnyx's messaging API on this machine, without an account.

use std::error::Error;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use telnyx_messaging_mock::{Behaviour, Mock, MockBuilder};

const HELP: &str = "\
Telnyx's messaging API on this machine, without an account.

Usage: telnyx-messaging-mock [OPTIONS]

Prints three lines: the base URL for TELNYX_BASE_URL, the key for TELNYX_PUBLIC_KEY, and the inbox.

      --listen ADDRESS             address to listen on [default: 127.0.0.1:12080]
      --webhook-url URL            URL for webhooks of messages without a URL of their own
      --webhook-failover-url URL   URL for webhooks after three failures of the first URL
      --allow-webhook-host HOST    also allow webhooks to this host; can be repeated
      --allow-host HOST            also accept requests to this host; can be repeated
      --sender SENDER              accept this sender and refuse others; can be repeated
      --phone-number NUMBER        a phone number of the account; can be repeated
      --mobile-phone-number NUMBER a mobile phone number of the account; can be repeated
      --blocked-status STATUS      status of a refusal after STOP [default: 409]
      --step MILLISECONDS          how long a message stays in each state [default: 600]
      --time TIME                  a fixed time, in RFC 3339 [default: the time of the system]
      --seed NUMBER                seed for the ids, the key and the faults
      --faults-per-mille NUMBER    how many of 1,000 requests get a random fault [default: 0]
      --records NUMBER             how many messages and webhooks the mock keeps [default: 2000]
      --connections NUMBER         how many connections the mock holds [default: 512]
      --spec FILE                  another OpenAPI document, in JSON
      --behaviours                 print each behaviour: documented, seen or guessed
";

const PORT: u16 = 12080;

/// Long enough to see each state in the inbox.
const STEP: Duration = Duration::from_millis(600);

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
    let mut builder = Mock::builder().listen(listen).step(STEP).seed(some_seed());
    while let Some(name) = arguments.next() {
        match name.as_str() {
            "--help" | "-h" => return print(HELP),
            "--behaviours" => return print(&Behaviour::table()),
            _ => {}
        }
        if !has_option(&name) {
            return Err(format!("there is no `{name}`; see --help").into());
        }
        let value = arguments.next();
        let value = value.ok_or_else(|| format!("`{name}` needs a value; see --help"))?;
        builder = set(builder, &name, value)?;
    }
    let started = builder.start().await;
    let mock = started.map_err(|error| format!("the mock cannot start: {error}"))?;
    print(&format!(
        "TELNYX_BASE_URL={}\nTELNYX_PUBLIC_KEY={}\ninbox: {}\n",
        mock.base_url(),
        mock.public_key(),
        mock.inbox_url(),
    ))?;
    std::future::pending().await
}

/// Whether the help names an option.
fn has_option(name: &str) -> bool {
    let mut lines = HELP.lines();
    lines.any(|line| line.split_whitespace().next() == Some(name)) && name.starts_with("--")
}

fn set(builder: MockBuilder, name: &str, value: String) -> Result<MockBuilder, Box<dyn Error>> {
    Ok(match name {
        "--listen" => builder.listen(value.parse().map_err(|_| wrong(name, &value))?),
        "--webhook-url" => builder.webhook_url(value),
        "--webhook-failover-url" => builder.webhook_failover_url(value),
        "--allow-webhook-host" => builder.allow_webhook_host(value),
        "--allow-host" => builder.allow_host(value),
        "--sender" => builder.sender(value),
        "--phone-number" => builder.phone_number(value),
        "--mobile-phone-number" => builder.mobile_phone_number(value),
        "--blocked-status" => {
            builder.blocked_status(value.parse().map_err(|_| wrong(name, &value))?)
        }
        "--step" => {
            let step = value.parse().map(Duration::from_millis);
            builder.step(step.map_err(|_| wrong(name, &value))?)
        }
        "--time" => {
            let time = telnyx_messaging::Timestamp::from(value.as_str()).to_system_time();
            builder.clock_stands_at(time.ok_or_else(|| wrong(name, &value))?)
        }
        "--seed" => builder.seed(value.parse().map_err(|_| wrong(name, &value))?),
        "--faults-per-mille" => {
            builder.faults_per_mille(value.parse().map_err(|_| wrong(name, &value))?)
        }
        "--records" => builder.records(value.parse().map_err(|_| wrong(name, &value))?),
        "--connections" => builder.connections(value.parse().map_err(|_| wrong(name, &value))?),
        "--spec" => builder.spec(
            std::fs::read_to_string(&value)
                .map_err(|error| format!("cannot read {value}: {error}"))?,
        ),
        _ => return Err(format!("there is no `{name}`; see --help").into()),
    })
}

fn wrong(name: &str, value: &str) -> String {
    format!("`{value}` is not a valid value of `{name}`; see --help")
}

/// Another one for each start, so that the ids of two runs differ.
fn some_seed() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_nanos() & u128::from(u64::MAX)).unwrap_or_default()
}

fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut output = std::io::stdout().lock();
    output.write_all(text.as_bytes())?;
    Ok(output.flush()?)
}
