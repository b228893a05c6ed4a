//! Checks the numbers of crates in the guide `features`.

use crate::cargo::tree;
use crate::print;
use crate::workspace::{read_text, root};

const GUIDE: &str = "generated/src/guides/features.md";

/// The features with a number, each with the feature that it is combined with.
const COUNTED: [(&str, &str); 3] = [("rustls", ""), ("webhooks", ""), ("http2", "rustls")];

/// Whether each feature adds as many crates as the guide says.
pub(super) fn counts_the_crates() -> Result<bool, String> {
    let guide = read_text(&root().join(GUIDE))?;
    let mut is_well = true;
    for (feature, beside) in COUNTED {
        let without = tree(&only(beside))?;
        let with = tree(&only(&format!("{feature},{beside}")))?;
        let added = with.difference(&without).count();
        if stated(&guide, feature) != Some(added) {
            is_well = false;
            print::line(format_args!(
                "{GUIDE} should say that `{feature}` costs {added} crates"
            ))?;
        }
    }
    Ok(is_well)
}

/// Arguments for cargo that turn on only these features.
fn only(features: &str) -> [String; 2] {
    let features = format!("--features={features}");
    ["--no-default-features".to_owned(), features]
}

/// The number of crates in the row of a feature.
fn stated(guide: &str, feature: &str) -> Option<usize> {
    let start = format!("| `{feature}`");
    let row = guide.lines().find(|line| line.starts_with(&start))?;
    let costs = row.split(" | ").nth(2)?;
    let (number, _) = costs.split_once(" crates")?;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_in_the_last_cell_of_the_row() {
        let guide = "| `a` | one | the crate `b` |\n| `c` (default) | two | 12 crates for it |\n";
        assert_eq!(stated(guide, "c"), Some(12));
        assert_eq!(stated(guide, "a"), None);
    }
}
