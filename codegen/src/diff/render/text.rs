//! The report for people.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::answers;
use super::groups::{self, Group};
use crate::diff::report::{NOT_FOLLOWED, Report};
use crate::diff::verdict::{Deployed, Upgrade};
use crate::diff::version::Version;

/// The maximum number of lines in a report. People do not read what does not fit on a screen.
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
        let _ = writeln!(text, "Not compared: {NOT_FOLLOWED}");
        return text;
    }
    let groups = groups::of(report);
    let shown = fitting(groups.iter().map(lines).collect(), LINES - 4);
    let _ = writeln!(text, "\n{}\n", shown.join("\n"));
    let _ = writeln!(text, "{}. Not compared: {NOT_FOLLOWED}", counts(report));
    text
}

/// The lines of all groups, if there is room. If not, the most serious groups get all their lines, and as many other groups as
/// fit get one line each. The last line reports the number of omitted groups.
fn fitting(groups: Vec<Vec<String>>, room: usize) -> Vec<String> {
    if groups.iter().map(Vec::len).sum::<usize>() <= room {
        return groups.concat();
    }
    let room = room - 1;
    let mut shown = Vec::new();
    let mut left = groups.as_slice();
    while let [lines, others @ ..] = left
        && shown.len() + lines.len() + others.len() <= room
    {
        shown.extend_from_slice(lines);
        left = others;
    }
    let firsts = left.iter().filter_map(|lines| lines.first().cloned());
    let short: Vec<String> = firsts.take(room - shown.len()).collect();
    let hidden = match left.len() - short.len() {
        0 => String::new(),
        hidden => format!(", and {hidden} more"),
    };
    let count = short.len();
    shown.extend(short);
    shown.push(format!(
        "  … {count} of these in one line each{hidden}; --format json has all of each"
    ));
    shown
}

/// The lines of a group: the change, who uses the value, what the change means, and what helps.
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
    let signatures = group.signatures();
    if let [signature, rest @ ..] = signatures.as_slice() {
        let more = match rest.len() {
            0 => String::new(),
            more => format!(" And {more} more."),
        };
        lines.push(format!("      {signature}{more}"));
    }
    if let Some(repair) = group.repair() {
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
        let _ = writeln!(text, "**{question}:** {}  ", one_line(&answer));
    }
    if report.changes.is_empty() {
        let _ = writeln!(text, "\nNot compared: {NOT_FOLLOWED}.");
        return text;
    }
    let _ = writeln!(
        text,
        "\n| change | what | costs | where |\n|---|---|---|---|"
    );
    let groups = groups::of(report);
    for group in groups.iter().take(LINES - 12) {
        let first = group.first();
        let mut sentences = vec![group.sentence()];
        sentences.extend(group.signatures().into_iter().map(str::to_owned));
        let _ = writeln!(
            text,
            "| `{}` | `{}`: {}{} | {} | `{}` |",
            first.rule,
            cell(&group.title().replace('`', "")),
            cell(&sentences.join(" ")),
            group
                .repair()
                .map_or(String::new(), |repair| format!(" Help: {}.", cell(&repair))),
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

/// Text that cannot break out of its table cell.
fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}

/// A text that stays in its line, though a name may have breaks.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

pub(super) fn changelog(report: &Report, version: Version) -> String {
    let groups = groups::of(report);
    let mut lines = Vec::new();
    for group in groups.iter().flat_map(Group::in_full) {
        let label = match group.first().rust {
            Upgrade::Major => "**Breaking:** ",
            Upgrade::Minor => "New: ",
            // Users must know that older versions no longer work.
            Upgrade::None if group.first().wire > Deployed::Fine => "Changed: ",
            // Builds that forbid warnings stop compiling.
            Upgrade::None if group.first().warns() => "Deprecated: ",
            Upgrade::None => continue,
        };
        let mut sentences = vec![group.sentence()];
        sentences.extend(group.signatures().into_iter().map(str::to_owned));
        lines.push(format!(
            "- {label}`{}`. {}",
            group.whole_title().replace('`', ""),
            sentences.join(" ")
        ));
    }
    for meaning in &report.meaning {
        lines.push(format!("- Same code, new meaning: {meaning}."));
    }
    // Responses and events share some changes, which the report lists once.
    let mut seen = BTreeSet::new();
    let mut lines: Vec<String> = lines.iter().map(|line| one_line(line)).collect();
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

#[cfg(test)]
mod tests {
    use super::fitting;

    /// Groups with these numbers of lines. `0.0` is the first line of the first group.
    fn groups(lengths: &[usize]) -> Vec<Vec<String>> {
        let lengths = lengths.iter().enumerate();
        let lines = |(group, length): (usize, &usize)| {
            (0..*length).map(|line| format!("{group}.{line}")).collect()
        };
        lengths.map(lines).collect()
    }

    #[test]
    fn what_fits_is_shown_at_length() {
        assert_eq!(fitting(groups(&[2, 1]), 3), ["0.0", "0.1", "1.0"]);
    }

    #[test]
    fn after_the_first_group_without_room_each_gets_a_line() {
        // The third group would fit with all its lines, but it is less serious than the second.
        let due = [
            "0.0",
            "0.1",
            "1.0",
            "2.0",
            "  … 2 of these in one line each; --format json has all of each",
        ];
        assert_eq!(fitting(groups(&[2, 3, 1]), 5), due);
    }

    #[test]
    fn the_last_line_counts_what_is_not_shown() {
        let due = [
            "0.0",
            "1.0",
            "  … 2 of these in one line each, and 3 more; --format json has all of each",
        ];
        assert_eq!(fitting(groups(&[2; 5]), 3), due);
    }
}
