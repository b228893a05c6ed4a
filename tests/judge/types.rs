//! The merged spec beside the types of Telnyx's Python client: every request, response and event, in both directions.

mod compare;
mod exceptions;
mod planted;
mod spec;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde_json::Value;

use self::compare::Difference;
use self::exceptions::Exceptions;
use self::spec::Spec;

/// What may stand at a path.
#[derive(Clone, Debug, Default)]
struct Shape {
    /// `string`, `array`…; null is not looked at, since the client allows it everywhere.
    kinds: BTreeSet<String>,
    /// Kinds that an extension of ours allows beside those.
    tolerated: BTreeSet<String>,
    /// The values of an enum.
    values: BTreeSet<String>,
    required: bool,
    /// Whether properties without a name may stand there.
    open: bool,
    /// Where the spec says so, as a target of the overlay.
    target: String,
}

/// The paths of a request, a response or an event.
type Shapes = BTreeMap<String, Shape>;

/// Compares the spec, merged as JSON, with the client that `python` has. Whether all agrees.
pub(crate) fn run(python: &str, spec: &str) -> Result<bool, String> {
    let theirs = client(python)?;
    let text = fs::read_to_string(spec).map_err(|error| format!("{spec}: {error}"))?;
    let document: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut exceptions = Exceptions::read()?;
    let differences = differences(&document, &theirs)?;
    let found = differences.len();
    let unexplained: Vec<Difference> = differences
        .into_iter()
        .filter(|difference| !exceptions.explain(difference))
        .collect();
    for difference in &unexplained {
        difference.print();
    }
    let idle = exceptions.idle();
    for exception in &idle {
        println!("an exception that no longer applies: {exception}");
    }
    let missed = planted::missed(&document, &theirs)?;
    for what in &missed {
        println!("a planted difference that was not found: {what}");
    }
    println!(
        "{found} differences in {} requests, responses and events: {} unexplained, {} exceptions, {} idle; \
         {} of {} planted ones found",
        theirs.len(),
        unexplained.len(),
        exceptions.len(),
        idle.len(),
        planted::COUNT - missed.len(),
        planted::COUNT,
    );
    Ok(unexplained.is_empty() && idle.is_empty() && missed.is_empty())
}

/// The differences between a document and the client, each once: what several operations share is compared once.
fn differences(
    document: &Value,
    theirs: &BTreeMap<String, Shapes>,
) -> Result<Vec<Difference>, String> {
    let spec = Spec(document);
    let ours = spec.parts()?;
    let mut found = Vec::new();
    if let Some(part) = ours.keys().find(|part| !theirs.contains_key(*part)) {
        return Err(format!("tests/judge/types/shapes.py lacks {part}"));
    }
    for (part, theirs) in theirs {
        let empty = Shapes::new();
        let ours = ours.get(part).unwrap_or(&empty);
        compare::compare(part, ours, theirs, &mut found);
    }
    let mut told = BTreeSet::new();
    found.retain(|difference: &Difference| told.insert(difference.key()));
    Ok(found)
}

/// The types of the client.
fn client(python: &str) -> Result<BTreeMap<String, Shapes>, String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/types/shapes.py");
    let output = Command::new(python).arg(script).output();
    let output = output.map_err(|error| format!("{python}: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let parts: BTreeMap<String, BTreeMap<String, Value>> =
        serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let shapes = |paths: BTreeMap<String, Value>| {
        let paths = paths.into_iter();
        paths.map(|(path, shape)| (path, read(&shape))).collect()
    };
    let parts = parts.into_iter();
    Ok(parts.map(|(part, paths)| (part, shapes(paths))).collect())
}

fn read(shape: &Value) -> Shape {
    Shape {
        kinds: texts(&shape["kinds"]),
        values: texts(&shape["values"]),
        required: shape["required"] == true,
        open: shape["open"] == true,
        ..Shape::default()
    }
}

/// The texts of a list, or one text.
fn texts(value: &Value) -> BTreeSet<String> {
    let items = value
        .as_array()
        .map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
    let texts = items.iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
