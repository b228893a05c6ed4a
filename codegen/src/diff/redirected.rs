//! Finds names and arguments that now refer to another value of the API. Code that uses them still compiles.

use std::collections::BTreeSet;

use super::change::Changes;
use super::rules::Rule;
use super::rust::{spot_of, unexplained};
use super::surface::{Surface, owner};
use super::verdict::Upgrade;
use crate::contract::Contract;

/// Adds a change for each line that both surfaces have, if the line refers to another known value in the new surface.
///
/// A value with a new name is another kind of change. So a line counts only if its old value is still there, under another name
/// or in another argument.
pub(super) fn compare(
    old: &Surface,
    (new, contract): (&Surface, &Contract),
    changes: &mut Changes,
) {
    let mut add = |path: &str, before: &[String], after: &[String]| {
        if old.lines.get(path) != new.lines.get(path) {
            return;
        }
        let (before, after) = (told(before), told(after));
        let text = format!("It stands for {after} now. It stood for {before}.");
        let spot = spot_of((new, contract), path);
        let mut change = unexplained(Rule::ItemRedirected, path, spot, text, Upgrade::None);
        change.behaviour = Some(format!("`{path}` stands for {after}, not {before}"));
        changes.add(change);
    };
    for (path, after) in &new.leads {
        if let Some(before) = old.leads.get(path)
            && before != after
            && around(new, path).contains(before.as_str())
        {
            add(
                path,
                std::slice::from_ref(before),
                std::slice::from_ref(after),
            );
        }
    }
    for (path, after) in &new.orders {
        let before = old.orders.get(path).map_or(&[][..], Vec::as_slice);
        let mut pairs = before.iter().zip(after);
        if pairs.any(|(one, other)| one != other && after.contains(one)) {
            add(path, before, after);
        }
    }
}

/// The values that the neighbouring items refer to.
fn around<'s>(surface: &'s Surface, path: &str) -> BTreeSet<&'s str> {
    let group = group(path);
    let lines = surface.leads.range(group.to_owned()..);
    let lines = lines.take_while(|(line, _)| line.starts_with(group));
    let lines = lines.filter(|(line, _)| self::group(line) == group);
    lines.map(|(_, wire)| wire.as_str()).collect()
}

/// The type, request, handle or module that an item belongs to.
fn group(path: &str) -> &str {
    match path.starts_with("types::") {
        true => owner(path),
        false => path.rsplit_once("::").map_or(path, |(group, _)| group),
    }
}

fn told(wires: &[String]) -> String {
    let quoted: Vec<String> = wires.iter().map(|wire| format!("`{wire}`")).collect();
    quoted.join(", ")
}
