//! Gets the names of components from JSON pointers.

use crate::pointer;

/// The name of the component of a section that a `$ref` leads to.
pub(super) fn name_in(section: &str, reference: &str) -> Option<String> {
    let mut steps = pointer::steps(reference.strip_prefix(&prefix(section))?);
    let name = steps.next()?;
    steps.next().is_none().then_some(name)
}

/// What stands before the name in a `$ref`.
pub(super) fn prefix(section: &str) -> String {
    format!("#/components/{section}/")
}
