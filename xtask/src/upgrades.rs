//! `cargo xtask upgrades`: compares the verdicts of `diff` on upgrades with the compiler.

pub(crate) mod cases;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use telnyx_codegen::{Feature, Input, Output, Upgrade};

use crate::cargo::beside;
use crate::input::show;
use crate::many_crates;
use crate::print;
use crate::process::output;
use crate::workspace::{copy_crate, read_text, root, write};
use cases::Case;

/// Checks with the compiler which changes of the spec break code.
///
/// The command generates a crate for each change in tests/fixtures/diff. The command also writes a program that uses every
/// public item of the old crate: methods, setters, fields and variants. If the program does not compile with the new crate, the
/// change is a break. The compiler and `diff` must agree on each change.
///
/// Exits with 0 if they agree, and with 1 otherwise. The command works in target/upgrades and takes minutes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Check only changes whose name or row contains this text; you can give this option several times
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
}

const PROGRAM: &str = "program.rs";

/// How many crates are compiled as one: the memory and the time of the compiler grow faster than their number.
const AT_ONCE: usize = 80;

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let (base, cases) = cases::read_changes(&arguments.only)?;
    let features = features(&base)?;
    let mut broken = BTreeSet::new();
    for cases in cases.chunks(AT_ONCE) {
        broken.extend(broken_of(&base, &features, cases)?);
    }
    let mut wrong = 0;
    for case in &cases {
        let due = telnyx_codegen::diff(&base, &case.input);
        let due = due.map_err(|unread| unread.diagnostics.render(&case.input, false))?;
        let (said, is) = (
            due.upgrade == Upgrade::Major,
            case.modules().iter().any(|module| broken.contains(module)),
        );
        if said != is {
            wrong += 1;
            let compiles = if is { "does not compile" } else { "compiles" };
            print::line(format_args!(
                "{}: {}, but the old code {compiles}",
                case.name,
                due.upgrade.word()
            ))?;
        }
    }
    print::line(format_args!(
        "{} changes, {} break the old code, {wrong} verdicts wrong",
        cases.len(),
        broken.len()
    ))?;
    Ok(ExitCode::from(u8::from(wrong > 0)))
}

/// Compiles the old code with the crates of some cases; gives the modules that do not compile.
fn broken_of(
    base: &Input,
    features: &[Feature],
    cases: &[Case],
) -> Result<BTreeSet<String>, String> {
    let copy = root().join("target/upgrades/copy");
    copy_crate(&copy, &["fuzz"])?;
    let fixtures = copy.join("generated/src/upgrades");
    let mut modules = "#![allow(warnings)]\n".to_owned();
    let mut written = Vec::new();
    for case in cases {
        written.extend(add((base, features), case, &fixtures)?);
    }
    for module in &written {
        let _ = writeln!(modules, "pub mod {module};");
    }
    write(&fixtures.join("mod.rs"), modules)?;
    let lib = copy.join("generated/src/lib.rs");
    let text = read_text(&lib)?;
    write(
        &lib,
        format!("{text}\n#[allow(warnings)]\npub mod upgrades;\n"),
    )?;

    broken(&copy, &fixtures)
}

/// The features of a spec.
fn features(input: &Input) -> Result<Vec<Feature>, String> {
    match telnyx_codegen::generate(input) {
        Ok(output) => Ok(output.features),
        Err(mistakes) => Err(mistakes.render(input, false)),
    }
}

/// Writes the crate of a case, and beside it the code that was written for the crate before; gives the modules.
///
/// The code is that of a user who has turned on all features of the crate before. If the features are others now, it is that
/// of one without features too.
fn add(
    (base, known): (&Input, &[Feature]),
    case: &Case,
    fixtures: &Path,
) -> Result<Vec<String>, String> {
    let output = match telnyx_codegen::generate(&case.input) {
        Ok(output) => output,
        Err(mistakes) => {
            show(&mistakes, &case.input);
            return Err(format!("the case `{}` has a mistake", case.name));
        }
    };
    let [with, without] = case.modules();
    let mut written = vec![with.clone()];
    write_crate(base, &output, (&with, known), known, fixtures)?;
    if output.features != known {
        write_crate(base, &output, (&without, &[]), known, fixtures)?;
        written.push(without);
    }
    Ok(written)
}

/// Writes the crate as it is with the features `on`, as a module.
fn write_crate(
    base: &Input,
    output: &Output,
    (module, on): (&str, &[Feature]),
    known: &[Feature],
    fixtures: &Path,
) -> Result<(), String> {
    let api = format!("crate::upgrades::{module}");
    let all: Vec<&Feature> = output.features.iter().chain(known).collect();
    // The features of all cases cannot be features of one crate: what they turn on is written down.
    let settled = |mut text: String| {
        for Feature { name, .. } in &all {
            let is_on = on.iter().any(|feature| feature.name == *name);
            let condition = if is_on { "all()" } else { "any()" };
            text = text.replace(&format!("feature = \"{name}\""), condition);
        }
        text
    };
    for file in &output.files {
        let mut text = file.text.replace("crate::api", &api);
        if file.path == "mod.rs" {
            text = many_crates::entry(&text)?;
            text.push_str("\nmod program;\n");
            text.push_str(&names_of(&output.features));
        }
        write(&fixtures.join(module).join(&file.path), settled(text))?;
    }
    let mut program = telnyx_codegen::user_program(base, &api)
        .map_err(|unread| unread.diagnostics.render(base, false))?;
    for Feature { name, .. } in on {
        let _ = writeln!(program, "use {api}::crate_features::{};", named(name));
    }
    write(&fixtures.join(module).join(PROGRAM), settled(program))
}

/// A module with an item for each feature, which stands for the line of a `Cargo.toml` that names it.
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

/// The modules whose program does not compile. A name that is not found keeps the compiler from looking at types, so it is
/// asked again without the programs that failed, until none does.
fn broken(copy: &Path, fixtures: &Path) -> Result<BTreeSet<String>, String> {
    let mut broken = BTreeSet::new();
    loop {
        let mut check = Command::new("cargo");
        check
            .args([
                "check",
                "--offline",
                "--quiet",
                "--lib",
                "--message-format=short",
            ])
            .args(["--no-default-features", "--features=blocking,testing"])
            .current_dir(copy);
        let folder = root().join("target/upgrades/build");
        let output = output(beside(&mut check, &folder))?;
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
                true => Ok(broken),
                false => Err(format!("cargo failed:\n{text}")),
            };
        }
        print::line(format_args!("{} do not compile", found.len()))?;
        for module in &found {
            write(&fixtures.join(module).join(PROGRAM), "")?;
        }
        broken.extend(found);
    }
}
