//! Plans a release, without writing a file.

use telnyx_codegen::{Deployed, Upgrade, Version, is_date};

use crate::changelog::{self, Changelog};
use crate::changes::Changes;

/// A release.
pub(super) struct Plan {
    pub(super) version: Version,
    /// Why the release has this version.
    pub(super) reason: &'static str,
    /// The changelog's section of the release.
    pub(super) section: String,
    /// The whole changelog.
    pub(super) changelog: String,
}

/// Creates the plan; `None` if users notice nothing. `current` is the version in Cargo.toml, which may be higher already.
pub(super) fn make(
    changes: Option<&Changes>,
    current: Version,
    changelog: &str,
    date: &str,
) -> Result<Option<Plan>, String> {
    if !is_date(date) {
        return Err(format!("`{date}` is not a date such as 2026-12-01"));
    }
    let changelog = Changelog(changelog);
    if changes.is_none_or(|changes| changes.was < current) && changelog.is_released(current) {
        return Err(format!(
            "{current} is prepared already: its section in {} has a date. Commit and tag it; to prepare it again, first undo the \
             changes of the files that this command edits",
            changelog::FILE
        ));
    }
    let Some(changes) = changes else {
        return Ok(Some(plan(
            current,
            "as Cargo.toml has it",
            changelog,
            date,
            &[],
        )));
    };
    let was = changes.was;
    let (needed, reason) = match (changes.upgrade(), changes.next()) {
        (Upgrade::Major, next) => (next, "the code of users breaks"),
        (Upgrade::Minor, next) if !changes.breaks().is_empty() => (next, "its breaks are accepted"),
        (Upgrade::Minor, next) => (next, "there is something new"),
        (Upgrade::None, same) if same == was && changelog.unreleased().is_empty() => {
            return Ok(None);
        }
        (Upgrade::None, same) if same == was => (patch(was), "the changelog lists fixes"),
        (Upgrade::None, next) if !changes.report.is_felt() => {
            (next, "the compiler warns about code that compiles")
        }
        (Upgrade::None, next) if changes.report.deployed == Deployed::Fine => {
            (next, "the same code has a new meaning")
        }
        (Upgrade::None, next) => (next, "published versions stop working"),
    };
    let version = needed.max(current);
    Ok(Some(plan(
        version,
        reason,
        changelog,
        date,
        &changes.lines(),
    )))
}

fn plan(
    version: Version,
    reason: &'static str,
    changelog: Changelog<'_>,
    date: &str,
    found: &[String],
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::tests::{SPEC, changes, version, with_break, with_deprecation, with_field};
    use crate::diff::accepted::Accepted;

    fn made(changes: &Changes, changelog: &str) -> Option<Plan> {
        make(Some(changes), version("0.3.1"), changelog, "2026-12-01").expect("the day is one")
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
    fn a_deprecation_alone_is_a_patch_and_a_line_of_the_changelog() {
        let plan = made(&changes(&with_deprecation()), "# Changelog\n").expect("there is one");
        assert_eq!(plan.version, version("0.3.2"));
        assert_eq!(plan.reason, "the compiler warns about code that compiles");
        assert!(
            plan.section.contains("\n- Deprecated: `"),
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
        assert_eq!(plan.reason, "its breaks are accepted");
    }

    #[test]
    fn a_new_meaning_is_a_patch() {
        let mut changes = changes(SPEC);
        changes.report.meaning = vec!["the default of `size` is 50".to_owned()];
        let plan = made(&changes, "# Changelog\n").expect("there is a release");
        assert_eq!(plan.version, version("0.3.2"));
        assert_eq!(plan.reason, "the same code has a new meaning");
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
    fn a_release_is_prepared_once() {
        let changelog = "# Changelog\n\n## 0.4.0 - unreleased\n\n- A break.\n";
        let changes = changes(&with_break());
        let prepare = |current: &str, changelog: &str| {
            make(Some(&changes), version(current), changelog, "2026-12-01")
        };
        let plan = prepare("0.3.1", changelog).expect("it is the first time");
        let plan = plan.expect("there is a release");
        assert_eq!(plan.version, version("0.4.0"));
        let refused = prepare("0.4.0", &plan.changelog)
            .err()
            .expect("it is the second time");
        assert!(
            refused.starts_with("0.4.0 is prepared already"),
            "{refused}"
        );

        let first = "# Changelog\n\n## 0.1.0 - 2026-12-01\n\n- The first.\n";
        assert!(make(None, version("0.1.0"), first, "2026-12-01").is_err());
    }

    #[test]
    fn a_day_is_written_in_full() {
        assert!(make(None, version("0.1.0"), "", "tomorrow").is_err());
        assert!(make(None, version("0.1.0"), "", "2026-12-1").is_err());
        assert!(make(None, version("0.1.0"), "", "2026-02-29").is_err());
    }
}
