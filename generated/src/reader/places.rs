//! Finds values in JSON without deserializing them, even if the JSON breaks off.

use std::borrow::Cow;

use super::{Flaw, Reader, Step};

/// The position of a value in JSON.
pub(crate) struct Found {
    /// For each list on the way to the value, the index in that list.
    pub(crate) indices: Vec<usize>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The values that `steps` lead to, in the order of the JSON. With `exact`, only at the indices in `steps`; otherwise at any
/// index of a list.
pub(crate) fn places(json: &str, steps: &[Step], exact: bool) -> Vec<Found> {
    let mut reader = Reader::new(json.as_bytes());
    let mut found = Vec::new();
    // If the JSON breaks off, the values found before that point are the result.
    let _ = reader.find(steps, exact, &mut Vec::new(), &mut found);
    found
}

/// The first byte of the value that `steps` lead to, at the indices in `steps`.
pub(crate) fn first_byte(json: &str, steps: &[Step]) -> Option<u8> {
    let mut reader = Reader::new(json.as_bytes());
    for step in steps {
        reader.go(step).ok()??;
    }
    reader.peek().ok()
}

/// The members of the object at the start of `json`, up to the point where the JSON breaks off.
///
/// The JSON may break off anywhere, and any bytes may follow it. The last value may be a part of an object or list, but not a
/// part of a string or number.
pub(crate) fn members_so_far(json: &[u8]) -> Vec<(Cow<'_, str>, &[u8])> {
    let mut reader = Reader::of_body(json);
    let mut members = Vec::new();
    if reader.open_object(&[]).is_err() {
        return members;
    }
    while let Ok(Some(key)) = reader.next_key() {
        match reader.value_so_far() {
            Some(value) => members.push((key, value)),
            None => break,
        }
    }
    members
}

/// The first items of the list at the start of `json`, at most `most`, up to the point where the JSON breaks off.
pub(crate) fn items_so_far(json: &[u8], most: usize) -> Vec<&[u8]> {
    let mut reader = Reader::of_body(json);
    let mut items = Vec::new();
    if reader.open_list(&"a list").is_err() {
        return items;
    }
    while items.len() < most && matches!(reader.next_item(), Ok(true)) {
        match reader.value_so_far() {
            Some(item) => items.push(item),
            None => break,
        }
    }
    items
}

impl<'de> Reader<'de> {
    fn find(
        &mut self,
        steps: &[Step],
        exact: bool,
        indices: &mut Vec<usize>,
        found: &mut Vec<Found>,
    ) -> Result<(), Flaw> {
        let first = self.peek()?;
        let Some((step, steps)) = steps.split_first() else {
            let start = self.at;
            self.skip()?;
            found.push(Found {
                indices: indices.clone(),
                start,
                end: self.at,
            });
            return Ok(());
        };
        match (step, first) {
            (Step::Item(wanted), b'[') => {
                self.open_list(&"a list")?;
                let mut index = 0;
                while self.next_item()? {
                    if exact && index != *wanted {
                        self.skip()?;
                    } else {
                        indices.push(index);
                        self.find(steps, exact, indices, found)?;
                        indices.pop();
                    }
                    index += 1;
                }
                Ok(())
            }
            (step, b'{') => {
                self.open_object(&[])?;
                while let Some(key) = self.next_key()? {
                    if step.is_to(&key) {
                        self.find(steps, exact, indices, found)?;
                    } else {
                        self.skip()?;
                    }
                }
                Ok(())
            }
            _ => self.skip().map(drop),
        }
    }

    /// Moves to the value one step inside the next value, if there is such a value.
    fn go(&mut self, step: &Step) -> Result<Option<()>, Flaw> {
        if let Step::Item(wanted) = step {
            self.open_list(&"a list")?;
            for _ in 0..*wanted {
                self.next_item()?;
                self.skip()?;
            }
            return Ok(self.next_item()?.then_some(()));
        }
        self.open_object(&[])?;
        while let Some(key) = self.next_key()? {
            if step.is_to(&key) {
                return Ok(Some(()));
            }
            self.skip()?;
        }
        Ok(None)
    }

    /// The JSON of the next value. A number at the end of the JSON is not complete, because more digits may be missing.
    fn value_so_far(&mut self) -> Option<&'de [u8]> {
        let first = self.peek().ok()?;
        let start = self.at;
        let is_whole = self.skip().is_ok() && self.next().is_some();
        match first {
            _ if is_whole => self.json.get(start..self.at),
            b'{' | b'[' => {
                let rest = self.json.get(start..);
                self.at = self.json.len();
                rest
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_at_any_index_or_at_one() {
        let json = r#"{"data":[{"to":1},{"cc":2},{"to": [3] }]}"#;
        let steps = [
            Step::Key("data".to_owned(), &[]),
            Step::Item(2),
            Step::Key("to".to_owned(), &[]),
        ];
        let texts = |exact| {
            let found = places(json, &steps, exact).into_iter();
            let found = found.map(|found| (found.indices, &json[found.start..found.end]));
            found.collect::<Vec<_>>()
        };
        assert_eq!(texts(false), [(vec![0], "1"), (vec![2], "[3]")]);
        assert_eq!(texts(true), [(vec![2], "[3]")]);
        assert_eq!(first_byte(json, &steps), Some(b'['));
        assert_eq!(first_byte(json, &[Step::Item(0)]), None);
    }

    #[test]
    fn members_are_found_as_far_as_they_came() {
        let json = r#"{"a":"b","c":10,"d":[{"e":"f"},{"e":"g"#;
        let names = |length| {
            let members = members_so_far(&json.as_bytes()[..length]);
            let names = members.into_iter().map(|(name, _)| name.into_owned());
            names.collect::<Vec<_>>().concat()
        };
        let expected = [
            (0, ""),
            (8, ""),
            (9, "a"),
            (14, "a"),
            (15, "a"),
            (16, "ac"),
            (json.len(), "acd"),
        ];
        for (length, expected) in expected {
            assert_eq!(names(length), expected, "{length}");
        }
        let members = members_so_far(json.as_bytes());
        let items = items_so_far(members[2].1, 9);
        assert_eq!(items, [&b"{\"e\":\"f\"}"[..], b"{\"e\":\"g"]);
        assert_eq!(items_so_far(members[2].1, 1).len(), 1);
    }
}
