//! What git knows of the branch that a change goes to.

use std::process::Command;

use crate::process::output;
use crate::workspace::root;

/// The commit at which the working tree left the branch that it goes to: `$GITHUB_BASE_REF` in CI, else the main branch.
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
        "git finds no common commit with `{target}`: fetch its history, or name a revision to compare with"
    ))
}

/// A file as a revision has it; `None` if it has none.
pub(crate) fn file(revision: &str, path: &str) -> Result<Option<Vec<u8>>, String> {
    let output = output(git().args(["show", &format!("{revision}:{path}")]))?;
    Ok(output.status.success().then_some(output.stdout))
}

/// What git answers, in one line; `None` if it fails.
fn answer(arguments: &[&str]) -> Result<Option<String>, String> {
    let output = output(git().args(arguments))?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok((output.status.success() && !text.is_empty()).then_some(text))
}

fn git() -> Command {
    let mut git = Command::new("git");
    git.current_dir(root());
    git
}
