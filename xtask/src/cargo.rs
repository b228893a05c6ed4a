//! Runs cargo and reads its output.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use telnyx_codegen::{Node, Source, Value};

use crate::input;
use crate::process::output;
use crate::workspace::root;

/// The package whose features and dependencies are checked.
pub(crate) const CRATE: &str = "telnyx-messaging";

/// A command of cargo in this workspace.
pub(crate) fn cargo(command: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.arg(command).current_dir(root());
    cargo
}

/// Makes a cargo command in another workspace write its results to `folder`. The command shares compiled dependencies with this
/// workspace if they have the same versions, features and profile.
pub(crate) fn beside<'a>(command: &'a mut Command, folder: &Path) -> &'a mut Command {
    command
        .env("CARGO_TARGET_DIR", folder)
        .env("CARGO_BUILD_BUILD_DIR", root().join("target"))
}

/// The compiler's diagnostics for a crate.
pub(crate) struct Found {
    pub(crate) warnings: usize,
    /// Without errors, the crate compiles.
    pub(crate) errors: usize,
}

/// Compiles with a cargo command, and counts warnings and errors.
pub(crate) fn warnings(command: &mut Command) -> Result<usize, String> {
    compile(command).map(|found| found.warnings + found.errors)
}

/// Runs a cargo command that compiles, prints each warning and error on one line, and counts them.
pub(crate) fn compile(command: &mut Command) -> Result<Found, String> {
    let output = output(command.args(["--quiet", "--message-format=short"]))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let mut found = Found {
        warnings: 0,
        errors: 0,
    };
    for line in text.lines() {
        // `file:line:column: error[E0119]: …`. The last line counts the lines above it.
        let is_count = line.contains("could not compile")
            || line.contains("could not document")
            || line.contains(" generated ");
        let is_error = !is_count && (line.contains("error: ") || line.contains("error["));
        let is_warning = !is_count && line.contains("warning: ");
        if is_error || is_warning {
            eprintln!("{line}");
        }
        found.errors += usize::from(is_error);
        found.warnings += usize::from(is_warning && !is_error);
    }
    if !output.status.success() && found.errors == 0 {
        return Err(format!("cargo failed:\n{text}"));
    }
    Ok(found)
}

/// The crates that users of the crate build, without those for its tests. `features` are arguments for cargo.
pub(crate) fn tree(features: &[String]) -> Result<BTreeSet<String>, String> {
    let mut tree = cargo("tree");
    tree.args(["--package", CRATE, "--edges=normal", "--prefix=none"]);
    let text = stdout(tree.args(features))?;
    // An asterisk marks a crate that is already in the tree.
    let crates = text.lines().map(|line| line.trim_end_matches(" (*)"));
    Ok(crates.map(str::to_owned).collect())
}

/// The packages of the workspace that may be published, by name.
pub(crate) fn publishable() -> Result<Vec<String>, String> {
    let metadata = metadata()?;
    let packages = listed(&metadata, "packages").iter();
    let published = packages.filter(|package| {
        // cargo's metadata shows `publish = false` as an empty list of registries.
        !matches!(package.get("publish").map(|node| &node.value), Some(Value::Sequence(to)) if to.is_empty())
    });
    let names = published.filter_map(|package| match &package.get("name")?.value {
        Value::String(name) => Some(name.clone()),
        _ => None,
    });
    Ok(names.collect())
}

/// The features of the crate that a user may name, without `default`.
pub(crate) fn features() -> Result<Vec<String>, String> {
    let metadata = metadata()?;
    let packages = listed(&metadata, "packages");
    let package = packages.iter().find(|package| {
        let name = package.get("name").map(|name| &name.value);
        matches!(name, Some(Value::String(name)) if name == CRATE)
    });
    let features = package.and_then(|package| package.get("features"));
    let Some(Value::Mapping(features)) = features.map(|features| &features.value) else {
        return Err(format!("`cargo metadata` lists no features of {CRATE}"));
    };
    let names = features.iter().map(|feature| feature.key.clone());
    Ok(names
        .filter(|name| name != "default" && !name.starts_with("__"))
        .collect())
}

/// cargo's metadata about the packages of the workspace.
fn metadata() -> Result<Node, String> {
    let mut metadata = cargo("metadata");
    json(stdout(metadata.args(["--no-deps", "--format-version=1"]))?)
}

fn stdout(command: &mut Command) -> Result<String, String> {
    let output = output(command)?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// Parses JSON as the generator parses documents.
fn json(text: String) -> Result<Node, String> {
    input::tree(Source {
        name: "metadata.json".to_owned(),
        bytes: text.into_bytes(),
    })
}

fn listed<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).map_or(&[], Node::items)
}
