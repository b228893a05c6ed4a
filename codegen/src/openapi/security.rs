//! Security schemes. The generated crate supports only the bearer token.

use crate::diagnostic::Diagnostics;
use crate::reader::{entries, list};
use crate::suggest;
use crate::tree::{Entry, Node, Value};

/// Whether a `security` list asks for a key: it has requirements, and none of them is empty. Reports what is not such a list.
pub(super) fn requires_key(node: &Node, diagnostics: &mut Diagnostics) -> bool {
    let requirements = list(node, "`security`", diagnostics);
    for requirement in requirements {
        for scheme in entries(requirement, "an item of `security`", diagnostics) {
            list(&scheme.node, "the scopes of a security scheme", diagnostics);
        }
    }
    !requirements.is_empty()
        && requirements
            .iter()
            .all(|node| !matches!(&node.value, Value::Mapping(entries) if entries.is_empty()))
}

/// Warns about an unsupported security scheme, because the crate always sends the key as a bearer token.
pub(super) fn check_scheme(scheme: &Entry, diagnostics: &mut Diagnostics) {
    let text = |key| {
        let node = scheme.node.get(key);
        let text = node.and_then(Node::text).unwrap_or_default();
        text.to_ascii_lowercase()
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
        diagnostics
            .warning(scheme.key_place, message)
            .help("if the API also accepts a bearer token, describe that in the overlay: `type: http`, `scheme: bearer`");
    }
}

/// Warns about each name in a `security` list that is not a scheme in the document, if the document has schemes.
pub(super) fn check_names(root: &Node, diagnostics: &mut Diagnostics) {
    let schemes = root.get("components");
    let schemes = schemes.and_then(|node| node.get("securitySchemes"));
    let schemes = schemes.map(Node::entries).unwrap_or_default();
    let known: Vec<&str> = schemes.iter().map(|scheme| scheme.key.as_str()).collect();
    let paths = root.get("paths").map(Node::entries);
    let operations = paths
        .unwrap_or_default()
        .iter()
        .flat_map(|path| path.node.entries());
    let lists = operations.map(|operation| operation.node.get("security"));
    for list in lists.chain([root.get("security")]).flatten() {
        let names = list.items().iter().flat_map(Node::entries);
        for name in names.filter(|name| !known.is_empty() && !known.contains(&name.key.as_str())) {
            let help = suggest::help(
                &name.key,
                known.iter().copied(),
                "add the security scheme to `components/securitySchemes`, or correct the name",
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
