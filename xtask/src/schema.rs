//! `cargo xtask schema`: prints the JSON Schema of `spec/sdk.yaml`, for editors.

use std::process::ExitCode;

use crate::print;

/// Prints the JSON Schema of spec/sdk.yaml. The file spec/sdk.schema.json contains the same schema.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn print(_: &Arguments) -> Result<ExitCode, String> {
    print::line(telnyx_codegen::config_schema().trim_end())?;
    Ok(ExitCode::SUCCESS)
}
