//! The files of the workspace.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::spec;

/// The text of each file below `folder` by its path there, with `/`. What cargo builds is left out.
pub(crate) fn below(folder: &str) -> BTreeMap<String, String> {
    let root = spec::root().join(folder);
    let mut files = BTreeMap::new();
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
            files.insert(name, fs::read_to_string(&path).expect("the file is text"));
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
