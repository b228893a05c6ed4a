//! `cargo xtask fixtures`: checks that the generated code of all fixtures compiles.

use std::process::ExitCode;

use crate::cargo::cargo;
use crate::process::run as run_command;

/// Runs clippy and rustdoc on the generated code of all fixtures in `tests/fixtures/emit`, in one copy of the crate. Sends the
/// requests that the fixtures list after `# sends:`, and compares the requests with `tests/snapshots/sent`.
///
/// The copy of the crate is in `target/fixtures`. Exits with 0 if there is no warning and no difference, and with 1 otherwise.
/// This check is not part of `cargo test`, because it compiles the copy again after each change to the crate.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> Result<ExitCode, String> {
    let mut test = cargo("test");
    test.args([
        "--quiet",
        "--package=telnyx-messaging-tests",
        "--test=compile",
    ]);
    let status = run_command(&mut test)?;
    Ok(ExitCode::from(u8::from(!status.success())))
}
