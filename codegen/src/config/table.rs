//! Entries by name. An entry that names nothing is an error.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::suggest;
use crate::tree::Place;

/// Entries by key. The table remembers which keys were used, because an unused key names nothing.
#[derive(Debug)]
pub(crate) struct Table<T> {
    entries: BTreeMap<String, (Place, T)>,
    asked: RefCell<BTreeSet<String>>,
    /// Patterns that match a site for which another key is more specific, with that key.
    hidden: RefCell<BTreeMap<String, String>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self::of(BTreeMap::new())
    }
}

impl<T> Table<T> {
    pub(super) fn of(entries: BTreeMap<String, (Place, T)>) -> Self {
        Self {
            entries,
            asked: RefCell::default(),
            hidden: RefCell::default(),
        }
    }

    /// The entry for `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&T> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.look_at(key)
    }

    /// The entry for `key`, without counting it as used.
    pub(super) fn look_at(&self, key: &str) -> Option<&T> {
        self.entries.get(key).map(|(_, value)| value)
    }

    /// All entries.
    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.entries.values().map(|(_, value)| value)
    }

    /// All entries with their keys and the keys' places.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, Place, &T)> {
        let entries = self.entries.iter();
        entries.map(|(key, (place, value))| (key.as_str(), *place, value))
    }

    /// The entries that were used.
    pub(super) fn used(&self) -> impl Iterator<Item = &T> {
        let asked = self.asked.borrow().clone();
        let entries = self.entries.iter();
        entries
            .filter(move |(key, _)| asked.contains(*key))
            .map(|(_, (_, value))| value)
    }

    /// The key of the entry for a site: the site itself, or else the matching pattern with the most characters besides `*`.
    pub(super) fn key_for<'t>(&'t self, site: &'t str) -> &'t str {
        let keys = self.entries.keys().map(String::as_str);
        let fitting = keys.filter(|key| *key == site || (key.contains('*') && fits(key, site)));
        let mut fitting: Vec<&str> = fitting.collect();
        // If two patterns are equally specific, the first in alphabetical order wins.
        fitting.sort_by_key(|key| std::cmp::Reverse((*key == site, key.replace('*', "").len())));
        let Some((closest, others)) = fitting.split_first() else {
            return site;
        };
        for other in others {
            let mut hidden = self.hidden.borrow_mut();
            hidden
                .entry((*other).to_owned())
                .or_insert_with(|| (*closest).to_owned());
        }
        closest
    }

    /// Reports unused entries: `what` is what their keys should name.
    pub(super) fn report_unused(&self, what: &str, diagnostics: &mut Diagnostics) {
        self.report_unused_but(what, diagnostics, |_| None);
    }

    /// Reports unused entries, each with the help that `help` returns for its key.
    pub(super) fn report_unused_but(
        &self,
        what: &str,
        diagnostics: &mut Diagnostics,
        help: impl Fn(&str) -> Option<String>,
    ) {
        let asked = self.asked.borrow();
        for (key, (place, _)) in &self.entries {
            if asked.contains(key) {
                continue;
            }
            if let Some(closer) = self.hidden.borrow().get(key) {
                let message = format!("`{key}` never applies: `{closer}` wins at every site");
                diagnostics
                    .error(*place, message)
                    .help("remove it: the key with the most characters besides `*` wins");
                continue;
            }
            let unused = asked
                .iter()
                .filter(|known| !self.entries.contains_key(*known));
            let help = help(key).unwrap_or_else(|| {
                let unused = unused.map(String::as_str);
                suggest::help(key, unused, "remove it, or correct the name")
            });
            diagnostics
                .error(*place, format!("there is no {what} `{key}`"))
                .help(help);
        }
    }
}

/// Whether a text matches a pattern in which each `*` matches any characters.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            text.char_indices()
                .map(|(index, _)| index)
                .chain([text.len()])
                .any(|index| fits(rest, &text[index..]))
        }),
    }
}
