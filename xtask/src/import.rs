//! `cargo xtask import`: merges a published document into the spec.

mod aim;
mod anchors;
mod carry;
mod check;
mod identity;
mod known;
mod lines;
mod merge;
mod moves;
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
use tree::{Keys, same, structure, with_null_as_type};

/// The document without its descriptions and summaries. A key with such a name in an example is data and stays.
pub(crate) fn without_prose(document: &Node) -> Node {
    structure(document, Keys::Keywords)
}

/// Merges the structure of a new document from Telnyx into spec/openapi.yaml, without the document's descriptions.
///
/// The command merges all changes since the last import. spec/upstream.lock contains the document of that import. The order,
/// comments and descriptions of the spec do not change. A new part gets the description `TODO(import)`, which `generate` rejects.
/// If a component or an operation has a new name, the command renames it in spec/overlay.yaml and spec/sdk.yaml too. If a part
/// changed both in the spec and in the new document, the command shows the conflict and writes nothing.
///
/// With --with, the command also adds operations whose tag the spec does not have.
///
/// The command keeps operations that the document lacks, because the document may be an excerpt. With --remove, the command
/// removes operations that the document lacks.
///
/// If the command cannot write a change, it lists the change under `by hand` and does not write spec/upstream.lock. Each later
/// import reports the change again, until the spec contains the change.
///
/// With --check, the command writes nothing, and lists each difference between the spec and the document, with the places in both
/// files. With --check, the command also lists each sequence of eight words that the spec copies from Telnyx's text.
///
/// Before the command writes a file, it parses the edited text. If an edit changed any part that it should not change, the
/// command writes nothing.
///
/// Exits with 0 if everything is merged, with 1 if you must resolve a conflict or make a change by hand, and with 2 if a file
/// cannot be read. With --check, the command exits with 1 if there is a difference.
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

    /// Also remove the operations and webhooks that the document lacks
    #[arg(long, conflicts_with = "check")]
    remove: bool,
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
    let upstream = with_null_as_type(&upstream, Keys::Keywords);
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

    // Without a lock, the document counts as the one from which the spec was made.
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
    slice::check(&published, &arguments.upstream)?;
    let mut spec = Text::of(&source);
    let carried = carry(
        &mut spec,
        Beside::read()?,
        (&base, &published, &ours),
        arguments.remove,
    );
    let base = from_here(LOCK).is_file().then_some(&base);
    finish(carried, &spec, &ours, base)
}

