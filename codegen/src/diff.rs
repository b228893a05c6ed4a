//! What a change of the spec means for users who upgrade, for published versions, and for code that still compiles.
//!
//! This module compares two lowered specs and the surfaces of their crates. It never compares text, so notation makes no
//! difference.

mod accepting;
mod answers;
mod bounds;
mod carried;
mod change;
mod enums;
mod envelopes;
mod features;
mod fit;
mod index;
mod inside;
#[cfg(test)]
mod keywords;
mod listed;
mod moves;
mod needs;
mod objects;
mod omitted;
mod operations;
mod order;
mod others;
mod paging;
mod pairs;
mod paths;
mod presence;
mod probe;
mod program;
mod reading;
mod redirected;
mod references;
mod renames;
mod render;
mod report;
mod retyped;
mod rules;
mod rust;
mod said;
mod same;
mod seen;
mod shapes;
mod spread;
mod styles;
mod surface;
mod unions;
mod values;
mod verdict;
mod version;
mod walk;
mod webhooks;
mod writing;

pub use report::{Change, Report};
pub use verdict::{Deployed, Upgrade};
pub use version::Version;

use std::collections::BTreeSet;

use crate::contract::Contract;
use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::tree::Node;
use crate::{Input, lower, openapi, overlaid, stack};
use carried::Carried;
use change::Changes;
use index::Index;
use pairs::Denied;
use report::Places;
use surface::Surface;
use walk::Walk;

/// One of the two specs that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The spec before the change.
    Old,
    /// The spec after the change.
    New,
}

/// A spec with a mistake, which cannot be compared.
#[derive(Debug)]
pub struct Unread {
    /// Which of the two specs has the mistake.
    pub side: Side,
    /// Its mistakes.
    pub diagnostics: Diagnostics,
}

/// Compares two specs.
///
/// # Errors
///
/// The mistakes of the first that has one.
pub fn diff(old: &Input, new: &Input) -> Result<Report, Unread> {
    stack::with_room(|| compare(old, new))
}

/// The reports on a change and on the reverse change.
pub type BothWays = (Report, Report);

/// Compares a spec with each of several others, and each of these with the spec. Reads each once.
///
/// The result is the same as of [`diff`] for each pair.
///
/// # Errors
///
/// The mistakes of the spec itself, and in their place those of each other one.
pub fn diff_each(base: &Input, others: &[Input]) -> Result<Vec<Result<BothWays, Unread>>, Unread> {
    stack::with_room(|| {
        let known = Spec::read(base, Side::Old)?;
        let both = |other: &Input| {
            // Without sdk.yaml, the names of the new spec depend on the old spec.
            if base.config.is_none() || other.config.is_none() {
                return Ok((compare(base, other)?, compare(other, base)?));
            }
            let other = Spec::read(other, Side::New)?;
            Ok((known.compare(&other), other.compare(&known)))
        };
        Ok(others.iter().map(both).collect())
    })
}

fn compare(old: &Input, new: &Input) -> Result<Report, Unread> {
    let mut diagnostics = Diagnostics::default();
    let mut old_tree = overlaid(old, &mut diagnostics);
    let mut new_diagnostics = Diagnostics::default();
    let mut new_tree = overlaid(new, &mut new_diagnostics);
    let mut as_written = None;
    if let (Some(known), None) = (&mut old_tree, &new.config) {
        openapi::include_siblings(known);
    }
    let known = old_tree.clone();
    let old = Spec::of(old, old_tree, Side::Old, diagnostics)?;
    if let (Some(tree), Some(known), None) = (&mut new_tree, &known, &new.config) {
        openapi::include_siblings(tree);
        let is_type = |name: &str| old.model.items.iter().any(|item| item.name == *name);
        references::follow(tree, known, is_type);
        let before = tree.clone();
        if order::follow(tree, known) {
            as_written = Some(before);
        }
    }
    let mut sorted = Spec::of(new, new_tree, Side::New, new_diagnostics)?;
    if let Some(tree) = as_written {
        let written = Spec::of(new, Some(tree), Side::New, Diagnostics::default())?;
        sorted.surface.take_orders(written.surface);
    }
    Ok(old.compare(&sorted))
}

