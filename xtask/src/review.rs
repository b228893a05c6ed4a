//! `cargo xtask review`: checks that a branch declares its changes for users.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use telnyx_codegen::{Change, Deployed, Report, Source, Upgrade, Version};

use crate::changelog::{self, Changelog};
use crate::changes::Changes;
use crate::diff::accepted::{self, Accepted};
use crate::diff::{Spec, base};
use crate::print;
use crate::workspace::{from_here, read_text, root};

/// Compares the working tree with its base branch, and fails if a breaking change is not declared.
///
/// To declare a breaking change, raise the version as semver requires, or add an entry with the change's fingerprint and a reason
/// to spec/accepted.yaml. Each new entry in this file must match a breaking change of this branch. A change that users notice
/// needs a new line in generated/CHANGELOG.md, in the section of the branch's version. If the changelog has a release date for
/// the base branch's version, a change that users notice also needs a higher version. A new public item in hand-written code is
/// also a change that users notice.
///
/// In CI, the report is in the summary of the job, and each breaking change has an annotation at its line.
///
/// Exits with 0 if every breaking change is declared, with 1 otherwise, and with 2 if a spec cannot be read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Git revision to compare with [default: the commit where this branch left the main branch]
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let revision = match &arguments.base {
        Some(revision) => revision.clone(),
        None => base::branch_point()?,
    };
    let (old, new) = (Spec::revision(&revision)?, Spec::working_tree()?);
    let Some(changes) = Changes::between(&old, &new, &revision, pending(&revision)?)? else {
        return Ok(ExitCode::from(2));
    };
    let before = base::file(&revision, changelog::FILE)?.unwrap_or_default();
    let before = String::from_utf8_lossy(&before);
    let after = read_text(&root().join(changelog::FILE))?;
    let changelogs = (Changelog(&before), Changelog(&after));
    let mistakes = mistakes(&changes, new.version()?, changelogs);

    print::line(changes.report.text(changes.was).trim_end())?;
    publish(&changes.report, &summary(&changes, &mistakes))?;
    for line in surface_lines(&changes, 20) {
        print::line(line)?;
    }
    for mistake in &mistakes {
        eprintln!("error: {mistake}");
    }
    Ok(ExitCode::from(u8::from(!mistakes.is_empty())))
}

/// The entries of `accepted.yaml` that this branch adds.
fn pending(revision: &str) -> Result<Vec<Accepted>, String> {
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
    Ok(entries)
}

/// Changes that the branch does not declare, and declarations that it does not need. `is` is the branch's version.
fn mistakes(
    changes: &Changes,
    is: Version,
    (before, after): (Changelog<'_>, Changelog<'_>),
) -> Vec<String> {
    let mut mistakes = Vec::new();
    let was = changes.was;
    let undeclared = changes.undeclared();
    // Several breaks before a release need one breaking version.
    let released = before.newest_released().unwrap_or(was);
    let needed = released.after(Upgrade::Major, true);
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
    for change in changes.unmatched() {
        mistakes.push(format!(
            "{}: there is no break `{change}`: remove the entry",
            accepted::FILE
        ));
    }
    let least = changes.next();
    if before.is_released(was) && is < least && mistakes.is_empty() {
        mistakes.push(format!(
            "{was} is released: raise the version in Cargo.toml from {is} to {least}"
        ));
    }
    if !after.has(is) {
        mistakes.push(format!(
            "{} has no heading `## {is} - unreleased`",
            changelog::FILE
        ));
    }
    let lines = noticed(changes);
    if !lines.is_empty() && !after.says_more(is, before) {
        // The changes belong to the first unreleased version.
        let next = match is > was || !before.is_released(was) {
            true => is,
            false => least,
        };
        mistakes.push(format!(
            "{} lacks a change that users notice. You can start with this, under `## {next} - unreleased`:\n{}",
            changelog::FILE,
            lines.join("\n")
        ));
    }
    mistakes
}

/// A line for the changelog for each change that users notice, in generated code and in hand-written code.
fn noticed(changes: &Changes) -> Vec<String> {
    let surface = &changes.surface;
    let taken = surface
        .taken
        .iter()
        .map(|line| format!("- **Breaking:** `{line}` is gone."));
    let given = surface.given.iter().map(|line| format!("- New: `{line}`."));
    let lines = changes.lines().into_iter();
    lines.chain(taken).chain(given).collect()
}

/// The first lines that the public surface of hand-written code loses and gains.
fn surface_lines(changes: &Changes, count: usize) -> Vec<String> {
    let surface = &changes.surface;
    let taken = surface.taken.iter().map(|line| format!("- {line}"));
    let given = surface.given.iter().map(|line| format!("+ {line}"));
    taken.take(count).chain(given.take(count)).collect()
}

