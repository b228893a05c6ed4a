//! A union that is the only branch of another schema.

use std::rc::Rc;

use super::super::parts::{self, Parts};
use super::super::schema::{Property, Schema};
use super::super::tags::Member;
use super::Merger;
use super::unions::{Union, required};

impl<'a> Merger<'a, '_> {
    /// The union that is the only branch beside null, with the properties beside this branch; `None` if there are no such
    /// properties, or if the branch is no union.
    pub(super) fn of_only_union(
        &mut self,
        branches: &[Rc<Schema<'a>>],
        members: &[Member<'a>],
        parts: &Parts<'a>,
    ) -> Option<Union<'a>> {
        let [member] = members else {
            return None;
        };
        let own = parts.properties();
        let is_union = member.parts.branches().next().is_some();
        if own.is_empty() || !is_union || parts.discriminator().is_some() {
            return None;
        }
        let whole = member.parts.beside(parts);
        let mut union = self.union(&whole.all[..1], &whole);
        union.has_null |= branches.len() > 1 || member.parts.is_nullable();
        let is_own = |property: &parts::Property<'_>| {
            own.iter()
                .any(|known| known.name.value == property.name.value)
        };
        // Those of the branch itself, if the union melts into the object.
        let inner = member.parts.properties();
        for property in inner.iter().filter(|property| !is_own(property)) {
            let schema = self.together(&property.schemas);
            let name = property.name;
            union.melted.push(Property { name, schema });
        }
        union.required.extend(required(members));
        Some(union)
    }
}
