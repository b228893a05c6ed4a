//! A list of records with a maximum length and weight, and access by id.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

/// How many bytes a list takes for each record that it may have, on average.
const BYTES_EACH: usize = 16 << 10;

/// How many bytes a list of few records takes.
const LEAST_BYTES: usize = 4 << 20;

/// Something that a list keeps.
pub(crate) trait Record {
    /// How many bytes it takes, roughly.
    fn weight(&self) -> usize;

    /// Whether something will still happen to it. Such a record is let go only if there is no other.
    fn is_under_way(&self) -> bool {
        false
    }
}

/// The newest records. A full list lets go of the oldest ones that are not under way.
#[derive(Debug)]
pub(crate) struct Records<T> {
    most: usize,
    most_bytes: usize,
    /// How many records at the start are never let go. They count beside the others.
    kept: usize,
    /// By number, counted from the first record ever.
    records: BTreeMap<usize, Entry<T>>,
    numbers: HashMap<String, usize>,
    bytes: usize,
    count: usize,
}

#[derive(Debug)]
struct Entry<T> {
    id: String,
    bytes: usize,
    record: T,
}

impl<T: Record> Records<T> {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            most,
            most_bytes: most.saturating_mul(BYTES_EACH).max(LEAST_BYTES),
            kept: 0,
            records: BTreeMap::new(),
            numbers: HashMap::new(),
            bytes: 0,
            count: 0,
        }
    }

    /// Never lets go of the records that are there now.
    pub(crate) fn keep(&mut self) {
        self.kept = self.count;
    }

    /// Adds a record, in place of the one with this id. Gives the ids of records that were under way and are let go.
    #[must_use = "a record that was under way must not go in silence"]
    pub(crate) fn push(&mut self, id: String, record: T) -> Vec<String> {
        let number = self.count;
        self.count += 1;
        let replaced = self.numbers.insert(id.clone(), number);
        let replaced = replaced.and_then(|number| self.records.remove(&number));
        self.bytes -= replaced.map_or(0, |entry| entry.bytes);
        let bytes = id.len() + record.weight();
        let entry = Entry { id, bytes, record };
        self.records.insert(number, entry);
        self.bytes += bytes;
        self.make_room_for(number)
    }

    /// Whether another record comes without one going that is under way.
    pub(crate) fn has_room(&self) -> bool {
        let is_full = self.records.len() >= self.longest() || self.bytes >= self.most_bytes;
        let mut others = self.records.range(self.kept..);
        !is_full || others.any(|(_, entry)| !entry.record.is_under_way())
    }

    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        let entry = self.records.get(self.numbers.get(id)?)?;
        Some(&entry.record)
    }

    /// A record to change. After a change of its weight, [`weigh`](Self::weigh) it.
    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        let entry = self.records.get_mut(self.numbers.get(id)?)?;
        Some(&mut entry.record)
    }

    /// Weighs a record that has changed. Gives the ids of records that were under way and are let go.
    #[must_use = "a record that was under way must not go in silence"]
    pub(crate) fn weigh(&mut self, id: &str) -> Vec<String> {
        let Some(&number) = self.numbers.get(id) else {
            return Vec::new();
        };
        if let Some(entry) = self.records.get_mut(&number) {
            let before = entry.bytes;
            entry.bytes = entry.id.len() + entry.record.weight();
            self.bytes = self.bytes + entry.bytes - before;
        }
        self.make_room_for(number)
    }

    /// The oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.records.values().map(|entry| &entry.record)
    }

    /// How many records there were in all.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// How many of them are gone.
    pub(crate) fn let_go(&self) -> usize {
        self.count - self.records.len()
    }

    fn longest(&self) -> usize {
        self.kept.saturating_add(self.most)
    }

    /// Lets go of others than this record until the list is neither too long nor too heavy.
    fn make_room_for(&mut self, number: usize) -> Vec<String> {
        let mut lost = Vec::new();
        while self.records.len() > self.longest() || self.bytes > self.most_bytes {
            let others = || {
                let others = self.records.range(self.kept..);
                others.filter(|(other, _)| **other != number)
            };
            let idle = others().find(|(_, entry)| !entry.record.is_under_way());
            let Some((&oldest, _)) = idle.or_else(|| others().next()) else {
                break;
            };
            if let Some(entry) = self.records.remove(&oldest) {
                self.bytes -= entry.bytes;
                self.numbers.remove(&entry.id);
                if entry.record.is_under_way() {
                    lost.push(entry.id);
                }
            }
        }
        lost
    }
}

