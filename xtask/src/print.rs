//! Prints to the standard output.

use std::fmt::Display;
use std::io::{ErrorKind, Write, stdout};

use crate::progress;

/// Prints a line. A reader that has seen enough, such as `head`, is no mistake, and the command goes on to its end.
pub(crate) fn line(text: impl Display) -> Result<(), String> {
    progress::printed();
    match writeln!(stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("cannot print: {error}"))
        }
        _ => Ok(()),
    }
}
