//! Makes every call with this crate and with Telnyx's clients, to the mock, and has each response checked by another
//! validator of the spec; then plays one scenario with each client.

mod exception;
mod exchanges;
mod followed;
pub(crate) mod scenario;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, UNIX_EPOCH};

use serde_json::Value;
use telnyx_messaging::Client;
use telnyx_messaging_mock::{Mock, MockBuilder};

use self::exception::expected;
use self::exchanges::complaints;
use crate::table;
use crate::telnyx_clients::{Language, TelnyxClients};

/// The mock's time stands at 2026-01-31T11:00:00Z: an hour before the schedules of the requests.
const NOW: Duration = Duration::from_secs(1_769_857_200);

const HEAD: [&str; 6] = [
    "client",
    "calls",
    "values",
    "refused",
    "not there",
    "complaints",
];

/// How the calls of a client went.
#[derive(Default)]
struct Tally {
    calls: usize,
    values: usize,
    /// As they should be.
    refused: usize,
    /// The client has no such method, or the spec no such operation.
    not_there: Vec<String>,
    /// The operations without a method.
    missing: BTreeSet<String>,
    complaints: Vec<String>,
}

/// Gives `true` if there is nothing to complain about.
pub(crate) fn run(clients: &TelnyxClients, validator: &str, spec: &str) -> Result<bool, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = { runtime }
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let validator = Validator {
        python: validator,
        spec,
    };
    let operations = validator.operations()?;
    let mut rows = vec![HEAD.map(str::to_owned)];
    let mut is_well = true;
    for client in [None, Some(Language::Python), Some(Language::Node)] {
        let tally = runtime.block_on(async {
            let mock = mock().start().await.map_err(|error| error.to_string())?;
            let mut tally = match client {
                None => calls_here(&mock).await?,
                Some(language) => calls_there(clients, language, &mock, &operations)?,
            };
            let found = complaints(&validator, &mock, &operations, &tally.missing)?;
            tally.complaints.extend(found);
            Ok::<_, String>(tally)
        })?;
        is_well &= tally.complaints.is_empty();
        rows.push(tally.row(client.map_or("this crate", Language::name)));
    }
    table::print(&rows);
    Ok(is_well & runtime.block_on(scenario::run(clients))?)
}

/// Another program that checks exchanges.
struct Validator<'a> {
    python: &'a str,
    spec: &'a str,
}

impl Validator<'_> {
    fn command(&self) -> Command {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/validate.py");
        let mut command = Command::new(self.python);
        command.arg(script).arg(self.spec);
        command
    }

    /// The ids of the spec's operations.
    fn operations(&self) -> Result<BTreeSet<String>, String> {
        let text = std::fs::read_to_string(self.spec).map_err(|error| error.to_string())?;
        let document: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let paths = document["paths"].as_object().into_iter().flatten();
        let operations = paths.filter_map(|(_, item)| item.as_object()).flatten();
        let ids = operations.filter_map(|(_, operation)| operation["operationId"].as_str());
        Ok(ids.map(str::to_owned).collect())
    }
}

fn mock() -> MockBuilder {
    Mock::builder()
        .clock_stands_at(UNIX_EPOCH + NOW)
        .phone_number("+13125550000")
        .mobile_phone_number("+13127367407")
}

/// The requests of `tests/calls`, which hold everything that the spec documents.
async fn calls_here(mock: &Mock) -> Result<Tally, String> {
    let client = Client::builder()
        .api_key("KEY")
        .base_url(mock.base_url())
        .max_retries(0);
    let client = client.build().map_err(|error| error.to_string())?;
    let mut tally = Tally::default();
    for case in calls::cases() {
        let outcome = (case.send)(&client).await;
        let outcome = outcome.map_err(|error| error.to_string());
        tally.add(&case.name(), outcome, expected(&case.name()));
    }
    for (operation, outcome) in followed::calls(&client).await {
        let outcome = outcome.map_err(|error| error.to_string());
        tally.add(&format!("{operation}.followed"), outcome, None);
    }
    Ok(tally)
}

/// The calls of `clients/calls.json`, as a program in that language makes them.
fn calls_there(
    clients: &TelnyxClients,
    language: Language,
    mock: &Mock,
    operations: &BTreeSet<String>,
) -> Result<Tally, String> {
    let mut command = clients.command(language, "clients/call");
    let output = command.env("TELNYX_BASE_URL", mock.base_url()).output();
    let output = output.map_err(|error| format!("cannot start {}: {error}", language.name()))?;
    let mut tally = Tally::default();
    let mut uncalled = operations.clone();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let name = line["call"].as_str().unwrap_or_default();
        let operation = name.split('.').next().unwrap_or_default();
        uncalled.remove(operation);
        match line["outcome"].as_str() {
            Some("missing") => {
                tally.missing.insert(operation.to_owned());
                tally.not_there.push(format!("{name}: no method"));
            }
            _ if !operations.contains(operation) => {
                tally.not_there.push(format!("{name}: not in the spec"));
            }
            Some("value") => tally.add(name, Ok(()), None),
            other => tally.add(name, Err(other.unwrap_or_default().to_owned()), None),
        }
    }
    let uncalled = uncalled
        .iter()
        .map(|id| format!("{id}: no call in clients/calls.json"));
    tally.complaints.extend(uncalled);
    if !output.status.success() || tally.calls == 0 {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{} failed: {errors}", language.name()));
    }
    Ok(tally)
}

impl Tally {
    fn add(&mut self, name: &str, outcome: Result<(), String>, expected: Option<&str>) {
        self.calls += 1;
        match (outcome, expected) {
            (Ok(()), None) => self.values += 1,
            (Err(error), Some(part)) if error.contains(part) => self.refused += 1,
            (Ok(()), Some(part)) => {
                self.complaints
                    .push(format!("{name}: a value in place of {part}"));
            }
            (Err(error), _) => self.complaints.push(format!("{name}: {error}")),
        }
    }

    fn row(&self, client: &str) -> [String; 6] {
        for one in &self.not_there {
            println!("not there: {client}: {one}");
        }
        for one in &self.complaints {
            println!("COMPLAINT: {client}: {one}");
        }
        [
            client.to_owned(),
            self.calls.to_string(),
            self.values.to_string(),
            self.refused.to_string(),
            self.not_there.len().to_string(),
            self.complaints.len().to_string(),
        ]
    }
}
