//! A folder of generated files: compares it with the output of a run, and replaces it as a whole.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use telnyx_codegen::{File, is_generated};

/// The changes that a folder needs.
pub(crate) struct Changes {
    folder: PathBuf,
    /// Sorted by path.
    pub(crate) changes: Vec<Change>,
    /// The full paths of the files that do not change.
    pub(crate) unchanged: Vec<PathBuf>,
}

/// The change that a file needs.
pub(crate) struct Change {
    /// The whole path.
    pub(crate) path: PathBuf,
    before: Option<Vec<u8>>,
    after: Option<Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Created,
    Updated,
    Removed,
}

impl Change {
    pub(crate) fn kind(&self) -> Kind {
        match (&self.before, &self.after) {
            (None, _) => Kind::Created,
            (Some(_), Some(_)) => Kind::Updated,
            (Some(_), None) => Kind::Removed,
        }
    }
}

impl Changes {
    /// Compares the files in `folder` with `files`. Fails if the folder has a file that was not generated, because it may be the
    /// wrong folder.
    pub(crate) fn between(folder: &Path, files: &[File]) -> Result<Self, String> {
        let mut present = BTreeMap::new();
        read_folder(folder, &mut present)?;
        let mut changes = Vec::new();
        let mut unchanged = Vec::new();
        for file in files {
            let path = folder.join(&file.path);
            let before = present.remove(&path);
            let after = Some(file.text.clone().into_bytes());
            if before == after {
                unchanged.push(path);
            } else {
                changes.push(Change {
                    path,
                    before,
                    after,
                });
            }
        }
        changes.extend(present.into_iter().map(|(path, before)| Change {
            path,
            before: Some(before),
            after: None,
        }));
        changes.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Self {
            folder: folder.to_owned(),
            changes,
            unchanged,
        })
    }

    /// Makes every change, or leaves every file unchanged, even if the process is killed. The new folder is written beside the
    /// old one and replaces it as a whole.
    pub(crate) fn write(&self) -> Result<(), String> {
        if self.changes.is_empty() {
            return Ok(());
        }
        let place = Place::of(&self.folder)?;
        let outcome = self.fill(&place.next).and_then(|()| place.swap());
        if outcome.is_err() {
            // A folder that was never written cannot be removed.
            let _ = fs::remove_dir_all(&place.next);
        }
        outcome
    }

    /// Writes the new folder. An unchanged file is a hard link, so it keeps its time and cargo does not compile it again.
    fn fill(&self, next: &Path) -> Result<(), String> {
        fs::create_dir_all(next).map_err(|error| cannot("write", next, &error))?;
        let changed = self
            .changes
            .iter()
            .filter_map(|change| Some((&change.path, Some(change.after.as_ref()?))));
        for (path, content) in changed.chain(self.unchanged.iter().map(|path| (path, None))) {
            let staged = next.join(path.strip_prefix(&self.folder).unwrap_or(path));
            let parent = staged.parent().unwrap_or(next);
            let written = fs::create_dir_all(parent).and_then(|()| match content {
                Some(content) => fs::write(&staged, content),
                None => fs::hard_link(path, &staged).or_else(|_| fs::copy(path, &staged).map(drop)),
            });
            written.map_err(|error| cannot("write", path, &error))?;
        }
        Ok(())
    }
}

/// Removes what a killed run left beside `folder`.
pub(crate) fn recover(folder: &Path) -> Result<(), String> {
    Place::of(folder)?.recover()
}

/// A folder, and the folders beside it during a run.
struct Place {
    folder: PathBuf,
    /// The new folder.
    next: PathBuf,
    /// The old folder.
    last: PathBuf,
}

impl Place {
    fn of(folder: &Path) -> Result<Self, String> {
        // If the folder is a link, the link stays and leads to the new folder.
        let whole = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder));
        let whole = whole.map_err(|error| cannot("find", folder, &error))?;
        let (Some(parent), Some(name)) = (whole.parent(), whole.file_name()) else {
            return Err(format!(
                "{} cannot be replaced: give a folder inside it with `--out`",
                folder.display()
            ));
        };
        let beside = |ending: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(ending);
            parent.join(hidden)
        };
        Ok(Self {
            next: beside(".next"),
            last: beside(".last"),
            folder: whole.clone(),
        })
    }

    /// Replaces the old folder by the new one.
    fn swap(&self) -> Result<(), String> {
        let is_there = self.folder.exists();
        if is_there {
            fs::rename(&self.folder, &self.last)
                .map_err(|error| cannot("replace", &self.folder, &error))?;
        }
        if let Err(error) = fs::rename(&self.next, &self.folder) {
            let mut message = cannot("replace", &self.folder, &error);
            if is_there && let Err(error) = fs::rename(&self.last, &self.folder) {
                message += &format!("; {}", cannot("restore", &self.folder, &error));
            }
            return Err(message);
        }
        remove(&self.last)
    }

    fn recover(&self) -> Result<(), String> {
        remove(&self.next)?;
        if !self.folder.exists() && self.last.exists() {
            return fs::rename(&self.last, &self.folder)
                .map_err(|error| cannot("restore", &self.folder, &error));
        }
        remove(&self.last)
    }
}

/// Removes a folder, if it exists.
fn remove(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(cannot("remove", folder, &error))
        }
        _ => Ok(()),
    }
}

/// Reads all files below `folder` into `present`. A folder that does not exist has no files.
fn read_folder(folder: &Path, present: &mut BTreeMap<PathBuf, Vec<u8>>) -> Result<(), String> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot("read", folder, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| cannot("read", folder, &error))?;
        let path = entry.path();
        let kind = entry
            .file_type()
            .map_err(|error| cannot("read", &path, &error))?;
        if kind.is_dir() {
            read_folder(&path, present)?;
            continue;
        }
        if !kind.is_file() {
            return Err(not_ours(&path));
        }
        let content = fs::read(&path).map_err(|error| cannot("read", &path, &error))?;
        if !is_generated(&content) {
            return Err(not_ours(&path));
        }
        present.insert(path, content);
    }
    Ok(())
}

fn not_ours(path: &Path) -> String {
    format!(
        "{} is not a generated file, so the command does not change its folder: move the file, or give another folder with `--out`",
        path.display()
    )
}

fn cannot(act: &str, path: &Path, error: &io::Error) -> String {
    format!("cannot {act} {}: {error}", path.display())
}

#[cfg(test)]
mod tests;
