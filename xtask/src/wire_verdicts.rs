//! `cargo xtask wire-verdicts`: checks the verdicts of `diff` on published crates.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use telnyx_codegen::{Deployed, Input, Report};

use crate::cargo::beside;
use crate::input::read;
use crate::install;
use crate::many_crates::{ManyCrates, module};
use crate::print;
use crate::process::output;
use crate::upgrades::cases;
use crate::workspace::{root, write};

/// Checks the verdicts of `diff` on published versions: sends requests and reads responses with the crate of an old document.
///
/// The command creates sample requests from the old document, and sends them with the old crate. The package `jsonschema` checks
/// these requests against the new document. The command also creates sample responses and events from the new document, and reads
/// them with the old crate. Without --upstream, the command uses the changes in tests/fixtures/diff.
///
/// Exits with 0 if every verdict is right, with 1 if a verdict is wrong, and with 2 if a document cannot be read or the package
/// is not available. The command writes its files to target/wire-verdicts. A run takes minutes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with the documents that Telnyx published; the command compares each document in its subfolder `history` with
    /// every later document
    #[arg(long, value_name = "FOLDER")]
    upstream: Option<PathBuf>,

    /// As the old document, use only documents in `history` from this date or later
    #[arg(long, value_name = "DATE", requires = "upstream")]
    since: Option<String>,

    /// As the old document, use only documents in `history` from this date or earlier
    #[arg(long, value_name = "DATE", requires = "upstream")]
    until: Option<String>,

    /// Check only changes in tests/fixtures/diff/cases.yaml whose `name` or `row` contains this text; you can give this option
    /// several times
    #[arg(long, value_name = "TEXT", conflicts_with = "upstream")]
    only: Vec<String>,

    /// Exit with 77 instead of 2 if the package `jsonschema` is not available, for example without Python
    #[arg(long)]
    skip_missing: bool,
}

impl Arguments {
    /// Whether to read and send with the crate of a document, by the name of the document.
    fn includes(&self, name: &str) -> bool {
        let is_since = |since: &String| name >= since.as_str();
        let is_until = |until: &String| name <= until.as_str() || name.starts_with(until.as_str());
        self.since.as_ref().is_none_or(is_since) && self.until.as_ref().is_none_or(is_until)
    }
}

const VALIDATOR: [&str; 1] = ["jsonschema==4.26.0"];
/// The runtime that the copy of the crate has for the programs.
const WIRE: &str = include_str!("wire_verdicts/wire.rs");
const SCRIPT: &str = "xtask/src/wire_verdicts/wire.py";
/// How many old crates are compiled together.
const AT_ONCE: usize = 17;

/// A document, and the crate that is generated from it.
struct Subject {
    name: String,
    input: Input,
}

/// An old document and a new one.
type Pair = (usize, usize);

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let (subjects, pairs) = match &arguments.upstream {
        Some(folder) => history(folder, arguments)?,
        None => fixtures(&arguments.only)?,
    };
    if pairs.is_empty() {
        return Err("no document of `history` has such a date".to_owned());
    }
    let folder = root().join("target/wire-verdicts");
    for (index, subject) in subjects.iter().enumerate() {
        let merged = telnyx_codegen::merge(&subject.input);
        let merged = merged.map_err(|mistakes| mistakes.render(&subject.input, false))?;
        write(&document(&folder, index), merged.tree.to_json())?;
    }
    let python = match install::python(&folder.join("python"), &VALIDATOR) {
        Ok(programs) => programs.join("python"),
        Err(reason) => {
            return install::missing(&reason, arguments.skip_missing).map(ExitCode::from);
        }
    };
    let mut olds: Vec<usize> = pairs.iter().map(|(old, _)| *old).collect();
    olds.dedup();
    let mut tally = Tally::default();
    for olds in olds.chunks(AT_ONCE) {
        let of_these: Vec<Pair> = pairs
            .iter()
            .copied()
            .filter(|(old, _)| olds.contains(old))
            .collect();
        let program = build(&folder, &subjects, olds)?;
        let happened = happened(&folder, &python, &program, &subjects, &of_these)?;
        let reports = reports(&subjects, &of_these)?;
        for (((old, new), happened), report) in of_these.iter().zip(&happened).zip(&reports) {
            tally.compare((&subjects[*old], &subjects[*new]), happened, report)?;
        }
    }
    print::line(format_args!(
        "{} pairs, {} requests sent, {} responses and events read, {} verdicts wrong",
        pairs.len(),
        tally.sent,
        tally.read,
        tally.wrong
    ))?;
    Ok(ExitCode::from(u8::from(tally.wrong > 0)))
}

