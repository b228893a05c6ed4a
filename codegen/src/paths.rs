//! Gives paths the names that the configuration says are right, for other readers of the document.
//!
//! Lowering does not need it: it keeps the published path beside the right one, to find the operation by.

use crate::config::Config;
use crate::tree::{Node, Value};

/// Renames each path of `document` for whose operations the configuration has another.
pub(crate) fn correct(document: &mut Node, config: &Config) {
    let Value::Mapping(entries) = &mut document.value else {
        return;
    };
    let paths = entries.iter_mut().find(|entry| entry.key == "paths");
    if let Some(paths) = paths
        && let Value::Mapping(items) = &mut paths.node.value
    {
        for item in items {
            if let Some(path) = right_path(&item.node, config) {
                item.key = path;
            }
        }
    }
}

/// The path that the configuration has for an operation of the path item.
fn right_path(item: &Node, config: &Config) -> Option<String> {
    let Value::Mapping(members) = &item.value else {
        return None;
    };
    members.iter().find_map(|member| {
        let Value::String(id) = &member.node.get("operationId")?.value else {
            return None;
        };
        let path = config.operation(id)?.path.as_ref()?;
        Some(path.value.clone())
    })
}
