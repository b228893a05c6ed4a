//! `cargo xtask compare-spec`: what Telnyx has changed, as a list to work through.

mod change;
mod compare;
mod components;
mod described;
mod operations;
mod part;
mod roles;
mod values;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use telnyx_codegen::{Input, Node, Positions, Source};

use crate::input::{read, show};
use crate::print;
use crate::workspace::from_here;
use change::{Change, Verdict};
use compare::Comparison;
use part::{Both, Part};

/// Compares the spec with a document that Telnyx publishes, all words set aside.
///
/// Compared are the operations and webhooks of the spec and all components they lead to. What the published document has
/// beside them is a difference if the spec has the most part of its tag; whatever else it has is named at the end. Each line is a change from the spec to the published document
/// (`+` there only, `-` here only, `~` other there) with the places of both; where one lacks it, the place it would be in.
/// A path that spec/sdk.yaml corrects is listed (`=`) and is no difference either.
///
/// With the committed spec, each run of eight words that Telnyx wrote is listed too.
///
/// Ends with 0 if there is no difference, 1 if there is one, 2 if a file cannot be read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Document that Telnyx publishes, YAML or JSON: all of it, or any part
    #[arg(long, value_name = "FILE")]
    upstream: PathBuf,

    /// Document to compare it with, such as an older one of Telnyx [default: spec/openapi.yaml]
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
}

/// A document and the places of its nodes.
struct Document {
    name: String,
    root: Node,
    positions: Positions,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let spec_path = arguments.spec.clone();
    let spec_path = spec_path.unwrap_or_else(|| from_here("spec/openapi.yaml"));
    let Some(spec) = Document::read(&spec_path)? else {
        return Ok(ExitCode::from(2));
    };
    let Some(upstream) = Document::read(&arguments.upstream)? else {
        return Ok(ExitCode::from(2));
    };
    let is_committed = arguments.spec.is_none();
    let config = match is_committed {
        true => Document::read(&from_here("spec/sdk.yaml"))?,
        false => None,
    };
    let said = |key| {
        let config = config.as_ref()?;
        Part::of(&config.root).at(key)
    };

    let roots = Both {
        spec: Part::of(&spec.root),
        upstream: Part::of(&upstream.root),
    };
    let mut comparison = Comparison::new(roots);
    let left_out = operations::compare(&mut comparison, said("operations"), said("left_out"));
    let mut changes = comparison.finish();
    if is_committed {
        changes.extend(words::shared(roots.spec, roots.upstream));
    }
    change::print(&changes, &spec, &upstream)?;
    left_out.print()?;
    conclude(&changes, &spec, &upstream)
}

impl Document {
    /// Reads a document; `None` if it has a mistake, which is then shown.
    fn read(path: &Path) -> Result<Option<Self>, String> {
        let source: Source = read(path)?;
        let positions = Positions::of(&source);
        let name = source.name.clone();
        let input = Input {
            document: source,
            overlay: None,
            config: None,
        };
        match telnyx_codegen::merge(&input) {
            Ok(merged) => Ok(Some(Self {
                name,
                root: merged.tree,
                positions,
            })),
            Err(mistakes) => {
                show(&mistakes, &input);
                Ok(None)
            }
        }
    }
}

fn conclude(changes: &[Change], spec: &Document, upstream: &Document) -> Result<ExitCode, String> {
    let differences = changes
        .iter()
        .filter(|change| change.verdict != Verdict::Known)
        .count();
    let (spec, upstream) = (&spec.name, &upstream.name);
    print::line(match differences {
        0 => format!("{spec} equals {upstream} in all that it covers"),
        1 => format!("1 difference between {spec} and {upstream}"),
        _ => format!("{differences} differences between {spec} and {upstream}"),
    })?;
    Ok(ExitCode::from(u8::from(differences > 0)))
}

#[cfg(test)]
mod tests;
