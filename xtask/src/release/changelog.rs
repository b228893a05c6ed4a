//! The changelog's section of a release.

use telnyx_codegen::Version;

/// A changelog that is cut at the section of the next release.
pub(super) struct Changelog<'t> {
    before: &'t str,
    /// What is said of the next release already, without its heading.
    pub(super) unreleased: &'t str,
    after: &'t str,
}

const MARK: &str = " - unreleased\n";

impl<'t> Changelog<'t> {
    /// Cuts a text. Without a heading such as `## 0.2.0 - unreleased`, the new section goes before the others.
    pub(super) fn of(text: &'t str) -> Self {
        let sections = starts(text);
        let start = sections.first().copied().unwrap_or(text.len());
        let (before, rest) = text.split_at(start);
        let heading = rest.lines().next().unwrap_or_default();
        if !rest[heading.len()..].starts_with('\n') || !format!("{heading}\n").ends_with(MARK) {
            return Self {
                before,
                unreleased: "",
                after: rest,
            };
        }
        let end = sections.get(1).copied().unwrap_or(text.len());
        Self {
            before,
            unreleased: text[start + heading.len()..end].trim(),
            after: &text[end..],
        }
    }

    /// The section of a release: what is said already, then each line of `found` whose subject is not mentioned yet.
    pub(super) fn section(&self, version: Version, date: &str, found: &str) -> String {
        let is_missing = |line: &&str| {
            let subject = line.split('`').nth(1);
            line.starts_with("- ") && subject.is_none_or(|subject| !self.mentions(subject))
        };
        let missing: Vec<&str> = found.lines().filter(is_missing).collect();
        let parts = [self.unreleased.to_owned(), missing.join("\n")];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("## {version} - {date}\n\n{}\n", parts.join("\n"))
    }

    /// The whole text, with the section in its place.
    pub(super) fn with(&self, section: &str) -> String {
        let Self { before, after, .. } = self;
        let gap = if after.is_empty() { "" } else { "\n" };
        format!("{before}{section}{gap}{after}")
    }

    fn mentions(&self, subject: &str) -> bool {
        let name = subject.rsplit("::").next().unwrap_or(subject);
        self.unreleased.contains(&format!("`{subject}`"))
            || self.unreleased.contains(&format!("`{name}`"))
    }
}

/// Where each section of a version starts.
fn starts(text: &str) -> Vec<usize> {
    let mut at = 0;
    let mut starts = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.starts_with("## ") {
            starts.push(at);
        }
        at += line.len();
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "## 0.1.0 - 2026-11-01\n\n- The first.\n";

    fn version(text: &str) -> Version {
        Version::read(text).expect("it is a version")
    }

    fn released(text: &str, found: &str) -> String {
        let changelog = Changelog::of(text);
        let section = changelog.section(version("0.1.1"), "2026-12-01", found);
        changelog.with(&section)
    }

    #[test]
    fn the_unreleased_section_gets_version_and_day() {
        let text = format!("# Changelog\n\n## 0.2.0 - unreleased\n\n- Faster.\n\n{OLD}");
        let due = format!("# Changelog\n\n## 0.1.1 - 2026-12-01\n\n- Faster.\n\n{OLD}");
        assert_eq!(released(&text, ""), due);
    }

    #[test]
    fn without_an_unreleased_section_the_new_one_comes_first() {
        let text = format!("# Changelog\n\n{OLD}");
        let due = format!(
            "# Changelog\n\n## 0.1.1 - 2026-12-01\n\n- New: `Note::tags`. It has tags.\n\n{OLD}"
        );
        assert_eq!(
            released(
                &text,
                "## 0.1.1 - unreleased\n\n- New: `Note::tags`. It has tags.\n"
            ),
            due
        );
    }

    #[test]
    fn a_change_that_is_told_already_is_not_told_again() {
        let text = "# Changelog\n\n## 0.1.1 - unreleased\n\n- Notes have `tags`.\n";
        let found = "- New: `types::Note::tags`. It has tags.\n- New: `types::Note::size`. It has a size.\n";
        let due = "# Changelog\n\n## 0.1.1 - 2026-12-01\n\n- Notes have `tags`.\n- New: `types::Note::size`. It has a size.\n";
        assert_eq!(released(text, found), due);
    }
}
