//! `cargo xtask release`: prepares a release with the version that its changes need.

mod committed;
mod plan;

use std::process::ExitCode;

use telnyx_codegen::Version;

use crate::cargo::{cargo, publishable};
use crate::changelog;
use crate::changes::Changes;
use crate::diff::accepted::{self, Accepted};
use crate::diff::{Spec, base};
use crate::print;
use crate::process::run_well;
use crate::workspace::{read_text, root, write};
use plan::Plan;

/// Prepares a release: chooses the version, writes the version and the changelog, and lists the packages to publish.
///
/// The version depends on the changes since the last release. The last release is the newest tag such as `v0.1.0`. A breaking
/// change needs a new major version, or a new minor version before 1.0. `cargo xtask diff` finds changes in the spec, and the
/// snapshots of the public items show changes in the hand-written code.
///
/// The command edits Cargo.toml, Cargo.lock, generated/CHANGELOG.md and spec/accepted.yaml. The command does not commit, tag or
/// publish, but prints the commands for these steps. The tag contains only committed changes, so commit all other changes
/// first.
///
/// Exits with 0 if the release is ready or there is nothing to release. Exits with 1 if the release cannot be prepared, and
/// with 2 if a file cannot be read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; print the version, the new section of the changelog and the packages
    #[arg(long)]
    dry_run: bool,

    /// Git revision of the last release [default: the newest tag such as v0.1.0; none before the first release]
    #[arg(long, value_name = "REVISION")]
    since: Option<String>,

    /// Date of the release, such as 2026-12-01 [default: the date of the newest commit]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
}

/// The files that the command edits. The release commit contains them.
const EDITED: [&str; 4] = ["Cargo.toml", "Cargo.lock", changelog::FILE, accepted::FILE];

const NOTHING_ACCEPTED: &str = "accepted: []\n";

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let since = match &arguments.since {
        Some(revision) => Some(revision.clone()),
        None => base::newest_release()?,
    };
    let date = match &arguments.date {
        Some(date) => date.clone(),
        None => base::day_of_newest_commit()?,
    };
    let new = Spec::working_tree()?;
    let old = since.as_deref().map(Spec::revision).transpose()?;
    let changes = match (&old, &since) {
        (Some(old), Some(revision)) => {
            let changes = Changes::between(old, &new, revision, accepted_breaks()?)?;
            if changes.is_none() {
                return Ok(ExitCode::from(2));
            }
            changes
        }
        _ => None,
    };
    if let Some(warning) = changes.as_ref().and_then(renamed_breaks) {
        eprintln!("warning: {warning}");
    }
    let changelog = read_text(&root().join(changelog::FILE))?;
    let plan = match plan::make(changes.as_ref(), new.version()?, &changelog, &date) {
        Ok(Some(plan)) => plan,
        Ok(None) => {
            let nothing =
                "users notice no change since the last release, so there is nothing to release";
            print::line(nothing)?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(reason) => return Ok(not_prepared(&reason)),
    };
    if let Some(reason) = committed::missing(&EDITED)? {
        if !arguments.dry_run {
            return Ok(not_prepared(&reason));
        }
        eprintln!("warning: {reason}");
    }
    let packages = publishable()?;
    show(&plan, since.as_deref(), &packages)?;
    if !arguments.dry_run {
        apply(&plan, new.version()?)?;
    }
    next_steps(&plan, &packages, arguments.dry_run)?;
    Ok(ExitCode::SUCCESS)
}

fn not_prepared(reason: &str) -> ExitCode {
    eprintln!("error: {reason}");
    ExitCode::from(1)
}

fn accepted_breaks() -> Result<Vec<Accepted>, String> {
    let path = root().join(accepted::FILE);
    Accepted::read(telnyx_codegen::Source {
        name: accepted::FILE.to_owned(),
        bytes: read_text(&path)?.into_bytes(),
    })
}

