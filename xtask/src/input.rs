//! Reads the inputs of the generator, and prints its diagnostics.

use std::fs;
use std::io::{IsTerminal, stderr};
use std::path::Path;

use telnyx_codegen::{Diagnostics, Input, Source};

/// Reads a file; its path is the name that diagnostics show.
pub(crate) fn read(path: &Path) -> Result<Source, String> {
    let bytes =
        fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(Source {
        name: path.display().to_string(),
        bytes,
    })
}

/// Colour is for terminals whose owner has not asked for none (<https://no-color.org>).
pub(crate) fn show(diagnostics: &Diagnostics, input: &Input) {
    let declined = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    eprint!(
        "{}",
        diagnostics.render(input, stderr().is_terminal() && !declined)
    );
}
