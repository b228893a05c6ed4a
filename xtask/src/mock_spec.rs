//! Writes the document that the mock in `tests/mock` follows: the spec with its overlay, as JSON and without descriptions.

use telnyx_codegen::{Input, Node, Value};

pub(crate) const FILE: &str = "tests/mock/api.json";

/// Prose, which the mock does not show.
const PROSE: [&str; 2] = ["description", "summary"];

/// What stands below is a value: a key there is no keyword.
const VALUES: [&str; 3] = ["default", "example", "enum"];

/// What the file holds.
pub(crate) fn text(input: &Input) -> Result<String, String> {
    let merged = telnyx_codegen::merge(input).map_err(|_| "the spec has mistakes")?;
    let mut tree = merged.tree;
    leave_out_prose(&mut tree);
    Ok(tree.to_json_lines() + "\n")
}

fn leave_out_prose(node: &mut Node) {
    match &mut node.value {
        Value::Mapping(entries) => {
            let is_text = |node: &Node| matches!(node.value, Value::String(_));
            // A property may be called `description`: it is a schema and no text.
            entries.retain(|entry| !(PROSE.contains(&entry.key.as_str()) && is_text(&entry.node)));
            let parts = entries.iter_mut();
            let parts = parts.filter(|entry| !VALUES.contains(&entry.key.as_str()));
            parts.for_each(|entry| leave_out_prose(&mut entry.node));
        }
        Value::Sequence(items) => items.iter_mut().for_each(leave_out_prose),
        _ => {}
    }
}
