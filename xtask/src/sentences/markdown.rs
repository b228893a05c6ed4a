//! The paragraphs of a text in Markdown.

/// A paragraph, and the number of its first line, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) line: usize,
    pub(super) text: String,
}

/// Paragraphs, list items and table cells. Headings and code blocks are skipped.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut is_open = false;
    let mut fence: Option<&str> = None;
    for (index, line) in text.lines().enumerate() {
        let (line, number) = (line.trim(), index + 1);
        if let Some(mark) = fence {
            if line.starts_with(mark) {
                fence = None;
            }
            continue;
        }
        if line.starts_with("```") || line.starts_with("~~~") {
            fence = Some(&line[..3]);
            is_open = false;
        } else if line.starts_with('|') {
            found.extend(cells(line, number));
            is_open = false;
        } else if line.is_empty() || line.starts_with('#') || line.starts_with("<!--") {
            is_open = false;
        } else if let (true, None, Some(open)) = (is_open, item(line), found.last_mut()) {
            open.text.push(' ');
            open.text.push_str(line);
        } else {
            let text = item(line).unwrap_or(line).to_owned();
            found.push(Paragraph { line: number, text });
            is_open = true;
        }
    }
    found
}

/// The text of a list item.
fn item(line: &str) -> Option<&str> {
    if let Some(text) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return Some(text);
    }
    let rest = line.trim_start_matches(|first: char| first.is_ascii_digit());
    let is_number = rest.len() < line.len();
    rest.strip_prefix(". ").filter(|_| is_number)
}

/// The cells of a row. The draw later removes cells that are not sentences.
fn cells(row: &str, line: usize) -> Vec<Paragraph> {
    let cells = row.trim_matches('|').split(" | ").map(str::trim);
    let is_text = |cell: &&str| !cell.is_empty() && cell.chars().any(char::is_alphabetic);
    let paragraph = |text: &str| Paragraph {
        line,
        text: text.to_owned(),
    };
    cells.filter(is_text).map(paragraph).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_code_are_passed_over_and_lines_are_joined() {
        let text = "# Title\n\nOne\nline.\n\n```rust\nlet a = 1;\n```\n- An item\n  goes on.\n- Another.\n1. A step.\n| a cell | one more |\n|---|---|\n";
        let found = paragraphs(text);
        let found: Vec<(usize, &str)> = found
            .iter()
            .map(|paragraph| (paragraph.line, paragraph.text.as_str()))
            .collect();
        let due = [
            (3, "One line."),
            (9, "An item goes on."),
            (11, "Another."),
            (12, "A step."),
            (13, "a cell"),
            (13, "one more"),
        ];
        assert_eq!(found, due);
    }
}
