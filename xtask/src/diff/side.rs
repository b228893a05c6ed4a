//! One of the specs that are compared.

use std::path::Path;

use telnyx_codegen::{Input, Source, Version};

use super::base;
use crate::input::read;
use crate::workspace::{from_here, read_text, root};

/// A spec and its origin.
pub(crate) struct Spec {
    pub(crate) input: Input,
    /// The git revision, if the spec comes from one.
    pub(crate) revision: Option<String>,
}

impl Spec {
    /// Reads a document, a folder or a git revision.
    pub(crate) fn read(name: &str) -> Result<Self, String> {
        let path = Path::new(name);
        if path.is_dir() {
            return Self::folder(path);
        }
        if path.is_file() {
            return Ok(Self {
                input: Input::from(read(path)?),
                revision: None,
            });
        }
        Self::revision(name)
    }

    /// The spec in the working tree.
    pub(crate) fn working_tree() -> Result<Self, String> {
        Self::folder(&from_here("spec"))
    }

    /// The spec in a git revision.
    pub(crate) fn revision(revision: &str) -> Result<Self, String> {
        let source = |file: &str| -> Result<Option<Source>, String> {
            let bytes = base::file(revision, file)?;
            Ok(bytes.map(|bytes| Source {
                name: format!("{revision}:{file}"),
                bytes,
            }))
        };
        let document = source("spec/openapi.yaml")?;
        let document = document.ok_or_else(|| {
            format!(
                "`{revision}` is not a file, a folder, or a git revision with spec/openapi.yaml"
            )
        })?;
        Ok(Self {
            input: Input {
                document,
                overlay: source("spec/overlay.yaml")?,
                config: source("spec/sdk.yaml")?,
            },
            revision: Some(revision.to_owned()),
        })
    }

    fn folder(folder: &Path) -> Result<Self, String> {
        let optional = |name: &str| {
            let path = folder.join(name);
            path.is_file().then(|| read(&path)).transpose()
        };
        Ok(Self {
            input: Input {
                document: read(&folder.join("openapi.yaml"))?,
                overlay: optional("overlay.yaml")?,
                config: optional("sdk.yaml")?,
            },
            revision: None,
        })
    }

    /// The crate's version for this spec. Without a revision, the version in the working tree.
    pub(crate) fn version(&self) -> Result<Version, String> {
        let manifest = match &self.revision {
            Some(revision) => base::file(revision, "Cargo.toml")?,
            None => Some(read_text(&root().join("Cargo.toml"))?.into_bytes()),
        };
        let manifest = manifest.unwrap_or_default();
        let manifest = String::from_utf8_lossy(&manifest);
        let mut lines = manifest.lines();
        let version = lines.find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
        version
            .and_then(Version::read)
            .ok_or_else(|| "Cargo.toml gives no version such as `version = \"0.1.0\"`".to_owned())
    }
}
