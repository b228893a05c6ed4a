//! `cargo xtask mutants`: checks that a test fails if a rule is broken.

mod rule;
mod rules;
mod text;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use self::rule::{Rule, Suite};
use self::text::Solid;
use crate::cargo::beside;
use crate::print;
use crate::process::output;
use crate::workspace::{copy_sources, read_text, root, rust_files, write};

/// In a copy of the workspace, changes the code to break one rule at a time, and checks that the rule's test then fails.
///
/// `xtask/src/mutants/rules` lists the rules. The first run compiles the dependencies without debug information. Exits with 0 if
/// each change to the code makes the test of its rule fail. Exits with 1 if a test passes although the command has broken its
/// rule. Also exits with 1 if the changed code does not compile, or if the command cannot find the code of a rule. Exits with 2
/// if a test fails in the unchanged code.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Break only the rules whose description contains this text
    #[arg(long, value_name = "TEXT", default_value = "")]
    rule: String,
}

/// Where rules stand.
const SOURCES: [&str; 2] = ["codegen/src", "generated/src"];

/// Names the cases that a test checks (`tests/snapshot.rs`).
const ONLY_CASES: &str = "ONLY_CASES";

/// A file that can contain rules. It is read only once, because removing its blanks takes as long as a compilation.
struct File {
    path: PathBuf,
    text: String,
    solid: Solid,
}

enum Verdict {
    Killed,
    Survived,
    DoesNotCompile,
    /// How many times the text occurs in the sources, where it must occur once.
    OutOfDate(usize),
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let chosen = rules::all().filter(|rule| rule.says.contains(&arguments.rule));
    let mut chosen: Vec<&Rule> = chosen.collect();
    // Rules of one crate come together, so that the crate is not compiled again for each.
    chosen.sort_by_key(|rule| rule.suite);
    let copy = root().join("target/mutants/copy");
    copy_sources(&copy)?;
    shrink_stack(&copy)?;
    check_unbroken(&chosen, &copy)?;

    let files = files(&copy)?;
    let mut killed = 0;
    for rule in &chosen {
        let verdict = break_one(rule, &files, &copy)?;
        killed += usize::from(matches!(verdict, Verdict::Killed));
        print::line(format_args!("{}: {}", verdict.shown(), rule.says))?;
    }
    let failures = chosen.len() - killed;
    print::line(format_args!("{killed} killed, {failures} failures"))?;
    Ok(ExitCode::from(u8::from(failures > 0)))
}

impl Verdict {
    fn shown(&self) -> String {
        match self {
            Self::Killed => "killed".to_owned(),
            Self::Survived => "SURVIVED".to_owned(),
            Self::DoesNotCompile => "DOES NOT COMPILE".to_owned(),
            Self::OutOfDate(count) => format!("OUT OF DATE, its text occurs {count} times"),
        }
    }
}

/// Gives the generator in the copy a stack of 8 MiB instead of 1 GiB. A broken rule may let the generator call itself without
/// end. With 1 GiB, its memory grew to 24 GB before the stack was full, and the system killed it.
fn shrink_stack(copy: &Path) -> Result<(), String> {
    let path = copy.join("codegen/src/stack.rs");
    let text = read_text(&path)?;
    let small = text.replace("= 1 << 30;", "= 1 << 23;");
    if small == text {
        return Err(
            "codegen/src/stack.rs has no `= 1 << 30;`: edit xtask/src/mutants.rs".to_owned(),
        );
    }
    write(&path, small)
}

/// Runs the tests of the rules before any rule is broken. All tests must exist and pass.
fn check_unbroken(rules: &[&Rule], copy: &Path) -> Result<(), String> {
    let suites: BTreeSet<Suite> = rules.iter().map(|rule| rule.suite).collect();
    for suite in suites {
        let rules = rules.iter().filter(|rule| rule.suite == suite);
        let tests: BTreeSet<&str> = rules.clone().map(|rule| rule.test).collect();
        let cases: Vec<&str> = rules.filter_map(|rule| rule.case).collect();
        let mut command = test(suite, &cases, copy);
        let output = output(command.args(["--", "--exact"]).args(&tests))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let passed = format!("test result: ok. {} passed;", tests.len());
        if !said.contains(&passed) {
            let errors = String::from_utf8_lossy(&output.stderr);
            return Err(format!("not all of {tests:?} pass:\n{said}{errors}"));
        }
    }
    Ok(())
}

fn break_one(rule: &Rule, files: &[File], copy: &Path) -> Result<Verdict, String> {
    let mut found = Vec::new();
    for file in files {
        let places = file.solid.find(rule.text).into_iter();
        found.extend(places.map(|place| (file, place)));
    }
    let [(file, place)] = found.as_slice() else {
        return Ok(Verdict::OutOfDate(found.len()));
    };
    let mut broken = file.text.clone();
    broken.replace_range(place.clone(), rule.broken);
    write(&file.path, broken)?;
    let verdict = judge(rule, copy);
    write(&file.path, &file.text)?;
    verdict
}

fn judge(rule: &Rule, copy: &Path) -> Result<Verdict, String> {
    let mut test = test(rule.suite, rule.case.as_slice(), copy);
    let run = output(test.args(["--", "--exact", rule.test]))?;
    let is_running = String::from_utf8_lossy(&run.stdout).contains("running 1 test");
    Ok(match (run.status.success(), is_running) {
        (true, _) => Verdict::Survived,
        (false, true) => Verdict::Killed,
        (false, false) => Verdict::DoesNotCompile,
    })
}

/// The Rust files that can contain a rule. Generated files depend on other files, so they are not included.
fn files(copy: &Path) -> Result<Vec<File>, String> {
    let mut paths = Vec::new();
    for folder in SOURCES {
        paths.extend(rust_files(&copy.join(folder))?);
    }
    let generated = copy.join("generated/src/api");
    paths.retain(|path| !path.starts_with(&generated));
    paths.into_iter().map(File::read).collect()
}

impl File {
    fn read(path: PathBuf) -> Result<Self, String> {
        let text = read_text(&path)?;
        let solid = Solid::new(&text);
        Ok(Self { path, text, solid })
    }
}

/// The command that builds and runs the tests of a suite. If no case is named, it runs all cases.
fn test(suite: Suite, cases: &[&str], copy: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    // A broken rule changes only a little of one crate, so most of the last compilation is still valid.
    cargo
        .args(["test", "--offline"])
        .args(suite.arguments())
        .current_dir(copy)
        .env("CARGO_INCREMENTAL", "1")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("INSTA_UPDATE", "no")
        .env_remove("RUST_BACKTRACE")
        .env_remove(ONLY_CASES);
    if !cases.is_empty() {
        cargo.env(ONLY_CASES, cases.join("\n"));
    }
    beside(&mut cargo, &root().join("target/mutants/build"));
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_each_rule_stands_once() {
        let files = files(root()).unwrap();
        for rule in rules::all() {
            let places = files.iter().map(|file| file.solid.find(rule.text).len());
            assert_eq!(
                places.sum::<usize>(),
                1,
                "`{}` ({}): edit xtask/src/mutants/rules",
                rule.text,
                rule.says
            );
        }
    }
}
