//! `spec/accepted.yaml`: breaks that are meant, each with its reason.

use telnyx_codegen::{Input, Node, Source, Value};

/// The file, below the workspace.
pub(crate) const FILE: &str = "spec/accepted.yaml";

/// A break that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accepted {
    /// What a report calls the change: its rule and its path.
    pub(crate) change: String,
    /// Why users have to bear it.
    pub(crate) reason: String,
}

impl Accepted {
    /// Reads the entries of the file.
    pub(crate) fn read(source: Source) -> Result<Vec<Self>, String> {
        let name = source.name.clone();
        let input = Input {
            document: source,
            overlay: None,
            config: None,
        };
        let merged =
            telnyx_codegen::merge(&input).map_err(|mistakes| mistakes.render(&input, false))?;
        let Some(Value::Sequence(items)) = merged.tree.get("accepted").map(|node| &node.value)
        else {
            return Err(format!("{name} has no list `accepted`"));
        };
        let entry = |item: &Node| {
            let (change, reason) = (text(item, "change"), text(item, "reason"));
            match (change, reason) {
                (Some(change), Some(reason)) if !reason.trim().is_empty() => {
                    Ok(Self { change, reason })
                }
                (change, _) => Err(format!(
                    "{name}: an entry needs `change` and `reason`: {}",
                    change.unwrap_or_else(|| item.to_json())
                )),
            }
        };
        items.iter().map(entry).collect()
    }
}

fn text(node: &Node, key: &str) -> Option<String> {
    match &node.get(key)?.value {
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}
