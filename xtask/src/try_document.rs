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
/// The copy of the crate is in `target/try/NAME`, where NAME is the name of the document. Exits with 0 if the generated crate
/// compiles without a warning, with 1 if the crate or an example does not, and with 2 if the document has a mistake. The command
/// downloads nothing, so the crates of `Cargo.lock` must be on this machine.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// OpenAPI document, YAML or JSON
    #[arg(long, value_name = "FILE")]
    upstream: PathBuf,

    /// Ignore spec/overlay.yaml and spec/sdk.yaml, for example because they describe other operations than the document
    #[arg(long)]
    no_config: bool,

    /// OpenAPI Overlay 1.0 to apply to the document [default: spec/overlay.yaml, or none with --no-config]
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,

    /// Also compile the example of every operation, which takes a minute
    #[arg(long)]
    examples: bool,

    /// Also show the notes of the generator, not only the warnings
    #[arg(long)]
    notes: bool,
}

/// Replaces the tracker, which uses types of the committed spec. `delivery.rs` is left empty for the same reason.
pub(crate) const DELIVERY_TRACKER: &str = "#![allow(missing_docs)]
pub trait Delivery {}
pub struct DeliveryChange;
pub struct DeliveryTracker;
";

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
        let guides = copy.join("generated/src/guides.rs");
        let (text, emptied) = without_features(&read_text(&guides)?, &read_text(&manifest)?);
        write(&guides, text)?;
        for page in emptied {
            write(&copy.join("generated/src").join(page), "")?;
        }
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

/// The guides for a crate with another manifest, and the pages that become empty, because the manifest lacks their feature. The
/// modules of these pages stay, so that links to them still work.
fn without_features(guides: &str, manifest: &str) -> (String, Vec<String>) {
    let (mut text, mut emptied) = (String::new(), Vec::new());
    for module in guides.split_inclusive("\n\n") {
        let is_missing = |line: &&str| {
            let feature = between(line, "#[cfg(feature = \"", "\")]");
            feature.is_some_and(|feature| !manifest.contains(&format!("\n{feature} = [")))
        };
        let (missing, kept): (Vec<&str>, Vec<&str>) =
            module.split_inclusive('\n').partition(is_missing);
        text.extend(kept);
        if !missing.is_empty() {
            emptied.extend(between(module, "include_str!(\"", "\")").map(str::to_owned));
        }
    }
    (text, emptied)
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    Some(rest.split_once(end)?.0)
}

/// Compiles, and prints a line about it, because the first run takes minutes.
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

/// A cargo command for the copy. All copies share the folder of compiled files, regardless of the document's name.
fn cargo(copy: &Path, command: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args([command, "--offline"]).current_dir(copy);
    beside(&mut cargo, &root().join("target/try-build"));
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_behind_a_feature_that_the_crate_lacks_is_left_empty() {
        let guides = "//! Guides.\n\n#[cfg(feature = \"a\")]\n#[cfg(feature = \"b\")]\n\
            #[doc = include_str!(\"guides/one.md\")]\npub mod one {}\n\n\
            #[cfg(feature = \"a\")]\n#[doc = include_str!(\"guides/two.md\")]\npub mod two {}\n";
        let manifest = "[features]\na = []\nb = []\n";
        assert_eq!(
            without_features(guides, manifest),
            (guides.to_owned(), vec![])
        );
        let (text, emptied) = without_features(guides, "[features]\na = []\n");
        assert_eq!(text, guides.replace("#[cfg(feature = \"b\")]\n", ""));
        assert_eq!(emptied, ["guides/one.md"]);
    }
}
