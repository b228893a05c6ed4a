//! The project's commands.

#![warn(clippy::print_stdout)]

mod build_cost;
mod cargo;
mod diff;
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
mod merge_spec;
mod mock_spec;
mod mutants;
mod print;
mod process;
mod review;
mod schema;
mod tools;
mod try_document;
mod upgrades;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

/// The project's commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    BuildCost(build_cost::Arguments),
    Diff(diff::Arguments),
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
    Review(review::Arguments),
    Schema(schema::Arguments),
    Try(try_document::Arguments),
    Upgrades(upgrades::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Command::parse() {
        Command::BuildCost(arguments) => build_cost::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
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
        Command::Review(arguments) => review::run(&arguments),
        Command::Schema(arguments) => schema::print(&arguments),
        Command::Try(arguments) => try_document::run(&arguments),
        Command::Upgrades(arguments) => upgrades::run(&arguments),
    };
    outcome.unwrap_or_else(|message| {
        eprintln!("error: {message}");
        ExitCode::from(2)
    })
}
