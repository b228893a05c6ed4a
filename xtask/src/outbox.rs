//! `cargo xtask outbox`: whether the outbox sends each message once, whatever is killed.

use std::process::ExitCode;

use crate::cargo::{beside, cargo};
use crate::process;
use crate::workspace::{from_here, root};

/// Kills workers of `tests/apps/outbox` at random moments, while its mock fails every second request.
///
/// Afterwards each message is accepted once, refused, or told as unknown; none is lost. Ends with 1 if one is not. The
/// program is built below `target/apps`, with the crates of its own lockfile.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many workers are killed
    #[arg(long, value_name = "NUMBER", default_value_t = 200)]
    kills: u32,

    /// What the moments and faults are drawn from
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,

    /// An empty database, as `postgres://…` [default: a new file of SQLite]
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

/// The URL of a database that is not there yet.
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
