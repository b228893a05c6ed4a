//! From the document to the model: resolves, names and decides; every mistake is collected, none stops the run.

mod answers;
mod components;
mod discriminators;
mod docs;
mod enums;
mod examples;
mod homes;
mod inputs;
mod objects;
mod operations;
mod placement;
mod reach;
mod references;
mod remarks;
mod resources;
mod scope;
mod shapes;
mod types;
mod unions;
mod webhooks;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::openapi::Document;

/// Lowers the document with what the configuration says; `None` if one of them has a mistake.
pub(crate) fn lower(
    document: &Document,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Model> {
    references::check(document, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let mut scope = scope::Scope::new(document, config, diagnostics);
    let placed = operations::lower(document, &mut scope);
    let resources = resources::lower(placed, document, &mut scope);
    let events = webhooks::lower(document, &mut scope);
    scope.note_shared();
    let mut items: Vec<_> = std::mem::take(&mut scope.items).into_values().collect();
    reach::box_circles(&mut items);
    reach::mark_built(&mut items, &resources);
    items.sort_by(|one, other| one.module.cmp(&other.module));
    // What a mistake has kept from being made is not asked for: its entry only seems to name nothing.
    if !diagnostics.has_errors() {
        let requests = resources::requests(&resources);
        config.report_unused(&requests, diagnostics);
    }
    (!diagnostics.has_errors()).then_some(Model {
        resources,
        items,
        events,
    })
}
