//! `cargo xtask package`: checks that the publishable packages build from their archives.

use std::process::{Command, ExitCode};

use crate::cargo::{cargo, publishable};
use crate::print;
use crate::process::{output, run as run_command};
use crate::workspace::root;

/// Packs all publishable packages together, and builds each from its archive.
///
/// The command builds each package with the default features, and then with all features. Each archive must contain the README,
/// the changelog and both licences. Exits with 0 if all is well, and with 1 otherwise.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

/// Files that each package must contain.
const NEEDED: [&str; 4] = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];

pub(crate) fn run(_: &Arguments) -> Result<ExitCode, String> {
    let packages = publishable()?;
    let is_well = builds(&packages)?;
    if is_well {
        let packages = packages.join(", ");
        print::line(format_args!("built from its packed form: {packages}"))?;
    }
    Ok(ExitCode::from(u8::from(!is_well)))
}

/// Whether all packages are complete, and build.
fn builds(packages: &[String]) -> Result<bool, String> {
    let mut is_well = true;
    for package in packages {
        for missing in missing(package)? {
            is_well = false;
            print::line(format_args!("{package} lacks {missing}"))?;
        }
    }
    for features in [None, Some("--all-features")] {
        is_well = is_well && run_command(pack(packages).args(features))?.success();
    }
    Ok(is_well)
}

/// The command that packs and builds. It also packs uncommitted changes.
fn pack(packages: &[String]) -> Command {
    let mut pack = cargo("package");
    pack.args(["--quiet", "--allow-dirty"]);
    for package in packages {
        pack.args(["--package", package]);
    }
    pack.env("CARGO_TARGET_DIR", root().join("target/package-check"));
    pack
}

/// The files that a package should contain but lacks.
fn missing(package: &str) -> Result<Vec<&'static str>, String> {
    let mut list = cargo("package");
    list.args(["--list", "--allow-dirty", "--package", package]);
    let output = output(&mut list)?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let files = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_missing = |needed: &&str| !files.lines().any(|file| file == *needed);
    Ok(NEEDED.into_iter().filter(is_missing).collect())
}
