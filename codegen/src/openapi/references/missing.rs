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
    let count = (1..=steps.len()).find(|count| find(root, &steps[..*count]).is_none())?;
    let (step, around) = (&steps[count - 1], &steps[..count - 1]);
    let further = find(root, around).and_then(|node| node.get("$ref")?.text());
    if let (Some(further), Some(name)) = (further, around.last()) {
        let message = format!("`{target}` does not exist, because `{name}` is a `$ref`");
        let rest = steps[count - 1..].iter();
        let rest: String = rest
            .map(|step| format!("/{}", json_pointer::escaped(step)))
            .collect();
        let help = format!("write where that one leads: `{further}{rest}`");
        return Some((message, help));
    }
    if steps.len() < 4 || steps[0] != "components" {
        return None;
    }
    let shown = match around {
        [components, section] => format!("{components}/{section}"),
        around => around.last().cloned().unwrap_or_default(),
    };
    let message = format!("`{target}` does not exist, because `{shown}` has no `{step}`");
    let known = find(root, around).map(Node::entries).unwrap_or_default();
    let known = known.iter().map(|entry| entry.key.as_str());
    Some((message, suggest::help(step, known, "correct the path")))
}
