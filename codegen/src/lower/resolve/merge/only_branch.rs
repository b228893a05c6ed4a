//! A union with only one branch beside null, in an object.

use super::super::parts::Parts;
use super::super::schema::Schema;
use super::Merger;
use super::unions::{is_null, is_object};
use crate::openapi;

impl<'a> Merger<'a, '_> {
    /// The schema merged with the only branch of a union in it, as if the branch were a member of the `allOf`; `None` if the
    /// union has more branches, if the parts are nothing but this union, or if one of the two is no object.
    pub(super) fn with_only_branch(
        &mut self,
        written: &[&'a openapi::Schema],
        parts: &Parts<'a>,
    ) -> Option<Schema<'a>> {
        let unions = parts.unions();
        if unions.is_empty() {
            return None;
        }
        let is_more =
            unions.len() > 1 || !parts.properties().is_empty() || !parts.map_values().is_empty();
        let (union, branch) = unions
            .into_iter()
            .filter(|union| is_more && union.discriminator.is_none())
            .find_map(|union| Some((union, self.only_branch(union)?)))?;
        let has_null = union.branches.len() > 1 || branch.is_nullable();
        let whole = parts.with_only_branch(union, &branch);
        let schema = self.of_parts(written, &whole);
        Some(Schema {
            nullable: has_null || schema.nullable,
            ..schema
        })
    }

    /// The only branch beside null, if it is an object or a union.
    fn only_branch(&self, union: &'a openapi::Schema) -> Option<Parts<'a>> {
        let branches = union.branches.iter();
        let branches = branches.map(|branch| Parts::quietly(&[branch], self.components));
        let mut branches = branches.filter(|branch| !is_null(branch));
        let only = branches.next().filter(|_| branches.next().is_none())?;
        let is_union = only.branches().next().is_some();
        (is_union || is_object(&only) || only.may_be_object()).then_some(only)
    }
}
