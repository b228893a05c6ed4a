//! Limits of values: `minimum`, `maxLength` and their like.

use crate::diagnostic::Diagnostics;
use crate::reader::Keys;
use crate::tree::{Node, Value};

/// Limits of values; they are documented, never checked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limits {
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    pub(crate) min_length: Option<String>,
    pub(crate) max_length: Option<String>,
    pub(crate) min_items: Option<String>,
    pub(crate) max_items: Option<String>,
    pub(crate) pattern: Option<String>,
}

/// Reads the limits among the keywords of a schema.
pub(super) fn read(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Limits {
    let mut number = |key: &'static str, diagnostics: &mut Diagnostics| match keys.node(key) {
        None => None,
        Some(Node {
            value: Value::Number(number),
            ..
        }) => Some(number.to_string()),
        Some(node) => {
            let message = format!("`{key}` has to be a number, not {}", node.value.kind());
            diagnostics
                .error(node.place, message)
                .help("write a number, without quotes");
            None
        }
    };
    Limits {
        minimum: number("minimum", diagnostics),
        maximum: number("maximum", diagnostics),
        min_length: number("minLength", diagnostics),
        max_length: number("maxLength", diagnostics),
        min_items: number("minItems", diagnostics),
        max_items: number("maxItems", diagnostics),
        pattern: keys.string("pattern", diagnostics),
    }
}
