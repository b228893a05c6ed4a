//! Installs other people's programs below `target`, once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{exists, run_well};
use crate::workspace::write;

/// Where an installation says what it holds, once it is complete.
const MARK: &str = "installed.txt";

/// Installs packages of PyPI into an environment of their own in `folder`. Gives the environment's folder of programs.
pub(crate) fn python(folder: &Path, packages: &[&str]) -> Result<PathBuf, String> {
    once(folder, packages, "python3", || {
        run_well(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
        let mut pip = Command::new(folder.join("bin/pip"));
        run_well(pip.args(["install", "--quiet"]).args(packages))
    })?;
    Ok(folder.join("bin"))
}

/// Installs packages of npm in `folder`. Gives its `node_modules`.
pub(crate) fn node(folder: &Path, packages: &[&str]) -> Result<PathBuf, String> {
    once(folder, packages, "npm", || {
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--prefix"]).arg(folder);
        run_well(npm.args(packages))
    })?;
    Ok(folder.join("node_modules"))
}

/// Calls `install` unless it has been done for the same packages.
fn once(
    folder: &Path,
    packages: &[&str],
    installer: &str,
    install: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let mark = folder.join(MARK);
    let content = packages.join("\n");
    if fs::read_to_string(&mark).is_ok_and(|present| present == content) {
        return Ok(());
    }
    if !exists(installer) {
        return Err(format!("there is no `{installer}`"));
    }
    install()?;
    write(&mark, content)
}
