//! Fixtures of the generator: a small input for each, and a snapshot of the result.

use std::fs;
use std::path::{Path, PathBuf};

use telnyx_codegen::{Input, Source};

use crate::snapshot;

/// A document, with the overlay and configuration beside it.
pub(crate) struct Fixture {
    /// The name of the file without its extension, which says what the fixture shows.
    pub(crate) name: String,
    pub(crate) input: Input,
}

impl Fixture {
    /// The text of the document.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.input.document.bytes).into_owned()
    }
}

/// The fixtures in `tests/fixtures/{kind}`, sorted. `name.yaml` or `name.json` is the document. `name.overlay.yaml` and
/// `name.sdk.yaml` belong to it.
pub(crate) fn all(kind: &str) -> Vec<Fixture> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(kind);
    let entries = fs::read_dir(&folder).expect("there are fixtures of this kind");
    let mut names: Vec<String> = entries
        .filter_map(|entry| {
            let file = entry.ok()?.file_name().into_string().ok()?;
            let name = file.strip_suffix(".yaml").or(file.strip_suffix(".json"))?;
            (!name.contains('.')).then(|| name.to_owned())
        })
        .collect();
    names.sort();
    names.iter().map(|name| read(&folder, name)).collect()
}

/// Compares `show` of each fixture with its snapshot.
pub(crate) fn check(kind: &str, show: impl Fn(&Fixture) -> String) {
    let (fixtures, show) = (all(kind), &show);
    let shown = fixtures
        .iter()
        .map(|fixture| (fixture.name.clone(), move || show(fixture)));
    snapshot::check_all(kind, shown);
}

fn read(folder: &Path, name: &str) -> Fixture {
    let source = |ending: &str| {
        let file = format!("{name}.{ending}");
        let bytes = fs::read(folder.join(&file)).ok()?;
        Some(Source { name: file, bytes })
    };
    Fixture {
        name: name.to_owned(),
        input: Input {
            document: source("yaml")
                .or_else(|| source("json"))
                .expect("it was listed"),
            overlay: source("overlay.yaml"),
            config: source("sdk.yaml"),
        },
    }
}
