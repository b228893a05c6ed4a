//! What the decoder of a published crate reads from a value whose type has changed.

use std::collections::HashMap;

use super::bounds;
use super::fit::holds;
use super::pairs::{In, ShapePair, pair};
use super::verdict::Deployed;
use crate::contract::{Contract, Kind, Shape, Text};

/// How much of a value a decoder reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// All of it.
    Wholly,
    /// The value without a part.
    Partly,
    /// Nothing. An optional field loses the value, and so does a list of strings.
    Lost,
    /// Nothing, and the value around it is lost too, because the crate never drops an object from a list.
    Stuck,
}

type Known = HashMap<ShapePair, Reading>;

/// What a decoder for `old` reads from `new`.
pub(super) fn of(old: In<'_>, new: In<'_>) -> Reading {
    down(old, new, &mut Known::new())
}

/// What becomes of a response that is read as a whole. There, one value is not read as a list of one.
pub(super) fn of_whole((old_in, old): In<'_>, (new_in, new): In<'_>) -> Deployed {
    let is_list = |kind: &Kind| matches!(kind, Kind::List(_));
    if is_list(&old_in.target(old).0.kind) && !is_list(&new_in.target(new).0.kind) {
        return Deployed::Broken;
    }
    match of((old_in, old), (new_in, new)) {
        Reading::Wholly => Deployed::Fine,
        Reading::Partly => Deployed::PartlyRead,
        Reading::Lost | Reading::Stuck => Deployed::Broken,
    }
}

/// The same for an item of a list.
pub(super) fn of_item(old: In<'_>, new: In<'_>) -> Reading {
    item(old, new, &mut Known::new())
}

/// What a decoder reads from a null, if the old document did not allow null there.
pub(super) fn of_null(target: &Shape) -> Reading {
    match target.kind {
        _ if target.is_json => Reading::Wholly,
        Kind::List(_)
        | Kind::Enum(_)
        | Kind::Any
        | Kind::Several(_)
        | Kind::Text(Text::Timestamp) => Reading::Wholly,
        Kind::Union(..) => Reading::Partly,
        _ => Reading::Lost,
    }
}

/// Whether decoding an object fails without the property.
pub(super) fn is_needed(contract: &Contract, property: &Shape, required: bool) -> bool {
    let (target, nullable) = contract.target(property);
    required && !nullable && !matches!(target.kind, Kind::List(_))
}

fn down((old_in, old): In<'_>, (new_in, new): In<'_>, known: &mut Known) -> Reading {
    let (old, new) = (old_in.target(old).0, new_in.target(new).0);
    let pair = pair(old, new);
    // A value that contains itself counts as readable while its comparison runs.
    if let Some(reading) = known.get(&pair) {
        return *reading;
    }
    known.insert(pair, Reading::Wholly);
    let reading = of_kinds((old_in, old), (new_in, new), known);
    known.insert(pair, reading);
    reading
}

