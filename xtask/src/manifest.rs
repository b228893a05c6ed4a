//! The features in `generated/Cargo.toml` that the generator writes.

use telnyx_codegen::Feature;

use crate::print;
use crate::workspace::{from_here, read_text, write as write_file};

const FILE: &str = "generated/Cargo.toml";

/// The generator writes the lines between these two marks.
const START: &str =
    "# <generated> The resources of each feature; `features` in spec/sdk.yaml says which.";
const END: &str = "# </generated>";

/// Writes the features into the crate's manifest, if they have changed.
pub(crate) fn write(features: &[Feature]) -> Result<(), String> {
    let file = from_here(FILE);
    let present = read_text(&file)?;
    let text = with_features(&present, features)?;
    if present == text {
        return Ok(());
    }
    write_file(&file, text)?;
    print::line(format_args!("updated {}", file.display()))
}

/// Whether the manifest has these features. Prints a message if not.
pub(crate) fn is_fresh(features: &[Feature]) -> Result<bool, String> {
    let file = from_here(FILE);
    let present = read_text(&file)?;
    let is_fresh = with_features(&present, features)? == present;
    if !is_fresh {
        eprintln!(
            "{} has other features than the spec: run the same command without `--check`",
            file.display()
        );
    }
    Ok(is_fresh)
}

/// The manifest with these features instead of those that the generator wrote before.
pub(crate) fn with_features(manifest: &str, features: &[Feature]) -> Result<String, String> {
    let parts = manifest
        .split_once(&format!("{START}\n"))
        .and_then(|(above, rest)| Some((above, rest.split_once(END)?.1)));
    let Some((above, below)) = parts else {
        return Err(format!(
            "{FILE} lacks the lines around the features of resources:\n{START}\n{END}"
        ));
    };
    let lines = features.iter().map(|Feature { name, resources }| {
        let resources = resources.join(", ");
        format!("{name} = [] # {resources}\n")
    });
    let lines: String = lines.collect();
    Ok(format!("{above}{START}\n{lines}{END}{below}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(lines: &str) -> String {
        format!("[features]\ngzip = []\n{START}\n{lines}{END}\n\n[dependencies]\n")
    }

    fn writing() -> Feature {
        Feature {
            name: "writing".to_owned(),
            resources: vec!["notes".to_owned(), "memos.words".to_owned()],
        }
    }

    #[test]
    fn the_lines_between_the_markers_are_replaced_and_no_others() {
        let written = manifest("writing = [] # notes, memos.words\n");
        for before in ["", "reading = [] # notes\n"] {
            let text = with_features(&manifest(before), &[writing()]);
            assert_eq!(text.as_ref(), Ok(&written));
        }
        assert_eq!(with_features(&written, &[]), Ok(manifest("")));
    }

    #[test]
    fn a_manifest_without_the_markers_is_refused() {
        let manifest = manifest("").replace(END, "");
        with_features(&manifest, &[writing()]).unwrap_err();
    }
}