/// The spec before all changes, paired with each changed spec and with itself.
fn fixtures(only: &[String]) -> Result<(Vec<Subject>, Vec<Pair>), String> {
    let (base, cases) = cases::read_changes(only)?;
    let base = Subject {
        name: "no change".to_owned(),
        input: base,
    };
    let cases = cases.into_iter().map(|case| Subject {
        name: case.name,
        input: case.input,
    });
    let subjects: Vec<Subject> = std::iter::once(base).chain(cases).collect();
    let pairs = (0..subjects.len()).map(|new| (0, new)).collect();
    Ok((subjects, pairs))
}

/// Telnyx's documents in order. Each chosen one from `history` is paired with itself and with all later ones.
fn history(folder: &Path, arguments: &Arguments) -> Result<(Vec<Subject>, Vec<Pair>), String> {
    let mut subjects = Vec::new();
    let mut olds = 0;
    for (folder, ending) in [
        (folder.join("history"), "json"),
        (folder.to_owned(), "yaml"),
    ] {
        olds = olds.max(subjects.len());
        let entries = std::fs::read_dir(&folder);
        let entries =
            entries.map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| {
            path.extension().is_some_and(|is| is == ending) && !path.ends_with("pairs.json")
        });
        paths.sort();
        for path in paths {
            let name = path.file_stem().unwrap_or_default();
            subjects.push(Subject {
                name: name.to_string_lossy().into_owned(),
                input: Input::from(read(&path)?),
            });
        }
    }
    let count = subjects.len();
    let chosen: Vec<usize> = (0..olds)
        .filter(|old| arguments.includes(&subjects[*old].name))
        .collect();
    let pairs = chosen
        .into_iter()
        .flat_map(|old| (old..count).map(move |new| (old, new)));
    Ok((subjects, pairs.collect()))
}

fn document(folder: &Path, index: usize) -> PathBuf {
    folder.join(format!("documents/{index}.json"))
}

