//! `cargo xtask outbox`: checks that the outbox sends each message once, even if its workers are killed.

use std::process::ExitCode;

use crate::cargo::{beside, cargo};
use crate::process;
use crate::workspace::{from_here, root};

/// Kills workers of `tests/apps/outbox` at random moments, while the mock fails every second request.
///
/// Afterwards, the mock must have accepted each message once, or the outbox must report the message as refused or unknown. Exits
/// with 1 if a message was lost or accepted twice. The command builds the application below `target/apps`, with its own lockfile.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of workers to kill
    #[arg(long, value_name = "NUMBER", default_value_t = 200)]
    kills: u32,

    /// Seed for the random moments and faults
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,

    /// Empty database, such as `postgres://…` [default: a new SQLite file]
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let url = match &arguments.database {
        Some(url) => url.clone(),
        None => new_file()?,
    };
    prove(arguments.kills, arguments.seed, &url)
}

/// Runs the program of `tests/apps/outbox/tests/kills`.
pub(crate) fn prove(kills: u32, seed: u64, url: &str) -> Result<ExitCode, String> {
    let mut test = cargo("test");
    test.args(["--quiet", "--locked", "--manifest-path"]);
    test.arg(from_here("tests/apps/outbox/Cargo.toml"));
    test.args([
        "--test",
        "kills",
        "--",
        &kills.to_string(),
        &seed.to_string(),
        url,
    ]);
    let status = process::run(beside(&mut test, &root().join("target/apps")))?;
    Ok(ExitCode::from(u8::from(!status.success())))
}

/// The URL of a new database.
fn new_file() -> Result<String, String> {
    let folder = root().join("target/apps/databases");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    }
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    Ok(format!(
        "sqlite:{}?mode=rwc",
        folder.join("outbox.db").display()
    ))
}
