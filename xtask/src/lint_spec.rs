//! `cargo xtask lint-spec`: what linters that others wrote think of the spec.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::merge_spec::merged;
use crate::process::{self, exists, run_well};
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
    name: &'static str,
    /// The program that installs it.
    installer: &'static str,
    install: fn(&Path) -> Result<(), String>,
    /// Where the linter is in the folder of its installation.
    program: &'static str,
    arguments: &'static [&'static str],
}

const LINTERS: [Linter; 2] = [
    Linter {
        name: "openapi-spec-validator-0.9.0",
        installer: "python3",
        install: |folder| {
            run_well(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
            let mut pip = Command::new(folder.join("bin/pip"));
            run_well(pip.args(["install", "--quiet", "openapi-spec-validator==0.9.0"]))
        },
        program: "bin/openapi-spec-validator",
        arguments: &[],
    },
    Linter {
        name: "redocly-2.77.0",
        installer: "npm",
        install: |folder| {
            let mut npm = Command::new("npm");
            npm.args(["install", "--silent", "--prefix"]).arg(folder);
            run_well(npm.arg("@redocly/cli@2.77.0"))
        },
        program: "node_modules/.bin/redocly",
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
                println!("SKIPPED: {}: {reason}", linter.name);
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
        let folder = root().join("target/lint").join(self.name);
        let program = folder.join(self.program);
        if !program.exists() {
            if !exists(self.installer) {
                return Err(format!("there is no `{}`", self.installer));
            }
            (self.install)(&folder)?;
        }
        Ok(program)
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