/// A spec that was read.
struct Spec<'i> {
    places: Places<'i>,
    model: Model,
    contract: Contract,
    surface: Surface,
    features: features::Listed,
}

impl<'i> Spec<'i> {
    fn read(input: &'i Input, side: Side) -> Result<Self, Unread> {
        let mut diagnostics = Diagnostics::default();
        let tree = overlaid(input, &mut diagnostics);
        Self::of(input, tree, side, diagnostics)
    }

    fn of(
        input: &'i Input,
        tree: Option<Node>,
        side: Side,
        mut diagnostics: Diagnostics,
    ) -> Result<Self, Unread> {
        let lowered = crate::read_tree(tree, input.config.as_ref(), &mut diagnostics).and_then(
            |(document, config)| {
                let lowered = lower::lower_with_contract(&document, &config, &mut diagnostics);
                let (model, contract) = lowered?;
                let model = crate::features::assign(model, &config, &mut diagnostics)?;
                Some((model, contract, features::Listed::of(&config)))
            },
        );
        let (model, contract, features) = lowered.ok_or(Unread { side, diagnostics })?;
        Ok(Self {
            places: Places::of(input),
            surface: Surface::of(&model),
            model,
            contract,
            features,
        })
    }

    fn compare(&self, new: &Self) -> Report {
        let (old_index, new_index) = (Index::of(&self.model), Index::of(&new.model));
        let mut walk = Walk {
            old: &self.contract,
            new: &new.contract,
            old_index: &old_index,
            new_index: &new_index,
            denied: &Denied::default(),
            changes: Changes::default(),
            replaced: BTreeSet::new(),
            carried: Carried::default(),
            coming: BTreeSet::new(),
        };
        walk.operations();
        walk.webhooks();
        walk.keep_coming();
        let (mut changes, replaced) = (walk.changes, walk.replaced);
        walk.carried.claim(&mut changes);
        let (old_side, new_side) = (
            (&self.surface, &self.contract),
            (&new.surface, &new.contract),
        );
        let upgrade = rust::attribute(old_side, new_side, &replaced, &mut changes);
        redirected::compare(&self.surface, new_side, &mut changes);
        let of_features = features::compare(
            (&self.model, &self.features),
            (&new.model, &new.contract, &new.features),
            &mut changes,
        );
        let upgrade = upgrade.max(of_features);
        report::of(changes.0, upgrade, &self.places, &new.places)
    }
}

/// A program that uses all of the crate that a spec becomes, to be compiled against the crate of another spec.
///
/// `api` is the path of the module with the generated code; the accessors of its resources are methods of a struct
/// `Entry` in it, because many such modules share one `Client`.
///
/// # Errors
///
/// The mistakes of the spec.
pub fn user_program(input: &Input, api: &str) -> Result<String, Unread> {
    stack::with_room(|| Ok(program::write(&model_of(input)?, api)))
}

/// A program that makes every call of the crate that a spec becomes, and reads every event, with values given as JSON.
///
/// `api` is as in [`user_program`]. The module `wire` of the crate gives the program what it needs.
///
/// # Errors
///
/// The mistakes of the spec.
pub fn wire_program(input: &Input, api: &str) -> Result<String, Unread> {
    stack::with_room(|| Ok(probe::write(&model_of(input)?, api)))
}

/// What a rule means, with an example; `None` if no rule has this id.
#[must_use]
pub fn explain(rule: &str) -> Option<String> {
    rules::explain(rule)
}

/// The ids of all rules.
pub fn rules() -> impl Iterator<Item = String> {
    rules::ids()
}

fn model_of(input: &Input) -> Result<Model, Unread> {
    Ok(Spec::read(input, Side::Old)?.model)
}

#[cfg(test)]
mod tests;
