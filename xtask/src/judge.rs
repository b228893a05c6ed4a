//! `cargo xtask judge`: compares the crate with other programs.
//!
//! The comparisons are in `tests/judge`. This module installs, starts and ends the other programs.

mod bounded;
mod postgres;
mod server;
mod wire;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use self::bounded::run_for;
use self::server::Server;
use crate::cargo::{CRATE, cargo};
use crate::install;
use crate::merge_spec::merged;
use crate::process::{self, beside_this_program, run_well};
use crate::workspace::{from_here, root, write};

/// Compares the crate with other programs. The command installs these programs below `target/judge`, from PyPI, npm
/// and Debian.
///
/// All servers run on 127.0.0.1. Exits with 0 if there is no difference, with 1 if there is a difference, and with 2 if a
/// program is not available or fails.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    comparison: Comparison,

    /// Exit with 77 instead of 2 if a required program is not available, for example without Python or npm
    #[arg(long, global = true)]
    skip_missing: bool,
}

#[derive(clap::Subcommand)]
enum Comparison {
    /// Sends every operation to the mock servers Prism and Steady, which check the request against the spec
    Servers,
    /// Signs and verifies webhooks with the crate and with Telnyx's Python and Node clients
    Webhooks {
        /// File with test vectors from another implementation; the command also checks these vectors
        #[arg(long, value_name = "FILE")]
        vectors: Option<PathBuf>,
    },
    /// Sends every operation to the mock with the crate and with Telnyx's Python and Node clients, and runs one scenario with
    /// each client. The package `jsonschema` checks each response
    Clients,
    /// Tests the mock's inbox in Debian's Chromium, and takes screenshots
    Inbox,
    /// Compares the spec with the types of Telnyx's Python client, in both directions
    Types {
        /// Compare with the newest version of the client instead of the pinned version
        #[arg(long)]
        newest: bool,
    },
    /// Kills workers of `tests/apps/outbox`, which use a PostgreSQL database from Debian's package
    Apps {
        /// Number of workers to kill
        #[arg(long, value_name = "NUMBER", default_value_t = 200)]
        kills: u32,
    },
    /// Counts the SMS parts of 100,000 random texts with the crate and with the package `sms-segments-calculator`
    Segments,
    /// Sends parameters of each type, place, `style` and `explode` that the generator supports, and decodes the requests with the
    /// package `openapi-core`
    Wire,
    /// Counts the messages that a failing server receives from the crate and from Telnyx's Python and Node clients
    Retries,
}

const MOCK_SERVERS: [&str; 2] = ["@stoplight/prism-cli@5.16.0", "@stdy/cli@0.22.2"];
const CALCULATOR: [&str; 1] = ["sms-segments-calculator@1.3.0"];
const TELNYX_FOR_NODE: [&str; 1] = ["telnyx@7.24.0"];
/// The packages whose types are compared: the pinned version, and below the newest one.
const TYPES: [&str; 1] = ["telnyx==4.189.0"];
const NEWEST_TYPES: [&str; 1] = ["telnyx"];
const TELNYX_FOR_PYTHON: [&str; 2] = ["telnyx==4.189.0", "pynacl==1.6.2"];

const BROWSER: [&str; 2] = ["chromium", "fonts-dejavu-core"];
const DRIVER: [&str; 1] = ["playwright-core@1.64.1"];
const READER: [&str; 1] = ["openapi-core==0.19.5"];
const VALIDATOR: [&str; 1] = ["jsonschema==4.26.0"];

/// The maximum time of a comparison. Each takes less than half a minute.
const LIMIT: Duration = Duration::from_secs(300);

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let outcome = match &arguments.comparison {
        Comparison::Servers => mock_servers().map(|node_modules| servers(&node_modules)),
        Comparison::Webhooks { vectors } => {
            telnyx_clients().map(|clients| webhooks(&clients, vectors.as_deref()))
        }
        Comparison::Clients => validator_and_clients().map(|programs| clients(&programs)),
        Comparison::Inbox => driver_and_browser().map(|programs| inbox(&programs)),
        Comparison::Types { newest } => client_types(*newest).map(|python| types(&python)),
        Comparison::Apps { kills } => postgres::Server::start().map(|server| {
            crate::outbox::prove(*kills, 1, server.url()).map(|ended| ended == ExitCode::SUCCESS)
        }),
        Comparison::Segments => calculator().map(|node_modules| segments(&node_modules)),
        Comparison::Wire => reader().map(|python| wire::run(&python)),
        Comparison::Retries => telnyx_clients().map(|clients| judge("retries", &clients)),
    };
    match outcome {
        Ok(verdict) => Ok(ExitCode::from(u8::from(!verdict?))),
        Err(reason) => install::missing(&reason, arguments.skip_missing).map(ExitCode::from),
    }
}

fn mock_servers() -> Result<PathBuf, String> {
    install::node(&root().join("target/judge/servers"), &MOCK_SERVERS)
}

