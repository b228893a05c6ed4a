//! `cargo xtask generate`: reads the inputs, runs the generator, writes what changed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use telnyx_codegen::{File, Input};

use crate::beside;
use crate::folder::{Changes, Kind, recover};
use crate::input::{read, show};
use crate::manifest;
use crate::print;
use crate::workspace::from_here;

/// Writes the generated code of the crate, or checks that it is up to date.
///
/// Exits with 0 if all is well, and with 1 if `--check` finds a difference. Exits with 2 if an input has a mistake, or if a file
/// cannot be read or written. If an input has a mistake, the command changes no file.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; list the files that are missing, that differ, or that should not exist
    #[arg(long)]
    check: bool,

    /// OpenAPI document (3.0 or 3.1, YAML or JSON); needs --out [default: spec/openapi.yaml]
    // The committed crate is written from the committed spec, with its overlay and its names, and from nothing else.
    #[arg(long, value_name = "FILE", requires = "out")]
    spec: Option<PathBuf>,

    /// OpenAPI Overlay 1.0 to apply to the document; needs --out [default: spec/overlay.yaml, or none with --spec]
    #[arg(long, value_name = "FILE", requires = "out")]
    overlay: Option<PathBuf>,

    /// File with names and facts that OpenAPI cannot express; needs --out [default: spec/sdk.yaml, or none with --spec]
    #[arg(long, value_name = "FILE", requires = "out")]
    config: Option<PathBuf>,

    /// Folder for the generated files [default: generated/src/api]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let input = arguments.input()?;
    let output = match telnyx_codegen::generate(&input) {
        Ok(output) => output,
        Err(mistakes) => {
            show(&mistakes, &input);
            return Ok(ExitCode::from(2));
        }
    };
    show(&output.diagnostics, &input);

    let folder = match &arguments.out {
        Some(folder) => folder.clone(),
        None => from_here("generated/src/api"),
    };
    let mut folders = vec![(folder, output.files)];
    // The names of errors and the mock depend only on the committed spec.
    let is_committed = arguments.out.is_none();
    if is_committed {
        let Some(files) = error_codes()? else {
            return Ok(ExitCode::from(2));
        };
        folders.push((from_here("generated/src/error/code"), files));
    }
    let mut code = ExitCode::SUCCESS;
    for (folder, files) in &folders {
        if !arguments.check {
            recover(folder)?;
        }
        let changes = Changes::between(folder, files)?;
        if arguments.check {
            if report_stale(&changes, folder)? {
                code = ExitCode::from(1);
            }
            continue;
        }
        changes.write()?;
        report_changes(&changes, folder)?;
    }
    if is_committed && !arguments.check {
        beside::write(&input)?;
        manifest::write(&output.features)?;
    } else if is_committed {
        let is_fresh = beside::are_fresh(&input)? & manifest::is_fresh(&output.features)?;
        if !is_fresh {
            code = ExitCode::from(1);
        }
    }
    Ok(code)
}

impl Arguments {
    fn input(&self) -> Result<Input, String> {
        let committed = |name: &str| self.spec.is_none().then(|| from_here(name));
        let overlay = self
            .overlay
            .clone()
            .or_else(|| committed("spec/overlay.yaml"));
        let config = self.config.clone().or_else(|| committed("spec/sdk.yaml"));
        let document = match &self.spec {
            Some(spec) => spec.clone(),
            None => from_here("spec/openapi.yaml"),
        };
        Ok(Input {
            document: read(&document)?,
            overlay: overlay.as_deref().map(read).transpose()?,
            config: config.as_deref().map(read).transpose()?,
        })
    }
}

/// The files for the error codes; `None` if `errors.yaml` has a mistake, which is then printed.
fn error_codes() -> Result<Option<Vec<File>>, String> {
    let input = Input::from(read(&from_here("spec/errors.yaml"))?);
    match telnyx_codegen::generate_error_codes(&input) {
        Ok(output) => Ok(Some(output.files)),
        Err(mistakes) => {
            show(&mistakes, &input);
            Ok(None)
        }
    }
}

/// Prints which files are stale, and returns whether there are any.
fn report_stale(changes: &Changes, folder: &Path) -> Result<bool, String> {
    for change in &changes.changes {
        let what = match change.kind() {
            Kind::Created => "is missing",
            Kind::Updated => "differs from the generator's output",
            Kind::Removed => "is no longer generated",
        };
        eprintln!("{} {what}", change.path.display());
    }
    match changes.changes.len() {
        0 => {
            let count = match changes.unchanged.len() {
                1 => "1 file".to_owned(),
                files => format!("{files} files"),
            };
            print::line(format_args!("{}: {count}, up to date", folder.display()))?;
            Ok(false)
        }
        stale => {
            let files = match stale {
                1 => "1 generated file is".to_owned(),
                _ => format!("{stale} generated files are"),
            };
            eprintln!("error: {files} stale: run the same command without `--check`");
            Ok(true)
        }
    }
}

fn report_changes(changes: &Changes, folder: &Path) -> Result<(), String> {
    let count = |kind| {
        changes
            .changes
            .iter()
            .filter(|change| change.kind() == kind)
            .count()
    };
    for change in &changes.changes {
        let what = match change.kind() {
            Kind::Created => "created",
            Kind::Updated => "updated",
            Kind::Removed => "removed",
        };
        print::line(format_args!("{what} {}", change.path.display()))?;
    }
    print::line(format_args!(
        "{}: {} created, {} updated, {} removed, {} unchanged",
        folder.display(),
        count(Kind::Created),
        count(Kind::Updated),
        count(Kind::Removed),
        changes.unchanged.len()
    ))
}

#[cfg(test)]
mod tests {
    use clap::{Args, FromArgMatches};

    use super::*;

    fn read_command(line: &[&str]) -> Result<Arguments, clap::Error> {
        let command = Arguments::augment_args(clap::Command::new("generate"));
        let line = ["generate"].iter().chain(line);
        Arguments::from_arg_matches(&command.try_get_matches_from(line)?)
    }

    #[test]
    fn another_input_never_writes_the_committed_crate() {
        for input in ["--spec", "--overlay", "--config"] {
            assert!(read_command(&[input, "a.yaml"]).is_err(), "{input}");
            assert!(read_command(&[input, "a.yaml", "--out", "a"]).is_ok());
        }
        assert!(read_command(&["--check"]).is_ok());
    }
}
