//! Explains what is missing if a `$ref` has no target.

use super::pointer::find;
use crate::pointer as json_pointer;
use crate::suggest;
use crate::tree::Node;

/// Explains which step of a path into a component is missing, or that there is no such anchor, and what to write instead. `None`
/// for any other `$ref`, which is reported where it is read.
pub(super) fn explain<'a>(
    target: &str,
    root: &Node,
    anchors: impl Iterator<Item = &'a str>,
) -> Option<(String, String)> {
    let rest = target.strip_prefix('#')?;
    let Some(path) = rest.strip_prefix('/') else {
        let message = format!("no schema has the anchor `{rest}`");
        let help = format!("write `$anchor: {rest}` in the schema, or correct the name");
        return (!rest.is_empty()).then(|| (message, suggest::help(rest, anchors, &help)));
    };
    let steps: Vec<String> = json_pointer::steps(path).collect();
    if steps.len() < 4 || steps[0] != "components" {
        return None;
    }
    let count = (1..=steps.len()).find(|count| find(root, &steps[..*count].to_vec()).is_none())?;
    let (step, around) = (&steps[count - 1], steps[..count - 1].to_vec());
    let shown = match around.as_slice() {
        [components, section] => format!("{components}/{section}"),
        around => around.last().cloned().unwrap_or_default(),
    };
    let message = format!("`{target}` does not exist, because `{shown}` has no `{step}`");
    let known = find(root, &around).map(Node::entries).unwrap_or_default();
    let known = known.iter().map(|entry| entry.key.as_str());
    Some((message, suggest::help(step, known, "correct the path")))
}
