//! Plans a release, without writing a file.

use telnyx_codegen::{Report, Upgrade, Version};

use super::changelog::Changelog;
use crate::diff::accepted::Accepted;

/// What changed since the last release.
pub(super) struct Changes {
    /// The version of the last release.
    pub(super) was: Version,
    pub(super) report: Report,
    /// Lines that the public surface of hand-written code lost.
    pub(super) taken: Vec<String>,
    /// Lines that it gained.
    pub(super) given: Vec<String>,
    /// Breaks that need no new major version, each for a reason.
    pub(super) accepted: Vec<Accepted>,
}

/// A release.
pub(super) struct Plan {
    pub(super) version: Version,
    /// Why it is that version.
    pub(super) reason: &'static str,
    /// The changelog's section of the release.
    pub(super) section: String,
    /// The whole changelog.
    pub(super) changelog: String,
}

/// Makes the plan; `None` if users notice nothing. `current` is the version in Cargo.toml, and may be ahead already.
pub(super) fn make(
    changes: Option<&Changes>,
    current: Version,
    changelog: &str,
    date: &str,
) -> Result<Option<Plan>, String> {
    if !is_date(date) {
        return Err(format!("`{date}` is not a date such as 2026-12-01"));
    }
    let changelog = Changelog::of(changelog);
    let Some(changes) = changes else {
        return Ok(Some(plan(
            current,
            "as Cargo.toml has it",
            &changelog,
            date,
            "",
        )));
    };
    let was = changes.was;
    let (needed, reason) = match changes.upgrade() {
        Upgrade::Major => (
            was.after(Upgrade::Major, changes.report.deployed),
            "the code of users breaks",
        ),
        Upgrade::Minor => (
            was.after(Upgrade::Minor, changes.report.deployed),
            "there is something new",
        ),
        Upgrade::None => match was.after(Upgrade::None, changes.report.deployed) {
            same if same == was && changelog.unreleased.is_empty() => return Ok(None),
            same if same == was => (patch(was), "the changelog lists fixes"),
            next => (next, "published versions stop working"),
        },
    };
    let found = changes.report.changelog(was);
    Ok(Some(plan(
        needed.max(current),
        reason,
        &changelog,
        date,
        &found,
    )))
}

impl Changes {
    /// What the release costs users, beside the breaks that are accepted.
    fn upgrade(&self) -> Upgrade {
        let is_accepted = |change: &str| self.accepted.iter().any(|entry| entry.change == change);
        let mut breaks = self
            .report
            .breaks()
            .map(|change| change.fingerprint.clone());
        let taken = self.taken.iter().map(|line| format!("surface {line}"));
        if breaks.any(|change| !is_accepted(&change))
            || taken.into_iter().any(|change| !is_accepted(&change))
        {
            return Upgrade::Major;
        }
        let has_changes = !self.given.is_empty() || !self.taken.is_empty();
        match self.report.upgrade {
            Upgrade::None if !has_changes => Upgrade::None,
            _ => Upgrade::Minor,
        }
    }
}

fn plan(
    version: Version,
    reason: &'static str,
    changelog: &Changelog<'_>,
    date: &str,
    found: &str,
) -> Plan {
    let section = changelog.section(version, date, found);
    Plan {
        version,
        reason,
        changelog: changelog.with(&section),
        section,
    }
}

fn patch(version: Version) -> Version {
    Version {
        patch: version.patch + 1,
        ..version
    }
}

/// Whether the text is like `2026-12-01`.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use telnyx_codegen::{Input, Source};

    use super::*;

    const SPEC: &str = "
openapi: 3.1.0
paths:
  /notes/{id}:
    get:
      operationId: GetNote
      tags: [notes]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { 200: { description: A note, content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } } }
components:
  schemas:
    Note: { type: object, properties: { text: { type: string } } }
";

    fn input(text: &str) -> Input {
        Input {
            document: Source {
                name: "openapi.yaml".to_owned(),
                bytes: text.as_bytes().to_vec(),
            },
            overlay: None,
            config: None,
        }
    }

    fn changes(new: &str) -> Changes {
        let report = telnyx_codegen::diff(&input(SPEC), &input(new));
        Changes {
            was: version("0.3.1"),
            report: report.unwrap_or_else(|unread| panic!("{:?}", unread.diagnostics)),
            taken: Vec::new(),
            given: Vec::new(),
            accepted: Vec::new(),
        }
    }

    fn version(text: &str) -> Version {
        Version::read(text).expect("it is a version")
    }

    fn made(changes: &Changes, changelog: &str) -> Option<Plan> {
        make(Some(changes), version("0.3.1"), changelog, "2026-12-01").expect("the day is one")
    }

    fn with_field() -> String {
        SPEC.replace(
            "text: { type: string }",
            "text: { type: string }, size: { type: integer }",
        )
    }

    fn with_break() -> String {
        SPEC.replace("text: { type: string }", "size: { type: integer }")
    }

    #[test]
    fn an_added_field_is_a_patch_before_1_0_and_a_line_of_the_changelog() {
        let plan = made(&changes(&with_field()), "# Changelog\n").expect("there is a release");
        assert_eq!(plan.version, version("0.3.2"));
        assert!(
            plan.section
                .starts_with("## 0.3.2 - 2026-12-01\n\n- New: `"),
            "{}",
            plan.section
        );
        assert!(plan.section.contains("Note.size"), "{}", plan.section);
    }

    #[test]
    fn a_break_raises_the_minor_version_before_1_0_and_says_so() {
        let plan = made(&changes(&with_break()), "# Changelog\n").expect("there is a release");
        assert_eq!(plan.version, version("0.4.0"));
        assert!(
            plan.section.contains("**Breaking:** `types::Note"),
            "{}",
            plan.section
        );
    }

    #[test]
    fn an_accepted_break_raises_no_more_than_something_new_does() {
        let mut changes = changes(&with_break());
        changes.accepted = changes
            .report
            .breaks()
            .map(|change| Accepted {
                change: change.fingerprint.clone(),
                reason: "It never came.".to_owned(),
            })
            .collect();
        let plan = made(&changes, "# Changelog\n").expect("there is a release");
        assert_eq!(plan.version, version("0.3.2"));
    }

    #[test]
    fn a_line_that_hand_written_code_loses_is_a_break() {
        let mut changes = changes(SPEC);
        changes.taken = vec!["pub fn Client::clone_with(&self) -> Client".to_owned()];
        let plan = made(&changes, "# Changelog\n").expect("there is a release");
        assert_eq!(plan.version, version("0.4.0"));
    }

    #[test]
    fn a_fix_that_the_changelog_tells_is_a_patch() {
        let changelog = "# Changelog\n\n## 0.3.2 - unreleased\n\n- A fix.\n";
        let plan = made(&changes(SPEC), changelog).expect("there is a release");
        assert_eq!(plan.version, version("0.3.2"));
        assert!(made(&changes(SPEC), "# Changelog\n").is_none());
    }

    #[test]
    fn a_version_that_is_ahead_already_stays() {
        let changes = changes(&with_field());
        let plan = make(
            Some(&changes),
            version("1.0.0"),
            "# Changelog\n",
            "2026-12-01",
        );
        let plan = plan.expect("the day is one").expect("there is a release");
        assert_eq!(plan.version, version("1.0.0"));
    }

    #[test]
    fn a_day_is_written_in_full() {
        assert!(make(None, version("0.1.0"), "", "tomorrow").is_err());
        assert!(make(None, version("0.1.0"), "", "2026-12-1").is_err());
    }
}