fn of_kinds((old_in, old): In<'_>, (new_in, new): In<'_>, known: &mut Known) -> Reading {
    let worst = |shapes: &mut dyn Iterator<Item = &Shape>, old: &Shape, known: &mut Known| {
        let readings = shapes.map(|shape| down((old_in, old), (new_in, shape), known));
        readings.max().unwrap_or(Reading::Wholly)
    };
    match (&old.kind, &new.kind) {
        _ if old.is_json => Reading::Wholly,
        // An open enum accepts any value, and so does a timestamp.
        (Kind::Any | Kind::Several(_) | Kind::Enum(_) | Kind::Text(Text::Timestamp), _) => {
            Reading::Wholly
        }
        (_, Kind::Several(branches)) => worst(&mut branches.iter(), old, known),
        // A decoder for a string turns a number into a string.
        (Kind::Text(_), Kind::Text(_) | Kind::Enum(_) | Kind::Integer(_) | Kind::Number)
        | (Kind::Boolean, Kind::Boolean)
        | (Kind::Number, Kind::Number | Kind::Integer(_)) => Reading::Wholly,
        (Kind::Integer(range), Kind::Integer(_))
            if bounds::integers(&new_in.limits(new)).is_some_and(|new| holds(range, &new)) =>
        {
            Reading::Wholly
        }
        (Kind::List(old), Kind::List(new)) => {
            let (old, new) = ((old_in, old.as_ref()), (new_in, new.as_ref()));
            item(old, new, known).max(null_part(old, new))
        }
        (Kind::Map(old), Kind::Map(new)) => {
            let (old, new) = ((old_in, old.as_ref()), (new_in, new.as_ref()));
            down(old, new, known).max(null_part(old, new))
        }
        // A single item is decoded as a list of one, if the item can be decoded.
        (Kind::List(items), _) => item((old_in, items), (new_in, new), known).min(Reading::Lost),
        (Kind::Object(_), Kind::Object(_)) => object((old_in, old), (new_in, new), None, known),
        (Kind::Object(_), Kind::Union(_, branches)) => {
            worst(&mut branches.iter().map(|(_, branch)| branch), old, known)
        }
        (Kind::Object(_), Kind::Text(_) | Kind::Enum(_)) if old.text_property.is_some() => {
            Reading::Wholly
        }
        (Kind::Object(_), Kind::Map(_)) => object((old_in, old), (new_in, new), None, known),
        (Kind::Union(tag, branches), _) => union((old_in, tag, branches), (new_in, new), known),
        (Kind::Map(values), Kind::Object(properties)) => {
            let properties = properties.iter();
            let properties = properties.filter(|one| !new_in.is_hidden(&one.shape, true));
            let properties = properties.map(|property| &property.shape);
            worst(&mut properties.chain(new.others.as_deref()), values, known)
        }
        _ => Reading::Lost,
    }
}

/// An item of a list. A list of strings keeps any other value as its JSON text.
fn item((old_in, old): In<'_>, (new_in, new): In<'_>, known: &mut Known) -> Reading {
    if let Kind::Several(branches) = &new_in.target(new).0.kind {
        let readings = branches.iter().map(|branch| {
            // A union of several types can contain itself.
            let is_several = matches!(new_in.target(branch).0.kind, Kind::Several(_));
            match is_several {
                true => down((old_in, old), (new_in, branch), known),
                false => item((old_in, old), (new_in, branch), known),
            }
        });
        return readings.max().unwrap_or(Reading::Wholly);
    }
    let is_object = |shape: &Shape| {
        matches!(
            shape.kind,
            Kind::Object(_) | Kind::Map(_) | Kind::Union(..) | Kind::Any
        )
    };
    match down((old_in, old), (new_in, new), known) {
        Reading::Lost if matches!(old_in.target(old).0.kind, Kind::Text(_)) => Reading::Partly,
        Reading::Lost if is_object(new_in.target(new).0) => Reading::Stuck,
        reading => reading,
    }
}

