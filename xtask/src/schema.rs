//! `cargo xtask schema`: what spec/sdk.yaml may hold, for editors.

use std::process::ExitCode;

/// Prints the JSON Schema of spec/sdk.yaml; spec/sdk.schema.json is what it prints.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn print(_: &Arguments) -> ExitCode {
    print!("{}", telnyx_codegen::config_schema());
    ExitCode::SUCCESS
}
