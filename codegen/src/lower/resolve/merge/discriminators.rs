//! Remarks about discriminators that do not lead to all branches.

use super::super::parts::Parts;
use super::super::tags::Member;
use super::Merger;
use crate::openapi;
use crate::reader::Text;

impl<'a> Merger<'a, '_> {
    /// Warns about a discriminator of one of several unions. Its values do not lead to the branches of the others.
    pub(super) fn warn_of_several(&mut self, parts: &Parts<'a>) {
        let Some(discriminator) = parts.discriminator() else {
            return;
        };
        self.diagnostics
            .warning(
                discriminator.property.place,
                "this discriminator has no effect, because a value must match a branch of each of several unions",
            )
            .help("in the overlay, replace the unions by one union of the allowed combinations");
    }

    /// Notes that a base has no variant for itself, if component names are the kinds and the base can be a kind too.
    pub(super) fn base_without_variant(
        &mut self,
        base: &'a openapi::Schema,
        members: &[Member<'a>],
    ) {
        let own = base.discriminator.as_ref();
        let Some(own) = own.filter(|own| own.mapping.is_empty()) else {
            return;
        };
        let Some(name) = self.components.kind_of_base(base) else {
            return;
        };
        let listed = self.listed_kinds(base);
        let may_be_said = listed.is_none_or(|all| all.iter().any(|one| one.value == name.value));
        if !may_be_said || !members.iter().any(|member| member.is_heir) {
            return;
        }
        let name = &name.value;
        self.diagnostics
            .note(
                own.property.place,
                format!("there is no variant for `{name}` itself: the crate reads a value of the kind `{name}` as `Unrecognized`"),
            )
            .help(format!("if the API sends this kind, add a component with an `allOf` of `{name}`, and its value under `mapping`"));
    }

    /// Notes each component that is not a branch of a base, because it adds nothing to the base and no value leads to it. If the
    /// base lists the values of its discriminator, no other value can lead there.
    pub(super) fn note_other_names(&mut self, base: &'a openapi::Schema) {
        if self.listed_kinds(base).is_some() {
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

    /// The values that a base lists for its discriminator.
    fn listed_kinds(&self, base: &'a openapi::Schema) -> Option<Vec<&'a Text>> {
        let property = &base.discriminator.as_ref()?.property;
        let property = Parts::quietly(&[base], self.components).property(&property.value);
        Parts::quietly(&property, self.components).values()
    }
}
