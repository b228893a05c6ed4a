//! Installs other programs below `target`, each only once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::print;
use crate::process::{exists, run_well};
use crate::workspace::write;

/// The file that lists an installation's packages, once the installation is complete.
const MARK: &str = "installed.txt";

/// The exit code of a command that was skipped, as in automake's tests. `.ci/run` counts it apart.
const SKIPPED: u8 = 77;

/// Says that a program cannot be had. The exit code is an error, unless the caller allows the command to skip what needs it.
pub(crate) fn missing(reason: &str, skip_missing: bool) -> Result<u8, String> {
    let (word, code) = match skip_missing {
        true => ("SKIPPED", SKIPPED),
        false => ("not available", 2),
    };
    print::line(format_args!("{word}: {reason}"))?;
    Ok(code)
}

/// Installs PyPI packages into a virtual environment in `folder`. Returns the environment's folder of programs.
pub(crate) fn python(folder: &Path, packages: &[&str]) -> Result<PathBuf, String> {
    once(folder, packages, "python3", || {
        run_well(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
        let mut pip = Command::new(folder.join("bin/pip"));
        run_well(pip.args(["install", "--quiet"]).args(packages))
    })?;
    Ok(folder.join("bin"))
}

/// Installs npm packages in `folder`. Returns its `node_modules`.
pub(crate) fn node(folder: &Path, packages: &[&str]) -> Result<PathBuf, String> {
    once(folder, packages, "npm", || {
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--prefix"]).arg(folder);
        run_well(npm.args(packages))
    })?;
    Ok(folder.join("node_modules"))
}

/// Unpacks Debian packages in `folder`, with the dependencies that the system lacks. Returns a script that starts `program`, a
/// path in the packages, with their libraries and fonts.
pub(crate) fn debian(folder: &Path, packages: &[&str], program: &str) -> Result<PathBuf, String> {
    let script = folder.join("start.sh");
    once(folder, packages, "apt-get", || {
        let archives = folder.join("archives");
        fs::create_dir_all(archives.join("partial")).map_err(|error| error.to_string())?;
        let mut download = Command::new("apt-get");
        download.args(["install", "--download-only", "--yes", "--quiet"]);
        download.args(["--reinstall", "--no-install-recommends"]);
        download.args(["-o", "Debug::NoLocking=1", "-o"]);
        download.arg(format!("Dir::Cache::archives={}", archives.display()));
        run_well(download.args(packages))?;
        for package in fs::read_dir(&archives).map_err(|error| error.to_string())? {
            let package = package.map_err(|error| error.to_string())?.path();
            if package.extension().is_some_and(|ending| ending == "deb") {
                let mut unpack = Command::new("dpkg-deb");
                run_well(unpack.arg("--extract").arg(package).arg(folder))?;
            }
        }
        fs::remove_dir_all(&archives).map_err(|error| error.to_string())?;
        let fonts = folder.join("usr/share/fonts");
        let fonts = format!("<fontconfig><dir>{}</dir></fontconfig>", fonts.display());
        write(&folder.join("fonts.conf"), fonts)?;
        write(&script, start(folder, program))?;
        run_well(Command::new("chmod").arg("+x").arg(&script))
    })?;
    Ok(script)
}

/// A script that starts a program in `folder`.
fn start(folder: &Path, program: &str) -> String {
    let folder = folder.display();
    format!(
        "#!/bin/sh
folder='{folder}'
export FONTCONFIG_FILE=\"$folder/fonts.conf\"
export LD_LIBRARY_PATH=\"$(find \"$folder/usr/lib\" -name '*.so*' -printf '%h:' | tr ':' '\\n' | sort -u | tr '\\n' ':')\"
exec \"$folder/{program}\" \"$@\"
"
    )
}

/// Calls `install`, unless the same packages are installed already.
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
