//! `operations.md`: every operation on one page, for the crate's documentation.

use std::collections::BTreeMap;

use crate::model::{Gate, Model, Resource};

/// A table of the operations that are always there, in the order of the resources, and one for each feature or features.
pub(crate) fn emit(model: &Model) -> String {
    let mut tables = Tables::default();
    for resource in &model.resources {
        rows(resource, &Gate::default(), &mut tables);
    }
    let mut page = String::new();
    for (features, rows) in tables {
        page.push_str(&introduction(&features));
        page.push_str("| method | request | operation |\n|---|---|---|\n");
        page.push_str(&rows);
    }
    page
}

/// Rows by the features of which they need one.
type Tables = BTreeMap<Vec<String>, String>;

/// What stands above the table of these features.
fn introduction(features: &[String]) -> String {
    match features {
        [] => String::new(),
        [feature] => format!("\nThese methods need the feature `{feature}`:\n\n"),
        features => format!(
            "\nThese methods need one of the features `{}`:\n\n",
            features.join("`, `")
        ),
    }
}

fn rows(resource: &Resource, above: &Gate, tables: &mut Tables) {
    let gate = above.then(&resource.gate);
    let module = resource.directory.join("::");
    for operation in &resource.operations {
        let link = format!("crate::{module}::{}::{}", resource.handle, operation.method);
        let table = tables.entry(gate.features().to_vec()).or_default();
        table.push_str(&format!(
            "| [`{}`]({link}) | `{} {}` | `{}` |\n",
            operation.call, operation.verb, operation.path, operation.id
        ));
    }
    for child in &resource.children {
        rows(child, &gate, tables);
    }
}
