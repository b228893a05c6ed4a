//! Finds code without regard to line breaks and indents.

use std::ops::Range;

/// Where `wanted` stands in `source`, blanks aside.
pub(super) fn find(source: &str, wanted: &str) -> Vec<Range<usize>> {
    let wanted: String = wanted.chars().filter(|c| !c.is_whitespace()).collect();
    let solid = source.char_indices().filter(|(_, c)| !c.is_whitespace());
    // For each byte of the text without blanks, where it stands in the source.
    let (mut text, mut places) = (String::new(), Vec::new());
    for (place, character) in solid {
        text.push(character);
        places.extend((0..character.len_utf8()).map(|offset| place + offset));
    }
    let ranges = text.match_indices(&wanted).filter_map(|(start, found)| {
        let last = places.get(start + found.len() - 1)?;
        Some(*places.get(start)?..last + 1)
    });
    ranges.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_found_on_one_line_and_on_several() {
        let source = "let é = one\n        .two();\none.two(); three";
        let found: Vec<&str> = find(source, "one .two()")
            .into_iter()
            .map(|range| &source[range])
            .collect();
        assert_eq!(found, ["one\n        .two()", "one.two()"]);
    }

    #[test]
    fn code_that_is_not_there_is_not_found() {
        assert_eq!(find("one", "two"), []);
    }
}
