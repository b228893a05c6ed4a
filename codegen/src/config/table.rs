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

    /// Whether something asked for an entry of this name.
    pub(super) fn was_asked(&self, key: &str) -> bool {
        self.asked.borrow().contains(key)
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
                let message = format!(
                    "`{key}` never applies: `{closer}` takes precedence wherever both match"
                );
                diagnostics
                    .error(*place, message)
                    .help("remove this key: if several keys match, the key with the most characters besides `*` wins");
                continue;
            }
            let unused = asked
                .iter()
                .filter(|known| !self.entries.contains_key(*known));
            let help = help(key).unwrap_or_else(|| {
                let unused = unused.map(String::as_str);
                suggest::help(key, unused, "remove the entry, or correct the name")
            });
            diagnostics
                .error(*place, format!("there is no {what} `{key}`"))
                .help(help);
        }
    }
}

/// Whether a text matches a pattern in which each `*` matches any characters.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    let inner = text.strip_prefix(start);
    let Some(mut inner) = inner.and_then(|text| text.strip_suffix(end)) else {
        return false;
    };
    // The first place of each part leaves most room for the parts behind it.
    for part in middle.split('*') {
        let Some((_, behind)) = inner.split_once(part) else {
            return false;
        };
        inner = behind;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_run_of_characters() {
        assert!(fits("*", ""));
        assert!(fits("a*", "a"));
        assert!(fits("*.a[]*.b", "X.y.a[].a[].b"));
        assert!(fits("a*b*a", "abba"));
        assert!(!fits("a*a", "a"));
        assert!(!fits("a*ba", "aba.b"));
        assert!(!fits("*b*b", "ab"));
    }

    #[test]
    fn many_stars_take_no_longer_than_one() {
        let text = "a".repeat(500);
        assert!(!fits(&format!("{}b", "a*".repeat(200)), &text));
        assert!(fits(&"a*".repeat(200), &text));
    }
}
