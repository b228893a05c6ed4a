//! `cargo xtask try`: checks that the generated crate of a document compiles, without touching the committed one.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use telnyx_codegen::{Input, Output, Severity};

use crate::cargo::{Found, beside, compile};
use crate::input::{read, show};
use crate::manifest;
use crate::print;
use crate::process;
use crate::workspace::{copy_crate, from_here, read_text, root, write};

/// Generates code from another document into a copy of the crate, and runs clippy and rustdoc on it.
///
/// The copy is in `target/try/NAME`, where NAME is the name of the document. Exits with 0 if the generated crate compiles
/// without a warning, with 1 otherwise, and with 2 if the document has a mistake. The command downloads nothing, so the crates
/// of `Cargo.lock` must be on this machine.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// OpenAPI document, YAML or JSON
    #[arg(long, value_name = "FILE")]
    upstream: PathBuf,

    /// Do not use spec/overlay.yaml and spec/sdk.yaml, for a document with other operations than the spec
    #[arg(long)]
    no_config: bool,

    /// OpenAPI Overlay 1.0 [default: spec/overlay.yaml; none with --no-config]
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,

    /// Also compile the example of every operation, which takes a minute
    #[arg(long)]
    examples: bool,

    /// Also show the notes of the generator, not only the warnings
    #[arg(long)]
    notes: bool,
}

/// Takes the place of the tracker, which knows types of the committed spec. So does `delivery.rs`, which is left empty.
pub(crate) const DELIVERY_TRACKER: &str = "#![allow(missing_docs)]
pub trait Delivery {}
pub struct DeliveryChange;
pub struct DeliveryTracker;
";

/// The guide of messaging profiles, with the condition that `guides.rs` puts it under. For a document without the feature it is
/// left empty, and without the condition the links to it lead somewhere.
const FIRST_WEBHOOK: &str = "generated/src/guides/first_webhook.md";
const ITS_CONDITION: [&str; 2] = [
    "#[cfg(all(feature = \"profiles\", feature = \"webhooks\"))]",
    "#[cfg(feature = \"webhooks\")]",
];

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let committed = |name: &str| match arguments.no_config {
        true => Ok(None),
        false => read(&from_here(name)).map(Some),
    };
    let input = Input {
        document: read(&arguments.upstream)?,
        overlay: match &arguments.overlay {
            Some(overlay) => Some(read(overlay)?),
            None => committed("spec/overlay.yaml")?,
        },
        config: committed("spec/sdk.yaml")?,
    };
    let output = match telnyx_codegen::generate(&input) {
        Ok(output) => output,
        Err(mistakes) => {
            show(&mistakes, &input);
            return Ok(ExitCode::from(2));
        }
    };
    report(&output, &input)?;
    let name = arguments.upstream.file_stem().unwrap_or_default();
    let copy = root().join("target/try").join(name);
    copy_crate(&copy, &["src/api", "fuzz"])?;
    for file in &output.files {
        write(&copy.join("generated/src/api").join(&file.path), &file.text)?;
    }
    let manifest = copy.join("generated/Cargo.toml");
    let text = manifest::with_features(&read_text(&manifest)?, &output.features)?;
    write(&manifest, text)?;
    if arguments.no_config {
        let tracker = copy.join("generated/src/webhook/delivery_tracker.rs");
        write(&tracker, DELIVERY_TRACKER)?;
        write(&copy.join("generated/src/delivery.rs"), "")?;
        write(&copy.join(FIRST_WEBHOOK), "")?;
        let guides = copy.join("generated/src/guides.rs");
        let [committed, tried] = ITS_CONDITION;
        write(&guides, read_text(&guides)?.replace(committed, tried))?;
    }
    show(
        &output.diagnostics.down_to(match arguments.notes {
            true => Severity::Note,
            false => Severity::Warning,
        }),
        &input,
    );
    let clippy = checked(cargo(&copy, "clippy").args(["--lib", "--all-features"]))?;
    if clippy.errors > 0 {
        print::line(format_args!(
            "it does not compile: {} errors",
            clippy.errors
        ))?;
        return Ok(ExitCode::from(1));
    }
    let rustdoc = checked(cargo(&copy, "doc").args(["--no-deps", "--all-features"]))?;
    print::line(format_args!(
        "it compiles; warnings: {} of clippy, {} of rustdoc",
        clippy.warnings,
        rustdoc.warnings + rustdoc.errors
    ))?;
    let mut is_well = clippy.warnings + rustdoc.warnings + rustdoc.errors == 0;
    if arguments.examples {
        let mut examples = cargo(&copy, "test");
        examples.args(["--quiet", "--doc", "--all-features", "--", "src/api/"]);
        is_well &= process::run(&mut examples)?.success();
    }
    Ok(ExitCode::from(u8::from(!is_well)))
}

/// Compiles, and says that it does: the first time, that takes minutes.
fn checked(command: &mut Command) -> Result<Found, String> {
    eprintln!("$ {}", process::shown(command));
    compile(command)
}

fn report(output: &Output, input: &Input) -> Result<(), String> {
    let operations = output
        .files
        .iter()
        .filter(|file| file.text.contains("\nconst OPERATION: "))
        .count();
    let files = output.files.len();
    let lines: usize = output
        .files
        .iter()
        .map(|file| file.text.lines().count())
        .sum();
    print::line(format_args!("{}", input.document.name))?;
    print::line(format_args!(
        "{operations} operations, {files} files, {lines} lines, {} lines an operation",
        lines / operations.max(1)
    ))?;
    let rendered = output.diagnostics.render(input, false);
    print::line(format_args!(
        "remarks: {}",
        rendered.lines().last().unwrap_or("none")
    ))
}

/// A command of cargo on the copy. It compiles beside all copies, whatever the document is called.
fn cargo(copy: &Path, command: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args([command, "--offline"]).current_dir(copy);
    beside(&mut cargo, &root().join("target/try-build"));
    cargo
}
