//! Finds descriptions that an import left open, because they would become documentation.

use crate::diagnostic::Diagnostics;
use crate::tree::{Node, Value};

/// The description that an import writes for a new part. [`generate`](crate::generate) rejects it.
pub const UNWRITTEN: &str = "TODO(import)";

/// Reports every description that is still missing.
pub(crate) fn check(node: &Node, diagnostics: &mut Diagnostics) {
    match &node.value {
        Value::String(text) if text == UNWRITTEN => {
            diagnostics
                .error(node.place, "this description is not written yet")
                .help(
                    "describe this in your own words: the text becomes part of the crate's documentation",
                );
        }
        Value::Mapping(entries) => {
            for entry in entries {
                check(&entry.node, diagnostics);
            }
        }
        Value::Sequence(items) => {
            for item in items {
                check(item, diagnostics);
            }
        }
        _ => {}
    }
}
