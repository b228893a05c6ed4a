//! The paths of snapshots: `snapshots/<kind>/<name>.snap`.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Compares `text` with the snapshot `name` of `kind`.
pub(crate) fn check(kind: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder(kind));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Compares the text for each name with its snapshot. If one differs or cannot be created, the next one is still compared.
pub(crate) fn check_all<S: FnOnce() -> String>(
    kind: &str,
    all: impl IntoIterator<Item = (String, S)>,
) {
    let (mut names, mut differing) = (BTreeSet::new(), Vec::new());
    for (name, show) in all {
        let compare = || check(kind, &name, &show());
        if is_chosen(&name) && catch_unwind(AssertUnwindSafe(compare)).is_err() {
            differing.push(name.clone());
        }
        names.insert(name);
    }
    assert!(differing.is_empty(), "snapshots differ: {differing:?}");
    none_but(kind, &names);
}

/// Whether a test with many cases checks this case. If `ONLY_CASES` is in the environment, the test checks only the cases in it,
/// one per line. `cargo xtask mutants` sets it, because all cases take longer than the compiler.
pub(crate) fn is_chosen(name: &str) -> bool {
    env::var("ONLY_CASES").map_or(true, |names| names.lines().any(|line| line == name))
}

/// Fails if a snapshot of `kind` has none of these names. A missing snapshot is not reported here, because its own test fails,
/// and a run that accepts snapshots may write it at any moment.
pub(crate) fn none_but(kind: &str, wanted: &BTreeSet<String>) {
    let stale: Vec<String> = names(kind).difference(wanted).cloned().collect();
    assert!(
        stale.is_empty(),
        "nothing gives the snapshots {stale:?} any more: remove them from tests/snapshots/{kind}"
    );
}

/// The names of all committed snapshots of `kind`.
pub(crate) fn names(kind: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder(kind)).expect("there are snapshots of this kind");
    entries
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            name.strip_suffix(".snap").map(str::to_owned)
        })
        .collect()
}

fn folder(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("snapshots")
        .join(kind)
}
