//! Reads an input into a tree.

use super::source::{Notation, Source};
use super::{Node, damage, json, yaml};
use crate::diagnostic::Diagnostics;

/// Reads `source`, the input with the number `file`; `None` if it has a mistake, which is then in `diagnostics`.
pub(crate) fn parse(source: &Source, file: u16, diagnostics: &mut Diagnostics) -> Option<Node> {
    let text = match source.text() {
        Ok(text) => text,
        Err(not_text) => {
            diagnostics
                .error_at(file, not_text.offset, not_text.message)
                .help(not_text.help);
            return None;
        }
    };
    if damage::is_found(text, file, diagnostics) {
        return None;
    }
    match source.notation(text) {
        Notation::Json => json::read(text, file, diagnostics),
        Notation::Yaml => yaml::read(text, file, diagnostics),
    }
}

#[cfg(test)]
mod tests;
