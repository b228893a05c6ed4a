//! From the document to the model: resolves references, and chooses names and types. This stage collects all mistakes and does
//! not stop at the first one.

mod circles;
mod contract;
mod integers;
mod made_up;
mod naming;
mod operations;
mod resolve;
mod types;
mod values;
mod words;

pub use naming::TypeName;
pub use values::is_date;
pub(crate) use values::{is_like, is_multiple};

use crate::config::Config;
use crate::contract::Contract;
use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::openapi::Document;

/// Lowers the document with the configuration; `None` if either has a mistake.
pub(crate) fn lower(
    document: &Document,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Model> {
    let resolved = resolve::resolve(document, diagnostics)?;
    let names = naming::name(&resolved, config, diagnostics);
    model(&resolved, names, config, diagnostics)
}

/// Lowers the document to the model and to the contract. Only the comparison of documents needs the contract.
pub(crate) fn lower_with_contract(
    document: &Document,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<(Model, Contract)> {
    let resolved = resolve::resolve(document, diagnostics)?;
    let names = naming::name(&resolved, config, diagnostics);
    let contract = contract::lower(&resolved, &names, config);
    let model = model(&resolved, names, config, diagnostics)?;
    Some((model, contract))
}

/// The names of all types, before any type is created.
pub(crate) fn type_names(
    document: &Document,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<TypeName>> {
    let resolved = resolve::resolve(document, diagnostics)?;
    Some(naming::by_site(&resolved, config, diagnostics))
}

fn model(
    resolved: &resolve::Resolved<'_>,
    names: naming::Names,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Model> {
    values::check(resolved, diagnostics);
    let mut types = types::Types::new(resolved, names, config, diagnostics);
    let resources = operations::lower(&mut types);
    let events = operations::events(&mut types);
    let items = types.finish(&resources);
    // After a mistake, an entry of the configuration may only seem to name nothing, so entries are checked only without mistakes.
    if !diagnostics.has_errors() {
        let requests = operations::requests(&resources);
        config.report_unused(&requests, diagnostics);
    }
    (!diagnostics.has_errors()).then_some(Model {
        resources,
        items,
        events,
        features: Vec::new(),
    })
}
