//! `cargo xtask review`: checks that a branch declares its changes for users.

mod changelog;
pub(crate) mod surface;

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use telnyx_codegen::{Change, Report, Source, Upgrade, Version};

use crate::diff::accepted::{self, Accepted};
use crate::diff::{Spec, base, compare};
use crate::print;
use crate::workspace::{from_here, read_text, root};
use changelog::Changelog;

/// Compares the working tree with its base branch, and fails if there is a break that nobody declared.
///
/// To declare a break, raise the version far enough, or add an entry with its fingerprint and a reason to spec/accepted.yaml.
/// Each new entry must match a break of this branch. Each change that users notice must be in generated/CHANGELOG.md. If the
/// version of the base branch has a date there, such a change also needs a higher version.
///
/// In CI, the report is in the summary of the job, and each break is an annotation at its line.
///
/// Exits with 0 if every break is declared, with 1 otherwise, and with 2 if a spec cannot be read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Git revision to compare with [default: the commit where this branch left the main branch]
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
}

const CHANGELOG: &str = "generated/CHANGELOG.md";

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let revision = match &arguments.base {
        Some(revision) => revision.clone(),
        None => base::branch_point()?,
    };
    let old = Spec::revision(&revision)?;
    let new = Spec::working_tree()?;
    let Some(report) = compare(&old, &new) else {
        return Ok(ExitCode::from(2));
    };
    let (was, is) = (old.version()?, new.version()?);
    let taken = surface::taken_away(&revision)?;
    let accepted = Pending::between(&revision)?;
    let mistakes = mistakes(&report, &taken, &accepted, (was, is), &revision)?;

    print::line(report.text(was).trim_end())?;
    let summary = summary(&report, &taken, &mistakes, was);
    publish(&report, &summary)?;
    for line in taken.iter().take(20) {
        print::line(format_args!("- {line}"))?;
    }
    for mistake in &mistakes {
        eprintln!("error: {mistake}");
    }
    Ok(ExitCode::from(u8::from(!mistakes.is_empty())))
}

/// The entries of `accepted.yaml` that this branch adds.
struct Pending(Vec<Accepted>);

impl Pending {
    fn between(revision: &str) -> Result<Self, String> {
        let source = |bytes| Source {
            name: accepted::FILE.to_owned(),
            bytes,
        };
        let known = match base::file(revision, accepted::FILE)? {
            Some(bytes) => Accepted::read(source(bytes))?,
            None => Vec::new(),
        };
        let path = from_here(accepted::FILE);
        let mut entries = match path.is_file() {
            true => Accepted::read(source(read_text(&path)?.into_bytes()))?,
            false => Vec::new(),
        };
        entries.retain(|entry| !known.contains(entry));
        Ok(Self(entries))
    }

    fn has(&self, fingerprint: &str) -> bool {
        self.0.iter().any(|entry| entry.change == fingerprint)
    }
}

/// What the branch does not say, or says without need.
fn mistakes(
    report: &Report,
    taken: &[String],
    accepted: &Pending,
    (was, is): (Version, Version),
    revision: &str,
) -> Result<Vec<String>, String> {
    let mut mistakes = Vec::new();
    // The surface may lose lines by hand too, which the spec says nothing of.
    let of_surface = |line: &String| format!("surface {line}");
    let is_break = report.breaks().next().is_some() || !taken.is_empty();
    let needed = match is_break {
        true => was.after(telnyx_codegen::Upgrade::Major, report.deployed),
        false => was,
    };
    let undeclared: Vec<String> = report
        .breaks()
        .map(|change| change.fingerprint.clone())
        .chain(taken.iter().map(of_surface))
        .filter(|fingerprint| !accepted.has(fingerprint))
        .collect();
    if is < needed && !undeclared.is_empty() {
        mistakes.push(format!(
            "{} not declared: raise the version in Cargo.toml from {is} to {needed}, or accept each in {} with a reason:\n{}",
            match undeclared.len() {
                1 => "1 break is".to_owned(),
                count => format!("{count} breaks are"),
            },
            accepted::FILE,
            entries(&undeclared)
        ));
    }
    for entry in &accepted.0 {
        let fits = report
            .breaks()
            .any(|change| change.fingerprint == entry.change)
            || taken.iter().any(|line| of_surface(line) == entry.change);
        if !fits {
            mistakes.push(format!(
                "{}: there is no break `{}`: remove the entry",
                accepted::FILE,
                entry.change
            ));
        }
    }
    let before = base::file(revision, CHANGELOG)?.unwrap_or_default();
    let before = Changelog(String::from_utf8_lossy(&before).into_owned());
    let after = Changelog(read_text(&root().join(CHANGELOG))?);
    let least = match (report.upgrade, undeclared.is_empty()) {
        // Breaks that are accepted ask for what new items ask for.
        (Upgrade::Major, true) => was.after(Upgrade::Minor, report.deployed),
        _ => report.next(was),
    };
    if before.is_released(was) && is < least && mistakes.is_empty() {
        mistakes.push(format!(
            "{was} is released: raise the version in Cargo.toml from {is} to {least}"
        ));
    }
    if !after.has(is) {
        mistakes.push(format!("{CHANGELOG} has no heading `## {is} - unreleased`"));
    }
    let lines = changelog_lines(report, was);
    if !lines.is_empty() && after.0 == before.0 {
        // The changes belong to the first version that is not released.
        let next = match is > was || !before.is_released(was) {
            true => is,
            false => report.next(was),
        };
        mistakes.push(format!(
            "{CHANGELOG} lacks a change that users notice. You can start with this, under `## {next} - unreleased`:\n{lines}"
        ));
    }
    Ok(mistakes)
}

