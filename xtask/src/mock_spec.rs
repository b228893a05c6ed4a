//! The document that the mock in `tests/mock` goes by: the spec with its overlay, as JSON and without prose.

use telnyx_codegen::{Input, Node, Value};

use crate::print;
use crate::workspace::{from_here, read_text, write as write_file};

const FILE: &str = "tests/mock/api.json";

/// Prose, which the mock does not show.
const PROSE: [&str; 2] = ["description", "summary"];

/// What stands below is a value: a key there is no keyword.
const VALUES: [&str; 3] = ["default", "example", "enum"];

/// Writes the file if it differs.
pub(crate) fn write(input: &Input) -> Result<(), String> {
    let text = text(input)?;
    let file = from_here(FILE);
    if read_text(&file).is_ok_and(|present| present == text) {
        return Ok(());
    }
    write_file(&file, text)?;
    print::line(format_args!("updated {}", file.display()))
}

/// Whether the file is what [`write()`] would write; tells if not.
pub(crate) fn is_fresh(input: &Input) -> Result<bool, String> {
    let file = from_here(FILE);
    let text = text(input)?;
    let is_fresh = read_text(&file).is_ok_and(|present| present == text);
    if !is_fresh {
        eprintln!(
            "{} differs from the spec: run the same command without `--check`",
            file.display()
        );
    }
    Ok(is_fresh)
}

fn text(input: &Input) -> Result<String, String> {
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
