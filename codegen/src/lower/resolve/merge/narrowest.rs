//! Which of several schemas of one value still count beside the others.

use super::super::parts::{self, Parts};
use super::Merger;
use crate::openapi;

impl<'a> Merger<'a, '_> {
    /// Omits each schema that another one includes by `allOf`. Also omits each union beside a schema that selects a branch.
    pub(super) fn narrowest(&self, written: &[&'a openapi::Schema]) -> Vec<&'a openapi::Schema> {
        if written.len() < 2 {
            return written.to_vec();
        }
        let known: Vec<Parts<'a>> = written
            .iter()
            .map(|schema| Parts::quietly(&[schema], self.components))
            .collect();
        let holds = |one: usize, other: usize| {
            let target = known[other].all.first();
            target.is_some_and(|target| parts::holds(&known[one].all, target))
        };
        let is_held = |index: &usize| {
            (0..known.len())
                .filter(|other| other != index)
                .any(|other| {
                    let is_within =
                        holds(other, *index) && (other < *index || !holds(*index, other));
                    is_within || self.selects(&known[other], &known[*index])
                })
        };
        let kept = (0..known.len()).filter(|index| !is_held(index));
        kept.map(|index| written[index]).collect()
    }

    /// Whether a schema selects a branch of a union: it says more than a type. If it and all branches are objects, it selects a
    /// branch only if it includes a branch, or has a property whose values exclude a branch.
    fn selects(&self, one: &Parts<'a>, union: &Parts<'a>) -> bool {
        let says_more = one.any(|part| !part.says_types_at_most());
        if !says_more || one.branches().next().is_some() {
            return false;
        }
        let branches: Vec<Parts<'a>> = union
            .branches()
            .filter(|branch| !branch.is_null())
            .map(|branch| Parts::quietly(&[branch], self.components))
            .collect();
        if branches.is_empty() {
            return false;
        }
        let values =
            |schemas: &[&'a openapi::Schema]| Parts::quietly(schemas, self.components).values();
        let excludes = |branch: &Parts<'a>| {
            one.properties().iter().any(|property| {
                let others = values(&branch.property(&property.name.value));
                let (Some(own), Some(others)) = (values(&property.schemas), others) else {
                    return false;
                };
                let mut own = own.iter();
                !own.any(|value| others.iter().any(|other| other.value == value.value))
            })
        };
        let includes = |branch: &Parts<'a>| {
            let target = branch.all.first();
            target.is_some_and(|target| parts::holds(&one.all, target))
        };
        let mut all = branches.iter();
        !one.may_be_object()
            || !all.all(Parts::may_be_object)
            || branches
                .iter()
                .any(|branch| includes(branch) || excludes(branch))
    }
}
