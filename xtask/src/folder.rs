//! A folder of generated files: what differs from a run's output, and writing all of it or nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use telnyx_codegen::{File, HEADER};

/// What has to change in a folder.
pub(crate) struct Changes {
    folder: PathBuf,
    /// Sorted by path.
    pub(crate) changes: Vec<Change>,
    pub(crate) unchanged: usize,
}

/// What has to change in a file.
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

    /// Where the new content waits until all of it is on the disk.
    fn staged(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".new");
        name.into()
    }

    fn stage(&self) -> io::Result<()> {
        let Some(after) = &self.after else {
            return Ok(());
        };
        if let Some(parent) = self.path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(self.staged(), after)
    }

    fn apply(&self) -> io::Result<()> {
        match self.after {
            Some(_) => fs::rename(self.staged(), &self.path),
            None => fs::remove_file(&self.path),
        }
    }

    fn undo(&self) -> io::Result<()> {
        match &self.before {
            Some(before) => fs::write(&self.path, before),
            None => fs::remove_file(&self.path),
        }
    }
}

impl Changes {
    /// Compares what is in `folder` with `files`. A file there that was not generated is refused: the folder might be the
    /// wrong one.
    pub(crate) fn between(folder: &Path, files: &[File]) -> Result<Self, String> {
        let mut present = BTreeMap::new();
        read_folder(folder, &mut present)?;
        let mut changes = Vec::new();
        let mut unchanged = 0;
        for file in files {
            let path = folder.join(&file.path);
            let before = present.remove(&path);
            let after = Some(file.text.clone().into_bytes());
            if before == after {
                unchanged += 1;
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

    /// Makes every change, or leaves every file as it was.
    pub(crate) fn write(&self) -> Result<(), String> {
        let outcome = self.stage_all().and_then(|()| self.apply_all());
        if outcome.is_err() {
            for change in &self.changes {
                // What was never staged, or is in its place by now, is not there to be removed.
                let _ = fs::remove_file(change.staged());
            }
        }
        self.remove_empty_folders();
        outcome
    }

    fn stage_all(&self) -> Result<(), String> {
        for change in &self.changes {
            change
                .stage()
                .map_err(|error| cannot("write", &change.staged(), &error))?;
        }
        Ok(())
    }

    fn apply_all(&self) -> Result<(), String> {
        for (index, change) in self.changes.iter().enumerate() {
            if let Err(error) = change.apply() {
                let mut message = cannot("change", &change.path, &error);
                for done in &self.changes[..index] {
                    if let Err(error) = done.undo() {
                        message += &format!("; {}", cannot("restore", &done.path, &error));
                    }
                }
                return Err(message);
            }
        }
        Ok(())
    }

    /// A folder that still holds something is not removed by `remove_dir`.
    fn remove_empty_folders(&self) {
        for change in &self.changes {
            let inside = |folder: &&Path| folder.starts_with(&self.folder);
            for folder in change.path.ancestors().skip(1).take_while(inside) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
    }
}

/// Reads all files below `folder` into `present`; there are none in a folder that does not exist.
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

/// Whether the first line is that of our generator, as a comment of Rust or of Markdown: other tools mark their files too.
fn is_generated(content: &[u8]) -> bool {
    let first_line = content
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let page = format!("<!-- {} -->", HEADER.trim_start_matches("// "));
    [HEADER.as_bytes(), page.as_bytes()].contains(&first_line.trim_ascii_end())
}

fn not_ours(path: &Path) -> String {
    format!(
        "{} was not generated, so the folder around it is left alone: move it away, or name another folder with `--out`",
        path.display()
    )
}

fn cannot(act: &str, path: &Path, error: &io::Error) -> String {
    format!("cannot {act} {}: {error}", path.display())
}

#[cfg(test)]
mod tests;
