//! `generated/CHANGELOG.md`: a heading `## 0.1.0 - 2026-01-31` for each version, or `## 0.1.0 - unreleased`.

use telnyx_codegen::Version;

/// The path of the file in the workspace.
pub(crate) const FILE: &str = "generated/CHANGELOG.md";

/// The text of a changelog.
#[derive(Clone, Copy)]
pub(crate) struct Changelog<'t>(pub(crate) &'t str);

/// The end of a version's heading while the version is not released.
const UNRELEASED: &str = " - unreleased";

/// A part of a changelog, with its heading.
#[derive(Clone, Copy)]
struct Section<'t> {
    /// Where it starts.
    start: usize,
    text: &'t str,
}

impl<'t> Section<'t> {
    /// The end of the heading after the version, if the section belongs to the version.
    fn of(self, version: Version) -> Option<&'t str> {
        let rest = self.heading().strip_prefix(&format!("## {version}"))?;
        (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
    }

    fn version(self) -> Option<Version> {
        Version::read(self.heading().strip_prefix("## ")?.split(' ').next()?)
    }

    fn heading(self) -> &'t str {
        self.text.lines().next().unwrap_or_default()
    }

    fn body(self) -> &'t str {
        self.text[self.heading().len()..].trim()
    }
}

impl<'t> Changelog<'t> {
    fn sections(self) -> Vec<Section<'t>> {
        let mut at = 0;
        let mut starts = Vec::new();
        for line in self.0.split_inclusive('\n') {
            if line.starts_with("## ") {
                starts.push(at);
            }
            at += line.len();
        }
        let ends = starts.iter().skip(1).copied().chain([self.0.len()]);
        let sections = starts.iter().zip(ends).map(|(start, end)| Section {
            start: *start,
            text: &self.0[*start..end],
        });
        sections.collect()
    }

    /// The end of a version's heading, if the version has one.
    fn heading(self, version: Version) -> Option<&'t str> {
        let mut sections = self.sections().into_iter();
        sections.find_map(|section| section.of(version))
    }

    /// Whether a version has a heading.
    pub(crate) fn has(self, version: Version) -> bool {
        self.heading(version).is_some()
    }

    /// Whether a version is released, so that new changes belong to a later version.
    pub(crate) fn is_released(self, version: Version) -> bool {
        self.heading(version).is_some_and(|rest| rest != UNRELEASED)
    }

    /// The newest version that is out, if one is.
    pub(crate) fn newest_released(self) -> Option<Version> {
        let versions = self.sections().into_iter().filter_map(Section::version);
        versions.filter(|version| self.is_released(*version)).max()
    }

    /// Whether a version's section has a line that another changelog does not have.
    pub(crate) fn says_more(self, version: Version, before: Changelog<'_>) -> bool {
        let sections = self.sections().into_iter();
        let sections = sections.filter(|section| section.of(version).is_some());
        let mut lines = sections.flat_map(|section| section.body().lines());
        lines.any(|line| !line.trim().is_empty() && !before.0.lines().any(|known| known == line))
    }

    /// The section of the next release, without its heading.
    pub(crate) fn unreleased(self) -> &'t str {
        self.next().map_or("", Section::body)
    }

    /// The section of the next release, if it exists.
    fn next(self) -> Option<Section<'t>> {
        let first = self.sections().into_iter().next();
        first.filter(|section| section.heading().ends_with(UNRELEASED))
    }

    /// The section of a release: the existing lines, then each line of `found` that they do not mention yet.
    pub(crate) fn section(self, version: Version, date: &str, found: &[String]) -> String {
        let said = self.unreleased();
        let is_missing = |line: &&String| !is_said(said, line);
        let missing: Vec<&str> = found
            .iter()
            .filter(is_missing)
            .map(String::as_str)
            .collect();
        let parts = [said.to_owned(), missing.join("\n")];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("## {version} - {date}\n\n{}\n", parts.join("\n"))
    }

    /// The whole text, with a new section for the next release. Without a heading such as `## 0.2.0 - unreleased`, the new
    /// section goes before the others.
    pub(crate) fn with(self, section: &str) -> String {
        let first = self
            .sections()
            .first()
            .map_or(self.0.len(), |first| first.start);
        let (before, rest) = self.0.split_at(first);
        let after = &rest[self.next().map_or(0, |next| next.text.len())..];
        let gap = if after.is_empty() { "" } else { "\n" };
        format!("{before}{section}{gap}{after}")
    }
}

/// What a line starts with that only a line of the same kind can replace.
const KINDS: [&str; 2] = ["- **Breaking:** ", "- Same code, new meaning: "];

/// Whether a text says what a line says: it has each subject of the line. Only another line about a break says that something
/// breaks, and only another line about a new meaning says that one is new.
fn is_said(text: &str, line: &str) -> bool {
    let subjects = subjects(line);
    if subjects.is_empty() {
        return text.contains(line);
    }
    let is_about = |said: &str, subject: &str| {
        said.contains(&format!("`{subject}`"))
            || self::subjects(said).iter().any(|known| known == subject)
    };
    let kind = KINDS.into_iter().find(|kind| line.starts_with(kind));
    subjects.iter().all(|subject| {
        let mut lines = text.lines();
        lines.any(|said| is_about(said, subject) && kind.is_none_or(|kind| said.starts_with(kind)))
    })
}

