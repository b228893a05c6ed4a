//! Files that `cargo xtask generate` writes beside the crate, for the tests and the mock.

use telnyx_codegen::Input;

use crate::workspace::{from_here, read_text, write as write_file};
use crate::{mock_spec, model_table, print};

/// A file, and the function that creates its text from the spec.
type Beside = (&'static str, fn(&Input) -> Result<String, String>);

const FILES: [Beside; 2] = [
    (mock_spec::FILE, mock_spec::text),
    (model_table::FILE, model_table::text),
];

/// Writes the files whose text has changed.
pub(crate) fn write(input: &Input) -> Result<(), String> {
    for (file, text) in FILES {
        let (file, text) = (from_here(file), text(input)?);
        if !read_text(&file).is_ok_and(|present| present == text) {
            write_file(&file, text)?;
            print::line(format_args!("updated {}", file.display()))?;
        }
    }
    Ok(())
}

/// Whether each file has the text that [`write()`] would write. Prints the files that do not.
pub(crate) fn are_fresh(input: &Input) -> Result<bool, String> {
    let mut are_fresh = true;
    for (file, text) in FILES {
        let (file, text) = (from_here(file), text(input)?);
        if !read_text(&file).is_ok_and(|present| present == text) {
            are_fresh = false;
            eprintln!(
                "{} differs from the spec: run the same command without `--check`",
                file.display()
            );
        }
    }
    Ok(are_fresh)
}
