//! Remarks about discriminators that do not lead to all branches.

use super::super::parts::Parts;
use super::super::schema::Tag;
use super::super::tags::Member;
use super::Merger;
use crate::openapi;

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
        tag: &Tag<'a>,
        members: &[Member<'a>],
    ) {
        let own = base.discriminator.as_ref();
        let Some(own) = own.filter(|own| own.mapping.is_empty()) else {
            return;
        };
        let Some(name) = self.components.kind_of_base(base) else {
            return;
        };
        let property = Parts::quietly(&[base], self.components).property(&tag.property);
        let allowed = Parts::quietly(&property, self.components).values();
        let may_be_said = allowed.is_none_or(|all| all.iter().any(|one| one.value == name.value));
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
}
