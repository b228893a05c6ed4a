//! The report for people.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::answers;
use super::groups::{self, Group};
use crate::diff::change::{Deployed, Upgrade};
use crate::diff::report::{NOT_FOLLOWED, Report};
use crate::diff::version::Version;

/// The most lines of a report: what does not fit on a screen is not read.
const LINES: usize = 40;

pub(super) fn text(report: &Report, version: Version) -> String {
    let mut text = String::new();
    let answers = answers(report, version);
    let answers: Vec<String> = answers
        .into_iter()
        .map(|(question, answer)| format!("{question}: {answer}"))
        .collect();
    let _ = writeln!(text, "{}", answers.join("   "));
    if report.changes.is_empty() {
        return text;
    }
    let groups = groups::of(report);
    let room = LINES - 4;
    let whole: Vec<Vec<String>> = groups.iter().map(lines).collect();
    // Where there is no room for all, only the gravest are told at length.
    let mut shown: Vec<String> = Vec::new();
    for (index, lines) in whole.iter().enumerate() {
        let left = whole.len() - index - 1;
        if shown.len() + lines.len() + left <= room {
            shown.extend(lines.iter().cloned());
        } else if shown.len() < room {
            shown.extend(lines.first().cloned());
        } else {
            shown.pop();
            shown.push(format!("  … and {} more: --format json", left + 2));
            break;
        }
    }
    let _ = writeln!(text, "\n{}\n", shown.join("\n"));
    let _ = writeln!(text, "{}. Not compared: {NOT_FOLLOWED}", counts(report));
    text
}

/// The lines of a group: what it is, then who carries it, what it means and what helps.
fn lines(group: &Group<'_>) -> Vec<String> {
    let first = group.first();
    let mut lines = vec![format!(
        "  {}   {}   [{}]   {}",
        first.rule,
        group.title(),
        group.costs(),
        first.place
    )];
    let users = match group.users() {
        users if users.is_empty() => users,
        users => format!(" ({users})"),
    };
    lines.push(format!("      {}{users}", group.sentence()));
    if let Some(repair) = &first.repair {
        lines.push(format!("      help: {repair}"));
    }
    lines
}

fn counts(report: &Report) -> String {
    let count = |cost: Upgrade| {
        let found = report.changes.iter().filter(|change| change.rust == cost);
        found.count()
    };
    let meaning = report.meaning.len();
    format!(
        "{} breaking · {} new · {} without effect on Rust code · {meaning} with a new meaning",
        count(Upgrade::Major),
        count(Upgrade::Minor),
        count(Upgrade::None)
    )
}

pub(super) fn markdown(report: &Report, version: Version) -> String {
    let mut text = String::new();
    for (question, answer) in answers(report, version) {
        let _ = writeln!(text, "**{question}:** {answer}  ");
    }
    if report.changes.is_empty() {
        return text;
    }
    let _ = writeln!(
        text,
        "\n| change | what | costs | where |\n|---|---|---|---|"
    );
    let groups = groups::of(report);
    for group in groups.iter().take(LINES - 12) {
        let first = group.first();
        let _ = writeln!(
            text,
            "| `{}` | `{}`: {}{} | {} | `{}` |",
            first.rule,
            cell(&group.title().replace('`', "")),
            cell(&group.sentence()),
            first
                .repair
                .as_ref()
                .map_or(String::new(), |repair| format!(" Help: {}.", cell(repair))),
            group.costs(),
            first.place
        );
    }
    let left = groups.len().saturating_sub(LINES - 12);
    if left > 0 {
        let _ = writeln!(text, "\n… and {left} more.");
    }
    let _ = writeln!(text, "\n{}. Not compared: {NOT_FOLLOWED}.", counts(report));
    text
}

/// A text that stays in its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

pub(super) fn changelog(report: &Report, version: Version) -> String {
    let groups = groups::of(report);
    let mut lines = Vec::new();
    for group in &groups {
        let label = match group.first().rust {
            Upgrade::Major => "**Breaking:** ",
            Upgrade::Minor => "New: ",
            // Users have to know that older versions no longer work.
            Upgrade::None if group.first().wire > Deployed::Fine => "Changed: ",
            Upgrade::None => continue,
        };
        lines.push(format!(
            "- {label}`{}`. {}",
            group.title().replace('`', ""),
            group.sentence()
        ));
    }
    for meaning in &report.meaning {
        lines.push(format!("- Same code, new meaning: {meaning}."));
    }
    // What responses and events share is told once.
    let mut seen = BTreeSet::new();
    lines.retain(|line| seen.insert(line.clone()));
    if lines.is_empty() {
        return String::new();
    }
    format!(
        "## {} - unreleased\n\n{}\n",
        report.next(version),
        lines.join("\n")
    )
}
