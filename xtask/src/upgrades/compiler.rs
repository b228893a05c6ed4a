//! Finds out with the compiler which programs do not compile with their crate.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;

use super::code::{Code, PROGRAM};
use super::shared::OLD;
use crate::cargo::beside;
use crate::print;
use crate::process::output;
use crate::workspace::{copy_crate, read_text, root, write};

/// How many crates are compiled together. 230 crates take the compiler 1.5 GB. Its memory and time grow faster than the number of
/// crates.
const AT_ONCE: usize = 250;

/// A copy of the crate with the other crates as modules, so that its runtime is compiled once for many crates.
pub(super) struct Compiler {
    copy: PathBuf,
    broken: BTreeSet<String>,
}

impl Compiler {
    /// Writes the old crate and the codes into a copy of the crate. Each code has its module's name.
    pub(super) fn with<'c>(
        old: &'c Code,
        codes: impl Iterator<Item = (&'c str, &'c Code)>,
    ) -> Result<Self, String> {
        let copy = root().join("target/upgrades/copy");
        copy_crate(&copy, &["fuzz"])?;
        let compiler = Self {
            copy,
            broken: BTreeSet::new(),
        };
        for (module, code) in std::iter::once((OLD, old)).chain(codes) {
            let api = format!("crate::upgrades::{module}");
            code.write(&compiler.folder().join(module), &api)?;
        }
        let lib = compiler.copy.join("generated/src/lib.rs");
        let text = read_text(&lib)?;
        write(
            &lib,
            format!("{text}\n#[allow(warnings)]\npub mod upgrades;\n"),
        )?;
        Ok(compiler)
    }

    /// The modules whose program does not compile. `suspects` are those that `diff` reports as breaks.
    ///
    /// If the compiler does not find a name, it does not check types. So the programs that failed are removed, and the compiler
    /// runs again. The suspects are compiled first, without the other modules, because they cause most of these repetitions.
    /// After that, every crate must compile, together with its program unless the program has failed. A wrong suspicion costs
    /// time, but changes no result.
    pub(super) fn broken(
        mut self,
        modules: &[String],
        suspects: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, String> {
        let mut compiled = BTreeSet::new();
        let suspects: Vec<&String> = modules
            .iter()
            .filter(|one| suspects.contains(*one))
            .collect();
        for part in suspects.chunks(AT_ONCE) {
            let mut part = part.to_vec();
            while !part.is_empty() {
                if self.all_compile(&part)? {
                    compiled.extend(part.drain(..));
                }
                part.retain(|module| !self.broken.contains(*module));
            }
        }
        let rest = modules.iter().filter(|module| !compiled.contains(module));
        let rest: Vec<&String> = rest.collect();
        for part in rest.chunks(AT_ONCE) {
            while !self.all_compile(part)? {}
        }
        Ok(self.broken)
    }

    /// Whether these crates compile. If not, empties the programs that do not compile, and counts their modules as broken.
    fn all_compile(&mut self, modules: &[&String]) -> Result<bool, String> {
        let mut text = format!("#![allow(warnings)]\npub mod {OLD};\n");
        for module in modules {
            let _ = writeln!(text, "pub mod {module};");
        }
        write(&self.folder().join("mod.rs"), text)?;
        let output = output(beside(
            &mut self.check(),
            &root().join("target/upgrades/build"),
        ))?;
        let text = String::from_utf8_lossy(&output.stderr);
        let mut found = BTreeSet::new();
        for line in text.lines().filter(|line| line.contains(": error")) {
            let module = line
                .split_once("src/upgrades/")
                .and_then(|(_, rest)| rest.split_once(&format!("/{PROGRAM}:")))
                .map(|(module, _)| module.to_owned());
            found.insert(
                module.ok_or_else(|| format!("the crate of a case does not compile: {line}"))?,
            );
        }
        if found.is_empty() {
            return match output.status.success() {
                true => Ok(true),
                false => Err(format!("cargo failed:\n{text}")),
            };
        }
        if found.contains(OLD) {
            return Err("the old code does not compile with the old crate".to_owned());
        }
        print::line(format_args!(
            "{} of {} do not compile",
            found.len(),
            modules.len()
        ))?;
        for module in &found {
            write(&self.folder().join(module).join(PROGRAM), "")?;
        }
        self.broken.extend(found);
        Ok(false)
    }

    fn check(&self) -> Command {
        let mut check = Command::new("cargo");
        check
            .args(["check", "--offline", "--quiet", "--lib"])
            .args(["--message-format=short", "--no-default-features"])
            .args(["--features=blocking,testing"])
            .current_dir(&self.copy);
        check
    }

    fn folder(&self) -> PathBuf {
        self.copy.join("generated/src/upgrades")
    }
}
