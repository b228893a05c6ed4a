//! `cargo xtask import --check`: lists the changes in Telnyx's document.
//!
//! The command compares the operations and webhooks of the spec, and all components that they use, without descriptions. Any
//! other operation in the document is a difference if the spec has most operations with its tag and does not omit the operation
//! on purpose. Each line is a change from the spec to the document. `+` means that only the document has the part, `-` that only
//! the spec has it, and `~` that the two differ. Each line has the places in both files. If one file lacks the part, the place is
//! where the part would be. A path that `spec/sdk.yaml` corrects has the mark `=` and is not a difference. The command also lists
//! each sequence of eight words from Telnyx's text.

mod change;
mod compare;
mod components;
mod described;
mod operations;
mod part;
mod roles;
mod values;
mod words;

use std::path::Path;
use std::process::ExitCode;

use telnyx_codegen::{Node, Positions, Source};

use super::tree::{Keys, structure};
use super::{LOCK, parse, slice};
use crate::input::{read, tree_or_show};
use crate::print;
use crate::workspace::from_here;
use change::{Change, Verdict};
use compare::Comparison;
use part::{Both, Part};

/// A document and the places of its nodes.
struct Document {
    name: String,
    root: Node,
    positions: Positions,
}

/// Lists the differences. Exits with 0 if there are none, with 1 if there are some, and with 2 if a file cannot be read.
pub(super) fn run(upstream: &Path) -> Result<ExitCode, String> {
    let Some(spec) = Document::read(&from_here("spec/openapi.yaml"))? else {
        return Ok(ExitCode::from(2));
    };
    let file = upstream;
    let Some(mut upstream) = Document::read(file)? else {
        return Ok(ExitCode::from(2));
    };
    let choice = slice::Choice {
        wanted: &[],
        left_out: &[],
    };
    slice::check(&slice::of(&upstream.root, &spec.root, choice), file)?;
    let mut kept = Vec::new();
    if slice::is_part(&upstream.root, &spec.root) {
        let known = structure(&spec.root, Keys::Keywords);
        (upstream.root, kept) = slice::completed(&upstream.root, &known);
    }
    let Some(config) = Document::read(&from_here("spec/sdk.yaml"))? else {
        return Ok(ExitCode::from(2));
    };
    let last = match from_here(LOCK).is_file() {
        true => parse(&from_here(LOCK))?.map(|(last, _)| last),
        false => None,
    };
    let said = |key| Part::of(&config.root).at(key);
    let said = operations::Said {
        corrections: said("operations"),
        reasons: said("left_out"),
        last: last.as_ref(),
    };
    let roots = Both {
        spec: Part::of(&spec.root),
        upstream: Part::of(&upstream.root),
    };
    let mut comparison = Comparison::new(roots);
    let left_out = operations::compare(&mut comparison, said);
    let mut changes = comparison.finish();
    changes.extend(words::shared(&spec.root, &upstream.root));
    change::print(&changes, &spec, &upstream)?;
    left_out.print()?;
    operations::print_lines(
        "Not in this excerpt of the document, so not compared",
        &kept,
    )?;
    conclude(&changes, &spec, &upstream)
}

impl Document {
    /// Reads a document; `None` if it has a mistake, which is then printed.
    fn read(path: &Path) -> Result<Option<Self>, String> {
        let source: Source = read(path)?;
        let positions = Positions::of(&source);
        let name = source.name.clone();
        let root = tree_or_show(source);
        Ok(root.map(|root| Self {
            name,
            root,
            positions,
        }))
    }
}

fn conclude(changes: &[Change], spec: &Document, upstream: &Document) -> Result<ExitCode, String> {
    let differences = changes
        .iter()
        .filter(|change| change.verdict != Verdict::Known)
        .count();
    let (spec, upstream) = (&spec.name, &upstream.name);
    print::line(match differences {
        0 => format!("{spec} equals {upstream} in all parts that it covers"),
        1 => format!("1 difference between {spec} and {upstream}"),
        _ => format!("{differences} differences between {spec} and {upstream}"),
    })?;
    Ok(ExitCode::from(u8::from(differences > 0)))
}

#[cfg(test)]
mod tests;
