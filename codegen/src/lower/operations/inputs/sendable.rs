//! Which types the client can send in which place. For example, only JSON can contain objects.

use super::draft::{Draft, Need};
use crate::diagnostic::Diagnostics;
use crate::lower::naming::{MOST_SLOTS, Slots};
use crate::lower::resolve::Schema;
use crate::lower::types::Types;
use crate::model::{InputPlace, ItemKind, Type};
use crate::reader::Text;

/// Whether a request can have a setter for each value of a parameter or body. Reports an error if there are too many values.
pub(super) fn check_count(
    slots: &Slots<'_, '_>,
    name: &Text,
    diagnostics: &mut Diagnostics,
) -> bool {
    if slots.is_cut {
        let message = format!(
            "`{}` has more than {MOST_SLOTS} properties, including the properties of nested objects",
            name.value
        );
        let help = "in the overlay, remove properties, or replace an object with a map: `additionalProperties`";
        diagnostics.error(name.place, message).help(help);
    }
    !slots.is_cut
}

/// Whether the client can write an input of this type in its place. If not, the client omits an optional input with a warning,
/// and a required input is an error.
pub(super) fn check(draft: &Draft<'_>, types: &mut Types<'_>) -> bool {
    let ty = &draft.typed.ty;
    let place = match draft.travels {
        InputPlace::Path => "the path",
        InputPlace::Header => "a header",
        _ => "the query",
    };
    if fits(draft.travels, ty, types) {
        return true;
    }
    let found = match draft.need {
        // The overlay made the value a secret.
        Need::Optional if *ty != Type::Secret => {
            let message = format!(
                "the client never sends `{}`, because its type is not supported in {place}",
                draft.wire
            );
            types.diagnostics.warning(draft.place, message)
        }
        Need::Optional | Need::Listed(_) | Need::Required | Need::RequiredProperty(_) => {
            let message = format!("the type of `{}` is not supported in {place}", draft.wire);
            types.diagnostics.error(draft.place, message)
        }
    };
    found.help("in the overlay, change the type to a string, a number, a boolean, an enum, or a list of one of these types");
    false
}

/// Whether the client can write a value of the type in a place.
pub(super) fn fits(travels: InputPlace, ty: &Type, types: &Types<'_>) -> bool {
    match travels {
        InputPlace::Path | InputPlace::Header | InputPlace::Query | InputPlace::JoinedQuery(_) => {
            is_plain_or_list(ty, types)
        }
        InputPlace::QueryMap { .. } => is_map_of_plain(ty, types),
        // An idempotency key is a string, regardless of its schema.
        InputPlace::IdempotencyKey
        | InputPlace::Body
        | InputPlace::Part(_)
        | InputPlace::WholeBody => true,
    }
}

/// Warns about additional properties of an object whose properties become separate parameters, because no setter takes them.
pub(super) fn check_properties(object: &Schema<'_>, types: &mut Types<'_>) {
    if let Some(values) = &object.map_values {
        types
            .diagnostics
            .warning(
                values.place,
                "the client sends only the listed properties of this object",
            )
            .help(
                "in the overlay, list under `properties` every other property that the API accepts",
            );
    }
}

fn is_plain_or_list(ty: &Type, types: &Types<'_>) -> bool {
    match ty {
        Type::List(item) => is_plain(item, types),
        _ => is_plain(ty, types),
    }
}

fn is_map_of_plain(ty: &Type, types: &Types<'_>) -> bool {
    matches!(ty, Type::Map(value) if is_plain(value, types))
}

/// Whether a value of the type is written as one text.
pub(super) fn is_plain(ty: &Type, types: &Types<'_>) -> bool {
    match ty {
        Type::Boxed(_) | Type::Bytes | Type::Form | Type::List(_) | Type::Map(_) | Type::Secret => {
            false
        }
        Type::Named(name) => matches!(types.item(name), Some(ItemKind::Enum(_))),
        Type::Boolean
        | Type::ErrorCode
        | Type::File
        | Type::Integer
        | Type::Integer32
        | Type::Json
        | Type::Number
        | Type::Text
        | Type::Timestamp
        | Type::Unsigned => true,
    }
}
