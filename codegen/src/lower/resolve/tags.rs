//! What tells the branches of a union apart.

use std::collections::HashSet;
use std::rc::Rc;

use super::components::{Components, branch_reference};
use super::parts::Parts;
use super::schema::{Schema, Tag};
use crate::diagnostic::Diagnostics;
use crate::openapi::{self, Discriminator};
use crate::reader::Text;

/// The tag of a union: its discriminator, or a property that has other values in each branch.
pub(super) fn of<'a>(
    written: &[&'a openapi::Schema],
    branches: &[Rc<Schema<'a>>],
    discriminator: Option<&'a Discriminator>,
    components: &Components<'a>,
) -> Option<Tag<'a>> {
    let pairs = written.iter().copied().zip(branches);
    let members: Vec<Member<'a, '_>> = pairs
        .filter(|(_, branch)| !branch.is_null())
        .map(|(written, branch)| Member {
            written,
            branch,
            parts: Parts::quietly(written, components),
        })
        .collect();
    let Some(discriminator) = discriminator else {
        return implied(&members);
    };
    let values = if discriminator.mapping.is_empty() {
        let property = &discriminator.property.value;
        let values = members.iter();
        values
            .filter_map(|member| {
                let value = member.value(property, components)?;
                Some((value, Rc::clone(member.branch)))
            })
            .collect()
    } else {
        let mapping = discriminator.mapping.iter();
        mapping
            .filter_map(|(value, target)| Some((value.clone(), mapped(target, components)?)))
            .collect()
    };
    Some(Tag {
        property: discriminator.property.value.clone(),
        values,
        discriminator: Some(discriminator),
    })
}

/// A branch that is not null.
struct Member<'a, 's> {
    written: &'a openapi::Schema,
    branch: &'s Rc<Schema<'a>>,
    /// What it refers to, merged.
    parts: Parts<'a>,
}

impl<'a> Member<'a, '_> {
    /// Its value without a mapping: the name of its component, unless the property says that it has another.
    fn value(&self, property: &str, components: &Components<'a>) -> Option<Text> {
        let tag = self.parts.property(property);
        let tag = tag.map(|tag| Parts::quietly(tag, components));
        if let Some([only]) = tag.and_then(|tag| tag.values()) {
            return Some(only.clone());
        }
        let target = self.written.reference.as_ref()?;
        Some(Text {
            value: target.value.rsplit('/').next()?.to_owned(),
            place: target.place,
        })
    }
}

/// The component that a value of `mapping` leads to.
fn mapped<'a>(target: &Text, components: &Components<'a>) -> Option<Rc<Schema<'a>>> {
    let component = components.schema(&branch_reference(target), &mut Diagnostics::default())?;
    Some(Rc::new(Schema {
        reference: Some(&component.name),
        ..Schema::anything(target.place)
    }))
}

/// A property that every branch has as an enum, with values no other branch has.
fn implied<'a>(members: &[Member<'a, '_>]) -> Option<Tag<'a>> {
    let candidates = members.first()?.parts.properties();
    candidates.into_iter().find_map(|candidate| {
        let property = &candidate.name.value;
        let mut seen = HashSet::new();
        let mut values = Vec::new();
        for member in members {
            for value in member.parts.property(property)?.values.as_ref()? {
                if !seen.insert(&value.value) {
                    return None;
                }
                values.push((value.clone(), Rc::clone(member.branch)));
            }
        }
        Some(Tag {
            property: property.clone(),
            values,
            discriminator: None,
        })
    })
}
