//! `cargo xtask faults`: whether a message is sent twice, or an outcome wrong, whatever the network does.

use std::process::ExitCode;

use crate::cargo::cargo;
use crate::process;

/// Plays random schedules of faults to calls, and compares their outcomes with what the servers accepted.
///
/// A quarter of the schedules is simulated, one is played to blocking calls, one over HTTP/1.1 and one over HTTP/2. Ends with
/// 1 if a message is accepted twice or an outcome is wrong.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many schedules are played
    #[arg(long, value_name = "NUMBER", default_value_t = 20_000)]
    schedules: u64,

    /// The seed of the first schedule of each quarter; the next ones count on from it
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
