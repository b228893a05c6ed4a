//! Compares the surfaces of two crates, and finds the change that explains each difference.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Changes, Spot};
use super::renames::{Renamed, Renames};
use super::rules::Rule;
use super::said::Said;
use super::surface::{Sides, Source, Surface, is_part, owner};
use super::verdict::{Deployed, Upgrade};
use crate::config::quoted;
use crate::contract::Contract;
use crate::tree::Place;

/// Lines that only one of two surfaces has, or that differ.
struct Differences<'s> {
    lines: BTreeMap<&'s str, Sides<'s>>,
    wider: &'s BTreeSet<(String, String)>,
}

/// Records for each change what it costs in Rust, and adds a change for each line that no change explains. Returns the cost of
/// all changes.
pub(super) fn attribute(
    (old, old_contract): (&Surface, &Contract),
    (new, new_contract): (&Surface, &Contract),
    replaced: &BTreeSet<Renamed>,
    changes: &mut Changes,
) -> Upgrade {
    let differences = Differences::between(old, new);
    let sides = ((old, old_contract), (new, new_contract));
    let renames = Renames::between(sides.0, sides.1, differences.lines.values());
    let renamings = differences.renamings(&renames);
    let mut claimed = renamings.clone();
    for change in &mut changes.0 {
        for line in &change.claims {
            if renamings.contains(line) {
                continue;
            }
            if let Some(cost) = differences.cost(line) {
                change.rust = change.rust.max(cost);
                claimed.insert(line.clone());
            }
        }
        if matches!(
            change.rule,
            Rule::OperationAdded | Rule::OperationRemoved | Rule::OperationRenamed
        ) {
            claimed.extend(differences.below(&change.claims));
        }
    }
    differences.sign(&renamings, changes);
    for (before, after) in &renames.all {
        claimed.extend(differences.of_rename((before, after)));
        let spot = spot_of((new, new_contract), after);
        let text = format!("`{before}` is now called `{after}` and is otherwise the same.");
        let mut change = unexplained(Rule::TypeRenamed, before, spot, text, Upgrade::Major);
        change.repair = kept_name(new_contract, (short(before), short(after)));
        changes.add(change);
    }
    let left: Vec<_> = differences
        .lines
        .iter()
        .filter(|(line, _)| !claimed.contains(**line))
        .collect();
    let mut whole = BTreeSet::new();
    for (line, sides) in left {
        if whole.iter().any(|owner: &String| is_part(line, owner)) {
            continue;
        }
        let (rule, cost, text) = match sides {
            (Some(_), None) => (Rule::ItemRemoved, Upgrade::Major, "It is gone.".to_owned()),
            (None, _) => (Rule::ItemAdded, Upgrade::Minor, "It is new.".to_owned()),
            (Some(before), Some(after)) => {
                let text = format!("It was `{before}` and is now `{after}`.");
                let cost = differences.cost(line).unwrap_or_default();
                (Rule::ItemChanged, cost, text)
            }
        };
        // The lines below a new or removed type add nothing to the line of the type.
        if sides.0.is_none() || sides.1.is_none() {
            whole.insert((*line).to_owned());
        }
        let spot = match rule {
            Rule::ItemRemoved => place((old, old_contract), line).map(Spot::Old),
            _ => spot_of((new, new_contract), line),
        };
        let mut change = unexplained(rule, line, spot, text, cost);
        if rule == Rule::ItemRemoved
            && let Some(after) = successor(short(line), replaced, new_contract)
        {
            change.said = format!("It is gone. `types::{after}` takes its place.").into();
            // A type that was there before would lose its own name.
            let is_new = !old.lines.contains_key(&format!("types::{after}"));
            change.repair = is_new
                .then(|| kept_name(new_contract, (short(line), after)))
                .flatten();
        }
        changes.add(change);
    }
    differences.upgrade()
}

fn short(path: &str) -> &str {
    path.trim_start_matches("types::")
}

/// How to keep the name of a type.
fn kept_name(contract: &Contract, (before, after): (&str, &str)) -> Option<String> {
    let key = quoted(contract.keys.get(after)?);
    Some(format!(
        "to keep the name, add this under `types` in sdk.yaml: `{key}: {before}`"
    ))
}

/// The only type that replaced a removed type.
fn successor<'r>(
    gone: &str,
    replaced: &'r BTreeSet<Renamed>,
    contract: &Contract,
) -> Option<&'r str> {
    let mut all = replaced.iter().filter(|(before, _)| before == gone);
    let (_, after) = all.next()?;
    let is_only =
        all.next().is_none() && replaced.iter().filter(|(_, other)| other == after).count() == 1;
    (is_only && contract.keys.contains_key(after)).then_some(after)
}

