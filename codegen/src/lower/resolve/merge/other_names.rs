//! Components that only give a base with a discriminator another name.

use super::super::parts::Parts;
use super::Merger;
use crate::openapi::Schema;

impl<'a> Merger<'a, '_> {
    /// Notes each component that is not a branch of a base, because it adds nothing to the base and no value leads to it. If the
    /// base lists the values of its discriminator, no other value can lead there.
    pub(super) fn note_other_names(&mut self, base: &'a Schema) {
        let known = base.discriminator.as_ref().map(|known| &known.property);
        let property = known.map_or_else(Vec::new, |property| {
            Parts::quietly(&[base], self.components).property(&property.value)
        });
        if Parts::quietly(&property, self.components)
            .values()
            .is_some()
        {
            return;
        }
        for component in self.components.other_names(base) {
            let Some(kind) = self.components.moved.kind(&component.name) else {
                continue;
            };
            let kind = &kind.value;
            self.diagnostics
                .note(
                    component.name.place,
                    format!("no variant has the kind `{kind}`: this schema adds nothing to its base, and no value leads to it"),
                )
                .help(format!(
                    "if the API sends the kind `{kind}`, add it under `mapping`"
                ));
        }
    }
}
