//! Keywords that other tools write in their own way. The generator warns if it cannot read one.

use crate::diagnostic::Diagnostics;
use crate::reader::Keys;
use crate::tree::{Node, Value};

/// Reads `x-format`, which other documents use with other meanings.
pub(super) fn wire_format(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let node = keys.node("x-format")?;
    if let Value::String(name) = &node.value {
        return Some(name.clone());
    }
    diagnostics
        .warning(
            node.place,
            "`x-format` has no effect, because its value is not a string",
        )
        .help("write `decimal`, `integer`, `error-code` or `secret`");
    None
}

/// Reads an example. In a schema, `examples` is a list; elsewhere it is a mapping.
pub(super) fn example(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<Node> {
    let first = match keys.node("examples") {
        Some(Node {
            value: Value::Sequence(items),
            ..
        }) => items.first(),
        Some(other) => {
            diagnostics
                .warning(
                    other.place,
                    "`examples` has no effect, because its value is not a list",
                )
                .help("write `examples: [one]`");
            None
        }
        None => None,
    };
    keys.node("example").or(first).cloned()
}
