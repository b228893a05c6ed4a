//! `cargo xtask import`: merges a published document into the spec.

mod aim;
mod anchors;
mod carry;
mod check;
mod identity;
mod known;
mod lines;
mod merge;
mod names;
mod operation;
mod rename;
mod render;
mod slice;
mod text;
mod tree;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use telnyx_codegen::{Node, Source};

use crate::input::{read, tree_or_show};
use crate::print;
use crate::workspace::{from_here, read_text, write};
use known::TODO;
use merge::{Merge, Report};
use text::{Text, parsed};
use tree::{Keys, same, structure};

/// The document without its descriptions and summaries. A key with such a name in an example is data and stays.
pub(crate) fn without_prose(document: &Node) -> Node {
    structure(document, Keys::Keywords)
}

/// Merges a new document of Telnyx into spec/openapi.yaml: its structure, but none of its descriptions.
///
/// The command writes all changes since the last import (spec/upstream.lock). The order, comments and descriptions of the spec
/// stay. A new part gets the description `TODO(import)`, which `generate` rejects. If a component or an
/// operation has a new name, the command renames it in spec/overlay.yaml and spec/sdk.yaml too. If a part changed both in the
/// spec and in the new document, that is a conflict: the command shows it and writes nothing.
///
/// With --with, the command also adds operations with a tag that the spec does not have.
///
/// With --check, the command writes nothing. The command then lists each difference with both places, and each sequence of
/// eight words that Telnyx wrote.
///
/// Before it writes, the command reads the edited text. If an edit changed anything but its own part, the command writes
/// nothing.
///
/// Exits with 0 if everything is merged, with 1 if it wrote nothing, and with 2 if a file cannot be read. With --check, it exits
/// with 1 if there is a difference.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Telnyx's document or a part of it, in YAML or JSON
    #[arg(value_name = "FILE")]
    upstream: PathBuf,

    /// Write nothing; list the differences
    #[arg(long)]
    check: bool,

    /// Also add the operations and webhooks with these ids, even if the spec has no operation with their tag
    #[arg(
        long,
        value_name = "ID,…",
        value_delimiter = ',',
        conflicts_with = "check"
    )]
    with: Vec<String>,
}

