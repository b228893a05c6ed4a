//! Methods of a union that return a string which each member has.

use std::collections::HashMap;

use proc_macro2::Ident;

use crate::model::{Doc, Item, ItemKind, Member, Object, Shared, Type};

/// Gives each union a method for each string that all its members require. All types exist by then, in whichever order they were
/// created.
pub(super) fn add(items: &mut [Item]) {
    let texts: HashMap<Ident, Vec<(Ident, Doc)>> = items
        .iter()
        .filter_map(|item| match &item.kind {
            ItemKind::Object(object) => Some((item.name.clone(), required_texts(object))),
            ItemKind::Enum(_) | ItemKind::Union(_) => None,
        })
        .collect();
    for item in items {
        if let ItemKind::Union(union) = &mut item.kind {
            union.shared = shared(&union.members, &texts);
        }
    }
}

fn required_texts(object: &Object) -> Vec<(Ident, Doc)> {
    let texts = object.required().filter(|field| field.ty == Type::Text);
    let texts = texts.map(|field| (field.name.clone(), field.doc.clone()));
    texts.collect()
}

/// The strings that every member requires, so they are always present.
fn shared(members: &[Member], texts: &HashMap<Ident, Vec<(Ident, Doc)>>) -> Vec<Shared> {
    let of_member = |member: &Member| texts.get(&member.ty).map(Vec::as_slice).unwrap_or_default();
    let Some((first, others)) = members.split_first() else {
        return Vec::new();
    };
    let have = |name: &Ident| {
        let mut others = others.iter();
        others.all(|other| of_member(other).iter().any(|(known, _)| known == name))
    };
    let gives_member = |name: &Ident| {
        let mut members = members.iter();
        members.any(|member| member.borrow == *name || member.take == *name)
    };
    let names = of_member(first).iter();
    names
        // `from` creates the union from a member, and the others return a member.
        .filter(|(name, _)| name != "from" && !gives_member(name) && have(name))
        .map(|(name, doc)| Shared {
            name: name.clone(),
            doc: doc
                .clone()
                .paragraph("Returns `None` for the variant `Unrecognized`."),
        })
        .collect()
}
