//! `cargo xtask lint-spec`: what linters that others wrote think of the spec.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::install;
use crate::merge_spec::merged;
use crate::process;
use crate::workspace::{from_here, root, write};

/// Asks openapi-spec-validator and redocly about the spec, without and with the overlay.
///
/// Both are installed below `target/lint`, from PyPI and npm. Ends with 0 if there is no error, 1 if there is one, 2 if the
/// spec cannot be read or a linter cannot be had.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// End with 0 if a linter cannot be had, as without Python, npm or their registries
    #[arg(long)]
    skip_missing: bool,
}

/// A linter, and how it is had.
struct Linter {
    /// The package with its version.
    package: &'static str,
    /// The folder of its installation, below `target/lint`.
    folder: &'static str,
    install: fn(&Path, &[&str]) -> Result<PathBuf, String>,
    /// Where the program is among those of the installation.
    program: &'static str,
    arguments: &'static [&'static str],
}

const LINTERS: [Linter; 2] = [
    Linter {
        package: "openapi-spec-validator==0.9.0",
        folder: "openapi-spec-validator",
        install: install::python,
        program: "openapi-spec-validator",
        arguments: &[],
    },
    Linter {
        package: "@redocly/cli@2.77.0",
        folder: "redocly",
        install: install::node,
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

    let mut code = 0;
    for linter in &LINTERS {
        match linter.ready() {
            Ok(program) => {
                for document in [&spec, &with_overlay] {
                    if !linter.accepts(&program, document)? {
                        code = code.max(1);
                    }
                }
            }
            Err(reason) => {
                println!("SKIPPED: {}: {reason}", linter.package);
                if !arguments.skip_missing {
                    code = 2;
                }
            }
        }
    }
    Ok(ExitCode::from(code))
}

impl Linter {
    /// The linter's program, installed if it is not there yet; why not, if it cannot be.
    fn ready(&self) -> Result<PathBuf, String> {
        let folder = root().join("target/lint").join(self.folder);
        let programs = (self.install)(&folder, &[self.package])?;
        Ok(programs.join(self.program))
    }

    fn accepts(&self, program: &Path, document: &Path) -> Result<bool, String> {
        let mut command = Command::new(program);
        command
            .args(self.arguments)
            .arg(document)
            // Redocly reports its use and asks for updates unless told otherwise.
            .env("REDOCLY_TELEMETRY", "off")
            .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        Ok(process::run(&mut command)?.success())
    }
}
