//! `cargo xtask readme`: checks that the samples of the READMEs compile and work.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};

use crate::cargo::{beside, cargo};
use crate::print;
use crate::process::{beside_this_program, output, run as run_command, run_well};
use crate::workspace::{read, root, write};

/// Compiles the samples of README.md and generated/README.md in a crate with only the dependencies that the README lists, and
/// runs the first sample against the mock.
///
/// The command writes the crate with the samples to `target/readme`. Exits with 1 if a sample does not compile, or if the mock
/// does not accept the message of the first sample.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

const READMES: [&str; 2] = ["README.md", "generated/README.md"];

pub(crate) fn run(_: &Arguments) -> Result<ExitCode, String> {
    let folder = root().join("target/readme");
    let readme = text(READMES[0])?;
    write(&folder.join("Cargo.toml"), manifest(&readme)?)?;
    write(
        &folder.join("Cargo.lock"),
        read(&root().join("Cargo.lock"))?,
    )?;
    write(&folder.join("src/lib.rs"), samples())?;
    write(&folder.join("src/main.rs"), program(&readme)?)?;
    if !run_command(here("test", &folder).args(["--quiet", "--doc"]))?.success() {
        return Ok(ExitCode::FAILURE);
    }
    run_well(here("build", &folder).arg("--quiet"))?;
    run_well(cargo("build").args(["--quiet", "--package", "telnyx-messaging-mock"]))?;
    let mock = Mock::start()?;
    let mut first = Command::new(folder.join("target/debug/readme"));
    first.env("TELNYX_BASE_URL", &mock.base_url);
    let said = output(first.env("TELNYX_API_KEY", "KEY"))?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    print::line(format_args!("the first sample says: {}", said.trim()))?;
    Ok(ExitCode::from(u8::from(!said.starts_with("accepted as "))))
}

/// A cargo command in the crate.
fn here(command: &str, folder: &Path) -> Command {
    let mut cargo = cargo(command);
    beside(cargo.current_dir(folder), &folder.join("target"));
    cargo
}

/// A running mock. Dropping this value ends the mock.
struct Mock {
    program: Child,
    base_url: String,
    /// Kept open, because the mock continues to print.
    _printed: BufReader<ChildStdout>,
}

/// What the mock prints before the address of its API.
const BASE_URL: &str = "TELNYX_BASE_URL=";

impl Mock {
    /// Starts the mock that cargo has built beside this program, and waits until it prints its address.
    fn start() -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("cannot start the mock: {error}");
        let mut mock = Command::new(beside_this_program("telnyx-messaging-mock")?);
        mock.args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped());
        let mut program = mock.spawn().map_err(failed)?;
        let printed = program.stdout.take().map(BufReader::new);
        let mut printed = printed.ok_or("the mock prints nothing")?;
        let mut line = String::new();
        printed.read_line(&mut line).map_err(failed)?;
        let base_url = line.trim().strip_prefix(BASE_URL);
        let base_url = base_url.ok_or_else(|| format!("the mock says `{}`", line.trim()))?;
        Ok(Self {
            program,
            base_url: base_url.to_owned(),
            _printed: printed,
        })
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // The mock may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn text(path: &str) -> Result<String, String> {
    Ok(String::from_utf8_lossy(&read(&root().join(path))?).into_owned())
}

/// The dependencies from the README, with a path that is relative to the repository.
fn manifest(readme: &str) -> Result<String, String> {
    let dependencies = block(readme, "toml").ok_or("the README lists no dependencies")?;
    let dependencies = dependencies.replace("../telnyx-messaging/generated", "../../generated");
    let package = "[package]\nname = \"readme\"\nedition = \"2024\"\n\n[workspace]\n\n";
    Ok(format!("{package}{dependencies}"))
}

/// A library with the READMEs as its documentation, so that their samples are its doctests.
fn samples() -> String {
    let modules = READMES.map(|path| {
        let name = path.replace(['/', '.'], "_").to_lowercase();
        format!("#[doc = include_str!(\"../../../{path}\")]\npub mod {name} {{}}\n")
    });
    modules.concat()
}

/// The first sample, which is a complete program.
fn program(readme: &str) -> Result<String, String> {
    block(readme, "rust,no_run").ok_or_else(|| "the README has no sample".to_owned())
}

/// The first code block in this language.
fn block(readme: &str, language: &str) -> Option<String> {
    let (_, rest) = readme.split_once(&format!("```{language}\n"))?;
    let (block, _) = rest.split_once("```")?;
    Some(block.to_owned())
}
