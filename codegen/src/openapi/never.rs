//! Schemas that allow no value.

use crate::tree::{Node, Value};

/// Whether a schema allows no value: `false`, or `not` with a schema that allows everything.
pub(super) fn is(node: &Node) -> bool {
    let allows_any = |node: &Node| match &node.value {
        Value::Bool(allows) => *allows,
        Value::Mapping(entries) => entries.is_empty(),
        _ => false,
    };
    match &node.value {
        Value::Bool(allows) => !allows,
        Value::Mapping(entries) => matches!(
            entries.as_slice(),
            [entry] if entry.key == "not" && allows_any(&entry.node)
        ),
        _ => false,
    }
}
