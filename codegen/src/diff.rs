//! What a change of the spec means: for whoever upgrades, for what is published already, and for what code means.
//!
//! Compared are two lowered specs and the surfaces that they emit, never two texts, so that notation makes no difference.

mod change;
mod fit;
mod index;
mod operations;
mod render;
mod report;
mod rules;
mod rust;
mod shapes;
mod surface;
mod values;
mod version;
mod walk;
mod webhooks;

pub use change::{Deployed, Upgrade};
pub use report::{Change, Report};
pub use version::Version;

use crate::contract::Contract;
use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::{Input, lower};
use change::Changes;
use index::Index;
use surface::Surface;
use walk::Walk;

/// One of the two specs that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one before the change.
    Old,
    /// The one after it.
    New,
}

/// A spec that has a mistake, so that nothing can be said of it.
#[derive(Debug)]
pub struct Unread {
    /// Which of the two it is.
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
    let (old_model, old_contract) = read(old, Side::Old)?;
    let (new_model, new_contract) = read(new, Side::New)?;
    let (old_index, new_index) = (Index::of(&old_model), Index::of(&new_model));
    let mut walk = Walk {
        old: &old_contract,
        new: &new_contract,
        old_index: &old_index,
        new_index: &new_index,
        changes: Changes::default(),
    };
    walk.operations();
    walk.webhooks();
    let mut changes = walk.changes;
    let (old_surface, new_surface) = (Surface::of(&old_model), Surface::of(&new_model));
    let upgrade = rust::attribute(
        (&old_surface, &old_contract),
        (&new_surface, &new_contract),
        &mut changes,
    );
    Ok(report::of(changes.0, upgrade, old, new))
}

/// What a rule means, with an example; `None` if there is no rule of that id.
#[must_use]
pub fn explain(rule: &str) -> Option<String> {
    rules::explain(rule)
}

/// The ids of all rules.
pub fn rules() -> impl Iterator<Item = String> {
    rules::ids()
}

fn read(input: &Input, side: Side) -> Result<(Model, Contract), Unread> {
    let mut diagnostics = Diagnostics::default();
    let lowered = crate::read(input, &mut diagnostics).and_then(|(document, config)| {
        let model = lower::lower(&document, &config, &mut diagnostics)?;
        Some((model, lower::contract(&document, &config)?))
    });
    lowered.ok_or(Unread { side, diagnostics })
}
