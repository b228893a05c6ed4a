//! Finds the property that distinguishes the branches of a union.

mod by_discriminator;

use std::collections::HashSet;
use std::rc::Rc;

use by_discriminator::ByDiscriminator;

use super::components::{Components, branch_reference};
use super::parts::{Parts, holds};
use super::schema::{Schema, Tag};
use crate::diagnostic::Diagnostics;
use crate::openapi::{self, Component, Discriminator};
use crate::pointer;
use crate::reader::Text;

/// A branch that is not null.
pub(super) struct Member<'a> {
    /// The name of the component that it refers to.
    pub(super) name: Option<Text>,
    /// The name of this component in the document, which is the branch's value without a `mapping`.
    pub(super) kind: Option<Text>,
    pub(super) branch: Rc<Schema<'a>>,
    /// The schemas that it refers to, merged.
    pub(super) parts: Parts<'a>,
    /// Whether it is a branch because its `allOf` includes a base with a discriminator, and not because the union lists it.
    pub(super) is_heir: bool,
}

/// The tag of a union: its discriminator, or a property that has different values in each branch. `union` contains the parts
/// beside the branches.
pub(super) fn of<'a>(
    members: &[Member<'a>],
    union: &Parts<'a>,
    components: &Components<'a>,
) -> Option<Tag<'a>> {
    if members.is_empty() {
        return None;
    }
    let Some(discriminator) = union.discriminator() else {
        return implied(members, components).or_else(|| by_base(members, components));
    };
    let union_by_it = ByDiscriminator {
        discriminator,
        members,
        components,
    };
    union_by_it.tag(union)
}

/// The values that parts list for a property, if they list any.
fn values_of<'a>(
    parts: &Parts<'a>,
    property: &str,
    components: &Components<'a>,
) -> Option<Vec<&'a Text>> {
    Parts::quietly(&parts.property(property), components).values()
}

/// The values that a branch lists for the property. For a union, these are the values of its branches. If a branch lists none,
/// its component's name. `None` for a union that is in `met` already, because its values are known.
fn said<'a>(
    name: Option<Text>,
    parts: &Parts<'a>,
    property: &str,
    components: &Components<'a>,
    met: &mut Vec<&'a openapi::Schema>,
) -> Option<Vec<Text>> {
    if let Some(values) = values_of(parts, property, components) {
        return Some(values.into_iter().cloned().collect());
    }
    let mut inner: Vec<Text> = Vec::new();
    let own = parts.discriminator();
    if let Some(own) = own.filter(|own| own.property.value == property) {
        inner.extend(own.mapping.iter().map(|(value, _)| value.clone()));
    }
    let mut comes_back = false;
    if inner.is_empty() && parts.branches().next().is_some() {
        let whole = parts.all.first()?;
        if holds(met, whole) {
            return None;
        }
        met.push(whole);
        for branch in parts.branches() {
            let name = branch.reference.as_ref().map(name_of);
            let name = name.and_then(|name| components.moved.kind(&name));
            let parts = Parts::quietly(&[branch], components);
            match said(name, &parts, property, components, met) {
                Some(values) => inner.extend(values),
                None => comes_back = true,
            }
        }
    }
    Some(match inner.is_empty() && !comes_back {
        true => name.into_iter().collect(),
        false => inner,
    })
}

/// The name of the component that a reference leads to.
fn name_of(reference: &Text) -> Text {
    Text {
        value: pointer::last_name(&reference.value),
        place: reference.place,
    }
}

/// The branch to which a value of `mapping` leads. If the component is not a branch yet, it becomes one.
pub(super) fn mapped<'a>(
    target: &Text,
    members: &[Member<'a>],
    components: &Components<'a>,
) -> Option<Rc<Schema<'a>>> {
    let component = component_of(target, components)?;
    Some(led_to(component, members, components).map_or_else(
        || {
            Rc::new(Schema {
                reference: Some(&component.name),
                ..Schema::anything(target.place)
            })
        },
        |member| Rc::clone(&member.branch),
    ))
}

/// The branch for a component: the branch with its name, or else a branch for the same component under another name. Both may be
/// components that only refer to another one. Or else the only inline branch that includes the component by `allOf`.
fn led_to<'m, 'a>(
    component: &'a Component<openapi::Schema>,
    members: &'m [Member<'a>],
    components: &Components<'a>,
) -> Option<&'m Member<'a>> {
    let is_called_so = |member: &&Member<'a>| {
        let name = member.name.as_ref();
        name.is_some_and(|name| name.value == component.name.value)
    };
    let end = components.end(component)?;
    let leads_there = |member: &&Member<'a>| {
        let other = end_of(member, components);
        other.is_some_and(|other| std::ptr::eq(other, end))
    };
    let known = members.iter().find(is_called_so);
    let known = known.or_else(|| members.iter().find(leads_there));
    let includes =
        |member: &&Member<'a>| member.name.is_none() && holds(&member.parts.all, &end.value);
    let mut inline = members.iter().filter(includes);
    known.or_else(|| inline.next().filter(|_| inline.next().is_none()))
}

/// The component that a value of `mapping` names.
fn component_of<'a>(
    target: &Text,
    components: &Components<'a>,
) -> Option<&'a Component<openapi::Schema>> {
    components.schema(&branch_reference(target), &mut Diagnostics::default())
}

