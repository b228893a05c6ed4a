//! The bounds of numbers, strings and lists.
//!
//! `minimum` and `exclusiveMinimum` are one bound. A bound that allows every value of the type counts as no bound.

use std::ops::RangeInclusive;

use crate::contract::Limits;

/// Whether a bound now allows less or more, in words.
pub(super) enum Move {
    Tighter(String),
    Looser(String),
}

/// How the bounds of a value changed.
pub(super) fn moves(old: &Limits, new: &Limits) -> Vec<Move> {
    let mut moves = Vec::new();
    for end in [End::Upper, End::Lower] {
        let edge = |limits, measures| least(limits, measures, end);
        let (old_limits, new_limits) = (old, new);
        let (old, new) = (Bounds::of(old, end), Bounds::of(new, end));
        let kept = old
            .0
            .iter()
            .filter(|known| new.find(known.measures).is_none());
        for measures in new.0.iter().chain(kept).map(|bound| bound.measures) {
            let edges = (edge(old_limits, measures), edge(new_limits, measures));
            moves.extend(moved(old.find(measures), new.find(measures), edges));
        }
    }
    moves
}

/// The integers that both the type and the bounds allow.
pub(super) fn integers(limits: &Limits) -> Option<RangeInclusive<i128>> {
    let range = limits.integers.as_ref()?;
    let [start, end] = [End::Lower, End::Upper].map(|end| {
        let bounds = Bounds::of(limits, end);
        let bound = bounds.find(match end {
            End::Lower => "minimum",
            End::Upper => "maximum",
        });
        bound.filter(|bound| bound.is_felt).map(|bound| bound.limit)
    });
    let start = start.map_or(*range.start(), |start| start as i128);
    let end = end.map_or(*range.end(), |end| -end as i128);
    Some(start..=end)
}

/// How one bound changed. `edges` are the limits of the two types.
fn moved(old: Option<&Bound>, new: Option<&Bound>, edges: (f64, f64)) -> Option<Move> {
    let is_felt = |bound: &&Bound| bound.is_felt;
    let shown = |bound: &Bound| format!("`{}: {}`", bound.keyword, bound.written);
    match (old.filter(is_felt), new.filter(is_felt)) {
        // The other type's own limit may be the same as the bound.
        (None, Some(after)) if edges.0 >= after.limit => None,
        (Some(before), None) if edges.1 >= before.limit => None,
        (None, Some(after)) => Some(Move::Tighter(shown(after))),
        (Some(before), Some(after)) if after.reach() > before.reach() => {
            Some(Move::Tighter(shown(after)))
        }
        (Some(before), Some(after)) if after.reach() < before.reach() => {
            Some(Move::Looser(shown(after)))
        }
        (Some(before), None) => Some(Move::Looser(match new {
            Some(after) => shown(after),
            None => format!("no `{}`", before.keyword),
        })),
        _ => None,
    }
}

/// The end of a range.
#[derive(Clone, Copy)]
enum End {
    Lower,
    Upper,
}

fn is_of_value(measures: &str) -> bool {
    ["minimum", "maximum"].contains(&measures)
}

/// The limit of the type itself at one end.
fn least(limits: &Limits, measures: &str, end: End) -> f64 {
    match (&limits.integers, end) {
        (Some(range), End::Lower) if is_of_value(measures) => *range.start() as f64,
        (Some(range), End::Upper) if is_of_value(measures) => -(*range.end() as f64),
        // An object has at least its required properties.
        (_, End::Lower) if measures == "minProperties" => limits.always.len() as f64,
        // The number of characters or items is never negative.
        (_, End::Lower) if !is_of_value(measures) => 0.0,
        _ => f64::NEG_INFINITY,
    }
}

/// The tightest bounds at one end, one for each measure.
struct Bounds(Vec<Bound>);

/// A bound as it is written, and what it means.
struct Bound {
    keyword: &'static str,
    written: f64,
    /// What the bound limits: the keyword without `exclusive`.
    measures: &'static str,
    /// The last allowed value, or the first forbidden one. At the upper end the limit is negative, so that a larger limit is
    /// tighter at both ends.
    limit: f64,
    is_exclusive: bool,
    /// Whether the type has values beyond the bound.
    is_felt: bool,
}