fn calculator() -> Result<PathBuf, String> {
    install::node(&root().join("target/judge/calculator"), &CALCULATOR)
}

fn segments(node_modules: &Path) -> Result<bool, String> {
    judge("segments", &[node_modules, &root().join("target/judge")])
}

/// The arguments for comparisons with Telnyx's clients: the Python interpreter, and the folder of npm packages.
fn telnyx_clients() -> Result<[PathBuf; 2], String> {
    let folder = root().join("target/judge");
    let programs = install::python(&folder.join("python"), &TELNYX_FOR_PYTHON)?;
    let node_modules = install::node(&folder.join("node"), &TELNYX_FOR_NODE)?;
    Ok([programs.join("python"), node_modules])
}

fn validator_and_clients() -> Result<[PathBuf; 3], String> {
    let [python, node_modules] = telnyx_clients()?;
    let validator = install::python(&root().join("target/judge/validator"), &VALIDATOR)?;
    Ok([python, node_modules, validator.join("python")])
}

/// The Python interpreter with the package that decodes requests.
fn reader() -> Result<PathBuf, String> {
    let folder = root().join("target/judge/reader");
    Ok(install::python(&folder, &READER)?.join("python"))
}

/// The folder of npm packages, and Chromium.
fn driver_and_browser() -> Result<[PathBuf; 2], String> {
    let folder = root().join("target/judge");
    let node_modules = install::node(&folder.join("driver"), &DRIVER)?;
    let chromium = install::debian(
        &folder.join("browser"),
        &BROWSER,
        "usr/lib/chromium/chromium",
    )?;
    Ok([node_modules, chromium])
}

fn inbox(programs: &[PathBuf; 2]) -> Result<bool, String> {
    let [node_modules, chromium] = programs;
    judge(
        "inbox",
        &[node_modules, chromium, &root().join("target/judge")],
    )
}

fn clients(programs: &[PathBuf; 3]) -> Result<bool, String> {
    let spec = merged_spec()?;
    let [python, node_modules, validator] = programs;
    judge("clients", &[python, node_modules, validator, &spec])
}

/// The Python interpreter with the client whose types are compared. The newest version is installed again each time.
fn client_types(newest: bool) -> Result<PathBuf, String> {
    let folder = root().join("target/judge");
    if !newest {
        return Ok(install::python(&folder.join("types"), &TYPES)?.join("python"));
    }
    let folder = folder.join("newest");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    }
    Ok(install::python(&folder, &NEWEST_TYPES)?.join("python"))
}

fn types(python: &Path) -> Result<bool, String> {
    judge("types", &[python, &merged_spec()?])
}

fn servers(node_modules: &Path) -> Result<bool, String> {
    let spec = merged_spec()?;
    let spec = spec.to_string_lossy();
    let prism = node_modules.join(".bin/prism");
    let prism = Server::start("prism", &prism, &["mock", "--errors", &spec])?;
    let steady = Server::start("steady", &steady(node_modules), &[&spec])?;
    judge("servers", &[prism.address(), steady.address()])
}

/// Writes the document with its overlay to a file for the other programs.
fn merged_spec() -> Result<PathBuf, String> {
    let overlay = from_here("spec/overlay.yaml");
    let tree = merged(&from_here("spec/openapi.yaml"), Some(&overlay))?;
    let spec = root().join("target/judge/spec.json");
    write(&spec, tree.ok_or("the spec has mistakes")?.to_json())?;
    Ok(spec)
}

/// The program itself. Steady's script would start it as a child process, which would outlive the script if the script is killed.
fn steady(node_modules: &Path) -> PathBuf {
    let folder = node_modules.join("@stdy");
    let platforms = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut programs = platforms.map(|platform| platform.path().join("bin/steady"));
    programs
        .find(|program| program.exists())
        .unwrap_or_else(|| folder.join("cli/steady.js"))
}

fn webhooks(clients: &[PathBuf; 2], vectors: Option<&Path>) -> Result<bool, String> {
    let agrees = judge("webhooks", clients)?;
    let Some(vectors) = vectors else {
        return Ok(agrees);
    };
    let mut run = cargo("run");
    run.args(["--quiet", "--package", CRATE]);
    run.args(["--example", "webhook_vectors", "--"]);
    let here = std::env::current_dir().map_err(|error| error.to_string())?;
    let status = process::run(run.arg(here.join(vectors)))?;
    Ok(agrees && status.success())
}

/// Runs a comparison, and returns whether it found no difference.
fn judge(comparison: &str, arguments: &[impl AsRef<OsStr>]) -> Result<bool, String> {
    run_well(cargo("build").args(["--quiet", "--package", "telnyx-messaging-judge"]))?;
    let mut command = Command::new(beside_this_program("judge")?);
    let status = run_for(LIMIT, command.arg(comparison).args(arguments))?;
    match status.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => Err(format!("the comparison ended with {status}")),
    }
}
