//! Explains what is missing if a `$ref` has no target.

use super::pointer::find;
use crate::pointer as json_pointer;
use crate::suggest;
use crate::tree::Node;

/// How many references one help follows.
const MOST_STEPS: usize = 20;

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
        return Some((message, beyond(further, &steps[count - 1..], root)));
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

/// What to write instead of a path through a `$ref` to `further`, with the rest of the path.
fn beyond(further: &str, rest: &[String], root: &Node) -> String {
    let mut further = further;
    let mut rest = rest.to_vec();
    // References can lead to each other in a circle.
    for _ in 0..MOST_STEPS {
        let Some(path) = further.strip_prefix("#/") else {
            break;
        };
        let mut steps: Vec<String> = json_pointer::steps(path).collect();
        let known = steps.len();
        steps.extend(rest);
        let mut counts = 1..=steps.len();
        let Some(count) = counts.find(|count| find(root, &steps[..*count]).is_none()) else {
            return format!(
                "write the path that begins at the target of the `$ref`: `{}`",
                written(&steps)
            );
        };
        let (step, around) = (&steps[count - 1], &steps[..count - 1]);
        let next = find(root, around).and_then(|node| node.get("$ref")?.text());
        match next {
            Some(next) => further = next,
            None if count > known => {
                let around = written(around);
                return format!(
                    "correct the path: the `$ref` leads to `{around}`, which has no `{step}`"
                );
            }
            None => break,
        }
        rest = steps.split_off(count - 1);
    }
    "correct the path".to_owned()
}

/// A path as a `$ref` has it.
fn written(steps: &[String]) -> String {
    let steps = steps
        .iter()
        .map(|step| format!("/{}", json_pointer::escaped(step)));
    std::iter::once("#".to_owned()).chain(steps).collect()
}
