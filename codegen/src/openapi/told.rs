//! Keywords that other tools write in their own way. The generator warns if it cannot read one.

use crate::diagnostic::Diagnostics;
use crate::reader::{Keys, Text};
use crate::suggest;
use crate::tree::{Node, Value};

/// The `x-format` of a value that `Debug` must not show.
pub(crate) const SECRET: &str = "secret";

/// Reads `x-format`, which others use for what they like. Only a value that is almost one of ours gets a warning.
pub(super) fn wire_format(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<Text> {
    const KNOWN: [&str; 4] = ["decimal", "integer", "error-code", SECRET];
    let node = keys.node("x-format")?;
    let Value::String(name) = &node.value else {
        let message = "`x-format` has no effect, because its value is not a string";
        diagnostics
            .warning(node.place, message)
            .help("write `decimal`, `integer`, `error-code` or `secret`");
        return None;
    };
    let is_known = KNOWN.contains(&name.as_str());
    if let Some(known) = suggest::closest(name, KNOWN).filter(|_| !is_known) {
        let message = format!(
            "`x-format` has no effect, because the generator does not know `{}`",
            name.escape_debug()
        );
        diagnostics
            .warning(node.place, message)
            .help(format!("did you mean `{known}`?"));
    }
    is_known.then(|| Text {
        value: name.clone(),
        place: node.place,
    })
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
