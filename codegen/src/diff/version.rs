//! The version that a change needs.

use std::fmt;

use super::verdict::Upgrade;

/// A version of the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// Always 0 before version 1.0.
    pub major: u64,
    /// Before version 1.0, a breaking change raises it.
    pub minor: u64,
    /// Before version 1.0, a change that breaks nothing raises it.
    pub patch: u64,
}

impl Version {
    /// Parses `0.1.0`; `None` if the text has another form.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('.').map(str::parse);
        let version = Self {
            major: parts.next()?.ok()?,
            minor: parts.next()?.ok()?,
            patch: parts.next()?.ok()?,
        };
        parts.next().is_none().then_some(version)
    }

    /// The lowest version that may follow this version after such a change. `is_felt` says whether published versions or unchanged
    /// code behave differently after the change. Such a change raises the version even if users need not upgrade.
    #[must_use]
    pub fn after(self, upgrade: Upgrade, is_felt: bool) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        match (upgrade, major) {
            (Upgrade::Major, 0) => Self {
                major,
                minor: minor + 1,
                patch: 0,
            },
            (Upgrade::Major, _) => Self {
                major: major + 1,
                minor: 0,
                patch: 0,
            },
            (Upgrade::Minor, 1..) => Self {
                major,
                minor: minor + 1,
                patch: 0,
            },
            (Upgrade::Minor, 0) => Self {
                major,
                minor,
                patch: patch + 1,
            },
            (Upgrade::None, _) if is_felt => Self {
                major,
                minor,
                patch: patch + 1,
            },
            (Upgrade::None, _) => self,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(version: &str, upgrade: Upgrade, is_felt: bool) -> String {
        let version = Version::read(version).expect("it is a version");
        version.after(upgrade, is_felt).to_string()
    }

    #[test]
    fn a_break_raises_the_first_number_that_is_not_zero() {
        assert_eq!(after("0.1.3", Upgrade::Major, false), "0.2.0");
        assert_eq!(after("1.4.3", Upgrade::Major, false), "2.0.0");
    }

    #[test]
    fn what_is_new_raises_the_number_behind_it() {
        assert_eq!(after("0.1.3", Upgrade::Minor, true), "0.1.4");
        assert_eq!(after("1.4.3", Upgrade::Minor, false), "1.5.0");
    }

    #[test]
    fn what_is_felt_without_an_upgrade_raises_the_patch() {
        assert_eq!(after("0.1.3", Upgrade::None, true), "0.1.4");
        assert_eq!(after("0.1.3", Upgrade::None, false), "0.1.3");
    }
}
