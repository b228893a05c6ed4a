//! Security schemes. The generated crate supports only the bearer token.

use crate::diagnostic::Diagnostics;
use crate::suggest;
use crate::tree::{Entry, Node, Value};

/// Whether a `security` list requires a key: it has requirements, and none of them is empty.
pub(super) fn requires_key(node: &Node) -> bool {
    let Value::Sequence(requirements) = &node.value else {
        return true;
    };
    !requirements.is_empty()
        && requirements
            .iter()
            .all(|node| !matches!(&node.value, Value::Mapping(entries) if entries.is_empty()))
}

/// Warns about an unsupported security scheme, because the crate always sends the key as a bearer token.
pub(super) fn check_scheme(scheme: &Entry, diagnostics: &mut Diagnostics) {
    let text = |key| match scheme.node.get(key).map(|node| &node.value) {
        Some(Value::String(text)) => text.to_ascii_lowercase(),
        _ => String::new(),
    };
    let is_other = match text("type").as_str() {
        "http" => text("scheme") != "bearer",
        other => matches!(other, "apikey" | "mutualtls"),
    };
    if is_other {
        let message = format!(
            "`{}` is not supported: the client sends the key as `Authorization: Bearer`",
            scheme.key
        );
        diagnostics.warning(scheme.key_place, message);
    }
}

/// Warns about each name in a `security` list that is not a scheme in the document, if the document has schemes.
pub(super) fn check_names(root: &Node, diagnostics: &mut Diagnostics) {
    let schemes = root.get("components");
    let schemes = entries(schemes.and_then(|node| node.get("securitySchemes")));
    let known: Vec<&str> = schemes.iter().map(|scheme| scheme.key.as_str()).collect();
    let paths = entries(root.get("paths")).iter();
    let operations = paths.flat_map(|path| path.node.entries());
    let lists = operations.map(|operation| operation.node.get("security"));
    for list in lists.chain([root.get("security")]).flatten() {
        let Value::Sequence(requirements) = &list.value else {
            continue;
        };
        let names = requirements.iter().flat_map(Node::entries);
        for name in names.filter(|name| !known.is_empty() && !known.contains(&name.key.as_str())) {
            let help = suggest::help(
                &name.key,
                known.iter().copied(),
                "add it to `components/securitySchemes`, or correct the name",
            );
            diagnostics
                .warning(
                    name.key_place,
                    format!("the document has no security scheme `{}`", name.key),
                )
                .help(help);
        }
    }
}

fn entries(node: Option<&Node>) -> &[Entry] {
    node.map(Node::entries).unwrap_or_default()
}
