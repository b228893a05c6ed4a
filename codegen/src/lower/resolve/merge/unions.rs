//! Unions: their branches, how the crate distinguishes these, and the properties beside the union.

use std::rc::Rc;

use super::super::components::branch_reference;
use super::super::parts::{self, Parts};
use super::super::schema::{Property, Schema, Tag};
use super::super::tags::{self, Member};
use super::Merger;
use super::alike::{common_of, is_same};
use super::plain::{self, Plain};
use crate::diagnostic::Diagnostics;
use crate::openapi::{self, SECRET, SchemaType};
use crate::reader::Text;

/// A union, and how its branches are distinguished.
#[derive(Default)]
pub(super) struct Union<'a> {
    pub(super) branches: Vec<Rc<Schema<'a>>>,
    pub(super) tag: Option<Rc<Tag<'a>>>,
    /// The properties that the branches add to the object beside them, if they add nothing else.
    pub(super) melted: Vec<Property<'a>>,
    /// The common type of the branches, if it is a plain value.
    pub(super) plain: Option<Plain<'a>>,
    /// Whether one of the removed branches is null.
    pub(super) has_null: bool,
    /// Whether the union allows known values and any other string.
    pub(super) any_text: bool,
}

impl<'a> Merger<'a, '_> {
    /// The union in a schema; without branches if the schema is not a union.
    pub(super) fn union(
        &mut self,
        written: &[&'a openapi::Schema],
        parts: &Parts<'a>,
    ) -> Union<'a> {
        let (branches, members) = self.branches(parts);
        if branches.is_empty() {
            return Union::default();
        }
        let plain = narrowed(&branches, &members, parts);
        if let Some(union) = plain.or_else(|| plain_union(&branches, &members, parts)) {
            return union;
        }
        let tag = match parts.unions().len() > 1 {
            true => {
                self.warn_of_several(parts);
                None
            }
            false => tags::of(&members, parts, self.components),
        };
        // If no value leads to any component that includes a base, the base stays an object.
        if tag.is_none() && members.iter().any(|member| member.is_heir) {
            return Union::default();
        }
        if let (Some(_), [base, ..]) = (&tag, written) {
            self.base_without_variant(base, &members);
            self.note_other_names(base);
        }
        let has_properties = !parts.properties().is_empty();
        let branches = match &tag {
            Some(tag) => told(branches, &members, tag, has_properties),
            None => branches,
        };
        match tag {
            Some(tag) if has_properties => self.with_own(branches, &members, tag, parts),
            None if has_properties && members.iter().all(|member| is_object(&member.parts)) => {
                Union {
                    has_null: branches.len() > members.len(),
                    melted: self.melted(written, &members, parts),
                    ..Union::default()
                }
            }
            tag => Union {
                branches,
                tag: tag.map(Rc::new),
                ..Union::default()
            },
        }
    }

    /// The branches of the union, or else the branches that a base with a discriminator implies. Also returns those that are not
    /// null.
    fn branches(&mut self, parts: &Parts<'a>) -> (Vec<Rc<Schema<'a>>>, Vec<Member<'a>>) {
        let mut branches = Vec::new();
        let mut members = Vec::new();
        for written in parts.branches() {
            let branch = Rc::new(self.schema(written));
            let parts = Parts::quietly(&[written], self.components);
            if branch.is_null() || is_null(&parts) {
                branches.push(Rc::new(Schema {
                    nullable: true,
                    ..Schema::anything(branch.place)
                }));
                continue;
            }
            let name = branch.reference.map(|name| Text {
                value: name.value.clone(),
                place: branch.reference_place,
            });
            members.push(Member {
                kind: name
                    .as_ref()
                    .and_then(|name| self.components.moved.kind(name)),
                name,
                branch: Rc::clone(&branch),
                parts,
                is_heir: false,
            });
            branches.push(branch);
        }
        if members.len() == 1 {
            self.add_mapped(parts, &mut branches, &mut members);
        }
        if branches.is_empty() {
            let components = self.components;
            let base = parts.base(components);
            for heir in base.iter().flat_map(|base| components.heirs(base)) {
                let branch = Rc::new(Schema {
                    reference: Some(&heir.name),
                    written: vec![&heir.value],
                    ..Schema::anything(heir.name.place)
                });
                members.push(Member {
                    kind: components.moved.kind(&heir.name),
                    name: Some(heir.name.clone()),
                    branch: Rc::clone(&branch),
                    parts: Parts::quietly(&[&heir.value], self.components),
                    is_heir: true,
                });
                branches.push(branch);
            }
        }
        (branches, members)
    }

    /// Adds the components that only the mapping names as branches. The tag of several branches adds them too, but a single
    /// branch has no tag.
    fn add_mapped(
        &self,
        parts: &Parts<'a>,
        branches: &mut Vec<Rc<Schema<'a>>>,
        members: &mut Vec<Member<'a>>,
    ) {
        let mapping = parts.discriminator().map(|known| known.mapping.as_slice());
        for (_, target) in mapping.unwrap_or_default() {
            let reference = branch_reference(target);
            let component = self
                .components
                .schema(&reference, &mut Diagnostics::default());
            let branch = tags::mapped(target, members, self.components);
            let (Some(component), Some(branch)) = (component, branch) else {
                continue;
            };
            let is_it = |member: &Member<'a>| Rc::ptr_eq(&member.branch, &branch);
            if !members.iter().any(is_it) {
                branches.push(Rc::clone(&branch));
                members.push(Member {
                    kind: self.components.moved.kind(&component.name),
                    name: Some(reference),
                    branch,
                    parts: Parts::quietly(&[&component.value], self.components),
                    is_heir: false,
                });
            }
        }
    }

    /// The union, with the properties beside it added to each branch that lacks them.
    fn with_own(
        &mut self,
        mut branches: Vec<Rc<Schema<'a>>>,
        members: &[Member<'a>],
        mut tag: Tag<'a>,
        parts: &Parts<'a>,
    ) -> Union<'a> {
        let own = parts.properties();
        for member in members {
            let lacks = |property: &parts::Property<'_>| {
                member.parts.property(&property.name.value).is_empty()
            };
            if !own.iter().any(lacks) {
                continue;
            }
            let beside = member.parts.beside(parts);
            let made = Rc::new(Schema {
                // Without the branch, the union would have the structure of the object beside it.
                written: member.branch.written.clone(),
                merged: Some(self.number(&beside.all[..1], &beside)),
                ..Schema::anything(member.branch.place)
            });
            let of_tag = tag.values.iter_mut().map(|(_, branch)| branch);
            for branch in branches.iter_mut().chain(of_tag) {
                if Rc::ptr_eq(branch, &member.branch) {
                    *branch = Rc::clone(&made);
                }
            }
        }
        Union {
            branches,
            tag: Some(Rc::new(tag)),
            ..Union::default()
        }
    }

    /// The properties of branches that cannot be distinguished, as properties of the object beside them. If there are several
    /// branches, each property is optional.
    fn melted(
        &mut self,
        written: &[&openapi::Schema],
        members: &[Member<'a>],
        parts: &Parts<'a>,
    ) -> Vec<Property<'a>> {
        let mut found: Vec<Vec<parts::Property<'a>>> = Vec::new();
        for property in members.iter().flat_map(|member| member.parts.properties()) {
            let name = &property.name.value;
            if !parts.property(name).is_empty() {
                continue;
            }
            match found.iter_mut().find(|known| known[0].name.value == *name) {
                None => found.push(vec![property]),
                Some(known) => known.push(property),
            }
        }
        if !found.is_empty() && members.len() > 1 {
            self.diagnostics
                .note(
                    written[0].place,
                    "the crate cannot distinguish the branches, so one type has the properties of all branches, each optional",
                )
                .help(match parts.unions().len() > 1 {
                    true => "in the overlay, replace the unions by one union of the allowed combinations",
                    false => "if a property names the branch, add a `discriminator` in the overlay",
                });
        }
        let properties = found.into_iter().map(|found| Property {
            name: found[0].name,
            schema: match found.iter().all(|other| is_same(&found[0], other)) {
                true => self.together(&found[0].schemas),
                false => common_of(&found, self.diagnostics),
            },
        });
        properties.collect()
    }
}

