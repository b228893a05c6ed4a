//! Writes the table of types for `tests/models`, because a test cannot find a type by its name.

use std::fmt::Write;

use telnyx_codegen::{HEADER, Input};

pub(crate) const FILE: &str = "tests/models/table.rs";

/// The text of the file.
pub(crate) fn text(input: &Input) -> Result<String, String> {
    let types = telnyx_codegen::component_types(input).map_err(|_| "the spec has mistakes")?;
    let mut text = format!(
        "{HEADER}\n\nuse telnyx_messaging::types;\n\nuse super::Model;\n\n\
         /// The components that are types, in alphabetical order.\n\
         #[rustfmt::skip]\n\
         pub(super) const TYPES: &[Model] = &[\n"
    );
    for (component, ty) in types {
        let _ = writeln!(text, "    Model::of::<types::{ty}>({component:?}),");
    }
    text.push_str("];\n");
    Ok(text)
}
