//! Runs other programs.

use std::path::PathBuf;
use std::process::{Command, ExitStatus, Output, Stdio};

use crate::progress;
use crate::workspace::root;

/// Runs `command` with its output visible.
pub(crate) fn run(command: &mut Command) -> Result<ExitStatus, String> {
    eprintln!("$ {}", shown(command));
    progress::silent(|| command.status()).map_err(|error| cannot_start(command, &error))
}

/// Runs `command` with its output visible. Any exit code other than success is an error.
pub(crate) fn run_well(command: &mut Command) -> Result<(), String> {
    match run(command)? {
        status if status.success() => Ok(()),
        status => Err(format!("`{}` ended with {status}", shown(command))),
    }
}

/// Runs `command` and returns its output. If it takes long, a line names the command.
pub(crate) fn output(command: &mut Command) -> Result<Output, String> {
    let name = shown(command);
    progress::during(name, || command.stdin(Stdio::null()).output())
        .map_err(|error| cannot_start(command, &error))
}

/// A git command in the folder of the workspace.
pub(crate) fn git() -> Command {
    let mut git = Command::new("git");
    git.current_dir(root());
    git
}

/// Whether there is a program called `name` that can print its version.
pub(crate) fn exists(name: &str) -> bool {
    output(Command::new(name).arg("--version")).is_ok_and(|output| output.status.success())
}

/// A program that cargo builds to where it built this one.
pub(crate) fn beside_this_program(name: &str) -> Result<PathBuf, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Ok(this.with_file_name(name))
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start `{}`: {error}", shown(command))
}

/// The command as a user would type it.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