/// Whether a branch is a component that only allows null.
pub(super) fn is_null(parts: &Parts<'_>) -> bool {
    !parts.all.is_empty() && parts.all.iter().all(|part| part.is_null())
}

/// Not a union, if the branches only narrow the schema beside them, such as by limits, formats or required properties.
fn narrowed<'a>(
    branches: &[Rc<Schema<'a>>],
    members: &[Member<'a>],
    parts: &Parts<'a>,
) -> Option<Union<'a>> {
    let has_values = parts.values().is_some();
    let mut types = parts.types();
    if types.is_empty() && !parts.properties().is_empty() {
        types.push(SchemaType::Object);
    }
    let narrows = |member: &Member<'a>| {
        // If the schema beside the union has no values, the branches' values become an enum.
        let may_list = has_values || member.parts.values().is_none();
        let only_limits = |part: &openapi::Schema| {
            part.says_limits_at_most() && part.other_values.is_empty() && !part.nullable
        };
        let is_plain = member.parts.all.iter().all(|part| only_limits(part));
        let own = member.parts.types();
        let is_in_place = member.name.is_none() && !member.is_heir;
        is_in_place && may_list && is_plain && SchemaType::common(&own, &types) == own
    };
    let is_typed = !types.is_empty() || has_values;
    if !is_typed || parts.discriminator().is_some() || !members.iter().all(narrows) {
        return None;
    }
    let format = parts.format();
    Some(Union {
        has_null: branches.len() > members.len(),
        plain: Some(Plain {
            types,
            values: parts.values(),
            format: format.or_else(|| plain::format_of(members)),
            wire_format: parts.first(|part| part.wire_format.as_ref()),
        }),
        ..Union::default()
    })
}

