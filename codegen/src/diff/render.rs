//! The report as text, JSON and markdown, and as lines for the changelog.

mod groups;
mod json;
mod text;

use super::report::Report;
use super::verdict::{Deployed, Upgrade};
use super::version::Version;

impl Report {
    /// The report for people: at most 40 lines.
    #[must_use]
    pub fn text(&self, version: Version) -> String {
        text::text(self, version)
    }

    /// The report for a pull request.
    #[must_use]
    pub fn markdown(&self, version: Version) -> String {
        text::markdown(self, version)
    }

    /// The report for programs: every change.
    #[must_use]
    pub fn json(&self, version: Version) -> String {
        json::json(self, version)
    }

    /// The lines for the changelog; empty if users notice nothing.
    #[must_use]
    pub fn changelog(&self, version: Version) -> String {
        text::changelog(self, version)
    }
}

/// The answers to the three questions, each with its verdict.
fn answers(report: &Report, version: Version) -> [(&'static str, String); 3] {
    let next = report.next(version);
    let upgrade = match next == version {
        true => report.upgrade.word().to_owned(),
        false => format!("{} ({version} → {next})", report.upgrade.word()),
    };
    let deployed = match (report.deployed, report.upgrade) {
        (Deployed::Broken, _) => "broken, release now".to_owned(),
        (Deployed::PartlyRead, Upgrade::None) => "partly read, release now".to_owned(),
        (other, _) => other.word().to_owned(),
    };
    let meaning = match report.meaning.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first}, and {} more", rest.len()),
    };
    [
        ("Upgrade", upgrade),
        ("Already deployed", deployed),
        ("Same code, new meaning", meaning),
    ]
}
