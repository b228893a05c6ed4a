//! Types that have another name and are otherwise the same.

use std::collections::{HashMap, HashSet};

use super::surface::{Sides, Surface, is_part, owner};
use crate::contract::Contract;

/// What the name of a type follows in a signature.
const TYPES: &str = "types::";

/// A type that has another name: before and after.
pub(super) type Renamed = (String, String);

/// The lines of a type, as if it had no name.
type Lines = Vec<(String, String)>;

/// All types that have another name.
#[derive(Default)]
pub(super) struct Renames {
    pub(super) all: Vec<Renamed>,
    /// The new names by the old ones, without `types::`.
    names: HashMap<String, String>,
}

impl Renames {
    /// Types of the old surface that the new one has under another name: first those that a line says so of, then any that are
    /// the same.
    ///
    /// Of several that are the same, the first in the old document is the first in the new one.
    pub(super) fn between<'s>(
        old: (&Surface, &Contract),
        new: (&Surface, &Contract),
        differences: impl Iterator<Item = &'s Sides<'s>>,
    ) -> Self {
        let lacks = |(surface, _): (&Surface, _), path: &str| !surface.lines.contains_key(path);
        let said: HashSet<(&str, &str)> = differences.filter_map(said).collect();
        let mut gone = types(old);
        gone.retain(|(path, _)| lacks(new, path));
        let mut come: HashMap<Lines, Vec<&str>> = HashMap::new();
        for (path, lines) in types(new) {
            if lacks(old, path) {
                come.entry(lines).or_default().push(path);
            }
        }
        let mut renames = Self::default();
        // A type that holds one with another name is the same, too.
        loop {
            let known = renames.all.len();
            for is_said in [true, false] {
                gone.retain(|(before, lines)| {
                    let lines = lines.iter();
                    let lines: Lines = lines
                        .map(|(line, signature)| (line.clone(), renames.apply(signature)))
                        .collect();
                    let Some(same) = come.get_mut(&lines) else {
                        return true;
                    };
                    let is_it =
                        |after: &&str| !is_said || said.contains(&(short(before), short(after)));
                    let Some(index) = same.iter().position(is_it) else {
                        return true;
                    };
                    renames.add(before, same.remove(index));
                    false
                });
            }
            if renames.all.len() == known {
                return renames;
            }
        }
    }

    fn add(&mut self, before: &str, after: &str) {
        self.all.push((before.to_owned(), after.to_owned()));
        self.names
            .insert(short(before).to_owned(), short(after).to_owned());
    }

    /// A signature with the new names of types.
    pub(super) fn apply(&self, signature: &str) -> String {
        let mut parts = signature.split(TYPES);
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = named(part);
            whole.push_str(TYPES);
            whole.push_str(self.names.get(name).map_or(name, String::as_str));
            whole.push_str(rest);
        }
        whole
    }
}

/// The names before and after, if a line differs by the name of one type alone.
fn said<'s>(sides: &'s Sides<'s>) -> Option<(&'s str, &'s str)> {
    let (was, is) = (sides.0?, sides.1?);
    let (mut before, mut after) = (was.split(TYPES), is.split(TYPES));
    if before.next() != after.next() {
        return None;
    }
    let before: Vec<_> = before.map(named).collect();
    let after: Vec<_> = after.map(named).collect();
    let pairs = || before.iter().zip(&after);
    let (one, other) = pairs().find(|(one, other)| one.0 != other.0)?;
    let (old, new) = (one.0, other.0);
    let is_same = before.len() == after.len()
        && pairs().all(|(one, other)| {
            let name = if one.0 == old { new } else { one.0 };
            other.0 == name && one.1 == other.1
        });
    is_same.then_some((old, new))
}

/// The name at the start of a text, and the rest.
fn named(text: &str) -> (&str, &str) {
    let is_end = |next: char| !next.is_alphanumeric() && next != '_';
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}

fn short(path: &str) -> &str {
    path.trim_start_matches(TYPES)
}

/// The types with what stands below each, in the order of the document.
fn types<'s>((surface, contract): (&'s Surface, &Contract)) -> Vec<(&'s str, Lines)> {
    let is_type = |path: &&String| path.starts_with(TYPES) && owner(path) == path.as_str();
    let places = contract.places();
    let mut paths: Vec<&String> = surface.lines.keys().filter(is_type).collect();
    paths.sort_by_key(|path| {
        let place = places.get(short(path));
        place.map(|place| (place.file, place.node))
    });
    let paths = paths.into_iter();
    paths
        .map(|path| {
            let below = surface.lines.range(path.clone()..);
            let below = below.take_while(|(line, _)| line.starts_with(path.as_str()));
            let below = below.filter(|(line, _)| is_part(line, path));
            let nameless = below.map(|(line, signature)| {
                let signature = without_name(signature, short(path));
                (line[path.len()..].to_owned(), signature)
            });
            (path.as_str(), nameless.collect())
        })
        .collect()
}

/// A signature in which a type stands as if it had no name.
fn without_name(signature: &str, own: &str) -> String {
    let mut parts = signature.split(TYPES);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match named(part) {
            (name, rest) if name == own => whole.push_str(&format!("Self{rest}")),
            _ => whole.push_str(&format!("{TYPES}{part}")),
        }
    }
    whole
}
