//! `cargo xtask faults`: checks that network faults never cause a message to be sent twice, or a wrong outcome.

use std::process::{Command, ExitCode};

use crate::cargo::cargo;
use crate::process::{output, run as show};

/// Runs calls with random sequences of network faults, and compares the outcomes with the messages that the servers accepted.
///
/// A quarter of the sequences run in simulated time, a quarter with blocking calls, a quarter over HTTP/1.1 and a quarter over
/// HTTP/2. Exits with 1 if a server accepted a message twice or an outcome is wrong.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of sequences
    #[arg(long, value_name = "NUMBER", default_value_t = 20_000)]
    schedules: u64,

    /// Seed of the first sequence in each quarter of the sequences; each later sequence has the next higher seed
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
}

/// One for each kind of run: simulated, blocking, HTTP/1.1, HTTP/2.
const WAYS: u64 = 4;

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let listed = output(&mut test("--list"))?;
    // For cargo, a filter that matches nothing is a success.
    if listed.status.success() && !String::from_utf8_lossy(&listed.stdout).contains(TESTS) {
        return Err(format!("no test is in `{TESTS}`, so nothing was tested"));
    }
    let schedules = arguments.schedules.div_ceil(WAYS);
    let mut test = test("--nocapture");
    test.env("FAULTS_SCHEDULES", schedules.to_string())
        .env("FAULTS_SEED", arguments.seed.to_string());
    let status = show(&mut test)?;
    Ok(ExitCode::from(u8::from(!status.success())))
}

/// The module of the tests that run the sequences.
const TESTS: &str = "faults::model::";

fn test(option: &str) -> Command {
    let mut test = cargo("test");
    test.args([
        "--quiet",
        "--package=telnyx-messaging-tests",
        "--test=tests",
        "--features=http2",
        TESTS,
        "--",
        option,
    ]);
    test
}