/// Entries for `accepted.yaml`, without their reasons.
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

fn summary(changes: &Changes, mistakes: &[String]) -> String {
    let mut summary = changes.report.markdown(changes.was);
    let mut section = |title: &str, text: &str| {
        summary.push_str(&format!(
            "\n**{title}**\n\n```text\n{}\n```\n",
            text.trim_end()
        ));
    };
    let surface = surface_lines(changes, 40);
    if !surface.is_empty() {
        let title = "Lines that this change removes from the public surface of hand-written code, and adds to it";
        section(title, &surface.join("\n"));
    }
    let lines = noticed(changes).join("\n");
    let is_asked_for = mistakes.iter().any(|mistake| mistake.contains(&lines));
    if !lines.is_empty() && !is_asked_for {
        section("For the changelog", &lines);
    }
    if !mistakes.is_empty() {
        section("To do", &mistakes.join("\n\n"));
    }
    summary
}

/// In CI, writes the job's summary, and an annotation for each break and each new meaning.
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
        let is_break = change.rust == Upgrade::Major;
        let is_felt = change.wire > Deployed::Fine || change.behaviour.is_some();
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
        // A removed part has no line in this revision.
        (Some(file), Some(line), Some(column)) if !file.contains(':') => {
            let file = escaped(file, true);
            format!("file={file},line={line},col={column},")
        }
        _ => String::new(),
    };
    let title = escaped(&change.rule, true);
    let mut sentences = vec![change.sentence()];
    sentences.extend(change.signatures.iter().cloned());
    let message = format!("{}: {}", change.path, sentences.join(" "));
    let message = escaped(&message, false);
    format!("::{level} {place}title={title}::{message}")
}

/// A text in a CI command. In a property, colons and commas would end the text.
fn escaped(text: &str, is_property: bool) -> String {
    let text = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    match is_property {
        true => text.replace(':', "%3A").replace(',', "%2C"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::tests::{SPEC, changes, version, with_break, with_field};

    const RELEASED: &str = "# Changelog\n\n## 0.3.1 - 2026-11-01\n\n- The first.\n";

    #[test]
    fn a_new_line_of_hand_written_code_needs_a_version_and_a_line_of_the_changelog() {
        let mut changes = changes(SPEC);
        changes.surface.given = vec!["pub fn Client::clone_with(&self) -> Client".to_owned()];
        let unchanged = (Changelog(RELEASED), Changelog(RELEASED));
        let found = mistakes(&changes, version("0.3.1"), unchanged);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("from 0.3.1 to 0.3.2"), "{found:?}");
        assert!(
            found[1].contains("- New: `pub fn Client::clone_with(&self) -> Client`."),
            "{found:?}"
        );

        let after = format!("## 0.3.2 - unreleased\n\n- Clients can be cloned.\n\n{RELEASED}");
        let found = mistakes(
            &changes,
            version("0.3.2"),
            (Changelog(RELEASED), Changelog(&after)),
        );
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn a_second_break_before_a_release_needs_no_second_version() {
        let before = format!("## 0.4.0 - unreleased\n\n- A break.\n\n{RELEASED}");
        let after = before.replace("- A break.", "- A break.\n- Another break.");
        let mut changes = changes(&with_break());
        changes.was = version("0.4.0");
        let changelogs = (Changelog(&before), Changelog(&after));
        assert_eq!(mistakes(&changes, version("0.4.0"), changelogs), [""; 0]);

        let before = before.replace("0.4.0", "0.3.2");
        let after = after.replace("0.4.0", "0.3.2");
        changes.was = version("0.3.2");
        let changelogs = (Changelog(&before), Changelog(&after));
        let found = mistakes(&changes, version("0.3.2"), changelogs);
        assert!(found[0].contains("from 0.3.2 to 0.4.0"), "{found:?}");
    }

    #[test]
    fn an_edit_of_an_old_section_is_not_the_line_that_the_changelog_lacks() {
        let before = format!("## 0.3.2 - unreleased\n\n{RELEASED}");
        let after = before.replace("The first.", "The very first.");
        let changes = changes(&with_field());
        let changelogs = (Changelog(&before), Changelog(&after));
        let found = mistakes(&changes, version("0.3.2"), changelogs);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("lacks a change"), "{found:?}");
    }

    #[test]
    fn a_command_to_ci_stays_one_command() {
        assert_eq!(escaped("50%: a, b\nc", false), "50%25: a, b%0Ac");
        assert_eq!(escaped("a: b, c", true), "a%3A b%2C c");
    }
}