/// The union as a plain value, if it is one.
fn plain_union<'a>(
    branches: &[Rc<Schema<'a>>],
    members: &[Member<'a>],
    parts: &Parts<'a>,
) -> Option<Union<'a>> {
    let plain = plain::of(members, parts).filter(|_| members.len() > 1)?;
    let fits = |part: &openapi::Schema| part.values.is_none() && part.properties.is_empty();
    if !parts.all.iter().all(|part| fits(part)) || !parts.has_type_within(&plain.types) {
        return None;
    }
    let is_nullable = |member: &Member<'_>| member.parts.any(|part| part.nullable);
    let has_null = branches.len() > members.len() || members.iter().any(is_nullable);
    let is_any = |member: &Member<'_>| {
        member.parts.values().is_none() || member.parts.any(|part| part.any_text)
    };
    let union = Union {
        has_null,
        any_text: plain.types == [SchemaType::String] && members.iter().any(is_any),
        ..Union::default()
    };
    let is_secret = plain.wire_format.is_some_and(|name| name.value == SECRET);
    Some(match plain::known(members).filter(|_| !is_secret) {
        Some(known) => Union {
            branches: vec![Rc::clone(&known.branch)],
            ..union
        },
        None => Union {
            plain: Some(plain),
            ..union
        },
    })
}

/// The branches without the components that no value leads to. A single branch without properties beside it would not be a union.
fn told<'a>(
    branches: Vec<Rc<Schema<'a>>>,
    members: &[Member<'a>],
    tag: &Tag<'a>,
    has_properties: bool,
) -> Vec<Rc<Schema<'a>>> {
    let is_told = |branch: &&Rc<Schema<'a>>| {
        let is_it = |member: &&Member<'a>| Rc::ptr_eq(branch, &member.branch);
        let is_heir = members
            .iter()
            .find(is_it)
            .is_some_and(|member| member.is_heir);
        !is_heir || tag.values.iter().any(|(_, told)| Rc::ptr_eq(told, branch))
    };
    let told: Vec<Rc<Schema<'a>>> = branches.iter().filter(is_told).cloned().collect();
    match has_properties || told.len() > 1 {
        true => told,
        false => branches,
    }
}

/// Whether a branch only describes or requires properties of an object.
pub(super) fn is_object(parts: &Parts<'_>) -> bool {
    let is_plain = |part: &&openapi::Schema| {
        let is_object = part.types.is_empty() || part.types == [SchemaType::Object];
        is_object && part.values.is_none() && part.items.is_none()
    };
    let says_something =
        |part: &&openapi::Schema| !part.properties.is_empty() || !part.required.is_empty();
    parts.branches().next().is_none()
        && parts.all.iter().all(is_plain)
        && parts.all.iter().any(says_something)
}
