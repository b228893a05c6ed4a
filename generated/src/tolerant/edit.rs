//! Changes values in a copy of the JSON.

use std::collections::HashMap;

use super::fit::{Fit, fit};
use super::remedy::{Kind, Remedy};
use crate::reader::{self, Fields, Mistake, Reason, Step, expects};

/// JSON in which values were repaired.
pub(super) struct Edit {
    pub(super) text: String,
    pub(super) blanked: Vec<Blanked>,
}

/// A value that was removed from the JSON.
pub(super) struct Blanked {
    /// For each list around the value, the index in that list.
    pub(super) indices: Vec<usize>,
    /// The value's key, if it was removed from the map at the remedy's place.
    pub(super) key: Option<Step>,
    pub(super) json: String,
}

/// What a repair does with a value.
enum Treated {
    Stays,
    Becomes(String),
    /// Another value replaces it.
    IsBlanked(String),
}

/// Repairs the values at the place of the remedy. If the value alone shows that it is wrong, the repair covers all indices of a
/// list. A type that changed in all 250 items of a page is then one step. Returns `None` if nothing changes.
pub(super) fn apply(text: &str, remedy: &Remedy, mistake: &Mistake) -> Option<Edit> {
    let expected = match mistake.reason() {
        Reason::Expected(expected) => expected.as_str(),
        _ => "",
    };
    let is_exact = match remedy.kind {
        Kind::Blank => true,
        Kind::Fit => fit(expected, "").is_none(),
        _ => false,
    };
    let is_item = matches!(remedy.place.last(), Some(Step::Item(_)));
    let mut edit = Edit {
        text: String::with_capacity(text.len()),
        blanked: Vec::new(),
    };
    let mut copied = 0;
    for found in reader::places(text, &remedy.place, is_exact) {
        let value = text.get(found.start..found.end)?;
        let treated = match remedy.kind {
            Kind::WholeCharacters => whole_characters(value),
            Kind::LastMembers => last_members(value),
            Kind::WithoutNulls => match mistake.steps().last() {
                Some(Step::Key(_, fields)) => edit.map_without_nulls(value, &found.indices, fields),
                _ => edit.without_nulls(value, &found.indices),
            },
            Kind::Item | Kind::TextItem if is_list_or_null(value) => Treated::Stays,
            Kind::Item => Treated::Becomes(format!("[{value}]")),
            Kind::TextItem => Treated::IsBlanked(format!("[{}]", text_of(value))),
            Kind::Meaning => match fit(expected, value) {
                Some(Fit::StandsFor(json)) => Treated::Becomes(json),
                _ => Treated::Stays,
            },
            Kind::Fit => fitted(expected, value, is_item),
            Kind::Blank => Treated::IsBlanked("null".to_owned()),
        };
        let treated = match treated {
            Treated::Stays => continue,
            Treated::Becomes(json) => json,
            Treated::IsBlanked(json) => {
                edit.blanked.push(Blanked {
                    indices: found.indices,
                    key: None,
                    json: value.to_owned(),
                });
                json
            }
        };
        edit.text.push_str(text.get(copied..found.start)?);
        edit.text.push_str(&treated);
        copied = found.end;
    }
    edit.text.push_str(text.get(copied..)?);
    (edit.text != text).then_some(edit)
}

fn fitted(expected: &str, value: &str, is_item: bool) -> Treated {
    match fit(expected, value) {
        Some(Fit::Fits) => Treated::Stays,
        Some(Fit::StandsFor(json)) => Treated::Becomes(json),
        Some(Fit::IsOther) if is_item && expected == "a string" => {
            Treated::IsBlanked(text_of(value))
        }
        // An item of free-form JSON can be null.
        Some(Fit::IsOther) if is_item && expected == expects::FINITE => {
            Treated::IsBlanked("null".to_owned())
        }
        // An item cannot be blank.
        _ if is_item => Treated::Stays,
        _ if value == "null" => Treated::Stays,
        _ => Treated::IsBlanked("null".to_owned()),
    }
}

fn is_list_or_null(value: &str) -> bool {
    value.starts_with('[') || value == "null"
}

/// The JSON of a string that holds `value`.
fn text_of(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

/// Replaces halves of surrogate pairs by U+FFFD, in a string or in all strings and keys of another value. Only strings contain a
/// backslash.
fn whole_characters(value: &str) -> Treated {
    let mut whole = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 12,
            (Some(0xd800..0xe000), _) => {
                whole.push('\u{fffd}');
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            (Some(_), _) => 6,
            (None, _) => 2,
        };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        whole.push_str(escape);
        rest = after;
    }
    whole.push_str(rest);
    Treated::Becomes(whole)
}

