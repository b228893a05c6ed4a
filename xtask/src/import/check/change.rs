//! A change as a line.

use std::fmt;

use telnyx_codegen::Place;

use super::Document;
use crate::print;

/// One difference between the spec and the published document.
pub(super) struct Change {
    /// The heading above the change.
    pub(super) section: &'static str,
    pub(super) verdict: Verdict,
    /// The changed part: `property CreateMessageRequest.encoding (string)`.
    pub(super) text: String,
    /// The part's place in the spec, or where it would be.
    pub(super) spec: Place,
    /// The part's place in the published document, or where it would be.
    pub(super) upstream: Place,
}

/// What a change means for the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Only the published document has the part.
    Added,
    /// Only the spec has the part.
    Removed,
    /// Both documents have the part, but it differs.
    Changed,
    /// The documents differ as spec/sdk.yaml says.
    Known,
    /// Both documents have the same words.
    Copied,
}

/// The maximum width of a line. The places of wider lines are not aligned.
const WIDTH: usize = 72;

/// Prints the changes, section by section.
pub(super) fn print(
    changes: &[Change],
    spec: &Document,
    upstream: &Document,
) -> Result<(), String> {
    let mut sections: Vec<&str> = Vec::new();
    for change in changes {
        if !sections.contains(&change.section) {
            sections.push(change.section);
        }
    }
    for section in sections {
        print::line(format_args!("{section}"))?;
        for change in changes.iter().filter(|change| change.section == section) {
            let text = change.to_string();
            let here = spec.position(change.spec);
            let there = upstream.position(change.upstream);
            print::line(format_args!("  {text:<WIDTH$}  {here}  {there}"))?;
        }
        print::line("")?;
    }
    Ok(())
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.verdict.sign(), self.text)
    }
}

impl Verdict {
    fn sign(self) -> char {
        match self {
            Self::Added => '+',
            Self::Removed => '-',
            Self::Changed => '~',
            Self::Known => '=',
            Self::Copied => '"',
        }
    }
}

impl Document {
    /// `spec/openapi.yaml:812:7`
    fn position(&self, place: Place) -> String {
        let (line, column) = self.positions.line_and_column(place);
        format!("{}:{line}:{column}", self.name)
    }
}
