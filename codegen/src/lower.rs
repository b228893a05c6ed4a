//! From the document to the model: resolves, names and decides; every mistake is collected, none stops the run.

mod answers;
mod components;
mod docs;
mod enums;
mod examples;
mod homes;
mod inputs;
mod objects;
mod operations;
mod placement;
mod reach;
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

/// Lowers the document with what the configuration says.
pub(crate) fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Model {
    let mut scope = scope::Scope::new(document, config, diagnostics);
    let placed = operations::lower(document, &mut scope);
    let resources = resources::lower(placed, document, &mut scope);
    let events = webhooks::lower(document, &mut scope);
    let mut items: Vec<_> = std::mem::take(&mut scope.items).into_values().collect();
    reach::box_circles(&mut items);
    reach::mark_built(&mut items, &resources);
    items.sort_by(|one, other| one.module.cmp(&other.module));
    config.report_unused(diagnostics);
    Model {
        resources,
        items,
        events,
    }
}
