//! Chooses the integer type.

use std::ops::RangeInclusive;

use crate::model::Type;
use crate::openapi::Limits;
use crate::tree::{Node, Value};

/// The integer of a format, unless the limits or the default go beyond that.
pub(super) fn type_by(format: Option<&str>, limits: &Limits, default: Option<&Node>) -> Type {
    let by_format = match format {
        Some("int32") => Type::Integer32,
        Some("uint64") => Type::Unsigned,
        _ => Type::Integer,
    };
    // A default beyond a format is a mistake of its own.
    let default = default.filter(|_| format.is_none());
    let default = default.and_then(|node| match &node.value {
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    let named = [
        number(limits.minimum.as_deref()),
        number(limits.maximum.as_deref()),
        number(limits.exclusive_minimum.as_deref()).map(|limit| limit.saturating_add(1)),
        number(limits.exclusive_maximum.as_deref()).map(|limit| limit.saturating_sub(1)),
        number(default.as_deref()),
    ];
    let holds = |ty: &Type| named.iter().flatten().all(|one| range(ty).contains(one));
    let mut candidates = [by_format.clone(), Type::Integer, Type::Unsigned].into_iter();
    candidates.find(holds).unwrap_or(by_format)
}

fn number(text: Option<&str>) -> Option<i128> {
    text?.parse().ok()
}

/// The values of an integer.
pub(super) fn range(ty: &Type) -> RangeInclusive<i128> {
    match ty {
        Type::Integer32 => i32::MIN.into()..=i32::MAX.into(),
        Type::Unsigned => u64::MIN.into()..=u64::MAX.into(),
        _ => i64::MIN.into()..=i64::MAX.into(),
    }
}