/// A sentence about accepted breaks that have another name since the last release: several changes of one item become one.
fn renamed_breaks(changes: &Changes) -> Option<String> {
    let (unmatched, undeclared) = (changes.unmatched(), changes.undeclared());
    let listed = |changes: &[String]| {
        changes
            .iter()
            .map(|change| format!("\n  {change}"))
            .collect::<String>()
    };
    (!unmatched.is_empty() && !undeclared.is_empty()).then(|| {
        format!(
            "these entries of {} match no break since the last release:{}\nThese breaks have no entry:{}\nIf an entry is about \
             one of these breaks, correct the name in the entry. Otherwise, the release needs a breaking version",
            accepted::FILE,
            listed(&unmatched),
            listed(&undeclared)
        )
    })
}

fn show(plan: &Plan, since: Option<&str>, packages: &[String]) -> Result<(), String> {
    let from = match since {
        Some(revision) => format!("since {revision}"),
        None => "the first release".to_owned(),
    };
    print::line(format_args!(
        "version: {} ({from}, {})",
        plan.version, plan.reason
    ))?;
    print::line("packages:")?;
    for package in packages {
        print::line(format_args!("  {package} {}", plan.version))?;
    }
    print::line(format_args!("changelog:\n\n{}", plan.section.trim_end()))
}

/// Writes the version, the changelog and the empty list of accepted breaks. The changelog comes last, because only it shows that
/// a release is prepared. So if an earlier step fails, the command can run again.
fn apply(plan: &Plan, was: Version) -> Result<(), String> {
    let manifest = root().join("Cargo.toml");
    let text = read_text(&manifest)?;
    let old = format!("version = \"{was}\"");
    // The first line of this form is the workspace's own version.
    write(
        &manifest,
        text.replacen(&old, &format!("version = \"{}\"", plan.version), 1),
    )?;
    run_well(cargo("update").args(["--workspace", "--quiet"]))?;
    write(&root().join(changelog::FILE), &plan.changelog)?;
    let accepted = root().join(accepted::FILE);
    write(&accepted, emptied(&read_text(&accepted)?))
}

/// The file of accepted breaks with its comments, but without its entries.
fn emptied(text: &str) -> String {
    let comments = text.lines().take_while(|line| line.starts_with('#'));
    let comments: String = comments.map(|line| format!("{line}\n")).collect();
    comments + NOTHING_ACCEPTED
}

fn next_steps(plan: &Plan, packages: &[String], is_dry: bool) -> Result<(), String> {
    let version = plan.version;
    let packages = packages
        .iter()
        .map(|package| format!("--package {package}"));
    let packages: Vec<String> = packages.collect();
    let files = EDITED.join(" ");
    let first = match is_dry {
        true => {
            "nothing was written; without `--dry-run`, this command prepares the release, then:"
        }
        false => "the release is prepared; next:",
    };
    print::line(format_args!(
        "\n{first}
  bash .ci/run
  cargo xtask package
  git commit --message 'Release {version}' {files}
  git tag v{version}
  git push --atomic origin HEAD v{version}
  cargo publish {}",
        packages.join(" ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accepted_break_that_got_another_name_is_told_beside_it() {
        use crate::changes::tests::{changes, with_break};

        let mut changes = changes(&with_break());
        assert_eq!(renamed_breaks(&changes), None);
        changes.accepted = vec![Accepted {
            change: "response-field-renamed types::Note.old".to_owned(),
            reason: "It has a better name.".to_owned(),
        }];
        let told = renamed_breaks(&changes).expect("no break has this name");
        assert!(
            told.contains("\n  response-field-renamed types::Note.old\n"),
            "{told}"
        );
        assert!(told.contains(&changes.undeclared()[0]), "{told}");
    }

    #[test]
    fn accepted_breaks_end_with_the_release() {
        let text =
            "# Breaks.\n# An entry has a reason.\naccepted:\n  - change: a b\n    reason: c\n";
        assert_eq!(
            emptied(text),
            "# Breaks.\n# An entry has a reason.\naccepted: []\n"
        );
    }
}