impl Bound {
    fn of((keyword, written): (&'static str, f64), limits: &Limits, end: End) -> Self {
        let sign = match end {
            End::Lower => 1.0,
            End::Upper => -1.0,
        };
        let (measures, mut is_exclusive) = match keyword {
            "exclusiveMinimum" => ("minimum", true),
            "exclusiveMaximum" => ("maximum", true),
            other => (other, false),
        };
        let mut limit = sign * written;
        if limits.integers.is_some() && is_of_value(measures) {
            limit = match is_exclusive {
                true => limit.floor() + 1.0,
                false => limit.ceil(),
            };
            is_exclusive = false;
        }
        Self {
            keyword,
            written,
            measures,
            limit,
            is_exclusive,
            is_felt: limit > least(limits, measures, end),
        }
    }

    /// A value that is greater if the bound is tighter.
    fn reach(&self) -> (f64, bool) {
        (self.limit, self.is_exclusive)
    }
}

impl Bounds {
    fn of(limits: &Limits, end: End) -> Self {
        let written = match end {
            End::Lower => &limits.lower,
            End::Upper => &limits.upper,
        };
        let mut tightest: Vec<Bound> = Vec::new();
        for &one in written {
            let bound = Bound::of(one, limits, end);
            let mut known = tightest.iter_mut();
            match known.find(|known| known.measures == bound.measures) {
                Some(known) if bound.reach() > known.reach() => *known = bound,
                Some(_) => {}
                None => tightest.push(bound),
            }
        }
        Self(tightest)
    }

    fn find(&self, measures: &str) -> Option<&Bound> {
        self.0.iter().find(|bound| bound.measures == measures)
    }
}

#[cfg(test)]
mod tests {
    use std::ops::RangeInclusive;

    use super::*;

    const INT32: Option<RangeInclusive<i128>> = Some(i32::MIN as i128..=i32::MAX as i128);

    fn moved(
        integers: &Option<RangeInclusive<i128>>,
        old: &[(&'static str, f64)],
        new: &[(&'static str, f64)],
    ) -> Vec<String> {
        let limits = |bounds: &[(&'static str, f64)]| {
            let is_lower =
                |(keyword, _): &(&'static str, f64)| keyword.to_lowercase().contains("min");
            let (lower, upper) = bounds.iter().copied().partition(is_lower);
            Limits {
                lower,
                upper,
                integers: integers.clone(),
                ..Limits::default()
            }
        };
        let (old, new) = (limits(old), limits(new));
        let moves = moves(&old, &new).into_iter();
        let shown = moves.map(|one| match one {
            Move::Tighter(text) => format!("tighter {text}"),
            Move::Looser(text) => format!("looser {text}"),
        });
        shown.collect()
    }

    #[test]
    fn a_bound_that_allows_all_that_the_type_holds_is_none() {
        let none: [&str; 0] = [];
        for bound in ["minLength", "minItems", "minProperties"] {
            assert_eq!(moved(&None, &[], &[(bound, 0.0)]), none);
            assert_eq!(moved(&None, &[(bound, 0.0)], &[]), none);
        }
        let all = [("minimum", -2_147_483_648.0), ("maximum", 2_147_483_647.0)];
        assert_eq!(moved(&INT32, &[], &all), none);
        assert_eq!(
            moved(&INT32, &[], &[("exclusiveMaximum", 2_147_483_648.0)]),
            none
        );
        assert_eq!(
            moved(&None, &[], &[("minimum", -2_147_483_648.0)]),
            ["tighter `minimum: -2147483648`"]
        );
        assert_eq!(
            moved(
                &INT32,
                &[("minimum", 5.0)],
                &[("minimum", -2_147_483_648.0)]
            ),
            ["looser `minimum: -2147483648`"]
        );
    }

    #[test]
    fn an_exclusive_bound_is_compared_with_an_inclusive_one() {
        let (one, zero) = ([("minimum", 1.0)], [("exclusiveMinimum", 0.0)]);
        let none: [&str; 0] = [];
        assert_eq!(moved(&INT32, &one, &zero), none);
        assert_eq!(moved(&INT32, &zero, &one), none);
        assert_eq!(moved(&None, &one, &zero), ["looser `exclusiveMinimum: 0`"]);
        assert_eq!(
            moved(&INT32, &[("minimum", 5.0)], &[("exclusiveMinimum", 3.0)]),
            ["looser `exclusiveMinimum: 3`"]
        );
        assert_eq!(
            moved(&None, &[("maximum", 5.0)], &[("exclusiveMaximum", 5.0)]),
            ["tighter `exclusiveMaximum: 5`"]
        );
        assert_eq!(
            moved(&INT32, &[("maximum", 5.0)], &[("maximum", 5.5)]),
            none
        );
    }

    #[test]
    fn the_tighter_of_two_bounds_counts() {
        let both = [("minimum", 3.0), ("exclusiveMinimum", 5.0)];
        assert_eq!(
            moved(&INT32, &both, &[("minimum", 4.0)]),
            ["looser `minimum: 4`"]
        );
        assert_eq!(moved(&INT32, &both, &[("exclusiveMinimum", 5.0)]), [""; 0]);
        assert_eq!(
            moved(&INT32, &[("minimum", 9.0)], &[]),
            ["looser no `minimum`"]
        );
    }
}
