//! `spec/accepted.yaml`: intended breaks, each with a reason.

use telnyx_codegen::{Node, Source, Value};

use crate::input::tree;

/// The path of the file in the workspace.
pub(crate) const FILE: &str = "spec/accepted.yaml";

/// An intended break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accepted {
    /// The change's name in a report: its rule and its path.
    pub(crate) change: String,
    /// Why users must accept the break.
    pub(crate) reason: String,
}

impl Accepted {
    /// Reads the entries of the file.
    pub(crate) fn read(source: Source) -> Result<Vec<Self>, String> {
        let name = source.name.clone();
        let tree = tree(source)?;
        let Some(Value::Sequence(items)) = tree.get("accepted").map(|node| &node.value) else {
            return Err(format!("{name} has no list `accepted`"));
        };
        let entry = |item: &Node| {
            let text = |key| item.get(key).and_then(Node::text).map(str::to_owned);
            let (change, reason) = (text("change"), text("reason"));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Accepted>, String> {
        Accepted::read(Source {
            name: "accepted.yaml".to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
    }

    #[test]
    fn an_entry_has_a_change_and_a_reason() {
        let entry = Accepted {
            change: "response-field-removed types::Note.subject".to_owned(),
            reason: "It never came.".to_owned(),
        };
        let text = "accepted:\n  - change: response-field-removed types::Note.subject\n    reason: It never came.\n";
        assert_eq!(read(text), Ok(vec![entry]));
        assert_eq!(read("accepted: []"), Ok(Vec::new()));
    }

    #[test]
    fn an_entry_without_a_reason_is_refused() {
        let mistake =
            read("accepted: [{ change: a b, reason: ' ' }]").expect_err("it has no reason");
        assert_eq!(
            mistake,
            "accepted.yaml: an entry needs `change` and `reason`: a b"
        );
        assert!(read("breaks: []").is_err());
    }
}
