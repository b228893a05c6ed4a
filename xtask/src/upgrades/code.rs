//! The code that the compiler checks for a change: the new crate as a module, with a program inside that uses the old crate.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use telnyx_codegen::{Feature, Input, Output};

use super::cases::Case;
use super::shared::without_shared;
use crate::input::show;
use crate::many_crates;
use crate::workspace::write;

/// The file of the program.
pub(super) const PROGRAM: &str = "program.rs";

/// The path of the generated module, before the code has its own place.
const API: &str = "crate::api";

/// The texts of a crate, by their paths.
pub(super) type Files = BTreeMap<String, String>;

/// The crate before all changes.
pub(super) struct Old {
    features: Vec<Feature>,
    program: String,
    files: Files,
}

/// The part of a new crate that differs from the old crate, and the part of the program that uses it. If two changes produce the
/// same code, the compiler has the same verdict on both.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Code(Files);

impl Old {
    pub(super) fn of(base: &Input) -> Result<Self, String> {
        let output = telnyx_codegen::generate(base);
        let output = output.map_err(|mistakes| mistakes.render(base, false))?;
        let program = telnyx_codegen::user_program(base, API);
        let program = program.map_err(|unread| unread.diagnostics.render(base, false))?;
        let mut old = Self {
            features: output.features.clone(),
            program,
            files: Files::new(),
        };
        old.files = files(&output, &old.features, &old)?;
        Ok(old)
    }

    /// The whole crate with the whole program.
    pub(super) fn code(&self) -> Code {
        Code(self.files.clone())
    }
}

impl Code {
    /// The crate of a case, with the program for the old crate.
    ///
    /// The program is that of a user who has turned on all features of the old crate. If the new crate has other features, there
    /// is also the program of a user who has turned on none.
    pub(super) fn of(case: &Case, old: &Old) -> Result<Vec<Self>, String> {
        let output = telnyx_codegen::generate(&case.input).map_err(|mistakes| {
            show(&mistakes, &case.input);
            format!("the case `{}` has a mistake", case.name)
        })?;
        let mut codes = Vec::new();
        let code =
            |on| files(&output, on, old).map(|files| Self(without_shared(&old.files, &files)));
        codes.push(code(&old.features)?);
        if output.features != old.features {
            codes.push(code(&[])?);
        }
        Ok(codes)
    }

    /// Writes the code to a folder; `api` is its path in the copy.
    pub(super) fn write(&self, folder: &Path, api: &str) -> Result<(), String> {
        for (path, text) in &self.0 {
            write(&folder.join(path), text.replace(API, api))?;
        }
        Ok(())
    }
}

/// The crate with only the features `on`, and its program.
fn files(output: &Output, on: &[Feature], old: &Old) -> Result<Files, String> {
    let all: Vec<&Feature> = output.features.iter().chain(&old.features).collect();
    // One crate cannot have the features of all cases, so each `cfg` is replaced by its result.
    let settled = |mut text: String| {
        for Feature { name, .. } in &all {
            let is_on = on.iter().any(|feature| feature.name == *name);
            let condition = if is_on { "all()" } else { "any()" };
            text = text.replace(&format!("feature = \"{name}\""), condition);
        }
        text
    };
    let mut files = Files::new();
    for file in output
        .files
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
    {
        let mut text = without_comments(&file.text);
        if file.path == "mod.rs" {
            text = many_crates::entry(&text)?;
            text.push_str("\nmod program;\n");
            text.push_str(&names_of(&output.features));
        }
        files.insert(file.path.clone(), settled(text));
    }
    let mut program = old.program.clone();
    for Feature { name, .. } in on {
        let _ = writeln!(program, "use {API}::crate_features::{};", named(name));
    }
    files.insert(PROGRAM.to_owned(), settled(program));
    Ok(files)
}

/// Generated code without its comments, each of which is on its own line. Comments never affect compilation.
fn without_comments(text: &str) -> String {
    let lines = text.lines();
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| [line, "\n"]).collect()
}

/// A module with an item for each feature. It stands for the line of a user's `Cargo.toml` that names the feature.
fn names_of(features: &[Feature]) -> String {
    let names = features.iter();
    let names: String = names
        .map(|feature| format!("pub struct {};\n", named(&feature.name)))
        .collect();
    format!("pub mod crate_features {{\n{names}}}\n")
}

fn named(feature: &str) -> String {
    format!("feature_{}", feature.replace('-', "_"))
}
