//! The project's commands.

mod folder;
mod generate;

use std::process::ExitCode;

use clap::Parser;

/// The project's commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    Generate(generate::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Command::parse() {
        Command::Generate(arguments) => generate::run(&arguments),
    };
    outcome.unwrap_or_else(|message| {
        eprintln!("error: {message}");
        ExitCode::from(2)
    })
}
