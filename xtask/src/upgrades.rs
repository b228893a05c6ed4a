//! `cargo xtask upgrades`: compares the verdicts of `diff` on upgrades with the compiler.

pub(crate) mod cases;
mod code;
mod compiler;
mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::process::ExitCode;
use std::thread;

use telnyx_codegen::{Input, Upgrade};

use crate::print;
use cases::Case;
use code::{Code, Old};
use compiler::Compiler;

/// Checks with the compiler which changes of the spec break code.
///
/// The command generates a crate for each change in tests/fixtures/diff. The command also writes a program that uses every public
/// item of the old crate: methods, setters, fields and variants. If the program does not compile with the new crate, the change
/// is breaking. The compiler and `diff` must agree on whether each change is breaking.
///
/// The command compiles equal code only once. Code that differs only in comments counts as equal. If a type or a resource, and
/// everything that it uses, is the same in both crates, the new crate uses the old crate's code. For each new crate, the program
/// contains only the functions that use changed code. Changes that lead to the same code share one crate.
///
/// Exits with 0 if the compiler and `diff` agree on each change, and with 1 otherwise. The command writes its files to
/// target/upgrades. A run takes minutes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Check only changes in tests/fixtures/diff/cases.yaml whose `name` or `row` contains this text; you can give this option
    /// several times
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
}

/// The verdict on a change of the spec, and the code for the compiler.
struct Change {
    /// The verdict of `diff`.
    upgrade: Upgrade,
    /// If one of these does not compile, the change is a break.
    codes: Vec<Code>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let (base, cases) = cases::read_changes(&arguments.only)?;
    let old = Old::of(&base)?;
    let changes = changes(&base, &old, &cases)?;
    // The first change with some code gives the code's module its name.
    let mut modules: BTreeMap<&Code, String> = BTreeMap::new();
    for (case, change) in cases.iter().zip(&changes) {
        for (code, module) in change.codes.iter().zip(case.modules()) {
            modules.entry(code).or_insert(module);
        }
    }
    let suspects = changes
        .iter()
        .filter(|change| change.upgrade == Upgrade::Major);
    let suspects = suspects.flat_map(|change| &change.codes);
    let suspects = suspects.map(|code| modules[code].clone()).collect();
    let names: BTreeSet<String> = modules.values().cloned().collect();
    let names: Vec<String> = names.into_iter().collect();
    let codes = modules.iter().map(|(code, name)| (name.as_str(), *code));
    let compiler = Compiler::with(&old.code(), codes)?;
    let broken = compiler.broken(&names, &suspects)?;
    let (mut breaks, mut wrong) = (0, 0);
    for (case, change) in cases.iter().zip(&changes) {
        let mut codes = change.codes.iter();
        let is = codes.any(|code| broken.contains(&modules[code]));
        breaks += usize::from(is);
        if is != (change.upgrade == Upgrade::Major) {
            wrong += 1;
            let compiles = if is { "does not compile" } else { "compiles" };
            print::line(format_args!(
                "{}: {}, but the old code {compiles}",
                case.name,
                change.upgrade.word()
            ))?;
        }
    }
    print::line(format_args!(
        "{} changes, {} different crates, {breaks} changes break the old code, {wrong} verdicts wrong",
        cases.len(),
        names.len(),
    ))?;
    Ok(ExitCode::from(u8::from(wrong > 0)))
}

/// The verdicts and the code of all cases. They are computed on all cores, because the generator takes as long as the compiler.
fn changes(base: &Input, old: &Old, cases: &[Case]) -> Result<Vec<Change>, String> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let parts = cases.chunks(cases.len().div_ceil(cores));
        let parts = parts.map(|part| scope.spawn(|| changes_of_part(base, old, part)));
        let parts: Vec<_> = parts.collect();
        let mut changes = Vec::new();
        for part in parts {
            let part = part
                .join()
                .map_err(|_| "the generator panicked".to_owned())?;
            changes.extend(part?);
        }
        Ok(changes)
    })
}

fn changes_of_part(base: &Input, old: &Old, cases: &[Case]) -> Result<Vec<Change>, String> {
    let codes = cases.iter().map(|case| Code::of(case, old));
    let codes: Vec<Vec<Code>> = codes.collect::<Result<_, _>>()?;
    let inputs: Vec<Input> = cases.iter().map(|case| case.input.clone()).collect();
    // No case has a mistake, because each case has code.
    let reports = telnyx_codegen::diff_each(base, &inputs)
        .map_err(|unread| unread.diagnostics.render(base, false))?;
    let changes = reports.into_iter().zip(codes).zip(&inputs);
    let changes = changes.map(|((report, codes), input)| {
        let (forth, _) = report.map_err(|unread| unread.diagnostics.render(input, false))?;
        Ok(Change {
            upgrade: forth.upgrade,
            codes,
        })
    });
    changes.collect()
}
