//! Counts the parts of random texts with this crate and with npm's `sms-segments-calculator`.
//!
//! That package keeps Twilio's rules. Each difference has to be of a kind that is explained here; the kinds, with an
//! example each, are written to a file.

mod difference;
mod texts;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use telnyx_messaging::text::{self, Encoding, Segments};

use self::difference::{Kind, Theirs};

const TEXTS: usize = 100_000;

/// How many differences without an explanation are printed.
const MOST_PRINTED: usize = 10;

/// The differences of a kind.
struct Differences {
    count: usize,
    example: String,
}

/// Gives `true` if every difference is explained.
pub(crate) fn run(node_modules: &str, folder: &str) -> Result<bool, String> {
    let texts = texts::random(TEXTS);
    let theirs = count_there(&texts, Path::new(node_modules), Path::new(folder))?;
    let mut kinds: BTreeMap<Kind, Differences> = BTreeMap::new();
    let (mut same, mut unexplained) = (0, 0);
    for (text, theirs) in texts.iter().zip(&theirs) {
        let ours = text::segments(text);
        if is_same(&ours, theirs) {
            same += 1;
        } else if let Some(kind) = Kind::of(text, &ours, theirs) {
            let differences = kinds.entry(kind).or_insert_with(|| Differences {
                count: 0,
                example: told(text, &ours, theirs),
            });
            differences.count += 1;
        } else {
            unexplained += 1;
            if unexplained <= MOST_PRINTED {
                println!("unexplained: {}", told(text, &ours, theirs));
            }
        }
    }
    let report = report(same, unexplained, &kinds);
    println!("{report}");
    let file = Path::new(folder).join("segments.md");
    fs::write(&file, report).map_err(|error| error.to_string())?;
    Ok(unexplained == 0 && theirs.len() == TEXTS)
}

fn is_same(ours: &Segments, theirs: &Theirs) -> bool {
    let is_gsm7 = ours.encoding == Encoding::Gsm7;
    (is_gsm7, ours.parts) == (theirs.is_gsm7, theirs.parts)
}

fn told(text: &str, ours: &Segments, theirs: &Theirs) -> String {
    let encoding = if theirs.is_gsm7 { "Gsm7" } else { "Utf16" };
    let range = match &ours.possible_parts {
        Some(range) => format!(" (or {} to {})", range.start(), range.end()),
        None => String::new(),
    };
    format!(
        "{text:?}: here {:?}, {} parts{range}; there {encoding}, {} parts",
        ours.encoding, ours.parts, theirs.parts
    )
}

fn report(same: usize, unexplained: usize, kinds: &BTreeMap<Kind, Differences>) -> String {
    let mut report = format!("{TEXTS} texts, {same} the same, {unexplained} unexplained\n");
    for (kind, differences) in kinds {
        let Differences { count, example } = differences;
        // Writing to a text cannot fail.
        let _ = writeln!(report, "\n{count}: {}\n\n    {example}", kind.explanation());
    }
    report
}

/// Has the package count.
fn count_there(
    texts: &[String],
    node_modules: &Path,
    folder: &Path,
) -> Result<Vec<Theirs>, String> {
    let file = folder.join("segments.json");
    let json = serde_json::to_vec(texts).map_err(|error| error.to_string())?;
    fs::write(&file, json).map_err(|error| error.to_string())?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("segments/count.cjs");
    let output = Command::new("node")
        .env("NODE_PATH", node_modules)
        .arg(script)
        .arg(file)
        .output()
        .map_err(|error| format!("cannot start node: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let counted: Vec<Value> =
        serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let read = counted.iter().map(Theirs::read);
    read.collect::<Option<_>>()
        .ok_or_else(|| "the script prints something else".to_owned())
}
