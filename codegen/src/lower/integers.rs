//! Chooses the integer type.

use std::ops::RangeInclusive;

use crate::model::Type;
use crate::openapi::Limits;
use crate::tree::{Node, Value};

/// The integer type of a format, unless a limit, the default or an enum value exceeds the type. If no integer type is large
/// enough, the type of the format.
pub(super) fn type_by(
    format: Option<&str>,
    limits: &Limits,
    default: Option<&Node>,
    values: &[Node],
) -> Type {
    holding(format, limits, default, values).unwrap_or_else(|| by_format(format))
}

fn by_format(format: Option<&str>) -> Type {
    match format {
        Some("int32") => Type::Integer32,
        Some("uint64") => Type::Unsigned,
        _ => Type::Integer,
    }
}

/// The first integer type that includes the limits, the default and the values: the type of the format, or a larger one.
pub(super) fn holding(
    format: Option<&str>,
    limits: &Limits,
    default: Option<&Node>,
    values: &[Node],
) -> Option<Type> {
    // A default that exceeds its format is a separate mistake.
    let default = default.filter(|_| format.is_none());
    let values = values.iter().chain(default);
    let values = values.filter_map(|node| match &node.value {
        Value::Number(written) => number(Some(&written.to_string())),
        _ => None,
    });
    let mut named = limited(limits);
    named.extend(values);
    let holds = |ty: &Type| named.iter().all(|one| range(ty).contains(one));
    let mut candidates = [by_format(format), Type::Integer, Type::Unsigned].into_iter();
    candidates.find(holds)
}

/// The smallest and the largest value within the limits.
fn limited(limits: &Limits) -> Vec<i128> {
    let named = [
        number(limits.minimum.as_deref()),
        number(limits.maximum.as_deref()),
        number(limits.exclusive_minimum.as_deref()).map(|limit| limit.saturating_add(1)),
        number(limits.exclusive_maximum.as_deref()).map(|limit| limit.saturating_sub(1)),
    ];
    named.into_iter().flatten().collect()
}

/// The number as an integer: `1e10` and `5.0` are integers too. A number out of range becomes the nearest value in range.
pub(super) fn number(text: Option<&str>) -> Option<i128> {
    let text = text?;
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let places = exponent.parse::<i128>().ok()? - i128::try_from(fraction.len()).ok()?;
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let shift = u32::try_from(places.unsigned_abs()).ok();
    let power = shift.and_then(|shift| 10_i128.checked_pow(shift));
    let exact = match power {
        Some(power) if places < 0 => digits / power,
        Some(power) => digits.saturating_mul(power),
        None if places < 0 => 0,
        None => digits.saturating_mul(i128::MAX),
    };
    // A number beyond 64 bits was parsed as an `f64`, whose shortest text is another integer.
    let is_float = !(i128::from(i64::MIN)..=u64::MAX.into()).contains(&exact);
    let float = text.parse::<f64>().ok().filter(|_| is_float);
    let whole = float.and_then(|float| format!("{float:.0}").parse().ok());
    Some(whole.unwrap_or(exact))
}

/// The values of an integer type.
pub(super) fn range(ty: &Type) -> RangeInclusive<i128> {
    match ty {
        Type::Integer32 => i32::MIN.into()..=i32::MAX.into(),
        Type::Unsigned => u64::MIN.into()..=u64::MAX.into(),
        _ => i64::MIN.into()..=i64::MAX.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_is_an_integer_in_any_notation() {
        let read = |text| number(Some(text));
        assert_eq!(read("4294967295"), Some(4_294_967_295));
        assert_eq!(read("4294967295.0"), Some(4_294_967_295));
        assert_eq!(read("1e10"), Some(10_000_000_000));
        assert_eq!(read("-1.5E+1"), Some(-15));
        assert_eq!(read("18446744073709551615.0"), Some(u64::MAX.into()));
        assert_eq!(read("30e-1"), Some(3));
        assert_eq!(read("0e99"), Some(0));
        assert_eq!(read("1.8446744073709552e19"), Some(1 << 64));
        assert_eq!(read("1e99"), Some(i128::MAX));
        assert_eq!(read("1e-99"), Some(0));
    }
}
