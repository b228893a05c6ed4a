//! `cargo xtask history`: checks the verdicts of `diff` on the changes in Telnyx's own documents.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use telnyx_codegen::{Input, Node, Source, Value};

use crate::diff::{Spec, compare};
use crate::input::{read, tree_or_show};
use crate::print;
use crate::workspace::root;

/// Compares each document that Telnyx published with the next one, and checks the verdicts against
/// tests/fixtures/diff/history.yaml.
///
/// The command also reverses the order of the keys in each document, and checks that `diff` then reports no change.
///
/// Exits with 0 if all is well. Exits with 1 if a verdict is not as expected, or if a report has more than 40 lines or takes more
/// than 2 s.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with the documents that Telnyx published
    #[arg(long, value_name = "FOLDER")]
    upstream: PathBuf,
}

const EXPECTED: &str = "tests/fixtures/diff/history.yaml";
const LINES: usize = 40;
const TIME: Duration = Duration::from_secs(2);

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let Some(tree) = tree_or_show(read(&root().join(EXPECTED))?) else {
        return Ok(ExitCode::from(2));
    };
    let Some(Value::Sequence(pairs)) = tree.get("pairs").map(|node| &node.value) else {
        return Err(format!("{EXPECTED} has no list `pairs`"));
    };
    let mut wrong = 0;
    for pair in pairs {
        let text = |key: &str| {
            let text = pair.get(key).and_then(Node::text);
            text.ok_or_else(|| format!("{EXPECTED}: a pair needs `{key}`"))
        };
        let (old, new) = (text("old")?, text("new")?);
        let due = format!(
            "{}, {}, {}",
            text("upgrade")?,
            text("deployed")?,
            text("meaning")?
        );
        let complaint = complaint(&arguments.upstream, old, new, &due)?;
        wrong += usize::from(complaint.is_some());
        let verdict = complaint.unwrap_or(due);
        print::line(format_args!("{old} → {new}: {verdict}"))?;
    }
    print::line(format_args!("{} pairs, {wrong} wrong", pairs.len()))?;
    Ok(ExitCode::from(u8::from(wrong > 0)))
}

/// What is wrong with the verdict of `diff` on a pair.
fn complaint(folder: &Path, old: &str, new: &str, due: &str) -> Result<Option<String>, String> {
    let spec = |name: &str| Spec::read(&folder.join(name).display().to_string());
    let (old, new) = (spec(old)?, spec(new)?);
    let start = Instant::now();
    let Some(report) = compare(&old, &new) else {
        return Ok(Some("cannot be read".to_owned()));
    };
    let version = telnyx_codegen::Version {
        major: 0,
        minor: 1,
        patch: 0,
    };
    let lines = report.text(version).lines().count();
    let meaning = if report.meaning.is_empty() {
        "same"
    } else {
        "changed"
    };
    let found = format!(
        "{}, {}, {meaning}",
        report.upgrade.word(),
        report.deployed.word()
    );
    let took = start.elapsed();
    if found != due {
        return Ok(Some(format!("WRONG: {found}, not {due}")));
    }
    if lines > LINES || took > TIME {
        return Ok(Some(format!(
            "WRONG: {lines} lines in {} ms",
            took.as_millis()
        )));
    }
    let reordered = Spec {
        input: reordered(&new.input)?,
        revision: None,
    };
    Ok(match compare(&new, &reordered) {
        Some(report) if report.changes.is_empty() => None,
        _ => Some("WRONG: the order of keys makes a difference".to_owned()),
    })
}

/// The same document with all its keys in reverse order.
fn reordered(input: &Input) -> Result<Input, String> {
    let merged = telnyx_codegen::merge(input).map_err(|mistakes| mistakes.render(input, false))?;
    let mut tree = merged.tree;
    reverse(&mut tree);
    Ok(Input::from(Source {
        name: "reordered.json".to_owned(),
        bytes: tree.to_json().into_bytes(),
    }))
}

/// Reverses every mapping.
fn reverse(node: &mut Node) {
    match &mut node.value {
        Value::Mapping(entries) => {
            entries.reverse();
            for entry in entries {
                reverse(&mut entry.node);
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(reverse),
        _ => {}
    }
}
