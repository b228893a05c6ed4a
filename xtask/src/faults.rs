//! `cargo xtask faults`: checks that network faults never cause a message to be sent twice, or a wrong outcome.

use std::process::ExitCode;

use crate::cargo::cargo;
use crate::process;

/// Runs calls with random sequences of network faults, and compares the outcomes with the messages that the servers accepted.
///
/// A quarter of the sequences runs in simulated time, a quarter with blocking calls, a quarter over HTTP/1.1 and a quarter over
/// HTTP/2. Exits with 1 if a server accepted a message twice or an outcome is wrong.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The number of sequences
    #[arg(long, value_name = "NUMBER", default_value_t = 20_000)]
    schedules: u64,

    /// Seed of the first sequence in each quarter. The seed of each later sequence is one higher
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
}

/// Simulated, blocking, HTTP/1.1, HTTP/2.
const WAYS: u64 = 4;

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let schedules = arguments.schedules.div_ceil(WAYS);
    let mut test = cargo("test");
    test.args([
        "--quiet",
        "--package=telnyx-messaging-tests",
        "--test=tests",
    ])
    .args(["--features=http2", "faults::model::", "--", "--nocapture"])
    .env("FAULTS_SCHEDULES", schedules.to_string())
    .env("FAULTS_SEED", arguments.seed.to_string());
    let status = process::run(&mut test)?;
    Ok(ExitCode::from(u8::from(!status.success())))
}
