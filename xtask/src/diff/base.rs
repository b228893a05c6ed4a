//! Asks git for the base branch of a change.

use std::collections::BTreeSet;

use crate::process::{git, output};

/// The commit at which the working tree left its target branch: `$GITHUB_BASE_REF` in CI, or else the main branch.
pub(crate) fn branch_point() -> Result<String, String> {
    let target = std::env::var("GITHUB_BASE_REF")
        .ok()
        .filter(|name| !name.is_empty());
    let target = target.unwrap_or_else(|| "main".to_owned());
    let names = [format!("origin/{target}"), target.clone()];
    for name in &names {
        if let Some(commit) = answer(&["merge-base", name, "HEAD"])? {
            return Ok(commit);
        }
    }
    Err(format!(
        "git finds no common commit with `{target}`: fetch its history, or give a revision to compare with"
    ))
}

/// The commit to compare with: the branch point, or on the main branch itself the previous commit.
pub(crate) fn commit_to_compare_with() -> Result<String, String> {
    let point = branch_point()?;
    let head = answer(&["rev-parse", "HEAD"])?;
    match head.is_some_and(|head| head == point) {
        true => Ok(answer(&["rev-parse", "HEAD~1"])?.unwrap_or(point)),
        false => Ok(point),
    }
}

/// A file in a revision; `None` if the revision does not have it.
pub(crate) fn file(revision: &str, path: &str) -> Result<Option<Vec<u8>>, String> {
    let output = output(git().args(["show", &format!("{revision}:{path}")]))?;
    Ok(output.status.success().then_some(output.stdout))
}

/// The names in a folder of a revision; empty if the revision does not have the folder.
pub(crate) fn names(revision: &str, folder: &str) -> Result<BTreeSet<String>, String> {
    let output = output(git().args(["ls-tree", "--name-only", &format!("{revision}:{folder}")]))?;
    let names = String::from_utf8_lossy(&output.stdout);
    let is_there = output.status.success();
    let names = names.lines().filter(|_| is_there);
    Ok(names.map(str::to_owned).collect())
}

/// The newest release tag, such as `v0.1.0`; `None` before the first release.
pub(crate) fn newest_release() -> Result<Option<String>, String> {
    answer(&["describe", "--tags", "--abbrev=0", "--match=v[0-9]*"])
}

/// The day of the newest commit, such as `2026-12-01`.
pub(crate) fn day_of_newest_commit() -> Result<String, String> {
    let day = answer(&["log", "-1", "--date=short", "--format=%cd"])?;
    day.ok_or_else(|| "git finds no commit: give the date with `--date`".to_owned())
}

/// The output of git on one line; `None` if git fails.
fn answer(arguments: &[&str]) -> Result<Option<String>, String> {
    let output = output(git().args(arguments))?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok((output.status.success() && !text.is_empty()).then_some(text))
}
