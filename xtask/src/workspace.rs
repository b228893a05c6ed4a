//! The folder of the workspace, and paths in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "Cargo.toml";

/// The folder with the workspace's `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// A path in this workspace, relative to the current folder, so that users can click on it in a diagnostic.
pub(crate) fn from_here(path: impl AsRef<Path>) -> PathBuf {
    match std::env::current_dir() {
        Ok(here) if here == root() => path.as_ref().to_owned(),
        _ => root().join(path),
    }
}

/// Writes a file, and creates the folders that contain it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), String> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(path, content))
        .map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// Copies the crate into a workspace of its own, which replaces the folder `to`. `left_out` contains paths in the crate.
pub(crate) fn copy_crate(to: &Path, left_out: &[&str]) -> Result<(), String> {
    if to.exists() {
        fs::remove_dir_all(to)
            .map_err(|error| format!("cannot remove {}: {error}", to.display()))?;
    }
    let manifest = manifest_of(to)?;
    let lines = manifest.lines().map(|line| match line {
        members if members.starts_with("members = ") => "members = [\"generated\"]",
        other => other,
    });
    let lines: Vec<&str> = lines.collect();
    write(&to.join(MANIFEST), lines.join("\n"))?;
    for name in ["Cargo.lock", "README.md"] {
        write(&to.join(name), read(&root().join(name))?)?;
    }
    copy_folder(&root().join("generated"), &to.join("generated"), left_out)
}

/// The manifest for a copy of the workspace, with a version that depends on the copy's place. If two workspaces have the same
/// version and the same layout, cargo treats their packages as the same. It would then compile only one of them.
fn manifest_of(copy: &Path) -> Result<String, String> {
    let place = copy.strip_prefix(root().join("target")).unwrap_or(copy);
    let place = place
        .to_string_lossy()
        .replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let text = read_text(&root().join(MANIFEST))?;
    let lines = text.lines().map(|line| match line {
        version if version.starts_with("version = ") => format!("version = \"0.0.0-{place}\"\n"),
        other => format!("{other}\n"),
    });
    Ok(lines.collect())
}

/// Copies a folder with its contents, except `left_out` (paths in the folder).
fn copy_folder(from: &Path, to: &Path, left_out: &[&str]) -> Result<(), String> {
    let left_out: Vec<PathBuf> = left_out.iter().map(|path| from.join(path)).collect();
    let mut folders = vec![from.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder)? {
            if left_out.contains(&path) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let target = to.join(path.strip_prefix(from).unwrap_or(&path));
            write(&target, read(&path)?)?;
        }
    }
    Ok(())
}

/// Makes the folder `to` a copy of the workspace's sources. An unchanged file is not written again, so that cargo does not
/// compile it again.
pub(crate) fn copy_sources(to: &Path) -> Result<(), String> {
    let mut wanted = BTreeSet::new();
    for path in files(root())? {
        let target = to.join(path.strip_prefix(root()).unwrap_or(&path));
        let content = match path == root().join(MANIFEST) {
            true => manifest_of(to)?.into_bytes(),
            false => read(&path)?,
        };
        if fs::read(&target).ok().as_ref() != Some(&content) {
            write(&target, content)?;
        }
        wanted.insert(target);
    }
    for stale in files(to)?.difference(&wanted) {
        fs::remove_file(stale)
            .map_err(|error| format!("cannot remove {}: {error}", stale.display()))?;
    }
    Ok(())
}

/// The Rust files below a folder.
pub(crate) fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "rs");
    Ok(files(folder)?.into_iter().filter(is_rust).collect())
}

/// The text of a file.
pub(crate) fn read_text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// All files below a folder, except those of git and cargo.
pub(crate) fn files(folder: &Path) -> Result<BTreeSet<PathBuf>, String> {
    let mut files = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder)? {
            let is_kept_by_a_tool = [".git", "target"].iter().any(|name| path.ends_with(name));
            match path.is_dir() {
                _ if is_kept_by_a_tool => {}
                true => folders.push(path),
                false => {
                    files.insert(path);
                }
            }
        }
    }
    Ok(files)
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// The paths in a folder.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).and_then(|entries| {
        entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect()
    });
    entries.map_err(|error| format!("cannot read {}: {error}", folder.display()))
}
