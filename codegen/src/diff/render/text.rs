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
    let shown = fitting(groups.iter().map(lines).collect(), LINES - 4);
    let _ = writeln!(text, "\n{}\n", shown.join("\n"));
    let _ = writeln!(text, "{}. Not compared: {NOT_FOLLOWED}", counts(report));
    text
}

/// The lines of all groups, if there is room. If not, only the gravest are told at length, and the last line says so.
fn fitting(groups: Vec<Vec<String>>, room: usize) -> Vec<String> {
    if groups.iter().map(Vec::len).sum::<usize>() <= room {
        return groups.concat();
    }
    let room = room - 1;
    let (mut shown, mut short) = (Vec::new(), 0);
    for (index, lines) in groups.iter().enumerate() {
        let left = groups.len() - index - 1;
        if shown.len() + lines.len() + left <= room {
            shown.extend_from_slice(lines);
        } else if shown.len() < room {
            shown.extend(lines.first().cloned());
            short += 1;
        }
    }
    let told = groups
        .iter()
        .filter(|lines| lines.first().is_some_and(|first| shown.contains(first)));
    shown.push(match groups.len() - told.count() {
        0 => format!("  … the last {short} in short; --format json has all of each"),
        more => {
            format!("  … the last {short} in short, and {more} more; --format json has all of each")
        }
    });
    shown
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