/// Reports what was carried, and writes the files.
fn finish(
    carried: Carried,
    spec: &Text,
    ours: &Node,
    lock: Option<&Node>,
) -> Result<ExitCode, String> {
    if !carried.kept.is_empty() {
        let kept = carried.kept.join(", ");
        print::line(format_args!(
            "kept, because the document may be an excerpt without them (--remove removes them): {kept}"
        ))?;
    }
    if !carried.report.conflicts.is_empty() {
        report(&carried.report)?;
        print::line(format_args!(
            "next: write the published value into {SPEC}, keep ours with an action in {OVERLAY} or a path in {CONFIG}, and import again"
        ))?;
        return Ok(ExitCode::from(1));
    }
    let names = (carried.renamed.as_slice(), carried.moved.as_slice());
    let named = match with_new_names(spec, ours, carried.beside, names) {
        Ok(named) => named,
        Err(damage) => {
            eprintln!("error: {damage}");
            return Ok(ExitCode::from(1));
        }
    };
    report(&carried.report)?;
    report_names(&carried.renamed, &named.failed, ours)?;
    let is_merged = carried.report.by_hand.is_empty() && named.failed.is_empty();
    let todo = named.spec.matches(TODO).count();
    let mut changes = vec![
        (SPEC, named.spec),
        (OVERLAY, named.beside.overlay),
        (CONFIG, named.beside.config),
    ];
    if let Some(lock) = next_lock(lock, &carried.published, is_merged) {
        changes.push((LOCK, lock));
    }
    let has_written = write_changed(&changes)?;
    if !is_merged {
        print::line("next: make the changes under `by hand`, and import again")?;
        return Ok(ExitCode::from(1));
    }
    print::line(match todo {
        0 if !has_written => "nothing to carry".to_owned(),
        0 => "next: run cargo xtask generate and cargo xtask diff".to_owned(),
        _ => format!(
            "next: write the {todo} descriptions that say {TODO}, then run cargo xtask generate and cargo xtask diff"
        ),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Reports the new names of components, and those that must be renamed by hand.
fn report_names(
    renamed: &[slice::Renamed],
    failed: &[slice::Renamed],
    ours: &Node,
) -> Result<(), String> {
    let is_new = |one: &&slice::Renamed| !slice::has_new_name(ours, one);
    for one in renamed.iter().filter(is_new) {
        let (section, old, new) = one;
        let start = match failed.contains(one) {
            true => "by hand: ",
            false => "  ",
        };
        print::line(format_args!(
            "{start}~ {section}.{old} has the new name {new}"
        ))?;
    }
    Ok(())
}

/// The text of the lock, if it must be written. Changes to make by hand must still differ from the lock. A new order of keys
/// alone is no reason to write the lock.
fn next_lock(lock: Option<&Node>, published: &Node, is_merged: bool) -> Option<String> {
    if !is_merged || lock.is_some_and(|lock| same(lock, published, Keys::Keywords)) {
        return None;
    }
    let lock = tree::sorted(&structure(published, Keys::Keywords));
    Some(format!("{LOCK_START}{}", lock.to_yaml()))
}

/// Writes the files whose text has changed. Returns whether there are any.
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

/// Every wanted operation must be in the document, and not in `left_out`.
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

/// The result of an import.
struct Carried {
    report: Report,
    renamed: Vec<slice::Renamed>,
    /// Paths and webhooks with new names.
    moved: Vec<slice::Renamed>,
    /// Operations that the document lacks and the spec keeps.
    kept: Vec<String>,
    /// The part of the published document that the spec now covers.
    published: Node,
    beside: Beside,
}

/// Carries the changes between the last import and the published document into the text of the spec.
fn carry(
    spec: &mut Text,
    mut beside: Beside,
    (base, published, ours): Documents<'_>,
    removes: bool,
) -> Carried {
    let (upstream, renamed) = slice::with_old_names(base, published);
    let (upstream, kept) = match removes {
        true => (upstream, Vec::new()),
        false => slice::completed(&upstream, base),
    };
    let ours = &slice::as_before(ours, &renamed);
    let mut merge = Merge::new(spec, ours);
    let moved = carry::operations(&mut merge, &mut beside, (base, &upstream, ours));
    carry::components(&mut merge, (base, &upstream, ours));
    Carried {
        report: merge.report,
        published: slice::with_new_names(&upstream, &renamed),
        renamed,
        moved,
        kept,
        beside,
    }
}

/// The files after all changes.
struct Named {
    spec: String,
    beside: Beside,
    /// Components that must be renamed by hand.
    failed: Vec<slice::Renamed>,
}

/// Gives components their new names, in the merged spec and in the files beside it. Fails if an edit would damage a file.
fn with_new_names(
    spec: &Text,
    ours: &Node,
    beside: Beside,
    (renamed, moved): (&[slice::Renamed], &[slice::Renamed]),
) -> Result<Named, String> {
    let (tree, source) = spec.changed(ours)?;
    let mut spec = Text::of(&source);
    let (mut done, failed) = rename::in_document(&mut spec, &tree, renamed);
    let (_, spec) = spec.changed(&tree)?;
    done.retain(|one| !slice::has_new_name(ours, one));

    let (tree, source) = parsed(OVERLAY, beside.overlay)?;
    let mut overlay = Text::of(&source);
    rename::in_overlay(&mut overlay, &tree, &[&done, moved].concat());
    let (_, overlay) = overlay.changed(&tree)?;

    let mut config = beside.config;
    let types = names::types_of(ours, parsed(CONFIG, config.clone())?.1);
    for (_, old, new) in &done {
        config = names::component_in_config(&config, (old, new), &types);
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

/// The files that mention parts of the document.
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

/// Three documents: the last import, the published document, and the spec.
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

/// Reads a document; `None` if it has a mistake, which is then printed.
fn parse(path: &Path) -> Result<Option<(Node, Source)>, String> {
    let source = read(path)?;
    let tree = tree_or_show(source.clone());
    Ok(tree.map(|tree| (tree, source)))
}

#[cfg(test)]
mod tests;
