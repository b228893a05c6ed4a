//! The length and the names of files.

use std::collections::BTreeMap;

use crate::sources;

/// The maximum length of a hand-written file. A longer file has more than one purpose.
const MOST_LINES: usize = 400;

#[test]
fn no_file_written_by_hand_is_long() {
    let mut long = Vec::new();
    for package in ["codegen", "generated", "tests", "xtask"] {
        for (path, text) in sources::rust_below(package) {
            let lines = text.lines().count();
            let is_generated = package == "generated" && path.starts_with("src/api/");
            if lines > MOST_LINES && !is_generated {
                long.push(format!("{package}/{path} has {lines} lines"));
            }
        }
    }
    assert!(
        long.is_empty(),
        "split, by the thing it makes:\n{}",
        long.join("\n")
    );
}

#[test]
fn every_file_has_a_name_that_windows_allows() {
    let mut seen = BTreeMap::new();
    for path in sources::paths() {
        for part in path.split('/') {
            assert!(
                is_allowed(part),
                "{path}: Windows has no file called `{part}`"
            );
        }
        if let Some(other) = seen.insert(path.to_lowercase(), path.clone()) {
            panic!("Windows takes {path} and {other} for one file");
        }
    }
}

#[test]
fn a_name_that_windows_keeps_for_itself_is_seen() {
    for name in ["aux.rs", "NUL", "com1.snap", "a:b", "end.", "what?"] {
        assert!(!is_allowed(name), "{name}");
    }
    assert!(is_allowed("auxiliary.rs") && is_allowed(".github"));
}

fn is_allowed(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_lowercase();
    let numbered = |device: &str| {
        let number = stem.strip_prefix(device);
        number.is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
    };
    let is_device =
        ["aux", "con", "nul", "prn"].contains(&stem.as_str()) || numbered("com") || numbered("lpt");
    !is_device
        && !name.contains(['<', '>', ':', '"', '|', '?', '*', '\\'])
        && !name.ends_with(['.', ' '])
}