const SPEC: &str = "spec/openapi.yaml";
const OVERLAY: &str = "spec/overlay.yaml";
const CONFIG: &str = "spec/sdk.yaml";
const LOCK: &str = "spec/upstream.lock";

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    if arguments.check {
        return check::run(&arguments.upstream);
    }
    let files = (parse(&from_here(SPEC))?, parse(&arguments.upstream)?);
    let (Some((ours, source)), Some((upstream, _))) = files else {
        return Ok(ExitCode::from(2));
    };
    let Some((config, _)) = parse(&from_here(CONFIG))? else {
        return Ok(ExitCode::from(2));
    };
    let left_out = config
        .get("left_out")
        .map(tree::entries)
        .unwrap_or_default();
    let left_out: Vec<&str> = left_out.iter().map(|entry| entry.key.as_str()).collect();

    let wanted: Vec<&str> = arguments.with.iter().map(String::as_str).collect();
    check_wanted(&wanted, &upstream, &left_out)?;
    let choice = slice::Choice {
        wanted: &wanted,
        left_out: &left_out,
    };

    // Without a lock, the document is taken for the one that the spec was made from.
    let base = match from_here(LOCK).is_file() {
        true => parse(&from_here(LOCK))?.map(|(base, _)| base),
        false => Some(slice::of(
            &upstream,
            &ours,
            slice::Choice {
                wanted: &[],
                ..choice
            },
        )),
    };
    let Some(base) = base else {
        return Ok(ExitCode::from(2));
    };
    let published = slice::of(&upstream, &base, choice);
    let is_part = slice::is_part(&upstream, &base);
    let mut spec = Text::of(&source);
    let carried = carry(
        &mut spec,
        Beside::read()?,
        (&base, &published, &ours),
        is_part,
    );
    if !carried.kept.is_empty() {
        let kept = carried.kept.join(", ");
        print::line(format_args!(
            "kept, because the document is an excerpt without them: {kept}"
        ))?;
    }
    if !carried.report.conflicts.is_empty() {
        report(&carried.report)?;
        print::line(format_args!(
            "next: write the published value into {SPEC}, keep ours with an action in {OVERLAY}, and import again"
        ))?;
        return Ok(ExitCode::from(1));
    }
    let named = match with_new_names(&spec, &ours, carried.beside, &carried.renamed) {
        Ok(named) => named,
        Err(damage) => {
            eprintln!("error: {damage}");
            return Ok(ExitCode::from(1));
        }
    };
    report(&carried.report)?;
    let published = carried.published;
    for one in &carried.renamed {
        let (section, old, new) = one;
        let start = match named.failed.contains(one) {
            true => "by hand: ",
            false => "  ",
        };
        print::line(format_args!(
            "{start}~ {section}.{old} has the new name {new}"
        ))?;
    }
    let Named { spec, beside, .. } = named;
    let todo = spec.matches(TODO).count();
    // Another order of keys is no reason to write the lock anew.
    let lock = match from_here(LOCK).is_file() && same(&base, &published, Keys::Keywords) {
        true => read_text(&from_here(LOCK))?,
        false => format!(
            "{LOCK_START}{}",
            tree::sorted(&structure(&published, Keys::Keywords)).to_yaml()
        ),
    };
    let changes = [
        (SPEC, spec),
        (OVERLAY, beside.overlay),
        (CONFIG, beside.config),
        (LOCK, lock),
    ];
    let has_written = write_changed(&changes)?;
    print::line(match todo {
        0 if !has_written => "nothing to carry".to_owned(),
        0 => "next: run cargo xtask generate and cargo xtask diff".to_owned(),
        _ => format!(
            "next: write the {todo} descriptions that say {TODO}, then run cargo xtask generate and cargo xtask diff"
        ),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the files whose text is another now. Whether there is one.
fn write_changed(files: &[(&str, String)]) -> Result<bool, String> {
    let mut has_written = false;
    for (path, text) in files {
        let path = from_here(path);
        if read_text(&path).unwrap_or_default() != *text {
            write(&path, text)?;
            print::line(format_args!("wrote {}", path.display()))?;
            has_written = true;
        }
    }
    Ok(has_written)
}

/// What is asked for has to be there, and not to be left out.
fn check_wanted(wanted: &[&str], upstream: &Node, left_out: &[&str]) -> Result<(), String> {
    let known: Vec<&str> = ["paths", "webhooks"]
        .into_iter()
        .flat_map(|section| operation::operations(upstream, section))
        .flat_map(|operation| [operation.id(), operation.path])
        .collect();
    for id in wanted {
        if !known.contains(id) {
            return Err(format!("the document has no operation or webhook `{id}`"));
        }
        if left_out.contains(id) {
            return Err(format!(
                "`left_out` in {CONFIG} says why the spec omits `{id}`"
            ));
        }
    }
    Ok(())
}

const LOCK_START: &str = "\
# The parts of the last imported document that the spec covers: structure without descriptions. `cargo xtask import`
# writes it and compares the next document with it.
";

/// What an import comes to.
struct Carried {
    report: Report,
    renamed: Vec<slice::Renamed>,
    /// Operations that a part of a document lacks.
    kept: Vec<String>,
    /// What the spec covers now, as it is published.
    published: Node,
    beside: Beside,
}

/// Carries the changes from the last import to what is published into the text of the spec.
fn carry(
    spec: &mut Text,
    mut beside: Beside,
    (base, published, ours): Documents<'_>,
    is_part: bool,
) -> Carried {
    let (upstream, renamed) = slice::with_old_names(base, published);
    let (upstream, kept) = match is_part {
        true => slice::completed(&upstream, base),
        false => (upstream, Vec::new()),
    };
    let mut merge = Merge::new(spec, ours);
    carry::operations(&mut merge, &mut beside, (base, &upstream, ours));
    carry::components(&mut merge, (base, &upstream, ours));
    Carried {
        report: merge.report,
        published: slice::with_new_names(&upstream, &renamed),
        renamed,
        kept,
        beside,
    }
}

/// The files after all changes.
struct Named {
    spec: String,
    beside: Beside,
    /// Components that have to be renamed by hand.
    failed: Vec<slice::Renamed>,
}

/// Gives components their new names, in the spec as it was merged and in the files beside it. Fails if an edit would damage a file.
fn with_new_names(
    spec: &Text,
    ours: &Node,
    beside: Beside,
    renamed: &[slice::Renamed],
) -> Result<Named, String> {
    let (tree, source) = spec.changed(ours)?;
    let mut spec = Text::of(&source);
    let (done, failed) = rename::in_document(&mut spec, &tree, renamed);
    let (_, spec) = spec.changed(&tree)?;

    let (tree, source) = parsed(OVERLAY, beside.overlay)?;
    let mut overlay = Text::of(&source);
    rename::in_overlay(&mut overlay, &tree, &done);
    let (_, overlay) = overlay.changed(&tree)?;

    let mut config = beside.config;
    for (_, old, new) in &done {
        config = names::component_in_config(&config, old, new);
    }
    parsed(CONFIG, config.clone())?;
    let written = |source: Source| String::from_utf8_lossy(&source.bytes).into_owned();
    Ok(Named {
        spec: written(spec),
        beside: Beside {
            overlay: written(overlay),
            config,
        },
        failed,
    })
}

/// The files that name parts of the document.
struct Beside {
    overlay: String,
    config: String,
}

impl Beside {
    fn read() -> Result<Self, String> {
        Ok(Self {
            overlay: read_text(&from_here(OVERLAY))?,
            config: read_text(&from_here(CONFIG))?,
        })
    }
}

/// Three documents: what was imported last, what is published, and the spec.
type Documents<'n> = (&'n Node, &'n Node, &'n Node);

fn report(report: &Report) -> Result<(), String> {
    let carried = match report.conflicts.is_empty() {
        true => "carried",
        false => "would be carried",
    };
    let sections = [
        (carried, &report.done),
        ("by hand", &report.by_hand),
        ("descriptions that may be out of date", &report.stale),
        ("conflicts, so nothing was written", &report.conflicts),
    ];
    for (title, lines) in sections {
        if !lines.is_empty() {
            print::line(format_args!("{title}:"))?;
        }
        for line in lines {
            print::line(format_args!("  {line}"))?;
        }
    }
    Ok(())
}

/// Reads a document; `None` if it has a mistake, which is then shown.
fn parse(path: &Path) -> Result<Option<(Node, Source)>, String> {
    let source = read(path)?;
    let tree = tree_or_show(source.clone());
    Ok(tree.map(|tree| (tree, source)))
}

#[cfg(test)]
mod tests;