impl<'s> Differences<'s> {
    fn between(old: &'s Surface, new: &'s Surface) -> Self {
        let mut lines = BTreeMap::new();
        for (path, before) in &old.lines {
            let after = new.lines.get(path);
            if after != Some(before) {
                lines.insert(
                    path.as_str(),
                    (Some(before.as_str()), after.map(String::as_str)),
                );
            }
        }
        for (path, after) in &new.lines {
            if !old.lines.contains_key(path) {
                lines.insert(path.as_str(), (None, Some(after.as_str())));
            }
        }
        Self {
            lines,
            wider: &new.wider,
        }
    }

    /// The cost of a line that differs.
    fn cost(&self, line: &str) -> Option<Upgrade> {
        let (before, after) = self.lines.get(line)?;
        Some(match (before, after) {
            (None, _) => Upgrade::Minor,
            (Some(before), Some(after)) if self.takes_more(before, after) => Upgrade::Minor,
            (Some(_), _) => Upgrade::Major,
        })
    }

    /// Adds to each break how code calls what it changes, before and after. Of several breaks of one line, the first has it.
    fn sign(&self, renamings: &BTreeSet<String>, changes: &mut Changes) {
        let mut told = renamings.clone();
        for change in &mut changes.0 {
            for line in &change.claims {
                if let Some((Some(before), Some(after))) = self.lines.get(line.as_str())
                    && before.starts_with('(')
                    && self.cost(line) == Some(Upgrade::Major)
                    && told.insert(line.clone())
                {
                    let text = format!("`{line}` was `{before}` and is now `{after}`.");
                    change.signatures.push(text);
                }
            }
        }
    }

    /// Whether callers can still pass the old arguments.
    fn takes_more(&self, before: &str, after: &str) -> bool {
        let mut wider = self.wider.iter();
        wider.any(|(narrow, wide)| before.contains(narrow) && before.replace(narrow, wide) == after)
    }

    /// The lines below one of these types or requests.
    fn below(&self, owners: &[String]) -> Vec<String> {
        let is_below = |line: &&&str| owners.iter().any(|owner| is_part(line, owner));
        let lines = self.lines.keys().filter(is_below);
        lines.map(|line| (*line).to_owned()).collect()
    }

    fn upgrade(&self) -> Upgrade {
        let costs = self.lines.keys().filter_map(|line| self.cost(line));
        costs.max().unwrap_or_default()
    }

    /// The lines of a type that has another name.
    fn of_rename<'d>(
        &'d self,
        (before, after): (&'d str, &'d str),
    ) -> impl Iterator<Item = String> + 'd {
        let lines = self.lines.keys();
        let lines = lines.filter(move |line| is_part(line, before) || is_part(line, after));
        lines.map(|line| (*line).to_owned())
    }

    /// The lines that differ by new names of types alone.
    fn renamings(&self, renames: &Renames) -> BTreeSet<String> {
        let lines = self.lines.iter().filter(|(_, sides)| match sides {
            (Some(was), Some(is)) => renames.apply(was) == *is,
            _ => false,
        });
        lines.map(|(line, _)| (*line).to_owned()).collect()
    }
}

/// Where the spec describes the type, operation or webhook of a line.
fn place((surface, contract): (&Surface, &Contract), line: &str) -> Option<Place> {
    if line.starts_with("types::") {
        let ty = short(owner(line));
        let property = surface.leads.get(line);
        let property = property.and_then(|name| contract.place_of_property(ty, name));
        return property.or_else(|| contract.place_of(ty));
    }
    let mut known = surface.sources.iter();
    // Without operations, there is no handle.
    let handle = surface
        .lines
        .get(line)
        .and_then(|line| line.strip_prefix("-> "));
    let (_, source) = known.find(|(path, _)| {
        is_part(line, path) || handle.is_some_and(|handle| is_part(path, handle))
    })?;
    match source {
        Source::Operation(id) => {
            let mut operations = contract.operations.iter();
            Some(operations.find(|operation| operation.id == *id)?.place)
        }
        Source::Webhook(number) => Some(contract.webhooks.get(*number)?.place),
    }
}

/// The same in the new spec.
pub(super) fn spot_of(new: (&Surface, &Contract), line: &str) -> Option<Spot> {
    place(new, line).map(Spot::New)
}

pub(super) fn unexplained(
    rule: Rule,
    path: &str,
    spot: Option<Spot>,
    said: impl Into<Said>,
    rust: Upgrade,
) -> Change {
    Change {
        rule,
        rust,
        deployed: Deployed::Fine,
        behaviour: None,
        owner: path.to_owned(),
        member: String::new(),
        spot: spot.unwrap_or(Spot::New(Place { file: 0, node: 0 })),
        said: said.into(),
        repair: None,
        signatures: Vec::new(),
        users: BTreeSet::new(),
        claims: Vec::new(),
        visited: BTreeSet::new(),
    }
}
