//! The single changes in `tests/fixtures/diff`.

use telnyx_codegen::{Input, Node, Source};

use crate::input::{read, tree};
use crate::many_crates;
use crate::workspace::root;

const FOLDER: &str = "tests/fixtures/diff";

/// A single change to one spec.
pub(crate) struct Case {
    pub(crate) name: String,
    /// The kind of the change.
    row: String,
    /// The spec after the change.
    pub(crate) input: Input,
}

impl Case {
    /// The names of its modules: for users of its features, and for others.
    pub(super) fn modules(&self) -> [String; 2] {
        let module = many_crates::module(&self.name);
        let without = format!("{module}_without_features");
        [module, without]
    }
}

/// The spec before all changes, and each change whose name or row contains one of the texts. Without texts, all changes.
pub(crate) fn read_changes(only: &[String]) -> Result<(Input, Vec<Case>), String> {
    let base = Input {
        document: source("openapi.yaml")?,
        overlay: None,
        config: Some(source("sdk.yaml")?),
    };
    let listed = tree(source("cases.yaml")?)?;
    let cases = listed.items().iter();
    let cases: Result<Vec<Case>, String> = cases.map(|node| case(node, &base)).collect();
    let mut cases = cases?;
    let is_meant = |case: &Case, text: &String| case.name.contains(text) || case.row.contains(text);
    cases.retain(|case| only.is_empty() || only.iter().any(|text| is_meant(case, text)));
    match cases.as_slice() {
        [] => Err("no change has such a text in its name or row".to_owned()),
        _ => Ok((base, cases)),
    }
}

fn source(name: &str) -> Result<Source, String> {
    read(&root().join(FOLDER).join(name))
}

fn case(node: &Node, base: &Input) -> Result<Case, String> {
    let edited = |source: &Source, edits: &[Node]| -> Result<Source, String> {
        let mut source = source.clone();
        for edit in edits {
            let text = String::from_utf8_lossy(&source.bytes).into_owned();
            let text = text.replace(&text_at(edit, "find")?, &text_at(edit, "put")?);
            source.bytes = text.into_bytes();
        }
        Ok(source)
    };
    Ok(Case {
        name: text_at(node, "name")?,
        row: text_at(node, "row")?,
        input: Input {
            document: edited(&base.document, items(node, "document"))?,
            overlay: None,
            config: match &base.config {
                Some(config) => Some(edited(config, items(node, "sdk"))?),
                None => None,
            },
        },
    })
}

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).map_or(&[], Node::items)
}

fn text_at(node: &Node, key: &str) -> Result<String, String> {
    let text = node.get(key).and_then(Node::text);
    let text = text.ok_or_else(|| format!("{FOLDER}/cases.yaml: a case lacks `{key}`"))?;
    Ok(text.to_owned())
}
