//! Damage by other programs, such as conflict markers. A parser would only report its consequences.

use crate::diagnostic::Diagnostics;

/// Blanks that YAML treats as letters, because they do not break a line or have no width.
const BLANKS_LIKE_LETTERS: [char; 6] = [
    '\u{a0}', '\u{2007}', '\u{202f}', '\u{3000}', '\u{200b}', '\u{feff}',
];

/// Reports conflicts that git left in a text, and returns whether there are any.
pub(super) fn is_found(text: &str, file: u16, diagnostics: &mut Diagnostics) -> bool {
    let mut offset = 0;
    let mut is_found = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") {
            is_found = true;
            diagnostics
                .error_at(file, offset, "git left a conflict here")
                .help("keep one of the two sides, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`");
        }
        offset += line.len();
    }
    is_found
}

/// The blank that YAML treated as a letter in the line at `offset` or the line before, with its offset.
pub(super) fn blank_like_a_letter(text: &str, offset: usize) -> Option<(usize, char)> {
    let before = text.get(..offset)?;
    let mut starts = before.rmatch_indices('\n').map(|(index, _)| index + 1);
    let (this, last) = (starts.next().unwrap_or(0), starts.next().unwrap_or(0));
    let end = text[offset..]
        .find('\n')
        .map_or(text.len(), |length| offset + length);
    [this, last].into_iter().find_map(|start| {
        let line = &text[start..end];
        let index = line.find(BLANKS_LIKE_LETTERS)?;
        Some((start + index, line[index..].chars().next()?))
    })
}

/// The blank that YAML treated as a letter at the start or the end of a key.
pub(super) fn blank_at_an_end(key: &str) -> Option<char> {
    let mut ends = key.chars().next().into_iter().chain(key.chars().last());
    ends.find(|end| BLANKS_LIKE_LETTERS.contains(end))
}

/// The name in a diagnostic of a blank that YAML treats as a letter.
pub(super) fn called(blank: char) -> String {
    let name = match blank {
        '\u{200b}' | '\u{feff}' => "a zero-width space",
        '\u{3000}' => "an ideographic space",
        _ => "a no-break space",
    };
    format!("{name}, U+{:04X}", u32::from(blank))
}

/// Whether a comment starts in `rest` after a text, as if `#` were part of the text: `subject #1`.
pub(super) fn is_cut_at_a_hash(rest: &str) -> bool {
    let comment = rest.trim_start_matches(' ').strip_prefix('#');
    comment.is_some_and(|comment| comment.starts_with(|c: char| c.is_alphanumeric()))
}
