//! Chooses the integer type of a schema.

use std::ops::RangeInclusive;

use crate::lower::resolve::Schema;
use crate::model::Type;
use crate::tree::Value;

/// The integer of the schema's format, unless what the schema allows goes beyond that.
pub(in crate::lower) fn type_of(schema: &Schema<'_>) -> Type {
    let by_format = match schema.format {
        Some("int32") => Type::Integer32,
        Some("uint64") => Type::Unsigned,
        _ => Type::Integer,
    };
    let limits = &schema.words.limits;
    let limits = [
        &limits.minimum,
        &limits.maximum,
        &limits.exclusive_minimum,
        &limits.exclusive_maximum,
    ];
    let limits = limits.into_iter().flatten().cloned();
    // A default beyond a format is a mistake of its own.
    let default = schema.words.default.filter(|_| schema.format.is_none());
    let default = default.and_then(|node| match &node.value {
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    let named: Vec<i128> = limits
        .chain(default)
        .filter_map(|text| text.parse().ok())
        .collect();
    let holds = |ty: &Type| named.iter().all(|number| range(ty).contains(number));
    let mut candidates = [by_format.clone(), Type::Integer, Type::Unsigned].into_iter();
    candidates.find(holds).unwrap_or(by_format)
}

/// The values of an integer.
pub(in crate::lower) fn range(ty: &Type) -> RangeInclusive<i128> {
    match ty {
        Type::Integer32 => i32::MIN.into()..=i32::MAX.into(),
        Type::Unsigned => u64::MIN.into()..=u64::MAX.into(),
        _ => i64::MIN.into()..=i64::MAX.into(),
    }
}
