//! Reads the inputs of the generator, and prints its diagnostics.

use std::fs;
use std::io::{IsTerminal, stderr};
use std::path::Path;

use telnyx_codegen::{Diagnostics, Input, Node, Source};

/// Reads a file. Its path is its name in diagnostics.
pub(crate) fn read(path: &Path) -> Result<Source, String> {
    let bytes =
        fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(Source {
        name: path.display().to_string(),
        bytes,
    })
}

/// The tree of a document. If it has mistakes, a text with the diagnostics.
pub(crate) fn tree(document: Source) -> Result<Node, String> {
    let input = Input::from(document);
    match telnyx_codegen::merge(&input) {
        Ok(merged) => Ok(merged.tree),
        Err(mistakes) => Err(mistakes.render(&input, false)),
    }
}

/// The tree of a document; `None` if it has mistakes, which are then printed.
pub(crate) fn tree_or_show(document: Source) -> Option<Node> {
    let input = Input::from(document);
    let merged = telnyx_codegen::merge(&input);
    let merged = merged.inspect_err(|mistakes| show(mistakes, &input));
    merged.ok().map(|merged| merged.tree)
}

/// Colours are for terminals, unless the user has turned them off (<https://no-color.org>).
pub(crate) fn show(diagnostics: &Diagnostics, input: &Input) {
    let declined = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    eprint!(
        "{}",
        diagnostics.render(input, stderr().is_terminal() && !declined)
    );
}