/// Compiles the crates of old documents as one program.
fn build(folder: &Path, subjects: &[Subject], olds: &[usize]) -> Result<PathBuf, String> {
    let crates = ManyCrates::new(folder.join("copy"), "crates")?;
    let mut modules = "#![allow(warnings)]\nuse crate::wire::{Given, Read};\n".to_owned();
    let (mut calls, mut events) = (String::new(), String::new());
    for old in olds {
        let Subject { name, input } = &subjects[*old];
        let module = module(name);
        let program = telnyx_codegen::wire_program(input, &crates.path(&module))
            .map_err(|unread| unread.diagnostics.render(input, false))?;
        crates.add(&module, input, &program)?;
        let _ = writeln!(modules, "pub mod {module};");
        let _ = writeln!(
            calls,
            "{module:?} => {module}::program::call(client, operation, given),"
        );
        let _ = writeln!(
            events,
            "{module:?} => Some({module}::program::event(body)),"
        );
    }
    let _ = write!(
        modules,
        "pub fn call(module: &str, client: &crate::Client, operation: &str, given: &Given) -> Option<Read> {{
match module {{ {calls} _ => None }}
}}
pub fn event(module: &str, body: &str) -> Option<Read> {{
match module {{ {events} _ => None }}
}}
"
    );
    write(&crates.source().join("wire.rs"), WIRE)?;
    crates.finish(&modules, &["wire"])?;
    write(
        &crates.source().join("bin/wire.rs"),
        "fn main() { telnyx_messaging::wire::run(telnyx_messaging::crates::call, telnyx_messaging::crates::event) }\n",
    )?;
    let build = folder.join("build");
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--offline", "--quiet", "--bin=wire"])
        .args(["--no-default-features", "--features=blocking,testing"])
        .current_dir(&crates.copy)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    let output = output(beside(&mut cargo, &build))?;
    match output.status.success() {
        true => Ok(build
            .join("debug")
            .join(format!("wire{}", std::env::consts::EXE_SUFFIX))),
        false => Err(format!(
            "cargo failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// What happened to an old crate.
struct Happened {
    requests: String,
    read: String,
    sent: usize,
    samples: usize,
    why: String,
}

fn happened(
    folder: &Path,
    python: &Path,
    program: &Path,
    subjects: &[Subject],
    pairs: &[Pair],
) -> Result<Vec<Happened>, String> {
    let mut lines = String::new();
    for (old, new) in pairs {
        let documents = [*old, *new].map(|index| document(folder, index).display().to_string());
        let _ = writeln!(
            lines,
            "{}\t{}",
            module(&subjects[*old].name),
            documents.join("\t")
        );
    }
    let list = folder.join("pairs.txt");
    write(&list, lines)?;
    let mut script = Command::new(python);
    let output = output(script.arg(root().join(SCRIPT)).arg(program).arg(&list))?;
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    if !output.status.success() {
        return Err(format!("{SCRIPT} failed"));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let happened = text.lines().map(|line| {
        let parts: Vec<&str> = line.split('\t').collect();
        let [requests, read, sent, samples, why] = parts[..] else {
            return Err(format!("{SCRIPT} printed: {line}"));
        };
        let count = |text: &str| {
            text.parse()
                .map_err(|_| format!("{SCRIPT} printed: {line}"))
        };
        Ok(Happened {
            requests: requests.to_owned(),
            read: read.to_owned(),
            sent: count(sent)?,
            samples: count(samples)?,
            why: why.to_owned(),
        })
    });
    happened.collect()
}

/// The reports of `diff` on each pair. Pairs with the same old document are together.
fn reports(subjects: &[Subject], pairs: &[Pair]) -> Result<Vec<Report>, String> {
    let mut reports = Vec::new();
    for of_one in pairs.chunk_by(|one, next| one.0 == next.0) {
        let news: Vec<Input> = of_one
            .iter()
            .map(|(_, new)| subjects[*new].input.clone())
            .collect();
        let old = &subjects[of_one[0].0].input;
        let found = telnyx_codegen::diff_each(old, &news);
        let found = found.map_err(|unread| unread.diagnostics.render(old, false))?;
        for (found, new) in found.into_iter().zip(&news) {
            let (forth, _) = found.map_err(|unread| unread.diagnostics.render(new, false))?;
            reports.push(forth);
        }
    }
    Ok(reports)
}

/// What was compared.
#[derive(Default)]
struct Tally {
    sent: usize,
    read: usize,
    wrong: usize,
}

impl Tally {
    fn compare(
        &mut self,
        (old, new): (&Subject, &Subject),
        happened: &Happened,
        report: &Report,
    ) -> Result<(), String> {
        self.sent += happened.sent;
        self.read += happened.samples;
        let said = said(report);
        let is = (happened.requests.as_str(), happened.read.as_str());
        if said != is {
            self.wrong += 1;
            print::line(format_args!(
                "{} → {}: `diff` says requests {}, responses and events {}; they are {} and {}. {}",
                old.name, new.name, said.0, said.1, is.0, is.1, happened.why
            ))?;
        }
        Ok(())
    }
}

/// The verdicts of `diff` on requests, and on responses and events.
fn said(report: &Report) -> (&'static str, &'static str) {
    let mut said: BTreeMap<bool, Deployed> = BTreeMap::new();
    for change in &report.changes {
        let starts = [
            "request-",
            "operation-",
            "authentication-",
            "body-type-",
            "accept-",
        ];
        let is_request = starts.iter().any(|start| change.rule.starts_with(start));
        let worst = said.entry(is_request).or_default();
        *worst = change.wire.max(*worst);
    }
    let of = |is_request| said.get(&is_request).copied().unwrap_or_default().word();
    (of(true), of(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_includes_each_document_whose_name_starts_with_it() {
        let arguments = Arguments {
            upstream: None,
            since: Some("2024-03".to_owned()),
            until: Some("2025".to_owned()),
            only: Vec::new(),
            skip_missing: false,
        };
        for (name, is_included) in [
            ("2024-02-28-api", false),
            ("2024-03-01-api", true),
            ("2025-12-31-api", true),
            ("2026-01-01-api", false),
        ] {
            assert_eq!(arguments.includes(name), is_included, "{name}");
        }
    }
}
