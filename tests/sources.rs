//! The files of the workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use crate::committed;

/// The folders of the workspace.
const FOLDERS: [&str; 8] = [
    ".cargo",
    ".ci",
    ".github",
    "codegen",
    "generated",
    "spec",
    "tests",
    "xtask",
];

/// The path of each file in these folders, with `/`, without cargo's output.
pub(crate) fn paths() -> BTreeSet<String> {
    let below = |folder: &str| {
        let names = names_below(folder).into_iter();
        let paths = names.map(|name| format!("{folder}/{name}"));
        paths.collect::<Vec<String>>()
    };
    FOLDERS.into_iter().flat_map(below).collect()
}

/// The text of each file below `folder`, by its path there, with `/`, without cargo's output.
pub(crate) fn below(folder: &str) -> BTreeMap<String, String> {
    let root = committed::root().join(folder);
    let read = |name: String| {
        let text = fs::read_to_string(root.join(&name)).expect("the file is text");
        (name, text)
    };
    names_below(folder).into_iter().map(read).collect()
}

/// The text of one file.
pub(crate) fn one(folder: &str, name: &str) -> String {
    let path = committed::root().join(folder).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The path of each file below `folder`, with `/`, without cargo's output.
pub(crate) fn names_below(folder: &str) -> BTreeSet<String> {
    let root = committed::root().join(folder);
    let mut files = BTreeSet::new();
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                if !path.ends_with("target") {
                    folders.push(path);
                }
                continue;
            }
            let name = path.strip_prefix(&root).expect("it lies below");
            let name = name.to_string_lossy().replace('\\', "/");
            files.insert(name);
        }
    }
    files
}

/// The Rust files below `folder`.
pub(crate) fn rust_below(folder: &str) -> BTreeMap<String, String> {
    let mut files = below(folder);
    files.retain(|path, _| path.ends_with(".rs"));
    files
}

/// The names under `[dependencies]` in a package's manifest.
pub(crate) fn dependencies(package: &str) -> BTreeSet<String> {
    one(package, "Cargo.toml")
        .lines()
        .skip_while(|line| *line != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', ' ']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(str::to_owned)
        .collect()
}
