//! The repairs of a mistake.

use crate::reader::{self, Mistake, Reason, Step, expects};

/// A repair of the values at a place.
pub(super) struct Remedy {
    pub(super) place: Vec<Step>,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Replaces each half of a surrogate pair by U+FFFD.
    WholeCharacters,
    /// Keeps the last of several members with the same name.
    LastMembers,
    /// Removes a null from its list or map.
    WithoutNulls,
    /// Puts a value into a list, as the only item.
    Item,
    /// Converts a value to a string, and puts it into a list.
    TextItem,
    /// Converts a value to the expected type, for example a number in quotes to a number.
    Meaning,
    /// Converts a value if possible, or else drops it.
    Fit,
    /// Drops a value.
    Blank,
}

impl Remedy {
    fn new(place: &[Step], kind: Kind) -> Self {
        Self {
            place: place.to_vec(),
            kind,
        }
    }

    /// Whether the mistake is still there after the repair: at the same place, or at an item that the repair created.
    pub(super) fn leaves(&self, mistake: &Mistake) -> bool {
        if matches!(
            self.kind,
            Kind::WholeCharacters | Kind::LastMembers | Kind::WithoutNulls
        ) {
            return false;
        }
        let steps = mistake.steps();
        let Some(below) = steps.get(self.place.len()..) else {
            return false;
        };
        let is_alike = |(one, other): (&Step, &Step)| match (one, other) {
            (Step::Item(one), Step::Item(other)) => self.kind != Kind::Blank || one == other,
            (Step::Field(name, _), other) => other.is_to(name),
            (Step::Key(name, _), other) => other.is_to(name),
            (Step::Item(_), _) => false,
        };
        self.place.iter().zip(steps).all(is_alike) && matches!(below, [] | [Step::Item(_)])
    }
}

/// The remedies for a mistake, in the order in which they are tried.
pub(super) fn remedies(mistake: &Mistake, text: &str, needed: Option<&str>) -> Vec<Remedy> {
    let place = mistake.steps();
    let kinds: &[Kind] = match mistake.reason() {
        Reason::CutShort | Reason::TooMany => return Vec::new(),
        Reason::NotJson => return vec![Remedy::new(place, Kind::WholeCharacters)],
        Reason::Duplicate(name) => {
            // The mistake was found behind the second key.
            let object = match place.split_last() {
                Some((last, object)) if last.is_to(name) => object,
                _ => place,
            };
            return vec![Remedy::new(object, Kind::LastMembers)];
        }
        Reason::Expected(expected)
            if [expects::LIST, expects::LIST_OR_ITEM].contains(&expected.as_str()) =>
        {
            &[Kind::Item, Kind::TextItem, Kind::Fit]
        }
        Reason::Expected(_) => &[Kind::Fit, Kind::Blank],
        _ => &[Kind::Blank],
    };
    let may_be_blank = |place: &[Step]| match (place, needed) {
        ([], _) => false,
        ([only], Some(needed)) => !only.is_to(needed),
        _ => true,
    };
    let mut remedies = Vec::new();
    if *mistake.reason() == Reason::Refused {
        // A union refuses JSON that has half of a surrogate pair.
        remedies.push(Remedy::new(place, Kind::WholeCharacters));
    }
    if let Some((Step::Item(_) | Step::Key(..), around)) = place.split_last()
        && reader::first_byte(text, place) == Some(b'n')
    {
        remedies.push(Remedy::new(around, Kind::WithoutNulls));
    }
    if !may_be_blank(place) {
        remedies.push(Remedy::new(place, Kind::Meaning));
    } else {
        let is_object_of_list = matches!(place.last(), Some(Step::Item(_)))
            && reader::first_byte(text, place) == Some(b'{');
        let kinds = kinds.iter();
        let kinds = kinds.filter(|kind| **kind != Kind::Blank || !is_object_of_list);
        remedies.extend(kinds.map(|kind| Remedy::new(place, *kind)));
    }
    let around = around(place, text).into_iter();
    let around = around.filter(|place| may_be_blank(place));
    remedies.extend(around.map(|place| Remedy::new(place, Kind::Blank)));
    remedies
}

/// The fields around a place, the innermost first, up to an object in a list, because that object must not vanish.
fn around<'a>(place: &'a [Step], text: &str) -> Vec<&'a [Step]> {
    let mut around = Vec::new();
    let mut inner = place;
    while let Some((last, outer)) = inner.split_last() {
        if matches!(last, Step::Item(_)) && reader::first_byte(text, inner) == Some(b'{') {
            break;
        }
        if !matches!(outer.last(), Some(Step::Item(_)) | None) {
            around.push(outer);
        }
        inner = outer;
    }
    around
}