/// The lines for the changelog, without a heading.
fn changelog_lines(report: &Report, was: Version) -> String {
    let fragment = report.changelog(was);
    let lines = fragment.lines().filter(|line| line.starts_with("- "));
    lines.collect::<Vec<_>>().join("\n")
}

/// Entries for `accepted.yaml`, to be given their reasons.
fn entries(fingerprints: &[String]) -> String {
    let shown = fingerprints.iter().take(10);
    let mut entries: Vec<String> = shown
        .map(|fingerprint| format!("  - change: {fingerprint:?}\n    reason: …"))
        .collect();
    if fingerprints.len() > entries.len() {
        entries.push(format!(
            "  … and {} more",
            fingerprints.len() - entries.len()
        ));
    }
    entries.join("\n")
}

fn summary(report: &Report, taken: &[String], mistakes: &[String], version: Version) -> String {
    let mut summary = report.markdown(version);
    let mut section = |title: &str, text: &str| {
        summary.push_str(&format!(
            "\n**{title}**\n\n```text\n{}\n```\n",
            text.trim_end()
        ));
    };
    if !taken.is_empty() {
        let lines: Vec<String> = taken
            .iter()
            .take(40)
            .map(|line| format!("- {line}"))
            .collect();
        section(
            "Lines that this change removes from the public surface",
            &lines.join("\n"),
        );
    }
    let lines = changelog_lines(report, version);
    let is_asked_for = mistakes.iter().any(|mistake| mistake.contains(&lines));
    if !lines.is_empty() && !is_asked_for {
        section("For the changelog", &lines);
    }
    if !mistakes.is_empty() {
        section("To do", &mistakes.join("\n\n"));
    }
    summary
}

/// In CI: the summary of the job, and an annotation for each break and each new meaning.
fn publish(report: &Report, summary: &str) -> Result<(), String> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY") else {
        return Ok(());
    };
    let write = || -> std::io::Result<()> {
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(Path::new(&path))?;
        writeln!(file, "{summary}")
    };
    write().map_err(|error| format!("cannot write the summary: {error}"))?;
    for change in &report.changes {
        let is_break = change.rust == telnyx_codegen::Upgrade::Major;
        let is_felt = change.wire > telnyx_codegen::Deployed::Fine || change.behaviour.is_some();
        if is_break || is_felt {
            let level = if is_break { "error" } else { "warning" };
            print::line(annotation(level, change))?;
        }
    }
    Ok(())
}

/// `::error file=spec/openapi.yaml,line=3,col=5::…`
fn annotation(level: &str, change: &Change) -> String {
    let mut parts = change.place.rsplitn(3, ':');
    let (column, line, file) = (parts.next(), parts.next(), parts.next());
    let place = match (file, line, column) {
        // What is gone has no line here.
        (Some(file), Some(line), Some(column)) if !file.contains(':') => {
            format!("file={file},line={line},col={column},")
        }
        _ => String::new(),
    };
    format!(
        "::{level} {place}title={}::{}: {}",
        change.rule, change.path, change.sentence
    )
}
