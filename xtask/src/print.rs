//! Prints to the standard output.

use std::fmt::Display;
use std::io::{ErrorKind, Write, stdout};

use crate::progress;

/// Prints a line. If the reader, such as `head`, has closed the output, that is not an error, and the command runs to its end.
pub(crate) fn line(text: impl Display) -> Result<(), String> {
    progress::printed();
    match writeln!(stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("cannot print: {error}"))
        }
        _ => Ok(()),
    }
}
