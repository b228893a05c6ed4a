//! Gets the names of components from JSON pointers.

use crate::pointer;

/// The name of the component in a section to which a `$ref` leads.
pub(super) fn name_in(section: &str, reference: &str) -> Option<String> {
    let mut steps = pointer::steps(reference.strip_prefix(&prefix(section))?);
    let name = steps.next()?;
    steps.next().is_none().then_some(name)
}

/// The start of a `$ref`, before the name.
pub(super) fn prefix(section: &str) -> String {
    format!("#/components/{section}/")
}