/// The component that a branch refers to, through all components that only refer to another one.
fn end_of<'a>(
    member: &Member<'a>,
    components: &Components<'a>,
) -> Option<&'a Component<openapi::Schema>> {
    components.end(components.named(&member.name.as_ref()?.value)?)
}

/// A property that is an enum in every branch, with values that no other branch has.
fn implied<'a>(members: &[Member<'a>], components: &Components<'a>) -> Option<Tag<'a>> {
    let [first, _, ..] = members else {
        return None;
    };
    let candidates = names_of(&first.parts, components, &mut Vec::new());
    candidates.into_iter().find_map(|property| {
        let mut seen = HashSet::new();
        let mut values = Vec::new();
        for member in members {
            for value in values_in(&member.parts, property, components, &mut Vec::new())? {
                if !seen.insert(&value.value) {
                    return None;
                }
                values.push((value.clone(), Rc::clone(&member.branch)));
            }
        }
        Some(Tag {
            property: property.to_owned(),
            values,
            discriminator: None,
        })
    })
}

/// The discriminator of a base that every branch includes through `allOf`, with the values that lead to these branches.
fn by_base<'a>(members: &[Member<'a>], components: &Components<'a>) -> Option<Tag<'a>> {
    let [first, _, ..] = members else {
        return None;
    };
    let is_common = |base: &&&openapi::Schema| {
        base.discriminator.is_some() && members.iter().all(|one| holds(&one.parts.all, base))
    };
    let base = first.parts.all.iter().find(is_common)?;
    let Discriminator { property, mapping } = base.discriminator.as_ref()?;
    let mapped = mapping.iter().filter_map(|(value, target)| {
        let member = led_to(component_of(target, components)?, members, components)?;
        Some((value, Rc::clone(&member.branch)))
    });
    let mapped: Vec<(&Text, Rc<Schema<'a>>)> = mapped.collect();
    let leads_to_other = |value: &Text, member: &Member<'a>| {
        let is_other = |other: &&Member<'a>| !Rc::ptr_eq(&other.branch, &member.branch);
        let mut kinds = members
            .iter()
            .filter(is_other)
            .flat_map(|other| &other.kind);
        let is_mapped = mapped.iter().any(|(known, _)| known.value == value.value);
        is_mapped || kinds.any(|kind| kind.value == value.value)
    };
    let mut seen = HashSet::new();
    let mut values = Vec::new();
    for member in members {
        let own = mapped
            .iter()
            .filter(|(_, to)| Rc::ptr_eq(to, &member.branch));
        let mut own: Vec<Text> = own.map(|(value, _)| (*value).clone()).collect();
        if own.is_empty() {
            let component = end_of(member, components)?;
            let allowed = values_of(&member.parts, &property.value, components);
            let is_allowed = |kind: &Text| {
                let among = |values: &Vec<&Text>| values.iter().any(|one| one.value == kind.value);
                allowed.as_ref().is_none_or(among)
            };
            // The base uses the components' own names. A branch that is a base too is a union of the components that include it.
            let kind = components.moved.kind(&component.name);
            own.extend(kind.clone().filter(is_allowed));
            components.add_values_below(component, &property.value, &mut own);
            own.retain(|value| !leads_to_other(value, member));
            if own.is_empty() {
                own.push(kind?);
            }
        }
        for value in own {
            if !seen.insert(value.value.clone()) {
                return None;
            }
            values.push((value, Rc::clone(&member.branch)));
        }
    }
    Some(Tag {
        property: property.value.clone(),
        values,
        discriminator: None,
    })
}

/// The names of a branch's properties. For a union, the names in its first branch.
fn names_of<'a>(
    parts: &Parts<'a>,
    components: &Components<'a>,
    met: &mut Vec<&'a openapi::Schema>,
) -> Vec<&'a str> {
    let own = parts.properties().into_iter();
    let own: Vec<&str> = own.map(|property| property.name.value.as_str()).collect();
    match inner(parts, components, met).first() {
        Some(first) if own.is_empty() => names_of(first, components, met),
        _ => own,
    }
}

/// The values that a branch allows for a property. For a union, the values in all its branches.
fn values_in<'a>(
    parts: &Parts<'a>,
    property: &str,
    components: &Components<'a>,
    met: &mut Vec<&'a openapi::Schema>,
) -> Option<Vec<&'a Text>> {
    if let Some(values) = values_of(parts, property, components) {
        return Some(values);
    }
    let branches = inner(parts, components, met);
    if branches.is_empty() {
        return None;
    }
    let values = branches
        .iter()
        .map(|branch| values_in(branch, property, components, met));
    Some(values.collect::<Option<Vec<_>>>()?.concat())
}

/// The branches of a union without null; empty if the union is in `met` already.
fn inner<'a>(
    parts: &Parts<'a>,
    components: &Components<'a>,
    met: &mut Vec<&'a openapi::Schema>,
) -> Vec<Parts<'a>> {
    let Some(whole) = parts.all.first().filter(|whole| !holds(met, whole)) else {
        return Vec::new();
    };
    met.push(whole);
    let branches = parts.branches();
    branches
        .filter(|branch| !branch.is_null())
        .map(|branch| Parts::quietly(&[branch], components))
        .collect()
}
