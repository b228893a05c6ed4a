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

impl Limits {
    /// These limits, and those of `other` of which these say nothing.
    pub(crate) fn or(&self, other: &Self) -> Self {
        let or =
            |own: &Option<String>, other: &Option<String>| own.as_ref().or(other.as_ref()).cloned();
        Self {
            minimum: or(&self.minimum, &other.minimum),
            maximum: or(&self.maximum, &other.maximum),
            min_length: or(&self.min_length, &other.min_length),
            max_length: or(&self.max_length, &other.max_length),
            min_items: or(&self.min_items, &other.min_items),
            max_items: or(&self.max_items, &other.max_items),
            pattern: or(&self.pattern, &other.pattern),
        }
    }
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
