//! The verdicts on a change: what it costs users who upgrade, and what happens to the published version.

/// What a new version of the crate costs its users.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Upgrade {
    /// Nothing.
    #[default]
    None,
    /// There is something new.
    Minor,
    /// Code stops compiling.
    Major,
}

/// What happens to the published version when Telnyx deploys the change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deployed {
    /// The API accepts its requests, and it decodes the API's responses.
    #[default]
    Fine,
    /// A part of a response or an event cannot be decoded into its type.
    PartlyRead,
    /// The API refuses a request, or a response or an event is lost.
    Broken,
}

impl Upgrade {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Deployed {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::PartlyRead => "partly read",
            Self::Broken => "broken",
        }
    }

    /// What published versions make of another response.
    pub(super) fn of_response(self) -> &'static str {
        match self {
            Self::Fine => "Published versions read it.",
            Self::PartlyRead => "Published versions lose a part and read the rest.",
            Self::Broken => "Published versions cannot read it.",
        }
    }
}
