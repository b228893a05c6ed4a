//! The `$id` of a schema, to which references in the schema are relative.

use super::pointer::Pointer;

/// A schema with an `$id`.
pub(super) struct Base {
    /// Its whole address.
    pub(super) address: String,
    pub(super) pointer: Pointer,
}

/// The address of a reference or an `$id` inside a schema with another address (RFC 3986).
pub(super) fn join(base: &str, reference: &str) -> String {
    let base = base.split('#').next().unwrap_or_default();
    if reference.is_empty() || reference.starts_with('#') {
        return format!("{base}{reference}");
    }
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let (server, path) = base.split_at(end_of_server(base));
    if reference.starts_with('/') {
        return format!("{server}{reference}");
    }
    let mut folder = folder_of(path);
    let mut rest = reference;
    loop {
        if let Some(inner) = rest.strip_prefix("./") {
            rest = inner;
        } else if let Some(outer) = rest.strip_prefix("../") {
            folder = folder_of(folder);
            rest = outer;
        } else {
            return format!("{server}{folder}/{rest}");
        }
    }
}

fn has_scheme(reference: &str) -> bool {
    let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    reference
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.chars().all(is_of_scheme))
}

/// Where the path of an address starts.
fn end_of_server(address: &str) -> usize {
    let Some((scheme, rest)) = address.split_once("://") else {
        return 0;
    };
    let name = rest.find('/').unwrap_or(rest.len());
    scheme.len() + "://".len() + name
}

/// A path without its last step.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn a_relative_reference_is_within_its_base() {
        let base = "https://e.com/a/root#";
        for (reference, whole) in [
            ("sub", "https://e.com/a/sub"),
            ("./sub#anchor", "https://e.com/a/sub#anchor"),
            ("../sub", "https://e.com/sub"),
            ("/sub", "https://e.com/sub"),
            ("#anchor", "https://e.com/a/root#anchor"),
            ("", "https://e.com/a/root"),
            ("urn:example:sub", "urn:example:sub"),
            ("http://f.com/sub", "http://f.com/sub"),
        ] {
            assert_eq!(join(base, reference), whole, "{reference}");
        }
        assert_eq!(join("https://e.com", "sub"), "https://e.com/sub");
        assert_eq!(join("", "sub"), join("root", "sub"));
    }
}
