//! Warns about a `$dynamicRef` that can lead to different schemas.

use crate::diagnostic::Diagnostics;
use crate::tree::Place;

/// The `$dynamicRef`s and the `$dynamicAnchor`s of a document.
#[derive(Default)]
pub(super) struct Dynamic {
    anchors: Vec<(String, Place)>,
    references: Vec<(String, Place)>,
}

impl Dynamic {
    /// Adds an anchor, if it is a dynamic one.
    pub(super) fn add_anchor(&mut self, key: &str, name: &str, place: Place) {
        if key == "$dynamicAnchor" {
            self.anchors.push((name.to_owned(), place));
        }
    }

    /// Adds a reference, if it is a dynamic one.
    pub(super) fn add_reference(&mut self, key: &str, target: &str, place: Place) {
        if key == "$dynamicRef" {
            self.references.push((target.to_owned(), place));
        }
    }

    /// Warns about each reference to an anchor that several schemas have, because the generator always follows it to the same
    /// schema.
    pub(super) fn check(&self, diagnostics: &mut Diagnostics) {
        for (target, place) in &self.references {
            let name = target.rsplit('#').next().unwrap_or_default();
            let mut anchors = self.anchors.iter().filter(|(known, _)| known == name);
            let (Some(_), Some((_, other))) = (anchors.next(), anchors.next()) else {
                continue;
            };
            let message = format!(
                "several schemas have the `$dynamicAnchor` `{name}`, but this `$dynamicRef` always leads to the same one"
            );
            diagnostics
                .warning(*place, message)
                .related(*other, "another schema has the anchor here")
                .help(
                    "in the overlay, give the schema around each anchor its own list with a `$ref`",
                );
        }
    }
}
