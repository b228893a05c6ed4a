//! Schemas outside `components` that references lead to, and that became components.

use std::collections::BTreeMap;

use super::pointer::Pointer;
use crate::pointer;
use crate::reader::Text;

/// The schemas that became components, by the names that the generator made up for them.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    /// The paths to the schemas in the document.
    paths: BTreeMap<String, Pointer>,
}

impl Moved {
    pub(super) fn of(paths: impl IntoIterator<Item = (String, Pointer)>) -> Self {
        Self {
            paths: paths.into_iter().collect(),
        }
    }

    /// A component as a diagnostic names it: by its name, or else by its place in the document.
    pub(crate) fn shown(&self, component: &str) -> String {
        self.address(component)
            .unwrap_or_else(|| component.to_owned())
    }

    /// The text of a `$ref` to a component, as the document has it.
    pub(crate) fn shown_reference(&self, reference: &str) -> String {
        self.address(&pointer::last_name(reference))
            .unwrap_or_else(|| reference.to_owned())
    }

    /// A site as a diagnostic names it. A made-up name has only letters, digits and underscores.
    pub(crate) fn shown_site(&self, site: &str) -> String {
        let end = site.find(['.', '[', '{', '|']).unwrap_or(site.len());
        let (component, rest) = site.split_at(end);
        match self.address(component) {
            Some(address) => format!("{address}{rest}"),
            None => site.to_owned(),
        }
    }

    /// The value of a discriminator that leads to a component without a `mapping`: the component's name in the document. A schema
    /// that has no name in the document has no such value.
    pub(crate) fn kind(&self, component: &Text) -> Option<Text> {
        let Some(path) = self.paths.get(&component.value) else {
            return Some(component.clone());
        };
        let [.., around, name] = path.as_slice() else {
            return None;
        };
        let has_names = ["schemas", "$defs", "definitions"].contains(&around.as_str())
            || around.starts_with("x-");
        has_names.then(|| Text {
            value: name.clone(),
            place: component.place,
        })
    }

    fn address(&self, component: &str) -> Option<String> {
        let path = self.paths.get(component)?;
        Some(format!("#{}", pointer::pointer(path)))
    }
}
