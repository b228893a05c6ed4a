//! Sends one message to a server that fails, with this crate and with Telnyx's clients, and counts what the server sees.

mod failing_server;

use std::time::Duration;

use telnyx_messaging::{Client, Error};

use self::failing_server::{FailingServer, Fault};
use crate::table;
use crate::telnyx_clients::{Language, TelnyxClients};

/// How long a client waits for one answer.
const TIMEOUT: Duration = Duration::from_secs(1);

const FAULTS: [(&str, Fault); 2] = [
    ("answers 503", Fault::Unavailable),
    ("answers late", Fault::Late(Duration::from_secs(3))),
];

const HEAD: [&str; 6] = [
    "client",
    "server",
    "POSTs",
    "keys",
    "messages at worst",
    "outcome",
];

/// Gives `true` if this crate cannot have sent two messages.
pub(crate) fn run(clients: &TelnyxClients) -> Result<bool, String> {
    let mut rows = vec![HEAD.map(str::to_owned)];
    let mut is_safe = true;
    for (name, fault) in FAULTS {
        let server = FailingServer::start(fault)?;
        let outcome = send_here(&format!("http://{}", server.address))?;
        is_safe &= server.posts().messages_at_worst() <= 1;
        rows.push(row("this crate", name, &server, outcome));
        for language in Language::ALL {
            let server = FailingServer::start(fault)?;
            let outcome = send_there(clients, language, &format!("http://{}", server.address))?;
            rows.push(row(language.name(), name, &server, outcome));
        }
    }
    table::print(&rows);
    Ok(is_safe)
}

fn row(client: &str, server_name: &str, server: &FailingServer, outcome: String) -> [String; 6] {
    let posts = server.posts();
    [
        client.to_owned(),
        server_name.to_owned(),
        posts.count.to_string(),
        posts.keys.len().to_string(),
        posts.messages_at_worst().to_string(),
        outcome,
    ]
}

/// Sends a message with this crate; its settings are the defaults but for the time of an attempt.
fn send_here(base_url: &str) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let client = Client::builder()
            .api_key("KEY")
            .base_url(base_url)
            .attempt_timeout(TIMEOUT)
            .build()
            .map_err(|error| error.to_string())?;
        let message = client.messages().send("+13125550001");
        Ok(match message.from("+13125550000").text("Hello").await {
            Ok(_) => "success".to_owned(),
            Err(error) => format!("{}, outcome {:?}", kind(&error), error.outcome()),
        })
    })
}

fn kind(error: &Error) -> &'static str {
    match error {
        Error::Api(_) => "Error::Api",
        Error::Transport(_) => "Error::Transport",
        _ => "another error",
    }
}

/// Sends a message with a client of Telnyx's, its settings the defaults but for the timeout.
fn send_there(
    clients: &TelnyxClients,
    language: Language,
    base_url: &str,
) -> Result<String, String> {
    let output = clients
        .command(language, "retries/send")
        .arg(base_url)
        .arg(TIMEOUT.as_secs().to_string())
        .output()
        .map_err(|error| format!("cannot start {}: {error}", language.name()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("{} failed: {errors}", language.name()))
}
