//! Notes about names that a rule had to make up.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::tree::Place;

/// Adds a note about a name that the generator made up. `named` contains the name, and what has it.
pub(super) fn note<'d>(
    diagnostics: &'d mut Diagnostics,
    place: Place,
    named: &str,
) -> &'d mut Diagnostic {
    diagnostics.note(place, sentence(named))
}

/// What the note says.
pub(super) fn sentence(named: &str) -> String {
    format!("the generator made up the name {named}")
}

/// The same, with the line of `sdk.yaml` that chooses the name.
pub(super) fn note_with_line(diagnostics: &mut Diagnostics, place: Place, named: &str, line: &str) {
    note(diagnostics, place, named).help(format!(
        "to choose the name, add this to sdk.yaml: `{line}`"
    ));
}
