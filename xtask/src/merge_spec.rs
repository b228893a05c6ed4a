//! `cargo xtask merge-spec`: writes the document with the overlay applied, for tools without support for overlays.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use telnyx_codegen::{Input, Node};

use crate::input::{read, show};
use crate::print;
use crate::workspace::{from_here, write};

/// Applies the overlay to the OpenAPI document, and writes the result as YAML.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// OpenAPI document, YAML or JSON [default: spec/openapi.yaml]
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,

    /// OpenAPI Overlay 1.0 to apply to the document [default: spec/overlay.yaml, or none with --spec]
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,

    /// File to write [default: the standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Write JSON instead of YAML
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let overlay = match (&arguments.overlay, &arguments.spec) {
        (Some(overlay), _) => Some(overlay.clone()),
        (None, None) => Some(from_here("spec/overlay.yaml")),
        (None, Some(_)) => None,
    };
    let spec = arguments.spec.clone();
    let spec = spec.unwrap_or_else(|| from_here("spec/openapi.yaml"));
    let Some(tree) = merged(&spec, overlay.as_deref())? else {
        return Ok(ExitCode::from(2));
    };
    let text = if arguments.json {
        tree.to_json()
    } else {
        tree.to_yaml()
    };
    match &arguments.out {
        Some(out) => write(out, &text)?,
        None => print::line(text.trim_end())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The document `spec` with the `overlay` applied; `None` if either has a mistake. Mistakes and warnings are printed.
pub(crate) fn merged(spec: &Path, overlay: Option<&Path>) -> Result<Option<Node>, String> {
    let input = Input {
        document: read(spec)?,
        overlay: overlay.map(read).transpose()?,
        config: None,
    };
    match telnyx_codegen::merge(&input) {
        Ok(merged) => {
            show(&merged.diagnostics, &input);
            Ok(Some(merged.tree))
        }
        Err(mistakes) => {
            show(&mistakes, &input);
            Ok(None)
        }
    }
}
