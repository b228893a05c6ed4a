//! The values of a discriminator, and the branches that they lead to.

use std::collections::HashSet;
use std::rc::Rc;

use super::{Member, end_of, mapped, said, values_of};
use crate::lower::resolve::components::Components;
use crate::lower::resolve::parts::{Parts, holds};
use crate::lower::resolve::schema::{Schema, Tag};
use crate::openapi::Discriminator;
use crate::reader::Text;

/// A union with a discriminator.
pub(super) struct ByDiscriminator<'m, 'a> {
    pub(super) discriminator: &'a Discriminator,
    pub(super) members: &'m [Member<'a>],
    pub(super) components: &'m Components<'a>,
}

/// A value of the discriminator, with the branch that it leads to.
type Value<'a> = (Text, Rc<Schema<'a>>);

impl<'a> ByDiscriminator<'_, 'a> {
    /// The tag; `None` if no value leads to a branch, and no branch lacks its value by mistake.
    pub(super) fn tag(&self, union: &Parts<'a>) -> Option<Tag<'a>> {
        let mut values = self.mapped();
        self.add_own(&self.said(union), &mut values);
        // A value that its branch does not allow comes last, because it is never written.
        values.sort_by_key(|value| !self.is_allowed(value));
        self.drop_unreached(&mut values);
        let says = |member: &Member<'a>| self.values_of(member).is_some();
        let mut members = self.members.iter();
        if values.is_empty() && members.all(|member| member.is_heir || says(member)) {
            return None;
        }
        Some(Tag {
            property: self.property().to_owned(),
            values,
            discriminator: Some(self.discriminator),
        })
    }

    fn property(&self) -> &'a str {
        &self.discriminator.property.value
    }

    /// The values in the mapping.
    fn mapped(&self) -> Vec<Value<'a>> {
        let mapping = self.discriminator.mapping.iter();
        let mapped = mapping.filter_map(|(value, target)| {
            let branch = mapped(target, self.members, self.components)?;
            Some((value.clone(), branch))
        });
        mapped.collect()
    }

    /// The values that each branch lists itself, or else the name of its component.
    fn said(&self, union: &Parts<'a>) -> Vec<Vec<Text>> {
        let property = self.property();
        // A property that a branch gets from the union says nothing about the branch itself.
        let of_union = union.property(property);
        let of_member = |member: &Member<'a>| {
            let kind = member.kind.clone();
            let own = member.parts.property(property);
            match !own.is_empty() && own.iter().all(|own| holds(&of_union, own)) {
                true => {
                    let mut values: Vec<Text> = kind.into_iter().collect();
                    self.add_below(member, &mut values);
                    values
                }
                false => {
                    let met = &mut Vec::new();
                    let said = said(kind, &member.parts, property, self.components, met);
                    let mut values = said.unwrap_or_default();
                    let own = member.parts.discriminator();
                    let is_base = own.is_some_and(|own| own.property.value == *property);
                    if is_base && self.values_of(member).is_none() {
                        self.add_below(member, &mut values);
                    }
                    values
                }
            }
        };
        self.members.iter().map(of_member).collect()
    }

    /// Adds the values that lead to components which include a branch that is a base too.
    fn add_below(&self, member: &Member<'a>, values: &mut Vec<Text>) {
        if let Some(component) = end_of(member, self.components) {
            let components = self.components;
            components.add_values_below(component, self.property(), values);
        }
    }

    /// Adds the values that branches have without the mapping.
    fn add_own(&self, said: &[Vec<Text>], values: &mut Vec<Value<'a>>) {
        for (index, member) in self.members.iter().enumerate() {
            let mut branches = values.iter().map(|(_, branch)| branch);
            let is_mapped = branches.any(|branch| Rc::ptr_eq(branch, &member.branch));
            let says = self.values_of(member).is_some();
            // The name of a component counts if the property may have this value. If the property has no listed values, the
            // name counts only if no mapping leads to the branch.
            let counts = |value: &Text| match says {
                true => self.may_have(member, value),
                false => !is_mapped,
            };
            let own = own(index, said, self.members);
            for value in own.into_iter().filter(counts) {
                if values.iter().all(|(known, _)| known.value != value.value) {
                    values.push((value, Rc::clone(&member.branch)));
                }
            }
        }
    }

    /// Drops the values of each component that nothing lists as a branch and that no allowed value leads to. It is not a branch.
    fn drop_unreached(&self, values: &mut Vec<Value<'a>>) {
        let allowed = values.iter().filter(|value| self.is_allowed(value));
        let reached: Vec<Rc<Schema<'a>>> = allowed.map(|(_, branch)| Rc::clone(branch)).collect();
        values.retain(|(_, branch)| {
            let is_heir = self.member_of(branch).is_some_and(|member| member.is_heir);
            !is_heir || reached.iter().any(|known| Rc::ptr_eq(known, branch))
        });
    }

    fn member_of(&self, branch: &Rc<Schema<'a>>) -> Option<&Member<'a>> {
        let mut members = self.members.iter();
        members.find(|member| Rc::ptr_eq(branch, &member.branch))
    }

    /// Whether the branch of a value allows the value.
    fn is_allowed(&self, (value, branch): &Value<'a>) -> bool {
        let member = self.member_of(branch);
        member.is_none_or(|member| self.may_have(member, value))
    }

    /// Whether a branch allows a value of the property, as far as the branch shows.
    fn may_have(&self, member: &Member<'a>, value: &Text) -> bool {
        let allowed = self.values_of(member);
        allowed.is_none_or(|values| values.iter().any(|one| one.value == value.value))
    }

    fn values_of(&self, member: &Member<'a>) -> Option<Vec<&'a Text>> {
        values_of(&member.parts, self.property(), self.components)
    }
}

/// The values of a branch without a mapping: the values of its property that no other branch has, or else the name of its
/// component. A value of an object never belongs to a union beside it, because the union may contain that object too.
fn own(index: usize, said: &[Vec<Text>], members: &[Member<'_>]) -> Vec<Text> {
    let is_union = |index: usize| members[index].parts.branches().next().is_some();
    let taken: HashSet<&str> = (0..said.len())
        .filter(|other| *other != index && (is_union(index) || !is_union(*other)))
        .flat_map(|other| &said[other])
        .map(|value| value.value.as_str())
        .collect();
    let is_free = |value: &&Text| !taken.contains(value.value.as_str());
    let free: Vec<Text> = said[index].iter().filter(is_free).cloned().collect();
    let name = members[index].kind.clone();
    // The property never has the component's name as its value.
    let is_other = name.as_ref().is_some_and(|name| {
        let mut said = said[index].iter();
        said.all(|value| value.value != name.value)
    });
    let is_enough = is_union(index) || is_other || free.len() == said[index].len();
    if is_enough && !free.is_empty() {
        return free;
    }
    name.into_iter().collect()
}
