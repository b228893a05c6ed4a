//! What a report says of a change.

/// What happened, and what it costs. Each is one sentence or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) happened: String,
    /// Who notices what happened; empty if nobody does, or if this is clear from what happened.
    pub(super) cost: String,
}

impl From<String> for Said {
    fn from(happened: String) -> Self {
        (happened, "").into()
    }
}

impl From<&str> for Said {
    fn from(happened: &str) -> Self {
        happened.to_owned().into()
    }
}

impl<H: Into<String>, C: Into<String>> From<(H, C)> for Said {
    fn from((happened, cost): (H, C)) -> Self {
        Self {
            happened: happened.into(),
            cost: cost.into(),
        }
    }
}
