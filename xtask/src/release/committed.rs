//! Checks with git whether a release commit would contain everything.

use crate::process::{git, output};

/// Why a release tag would lack changes; `None` if all files are committed, except `edited`, which the release commits.
pub(super) fn missing(edited: &[&str]) -> Result<Option<String>, String> {
    let output = output(git().args(["status", "--porcelain"]))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(reason(&String::from_utf8_lossy(&output.stdout), edited))
}

/// The reason, from the output of `git status --porcelain`.
fn reason(status: &str, edited: &[&str]) -> Option<String> {
    let files = status.lines().filter_map(|line| line.get(3..));
    let files: Vec<&str> = files.filter(|file| !edited.contains(file)).collect();
    (!files.is_empty()).then(|| {
        let files = files.join(", ");
        format!("commit these files first, because the tag would lack their changes: {files}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_and_a_new_one_are_named() {
        let reason = reason(" M spec/openapi.yaml\n?? generated/src/api/new.rs\n", &[]);
        let reason = reason.expect("two files are not committed");
        assert!(
            reason.ends_with(": spec/openapi.yaml, generated/src/api/new.rs"),
            "{reason}"
        );
    }

    #[test]
    fn the_release_commits_the_files_that_it_edits() {
        assert_eq!(reason(" M Cargo.toml\n", &["Cargo.toml"]), None);
        assert_eq!(reason("", &[]), None);
    }
}
