//! The unions among the parts of a schema.

use super::{Parts, holds};
use crate::lower::resolve::components::Components;
use crate::openapi::{self, Discriminator, SchemaType};

impl<'a> Parts<'a> {
    /// The branches of a union. Each part may have some.
    pub(in crate::lower::resolve) fn branches(&self) -> impl Iterator<Item = &'a openapi::Schema> {
        self.unions().into_iter().flat_map(|part| &part.branches)
    }

    /// The discriminator of the branches, if the document has one.
    pub(in crate::lower::resolve) fn discriminator(&self) -> Option<&'a Discriminator> {
        self.counted().find_map(|part| part.discriminator.as_ref())
    }

    /// The unions, without those that also allow all branches of another one.
    pub(in crate::lower::resolve) fn unions(&self) -> Vec<&'a openapi::Schema> {
        let has_branches = |part: &&'a openapi::Schema| !part.branches.is_empty();
        let all: Vec<&openapi::Schema> = self.counted().filter(has_branches).collect();
        let includes = |one: usize, other: usize| all[one].lists_all_of(all[other]);
        let is_wider = |one: usize| {
            (0..all.len()).any(|other| {
                other != one && includes(one, other) && (other < one || !includes(other, one))
            })
        };
        let narrowest = (0..all.len()).filter(|one| !is_wider(*one));
        narrowest.map(|one| all[one]).collect()
    }

    /// The parts whose union counts.
    fn counted(&self) -> impl Iterator<Item = &'a openapi::Schema> {
        let counts = |part: &&'a openapi::Schema| !holds(&self.bases, part);
        self.all.iter().copied().filter(counts)
    }

    /// The first part that is a base with heirs, if neither an heir is a part, nor another part has its own value for the
    /// discriminator.
    pub(in crate::lower::resolve) fn base(
        &self,
        components: &Components<'a>,
    ) -> Option<&'a openapi::Schema> {
        let is_base = |part: &&'a openapi::Schema| {
            let heirs = components.heirs(part);
            !heirs.is_empty() && !heirs.iter().any(|heir| holds(&self.all, &heir.value))
        };
        let base = self.counted().find(is_base)?;
        let own = base.discriminator.as_ref()?;
        let of_base = Parts::quietly(&[base], components);
        let may_be_any = |part: &&'a openapi::Schema| {
            let tag = part.property(&own.property.value);
            holds(&of_base.all, part) || tag.is_none_or(|tag| tag.values.is_none())
        };
        let is_its_union = std::ptr::eq(self.discriminator()?, own);
        (is_its_union && self.all.iter().all(may_be_any)).then_some(base)
    }

    /// Whether the parts may be an object, as far as they show.
    pub(in crate::lower::resolve) fn may_be_object(&self) -> bool {
        match self.types().as_slice() {
            [SchemaType::Object] => true,
            [] => {
                self.any(|part| !part.properties.is_empty() || !part.required.is_empty())
                    || self.branches().next().is_some()
            }
            _ => false,
        }
    }

    /// These parts together with the parts of the only branch of a union among them.
    pub(in crate::lower::resolve) fn with_only_branch(
        &self,
        union: &'a openapi::Schema,
        branch: &Self,
    ) -> Self {
        let mut all = self.all.clone();
        all.extend(branch.all.iter().filter(|part| !holds(&self.all, part)));
        Self {
            all,
            bases: [self.bases.as_slice(), &branch.bases, &[union]].concat(),
        }
    }
}