/// An object that certainly has the property `tag`.
fn object(
    (old_in, old): In<'_>,
    (new_in, new): In<'_>,
    tag: Option<&str>,
    known: &mut Known,
) -> Reading {
    let (old, new) = (old_in.target(old).0, new_in.target(new).0);
    let Kind::Object(properties) = &old.kind else {
        return down((old_in, old), (new_in, new), known);
    };
    let properties = properties.iter();
    let properties = properties.filter(|property| tag != Some(property.name.as_str()));
    let mut readings = Vec::new();
    if let Some(others) = &old.others {
        let new_properties = match &new.kind {
            Kind::Object(properties) => properties.as_slice(),
            _ => &[],
        };
        let come = new_properties.iter().filter(|one| {
            let is_known = old_in.property(old, &one.name).is_some();
            !is_known && !new_in.is_hidden(&one.shape, true)
        });
        let come = come.map(|one| &one.shape).chain(rest(new));
        readings.extend(come.map(|one| down((old_in, others), (new_in, one), known)));
    }
    readings.extend(properties.map(|before| {
        let is_needed = is_needed(old_in, &before.shape, before.required);
        let after = new_in.property(new, &before.name);
        let after = after.filter(|after| !new_in.is_hidden(&after.shape, true));
        let Some(after) = after else {
            return match (is_needed, rest(new)) {
                (true, _) => Reading::Lost,
                (false, None) => Reading::Wholly,
                // The property may still arrive as an additional property.
                (false, Some(rest)) => {
                    let reading = down((old_in, &before.shape), (new_in, rest), known);
                    part_of(reading)
                }
            };
        };
        let sides = ((old_in, &before.shape), (new_in, &after.shape));
        let reading = down(sides.0, sides.1, known);
        // For an optional field, null means `None`, as if the property were absent.
        let reading = match before.required {
            true => reading.max(null(sides.0, sides.1)),
            false => reading,
        };
        match reading {
            _ if is_needed && !after.required => reading.max(Reading::Lost),
            Reading::Lost
                if !is_needed || of_null(old_in.target(&before.shape).0) != Reading::Lost =>
            {
                Reading::Partly
            }
            reading => reading,
        }
    }));
    readings.into_iter().max().unwrap_or(Reading::Wholly)
}

/// What an optional field keeps from a value.
fn part_of(reading: Reading) -> Reading {
    match reading {
        Reading::Lost => Reading::Partly,
        reading => reading,
    }
}

/// The schema of an object's additional properties, or of a map's values, if there is one.
fn rest(shape: &Shape) -> Option<&Shape> {
    match &shape.kind {
        Kind::Map(_) if shape.is_json => None,
        Kind::Map(values) => Some(values),
        _ => shape.others.as_deref(),
    }
}

/// A union. It keeps a value without a known tag as JSON.
fn union(
    (old_in, tag, branches): (&Contract, &str, &[(String, Shape)]),
    (new_in, new): In<'_>,
    known: &mut Known,
) -> Reading {
    let of_value = |value: &str, new: &Shape, known: &mut Known| {
        let mut branches = branches.iter();
        let branch = branches.find(|(known, _)| known == value);
        branch.map_or(Reading::Partly, |(_, branch)| {
            object((old_in, branch), (new_in, new), Some(tag), known)
        })
    };
    if let Kind::Union(other, members) = &new.kind {
        let readings = members.iter().map(|(value, member)| match other == tag {
            true => of_value(value, member, known),
            // The old tag may still be there.
            false => match new_in.target(member).0 {
                member if matches!(member.kind, Kind::Union(..)) => Reading::Partly,
                member => union((old_in, tag, branches), (new_in, member), known),
            },
        });
        return readings.max().unwrap_or(Reading::Wholly);
    }
    let Some(told) = new_in.property(new, tag) else {
        return Reading::Partly;
    };
    let (values, nullable) = new_in.target(&told.shape);
    let Kind::Enum(values) = &values.kind else {
        return Reading::Partly;
    };
    let readings = values.iter().map(|(value, _)| of_value(value, new, known));
    let reading = readings.max().unwrap_or(Reading::Wholly);
    match told.required && !nullable {
        true => reading,
        false => reading.max(Reading::Partly),
    }
}

/// What remains of a list or a map with a null in it. The decoder omits the null.
fn null_part(old: In<'_>, new: In<'_>) -> Reading {
    null(old, new).min(Reading::Partly)
}

/// What a decoder reads from a null, if the new value may be null.
fn null((old_in, old): In<'_>, (new_in, new): In<'_>) -> Reading {
    let (target, was_nullable) = old_in.target(old);
    match new_in.target(new).1 && !was_nullable {
        true => of_null(target),
        false => Reading::Wholly,
    }
}
