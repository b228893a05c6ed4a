//! Telnyx's own clients, each behind a script of ours.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where Telnyx's clients are installed.
pub(crate) struct TelnyxClients {
    /// The interpreter of the environment that has the packages `telnyx` and `pynacl`.
    python: PathBuf,
    /// The folder that has the package `telnyx`.
    node_modules: PathBuf,
}

/// One of Telnyx's clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Python,
    Node,
}

impl Language {
    pub(crate) const ALL: [Self; 2] = [Self::Python, Self::Node];

    /// How tables call the client.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Python => "Telnyx's Python client",
            Self::Node => "Telnyx's Node client",
        }
    }
}

impl TelnyxClients {
    pub(crate) fn new(python: &str, node_modules: &str) -> Self {
        Self {
            python: python.into(),
            node_modules: node_modules.into(),
        }
    }

    /// A run of `script`, named without its extension and below this package's folder.
    pub(crate) fn command(&self, language: Language, script: &str) -> Command {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
        match language {
            Language::Python => {
                let mut command = Command::new(&self.python);
                command.arg(script.with_extension("py"));
                command
            }
            Language::Node => {
                let mut command = Command::new("node");
                command.env("NODE_PATH", &self.node_modules);
                command.env("NODE_NO_WARNINGS", "1");
                command.arg(script.with_extension("cjs"));
                command
            }
        }
    }
}
