//! Files that can be read in one go.

use crate::sources;

/// A hand-written file that is longer has more than one point.
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
