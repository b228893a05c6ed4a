//! Finds the positions of nodes in the text. Only diagnostics need them.

use std::ops::Range;

use super::source::{Notation, Source};
use super::{json, yaml};

/// The bytes of each node of `source`, in the order of places.
///
/// The list ends where the text stops making sense. The bytes of nodes before that point are right.
pub(crate) fn spans(source: &Source) -> Vec<Range<usize>> {
    match source.text() {
        Err(_) => Vec::new(),
        Ok(text) => match source.notation(text) {
            Notation::Json => json::spans(text),
            Notation::Yaml => yaml::spans(text),
        },
    }
}

#[cfg(test)]
mod tests;
