//! Compares the breaks that cargo-semver-checks finds with those that this project finds.

use std::process::Command;

use telnyx_codegen::Upgrade;

use crate::cargo::CRATE;
use crate::changes::Surface;
use crate::diff::{Spec, base, compare};
use crate::print;
use crate::process::output;
use crate::tools::SEMVER;
use crate::workspace::root;

/// Whether this project also finds each break that cargo-semver-checks finds.
///
/// Without a change to the public surface, `review` reports no break. If cargo-semver-checks then finds one, the snapshots of the
/// surface are incomplete.
pub(crate) fn agrees() -> Result<bool, String> {
    let baseline = base::commit_to_compare_with()?;
    let lints = lints(&baseline)?;
    for lint in &lints {
        print::line(format_args!("cargo-semver-checks: {lint}"))?;
    }
    if lints.is_empty() {
        return Ok(true);
    }
    let old = Spec::revision(&baseline)?;
    let report = compare(&old, &Spec::working_tree()?).ok_or("a spec has a mistake")?;
    let is_known = report.upgrade == Upgrade::Major || !Surface::since(&baseline)?.taken.is_empty();
    if !is_known {
        print::line("`cargo xtask review` finds no break")?;
    }
    Ok(is_known)
}

/// The lints that fail for a release that must not break code.
fn lints(baseline: &str) -> Result<Vec<String>, String> {
    let mut check = Command::new(SEMVER.installed()?);
    check.args(["semver-checks", "check-release", "--color=never"]);
    check.args(["--release-type=minor", "--package", CRATE]);
    check.args(["--baseline-rev", baseline]).current_dir(root());
    let output = output(&mut check)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let failures = text.lines().filter_map(|line| {
        let lint = line.strip_prefix("--- failure ")?;
        Some(lint.trim_end_matches(" ---").to_owned())
    });
    let failures: Vec<String> = failures.collect();
    if !output.status.success() && failures.is_empty() {
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(format!("cargo-semver-checks failed:\n{text}"));
    }
    Ok(failures)
}
