//! `cargo xtask gates`: checks that a team requires before it uses a crate.

mod guide;

use std::process::{Command, ExitCode};

use crate::cargo::{CRATE, cargo, warnings};
use crate::features::{self, Sets};
use crate::print;
use crate::process::{output, run};
use crate::semver;
use crate::tools::{DENY, MACHETE};
use crate::workspace::{copy_crate, root};

/// Checks the dependencies, the documentation, the features, and whether the public API has breaking changes.
///
/// For the dependencies, the command checks the licences, the sources and the versions, and whether the code uses all of the
/// dependencies.
///
/// The first run builds the tools below `target/tools`, which takes minutes. Exits with 0 if every gate passes or is skipped,
/// with 1 if a gate fails, and with 2 if a tool is not available.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

enum Verdict {
    Passed,
    Failed,
    /// The gate did not run, for this reason.
    Skipped(&'static str),
}

type Gate = fn() -> Result<Verdict, String>;

const GATES: [(&str, Gate); 7] = [
    (
        "licences, sources and versions of dependencies",
        dependencies,
    ),
    ("unused dependencies", unused_dependencies),
    ("oldest versions of dependencies", oldest_versions),
    ("documentation of every public item", documentation),
    ("numbers of crates in the guide `features`", || {
        guide::counts_the_crates().map(Verdict::of)
    }),
    ("breaks that cargo-semver-checks finds", || {
        semver::agrees().map(Verdict::of)
    }),
    ("features", || {
        features::check_all(Sets::Pairs).map(Verdict::of)
    }),
];

pub(crate) fn pass(_: &Arguments) -> Result<ExitCode, String> {
    let mut lines = Vec::new();
    let mut is_well = true;
    for (name, gate) in GATES {
        eprintln!("=== {name}");
        lines.push(match gate()? {
            Verdict::Passed => format!("passed: {name}"),
            Verdict::Skipped(reason) => format!("SKIPPED: {name}: {reason}"),
            Verdict::Failed => {
                is_well = false;
                format!("FAILED: {name}")
            }
        });
    }
    print::line(format_args!("{}", lines.join("\n")))?;
    Ok(ExitCode::from(u8::from(!is_well)))
}

impl Verdict {
    fn of(is_well: bool) -> Self {
        if is_well { Self::Passed } else { Self::Failed }
    }
}

/// .cargo/deny.toml lists the allowed dependencies.
fn dependencies() -> Result<Verdict, String> {
    let mut deny = Command::new(DENY.installed()?);
    deny.current_dir(root())
        .args(["check", "bans", "licenses", "sources"]);
    Ok(Verdict::of(run(&mut deny)?.success()))
}

/// The check uses cargo's metadata, because a library may have another name than its package.
fn unused_dependencies() -> Result<Verdict, String> {
    let mut machete = Command::new(MACHETE.installed()?);
    machete
        .args(["--skip-target-dir", "--with-metadata"])
        .current_dir(root());
    Ok(Verdict::of(run(&mut machete)?.success()))
}

/// Whether the crate compiles with the oldest versions that its `Cargo.toml` allows.
fn oldest_versions() -> Result<Verdict, String> {
    let nightly = output(Command::new("cargo").args(["+nightly", "--version"]))?;
    if !nightly.status.success() {
        return Ok(Verdict::Skipped(
            "there is no nightly toolchain, which this check needs",
        ));
    }
    let copy = root().join("target/oldest-versions/copy");
    copy_crate(&copy, &["fuzz"])?;
    let mut lock = Command::new("cargo");
    lock.args([
        "+nightly",
        "update",
        "--quiet",
        "-Z",
        "direct-minimal-versions",
    ]);
    if !run(lock.current_dir(&copy))?.success() {
        return Ok(Verdict::Failed);
    }
    let mut check = Command::new("cargo");
    check
        .args(["check", "--lib", "--all-features"])
        .current_dir(&copy)
        .env(
            "CARGO_TARGET_DIR",
            root().join("target/oldest-versions/build"),
        );
    Ok(Verdict::of(warnings(&mut check)? == 0))
}

/// In the whole workspace, the lint `missing_docs` warns about each public item without documentation.
fn documentation() -> Result<Verdict, String> {
    let mut clippy = cargo("clippy");
    clippy.args(["--package", CRATE, "--lib", "--all-features"]);
    Ok(Verdict::of(warnings(&mut clippy)? == 0))
}
