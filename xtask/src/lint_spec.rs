//! `cargo xtask lint-spec`: runs other linters on the spec.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::install;
use crate::merge_spec::merged;
use crate::process;
use crate::workspace::{from_here, root, write};

/// Checks the spec with openapi-spec-validator and redocly, without and with the overlay.
///
/// The command installs both linters below `target/lint`, from PyPI and npm. Exits with 0 if there is no error, with 1 if there
/// is an error, and with 2 if the spec cannot be read or a linter is not available.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Exit with 77 instead of 2 if a linter is not available, for example without Python or npm
    #[arg(long)]
    skip_missing: bool,
}

/// A linter, and how to install it.
struct Linter {
    name: &'static str,
    /// Returns the folder of the linter's program.
    install: fn(&Path) -> Result<PathBuf, String>,
    program: &'static str,
    arguments: &'static [&'static str],
}

const LINTERS: [Linter; 2] = [
    Linter {
        name: "openapi-spec-validator",
        install: |folder| install::python(folder, &["openapi-spec-validator==0.9.0"]),
        program: "openapi-spec-validator",
        arguments: &[],
    },
    Linter {
        name: "redocly",
        install: |folder| install::node(folder, &["@redocly/cli@2.77.0"]),
        program: ".bin/redocly",
        arguments: &["lint", "--extends=recommended", "--format=stylish"],
    },
];

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let spec = from_here("spec/openapi.yaml");
    let Some(tree) = merged(&spec, Some(&from_here("spec/overlay.yaml")))? else {
        return Ok(ExitCode::from(2));
    };
    let with_overlay = from_here("target/lint/with-overlay.json");
    write(&with_overlay, tree.to_json())?;

    let mut has_error = false;
    let mut missing = None;
    for linter in &LINTERS {
        match linter.ready() {
            Ok(program) => {
                for document in [&spec, &with_overlay] {
                    if !linter.accepts(&program, document)? {
                        has_error = true;
                    }
                }
            }
            Err(reason) => {
                let reason = format!("{}: {reason}", linter.name);
                missing = Some(install::missing(&reason, arguments.skip_missing)?);
            }
        }
    }
    // An error of one linter counts for more than the absence of the other.
    Ok(ExitCode::from(match (has_error, missing) {
        (true, _) => 1,
        (false, missing) => missing.unwrap_or(0),
    }))
}

impl Linter {
    /// The linter's program, installed if it is missing, or the reason why it cannot be installed.
    fn ready(&self) -> Result<PathBuf, String> {
        let folder = root().join("target/lint").join(self.name);
        let programs = (self.install)(&folder)?;
        Ok(programs.join(self.program))
    }

    fn accepts(&self, program: &Path, document: &Path) -> Result<bool, String> {
        let mut command = Command::new(program);
        command
            .args(self.arguments)
            .arg(document)
            // By default, Redocly reports its use and checks for updates.
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        Ok(process::run(&mut command)?.success())
    }
}
