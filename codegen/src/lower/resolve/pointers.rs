//! The names of components, out of JSON pointers.

/// The name of the component of a section that a `$ref` leads to.
pub(super) fn name_in(section: &str, reference: &str) -> Option<String> {
    let name = reference.strip_prefix(&prefix(section))?;
    Some(name.replace("~1", "/").replace("~0", "~"))
}

/// What stands before the name in a `$ref`.
pub(super) fn prefix(section: &str) -> String {
    format!("#/components/{section}/")
}
