//! The project's commands.

#![warn(clippy::print_stdout)]

mod beside;
mod build_cost;
mod cargo;
mod changelog;
mod changes;
mod diff;
mod faults;
mod features;
mod fixtures;
mod folder;
mod gates;
mod generate;
mod history;
mod import;
mod input;
mod install;
mod judge;
mod kills;
mod lint_spec;
mod manifest;
mod many_crates;
mod merge_spec;
mod mock_spec;
mod model_table;
mod mutants;
mod names;
mod outbox;
mod package;
mod print;
mod process;
mod progress;
mod random;
mod readme;
mod release;
mod review;
mod schema;
mod semver;
mod sentences;
mod tools;
mod try_document;
mod upgrades;
mod wire_verdicts;
mod workspace;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

/// The project's commands.
///
/// Exit codes: 0 if all is well, 1 if the command found a problem, 2 if it cannot read an input, and 64 if the command line is
/// wrong.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    version,
    max_term_width = 100
)]
enum Command {
    BuildCost(build_cost::Arguments),
    Diff(diff::Arguments),
    Faults(faults::Arguments),
    Features(features::Arguments),
    Fixtures(fixtures::Arguments),
    Gates(gates::Arguments),
    Generate(generate::Arguments),
    History(history::Arguments),
    Import(import::Arguments),
    Judge(judge::Arguments),
    Kills(kills::Arguments),
    LintSpec(lint_spec::Arguments),
    MergeSpec(merge_spec::Arguments),
    Mutants(mutants::Arguments),
    Names(names::Arguments),
    Outbox(outbox::Arguments),
    Package(package::Arguments),
    Readme(readme::Arguments),
    Release(release::Arguments),
    Review(review::Arguments),
    Schema(schema::Arguments),
    Sentences(sentences::Arguments),
    Try(try_document::Arguments),
    Upgrades(upgrades::Arguments),
    WireVerdicts(wire_verdicts::Arguments),
}

/// The exit code that `sysexits.h` calls EX_USAGE.
const CALLED_WRONGLY: u8 = 64;

fn main() -> ExitCode {
    let command = match Command::try_parse() {
        Ok(command) => command,
        Err(error) => return usage(&error),
    };
    progress::watch(called());
    run(command).unwrap_or_else(|message| {
        // Mistakes of a document are rendered with their own title.
        let message = message.trim_start_matches("error: ");
        eprintln!("error: {message}");
        ExitCode::from(2)
    })
}

/// Prints the help or the version, or explains what is wrong with the command line.
fn usage(error: &clap::Error) -> ExitCode {
    // If the reader has closed the output, printing is not needed.
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(CALLED_WRONGLY),
    }
}

/// The command as a user would type it.
fn called() -> String {
    let arguments = std::env::args_os().skip(1);
    let arguments: Vec<String> = arguments
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    format!("cargo xtask {}", arguments.join(" "))
}

fn run(command: Command) -> Result<ExitCode, String> {
    match command {
        Command::BuildCost(arguments) => build_cost::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Faults(arguments) => faults::run(&arguments),
        Command::Features(arguments) => features::run(&arguments),
        Command::Fixtures(arguments) => fixtures::run(&arguments),
        Command::Gates(arguments) => gates::pass(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::History(arguments) => history::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Judge(arguments) => judge::run(&arguments),
        Command::Kills(arguments) => kills::run(&arguments),
        Command::LintSpec(arguments) => lint_spec::run(&arguments),
        Command::MergeSpec(arguments) => merge_spec::run(&arguments),
        Command::Mutants(arguments) => mutants::run(&arguments),
        Command::Names(arguments) => names::run(&arguments),
        Command::Outbox(arguments) => outbox::run(&arguments),
        Command::Package(arguments) => package::run(&arguments),
        Command::Readme(arguments) => readme::run(&arguments),
        Command::Release(arguments) => release::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Schema(arguments) => schema::print(&arguments),
        Command::Sentences(arguments) => sentences::run(&arguments),
        Command::Try(arguments) => try_document::run(&arguments),
        Command::Upgrades(arguments) => upgrades::run(&arguments),
        Command::WireVerdicts(arguments) => wire_verdicts::run(&arguments),
    }
}