/// The code unit of an escape `\uXXXX`.
fn unit(escape: &str) -> Option<u32> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}

fn last_members(value: &str) -> Treated {
    let Ok((members, _)) = reader::members(value.as_bytes(), None) else {
        return Treated::Stays;
    };
    let last: HashMap<&str, usize> = members
        .iter()
        .enumerate()
        .map(|(index, (name, _))| (name.as_ref(), index))
        .collect();
    let members = members.iter().enumerate();
    let kept = members.filter(|(index, (name, _))| last.get(name.as_ref()) == Some(index));
    let kept = kept.map(|(_, (name, json))| format!("{}:{json}", text_of(name)));
    Treated::Becomes(format!("{{{}}}", kept.collect::<Vec<_>>().join(",")))
}

impl Edit {
    fn without_nulls(&mut self, list: &str, indices: &[usize]) -> Treated {
        let items = reader::items_so_far(list.as_bytes(), usize::MAX);
        let mut kept = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            match std::str::from_utf8(item) {
                Ok("null") => self.blanked.push(Blanked {
                    indices: [indices, &[index]].concat(),
                    key: None,
                    json: "null".to_owned(),
                }),
                Ok(item) => kept.push(item.to_owned()),
                Err(_) => return Treated::Stays,
            }
        }
        Treated::Becomes(format!("[{}]", kept.join(",")))
    }

    /// The null of a field stays, because the struct around the field reads it.
    fn map_without_nulls(&mut self, map: &str, indices: &[usize], fields: Fields) -> Treated {
        let Ok((members, _)) = reader::members(map.as_bytes(), None) else {
            return Treated::Stays;
        };
        let mut kept = Vec::new();
        for (name, json) in members {
            match json {
                "null" if !fields.contains(&name.as_ref()) => self.blanked.push(Blanked {
                    indices: indices.to_vec(),
                    key: Some(Step::Key(name.into_owned(), fields)),
                    json: json.to_owned(),
                }),
                json => kept.push(format!("{}:{json}", text_of(&name))),
            }
        }
        Treated::Becomes(format!("{{{}}}", kept.join(",")))
    }
}

/// The items that were removed from lists. A later item now has another index than in the body.
///
/// The map contains the removed indices for the place of each list in the body, in ascending order.
#[derive(Default)]
pub(super) struct Removed(HashMap<Vec<Step>, Vec<usize>>);

impl Removed {
    /// Records a removed item, by its place in the body.
    pub(super) fn add(&mut self, mut item: Vec<Step>) {
        if let Some(Step::Item(index)) = item.pop() {
            let indices = self.0.entry(item).or_default();
            let at = indices.partition_point(|other| *other < index);
            indices.insert(at, index);
        }
    }

    /// The place in the body of a value that is now at `place`, with `indices` for its lists.
    pub(super) fn original(&self, place: &[Step], indices: &[usize]) -> Vec<Step> {
        let mut original = Vec::new();
        let mut indices = indices.iter().copied();
        for step in place {
            match step {
                Step::Item(_) => {
                    original.extend(indices.next().map(|now| self.item(&original, now)))
                }
                key => original.push(key.clone()),
            }
        }
        let last = indices.next().map(|now| self.item(&original, now));
        original.extend(last);
        original
    }

    fn item(&self, list: &[Step], now: usize) -> Step {
        let removed = self.0.get(list).map_or(&[][..], Vec::as_slice);
        // A removed item was before this item if its index, less the number of removed items before it, is at most `now`. A list
        // may lose 100,000 items, so this is a binary search.
        let (mut before, mut behind) = (0, removed.len());
        while before < behind {
            let middle = before.midpoint(behind);
            match removed.get(middle) {
                Some(index) if index - middle <= now => before = middle + 1,
                _ => behind = middle,
            }
        }
        Step::Item(now + before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_has_the_index_that_it_had_before_others_left() {
        let mut removed = Removed::default();
        for index in [4, 0, 1] {
            removed.add(vec![Step::Item(index)]);
        }
        let indices = (0..4).map(|now| removed.item(&[], now));
        let expected = [2, 3, 5, 6].map(Step::Item);
        assert!(indices.eq(expected));
        assert_eq!(removed.item(&[Step::Item(2)], 0), Step::Item(0));
    }
}
