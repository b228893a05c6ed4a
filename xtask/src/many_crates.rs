//! Compiles many crates as modules of one copy of the crate, so its runtime is compiled once.

use std::path::PathBuf;

use telnyx_codegen::Input;

use crate::input::show;
use crate::workspace::{copy_crate, read_text, write};

/// A copy of the crate that contains other crates.
pub(crate) struct ManyCrates {
    /// The folder of the workspace.
    pub(crate) copy: PathBuf,
    module: &'static str,
}

impl ManyCrates {
    /// Copies the crate to a folder. The other crates go into a module with this name.
    pub(crate) fn new(copy: PathBuf, module: &'static str) -> Result<Self, String> {
        copy_crate(&copy, &["fuzz"])?;
        Ok(Self { copy, module })
    }

    /// The folder of the module.
    pub(crate) fn folder(&self) -> PathBuf {
        self.source().join(self.module)
    }

    /// The folder of the copy's sources.
    pub(crate) fn source(&self) -> PathBuf {
        self.copy.join("generated/src")
    }

    /// The path of a crate's module.
    pub(crate) fn path(&self, name: &str) -> String {
        format!("crate::{}::{name}", self.module)
    }

    /// Writes the crate that a spec becomes, with a module `program` in it.
    pub(crate) fn add(&self, name: &str, input: &Input, program: &str) -> Result<(), String> {
        let output = telnyx_codegen::generate(input).map_err(|mistakes| {
            show(&mistakes, input);
            format!("the spec of `{name}` has a mistake")
        })?;
        let folder = self.folder().join(name);
        for file in &output.files {
            let mut text = file.text.replace("crate::api", &self.path(name));
            if file.path == "mod.rs" {
                text = entry(&text)?;
                text.push_str("\npub mod program;\n");
            }
            // One crate cannot have the features of all crates, so each crate gets the items that its own features turn on.
            for feature in &output.features {
                text = text.replace(&format!("feature = \"{}\"", feature.name), "all()");
            }
            write(&folder.join(&file.path), text)?;
        }
        write(&folder.join(PROGRAM), program)
    }

    /// Adds the module to the copy, with this text, which also names the other public items there.
    pub(crate) fn finish(&self, text: &str, others: &[&str]) -> Result<(), String> {
        write(&self.folder().join("mod.rs"), text)?;
        let root = self.source().join("lib.rs");
        let mut lib = read_text(&root)?;
        for module in others.iter().chain([&self.module]) {
            lib.push_str(&format!("\n#[allow(warnings)]\npub mod {module};\n"));
        }
        write(&root, lib)
    }
}

/// The file of a crate's program.
const PROGRAM: &str = "program.rs";

/// The root of a crate as a module. All crates share one client, which cannot have methods for the resources of each crate.
pub(crate) fn entry(text: &str) -> Result<String, String> {
    let text = replaced(
        text,
        "impl Client {",
        "pub struct Entry(pub Client);\n\nimpl Entry {",
    )?;
    let text = replaced(&text, "new(self.clone())", "new(self.0.clone())")?;
    replaced(&text, "#[cfg(feature = \"webhooks\")]\n", "")
}

/// The text with one part replaced. The part must be present, because the generator wrote it.
fn replaced(text: &str, old: &str, new: &str) -> Result<String, String> {
    match text.contains(old) {
        true => Ok(text.replace(old, new)),
        false => Err(format!("the generated `mod.rs` has no `{}`", old.trim())),
    }
}

/// A module name for a name.
pub(crate) fn module(name: &str) -> String {
    let letters = name.chars().map(|letter| match letter {
        'a'..='z' | '0'..='9' => letter,
        'A'..='Z' => letter.to_ascii_lowercase(),
        _ => '_',
    });
    format!("of_{}", letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::entry;
    use crate::workspace::{read_text, root};

    #[test]
    fn the_root_of_the_committed_crate_can_be_a_module() {
        let path = root().join("generated/src/api/mod.rs");
        let text = entry(&read_text(&path).expect("it can be read")).expect("it has each part");
        assert!(text.contains("impl Entry {"), "{text}");
        assert!(!text.contains("impl Client {"), "{text}");
        entry("impl Client {}").expect_err("it has no resource");
    }
}