/// What the first code of a line names: `types::Note: to, from`, `to of types::Note, types::Memo` and `types::Note, types::Memo`
/// name two things each.
fn subjects(line: &str) -> Vec<String> {
    let Some(code) = line.split('`').nth(1) else {
        return Vec::new();
    };
    let paths = |names: &str, path: &dyn Fn(&str) -> String| names.split(", ").map(path).collect();
    if let Some((owner, members)) = code.split_once(": ") {
        return paths(members, &|member| format!("{owner}.{member}"));
    }
    if let Some((member, owners)) = code.split_once(" of ") {
        return paths(owners, &|owner| format!("{owner}.{member}"));
    }
    paths(code, &str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "## 0.1.0 - 2026-11-01\n\n- The first.\n";

    fn version(text: &str) -> Version {
        Version::read(text).expect("it is a version")
    }

    fn released(text: &str, found: &[&str]) -> String {
        let changelog = Changelog(text);
        let found: Vec<String> = found.iter().map(|line| (*line).to_owned()).collect();
        let section = changelog.section(version("0.1.1"), "2026-12-01", &found);
        changelog.with(&section)
    }

    #[test]
    fn a_version_is_out_when_its_heading_has_a_date() {
        let changelog = Changelog("# C\n\n## 0.2.0 - unreleased\n\n## 0.1.0 - 2026-01-31\n");
        assert!(changelog.has(version("0.2.0")) && !changelog.is_released(version("0.2.0")));
        assert!(changelog.has(version("0.1.0")) && changelog.is_released(version("0.1.0")));
        assert!(!changelog.has(version("0.1.1")) && !changelog.is_released(version("0.1.1")));
        assert!(!changelog.has(version("0.1.10")));
        assert_eq!(changelog.newest_released(), Some(version("0.1.0")));
        assert_eq!(Changelog("## 0.2.0 - unreleased\n").newest_released(), None);
    }

    #[test]
    fn only_a_new_line_in_the_section_of_the_version_says_more() {
        let text = format!("# Changelog\n\n## 0.2.0 - unreleased\n\n- Faster.\n\n{OLD}");
        let before = Changelog(&text);
        let says_more = |after: &str| Changelog(after).says_more(version("0.2.0"), before);
        assert!(!says_more(&text));
        assert!(!says_more(&text.replace("- Faster.\n", "")));
        assert!(!says_more(&text.replace("The first.", "The very first.")));
        assert!(says_more(
            &text.replace("- Faster.\n", "- Faster.\n- Smaller.\n")
        ));
    }

    #[test]
    fn the_unreleased_section_gets_version_and_day() {
        let text = format!("# Changelog\n\n## 0.2.0 - unreleased\n\n- Faster.\n\n{OLD}");
        let due = format!("# Changelog\n\n## 0.1.1 - 2026-12-01\n\n- Faster.\n\n{OLD}");
        assert_eq!(released(&text, &[]), due);
    }

    #[test]
    fn without_an_unreleased_section_the_new_one_comes_first() {
        let text = format!("# Changelog\n\n{OLD}");
        let due = format!(
            "# Changelog\n\n## 0.1.1 - 2026-12-01\n\n- New: `types::Note.tags`. It has tags.\n\n{OLD}"
        );
        assert_eq!(
            released(&text, &["- New: `types::Note.tags`. It has tags."]),
            due
        );
    }

    #[test]
    fn a_change_that_is_told_already_is_not_told_again() {
        let text = "# Changelog\n\n## 0.1.1 - unreleased\n\n- Notes have tags (`types::Note.tags`).\n- **Breaking:** `types::Pen`. It is gone.\n";
        let found = [
            "- New: `types::Note.tags`. It has tags.",
            "- New: `types::Note.size`. It has a size.",
            "- **Breaking:** `types::Pen`. It is gone.",
        ];
        let due = "# Changelog\n\n## 0.1.1 - 2026-12-01\n\n- Notes have tags (`types::Note.tags`).\n- **Breaking:** `types::Pen`. It is gone.\n- New: `types::Note.size`. It has a size.\n";
        assert_eq!(released(text, &found), due);
    }

    #[test]
    fn a_group_is_told_if_each_of_its_members_is() {
        let text = "# Changelog\n\n## 0.1.1 - unreleased\n\n- **Breaking:** `types::Note.to`. It is gone.\n- **Breaking:** `types::Note: from, tag`. They are gone.\n";
        let line = "- **Breaking:** `types::Note: from, to`. They are gone.";
        assert!(!released(text, &[line]).contains(line));
        let line = "- **Breaking:** `types::Note: from, size`. They are gone.";
        assert!(released(text, &[line]).contains(line));
        let line = "- **Breaking:** `to of types::Note, types::Memo`. It is gone.";
        assert!(released(text, &[line]).contains(line));
        let text = "# Changelog\n\n## 0.1.1 - unreleased\n\n- **Breaking:** `types::Note`. It is gone.\n- **Breaking:** `types::Memo`. It is gone.\n";
        let line = "- **Breaking:** `types::Note, types::Memo`. It is gone.";
        assert!(!released(text, &[line]).contains(line));
        let line = "- **Breaking:** `types::Note, types::Pen`. It is gone.";
        assert!(released(text, &[line]).contains(line));
    }

    #[test]
    fn a_break_is_told_whatever_else_is_told_of_its_subject() {
        let text = "# Changelog\n\n## 0.1.1 - unreleased\n\n- New: `Note` and `types::Note` can be searched.\n";
        let line = "- **Breaking:** `types::Note`. It is gone.";
        assert!(released(text, &[line]).ends_with(&format!("{line}\n")));
        let line = "- Same code, new meaning: `types::Note`: it is sorted.";
        assert!(released(text, &[line]).ends_with(&format!("{line}\n")));
    }
}
