//! Describes the difference between two types with one name.

use crate::model::{Field, ItemKind, Object};

/// The first difference between two types with one name. Each type has its site.
pub(super) fn of((known, first): (&ItemKind, &str), (new, second): (&ItemKind, &str)) -> String {
    let (ItemKind::Object(known), ItemKind::Object(new)) = (known, new) else {
        return format!("`{first}` and `{second}` are of different kinds");
    };
    let beyond = |object: &Object, other: &Object| {
        let is_there = |field: &&Field| other.fields.iter().any(|one| one.wire == field.wire);
        let mut fields = object.fields.iter();
        fields
            .find(|field| !is_there(field))
            .map(|field| field.wire.clone())
    };
    if let Some(wire) = beyond(new, known) {
        return format!("only `{second}` has the property `{wire}`");
    }
    if let Some(wire) = beyond(known, new) {
        return format!("only `{first}` has the property `{wire}`");
    }
    let changed = known
        .fields
        .iter()
        .find(|field| !new.fields.contains(field));
    changed.map_or_else(
        || format!("`{first}` and `{second}` have their properties in different orders"),
        |field| {
            format!(
                "the property `{}` differs between `{first}` and `{second}`",
                field.wire
            )
        },
    )
}
