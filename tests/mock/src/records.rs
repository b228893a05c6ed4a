//! A list of records with a maximum length, and access by id.

use std::collections::{HashMap, VecDeque};

/// The newest records; an older one is let go for each that comes when the list is full.
#[derive(Debug)]
pub(crate) struct Records<T> {
    most: usize,
    /// How many records at the start are never let go. They count beside the others.
    kept: usize,
    records: VecDeque<(String, T)>,
    /// The number of each record, counted from the first one ever.
    numbers: HashMap<String, usize>,
    let_go: usize,
}

impl<T> Records<T> {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            most: most.max(1),
            kept: 0,
            records: VecDeque::new(),
            numbers: HashMap::new(),
            let_go: 0,
        }
    }

    /// Never lets go of the records that are there now.
    pub(crate) fn keep(&mut self) {
        self.kept = self.records.len();
    }

    /// Adds a record, or replaces the one with this id.
    pub(crate) fn push(&mut self, id: String, record: T) {
        if let Some(present) = self.get_mut(&id) {
            *present = record;
            return;
        }
        if self.records.len() == self.kept + self.most
            && let Some((oldest, _)) = self.records.remove(self.kept)
        {
            self.let_go += 1;
            self.numbers.remove(&oldest);
        }
        let number = self.let_go + self.records.len();
        self.numbers.insert(id.clone(), number);
        self.records.push_back((id, record));
    }

    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        let record = self.records.get(self.index(id)?);
        record.map(|(_, record)| record)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        let index = self.index(id)?;
        self.records.get_mut(index).map(|(_, record)| record)
    }

    fn index(&self, id: &str) -> Option<usize> {
        let number = *self.numbers.get(id)?;
        Some(match number < self.kept {
            true => number,
            false => number - self.let_go,
        })
    }

    /// The oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.records.iter().map(|(_, record)| record)
    }

    /// How many records there were in all.
    pub(crate) fn count(&self) -> usize {
        self.let_go + self.records.len()
    }

    /// How many of them were let go.
    pub(crate) fn let_go(&self) -> usize {
        self.let_go
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_list_lets_the_oldest_go() {
        let mut records = Records::new(2);
        for number in 1..=3 {
            records.push(number.to_string(), number);
        }
        assert_eq!(records.get("1"), None);
        assert_eq!(records.get("3"), Some(&3));
        assert_eq!((records.count(), records.let_go()), (3, 1));
        assert!(records.iter().eq(&[2, 3]));
    }

    #[test]
    fn what_is_kept_stays_in_a_full_list() {
        let mut records = Records::new(1);
        records.push("own".to_owned(), 0);
        records.keep();
        for number in 1..=3 {
            records.push(number.to_string(), number);
        }
        assert_eq!((records.get("own"), records.get("2")), (Some(&0), None));
        assert_eq!(records.get("3"), Some(&3));
        assert!(records.iter().eq(&[0, 3]));
    }
}
