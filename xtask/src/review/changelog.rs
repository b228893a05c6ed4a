//! Reads the versions in the changelog.

use telnyx_codegen::Version;

/// The text of `generated/CHANGELOG.md`: a heading `## 0.1.0 - 2026-01-31` for each version, or `## 0.1.0 - unreleased`.
pub(super) struct Changelog(pub(super) String);

impl Changelog {
    /// The rest of a version's heading, if it has one.
    fn heading(&self, version: Version) -> Option<&str> {
        let version = version.to_string();
        let mut headings = self.0.lines().filter_map(|line| line.strip_prefix("## "));
        headings.find_map(|heading| {
            let rest = heading.strip_prefix(version.as_str())?;
            (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
        })
    }

    /// Whether a version has its heading.
    pub(super) fn has(&self, version: Version) -> bool {
        self.heading(version).is_some()
    }

    /// Whether a version is out, so that what changes belongs to a later one.
    pub(super) fn is_released(&self, version: Version) -> bool {
        self.heading(version)
            .is_some_and(|rest| !rest.contains("unreleased"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_out_when_its_heading_has_a_date() {
        let changelog =
            Changelog("# C\n\n## 0.2.0 - unreleased\n\n## 0.1.0 - 2026-01-31\n".to_owned());
        let version = |text| Version::read(text).expect("a version");
        assert!(changelog.has(version("0.2.0")) && !changelog.is_released(version("0.2.0")));
        assert!(changelog.has(version("0.1.0")) && changelog.is_released(version("0.1.0")));
        assert!(!changelog.has(version("0.1.1")) && !changelog.is_released(version("0.1.1")));
        assert!(!changelog.has(version("0.1.10")));
    }
}
