//! Tools that cargo installs, each built once below `target/tools`.

use std::path::PathBuf;

use crate::cargo::cargo;
use crate::process::run_well;
use crate::workspace::root;

/// A program, and the version to use.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Checks licences, sources and versions of dependencies.
pub(crate) const DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
};

/// Finds dependencies that nothing uses.
pub(crate) const MACHETE: Tool = Tool {
    name: "cargo-machete",
    version: "0.9.2",
};

/// Finds breaks of a public API in rustdoc's output.
pub(crate) const SEMVER: Tool = Tool {
    name: "cargo-semver-checks",
    version: "0.51.0",
};

/// Counts the LLVM lines of each function.
pub(crate) const LLVM_LINES: Tool = Tool {
    name: "cargo-llvm-lines",
    version: "0.4.48",
};

impl Tool {
    /// The path of the program, which is built if it does not exist yet.
    pub(crate) fn installed(&self) -> Result<PathBuf, String> {
        let Self { name, version } = self;
        let folder = root().join(format!("target/tools/{name}-{version}"));
        let program = folder.join("bin").join(name);
        if !program.exists() {
            let mut install = cargo("install");
            install.args(["--locked", "--root"]).arg(&folder);
            run_well(install.arg(format!("{name}@{version}")))?;
        }
        Ok(program)
    }
}
