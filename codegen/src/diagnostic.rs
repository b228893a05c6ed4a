//! All mistakes, each with its place and what to write instead.

mod render;

use crate::tree::Place;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Something in the input has no effect.
    Warning,
    /// The generator made a choice that `sdk.yaml` can change.
    Note,
}

/// A mistake or a remark about an input.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub(crate) severity: Severity,
    /// What is wrong, as a sentence without a full stop.
    pub(crate) message: String,
    /// Where the mistake is.
    pub(crate) spot: Spot,
    /// Other places that matter, each with a short remark.
    pub(crate) related: Vec<(Place, String)>,
    /// What to write instead.
    pub(crate) help: Option<String>,
}

/// What a diagnostic points at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spot {
    /// A node.
    Node(Place),
    /// A byte of a text that could not be parsed into nodes.
    Byte { file: u16, offset: usize },
}

impl Diagnostic {
    /// Adds what to write instead.
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that matters.
    pub(crate) fn related(&mut self, place: Place, remark: impl Into<String>) -> &mut Self {
        self.related.push((place, remark.into()));
        self
    }
}

/// All diagnostics of a run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Records a mistake.
    pub(crate) fn error(&mut self, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.push(Severity::Error, Spot::Node(place), message.into())
    }

    /// Records a mistake at a byte of an input that could not be parsed into nodes.
    pub(crate) fn error_at(
        &mut self,
        file: u16,
        offset: usize,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Severity::Error, Spot::Byte { file, offset }, message.into())
    }

    /// Records something that has no effect.
    pub(crate) fn warning(&mut self, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.push(Severity::Warning, Spot::Node(place), message.into())
    }

    /// Records a choice that the generator made.
    pub(crate) fn note(&mut self, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.push(Severity::Note, Spot::Node(place), message.into())
    }

    /// Whether there is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The diagnostics with at least this severity.
    #[must_use]
    pub fn down_to(&self, severity: Severity) -> Self {
        let is_grave = |diagnostic: &&Diagnostic| diagnostic.severity <= severity;
        Self {
            found: self.found.iter().filter(is_grave).cloned().collect(),
        }
    }

    fn push(&mut self, severity: Severity, spot: Spot, message: String) -> &mut Diagnostic {
        self.found.push(Diagnostic {
            severity,
            message,
            spot,
            related: Vec::new(),
            help: None,
        });
        self.found.last_mut().expect("one was just pushed")
    }
}
