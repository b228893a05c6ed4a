//! `operations.md`: every operation on one page, for the crate's documentation.

use crate::model::{Model, Resource};

/// A call with more letters is shown without its arguments: the table then fits a window of 1,300 pixels.
const MOST_LETTERS: usize = 60;

/// The rows of the table, in the order of the resources.
pub(crate) fn emit(model: &Model) -> String {
    let mut table = "| method | request |\n|---|---|\n".to_owned();
    for resource in &model.resources {
        rows(resource, &mut table);
    }
    table
}

fn rows(resource: &Resource, table: &mut String) {
    let accessors: Vec<String> = resource
        .directory
        .iter()
        .map(|module| format!("{module}()."))
        .collect();
    let module = resource.directory.join("::");
    for operation in &resource.operations {
        let arguments: Vec<String> = operation
            .arguments()
            .map(|input| input.name.to_string())
            .collect();
        let method = format!("{}{}", accessors.concat(), operation.method);
        let call = match format!("{method}({})", arguments.join(", ")) {
            long if long.len() > MOST_LETTERS => format!("{method}(…)"),
            call => call,
        };
        let link = format!("crate::{module}::{}::{}", resource.handle, operation.method);
        table.push_str(&format!(
            "| [`{call}`]({link}) | `{} {}` |\n",
            operation.verb, operation.path
        ));
    }
    for child in &resource.children {
        rows(child, table);
    }
}