impl Record for String {
    fn weight(&self) -> usize {
        self.len()
    }
}

/// How many bytes the members of an object take, roughly.
pub(crate) fn weight_of(members: &Map<String, Value>) -> usize {
    let weights = members
        .iter()
        .map(|(name, value)| 64 + name.len() + weight_of_value(value));
    weights.sum()
}

fn weight_of_value(value: &Value) -> usize {
    let within = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight_of_value).sum(),
        Value::Object(members) => weight_of(members),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    size_of::<Value>() + within
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One that is under way if it is negative.
    impl Record for i32 {
        fn weight(&self) -> usize {
            1
        }

        fn is_under_way(&self) -> bool {
            *self < 0
        }
    }

    fn push<T: Record>(records: &mut Records<T>, id: &str, record: T) -> Vec<String> {
        records.push(id.to_owned(), record)
    }

    #[test]
    fn a_full_list_lets_the_oldest_go() {
        let mut records = Records::new(2);
        for number in 1..=3 {
            assert!(push(&mut records, &number.to_string(), number).is_empty());
        }
        assert_eq!(records.get("1"), None);
        assert_eq!(records.get("3"), Some(&3));
        assert_eq!((records.count(), records.let_go()), (3, 1));
        assert!(records.iter().eq(&[2, 3]));
    }

    #[test]
    fn a_record_in_place_of_another_is_the_newest() {
        let mut records = Records::new(2);
        for (id, record) in [("again", 1), ("other", 2), ("again", 3), ("last", 4)] {
            assert!(push(&mut records, id, record).is_empty());
        }
        assert!(records.iter().eq(&[3, 4]));
        assert_eq!(records.get("again"), Some(&3));
        assert_eq!(records.bytes, "again".len() + "last".len() + 2);
    }

    #[test]
    fn what_is_kept_stays_in_a_full_list() {
        let mut records = Records::new(1);
        assert!(push(&mut records, "own", 0).is_empty());
        records.keep();
        for number in 1..=3 {
            assert!(push(&mut records, &number.to_string(), number).is_empty());
        }
        assert_eq!((records.get("own"), records.get("2")), (Some(&0), None));
        assert_eq!(records.get("3"), Some(&3));
        assert!(records.iter().eq(&[0, 3]));
    }

    #[test]
    fn what_is_under_way_goes_last_and_is_named() {
        let mut records = Records::new(2);
        assert!(push(&mut records, "busy", -1).is_empty());
        assert!(push(&mut records, "idle", 1).is_empty());
        assert!(records.has_room());
        assert!(push(&mut records, "busy too", -2).is_empty());
        assert!(records.iter().eq(&[-1, -2]));
        assert!(!records.has_room());
        assert_eq!(push(&mut records, "last", 2), ["busy"]);
    }

    #[test]
    fn a_list_of_few_records_can_be_too_heavy() {
        let mut records = Records::new(100);
        let text = "a".repeat(1 << 20);
        for number in 0..40 {
            assert!(push(&mut records, &number.to_string(), text.clone()).is_empty());
        }
        assert_eq!(records.iter().len(), 3);
        if let Some(last) = records.get_mut("39") {
            last.push_str(&text);
        }
        assert!(records.weigh("39").is_empty());
        assert_eq!(records.iter().len(), 2);
        let heavy = text.repeat(20);
        assert!(push(&mut records, "heavy", heavy).is_empty());
        assert_eq!(records.iter().len(), 1);
    }
}
