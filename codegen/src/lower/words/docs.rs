//! Documentation from descriptions.

use crate::markdown;
use crate::model::Doc;

impl Doc {
    /// A description as lines; empty for an empty description.
    pub(crate) fn of(markdown: &str) -> Self {
        Self(markdown::lines(markdown))
    }

    /// The description, or `fallback` if there is none.
    pub(crate) fn or(markdown: Option<&str>, fallback: impl FnOnce() -> String) -> Self {
        match markdown {
            Some(text) if !text.trim().is_empty() => Self::of(text),
            _ => Self::of(&fallback()),
        }
    }

    /// Adds a paragraph.
    pub(crate) fn paragraph(mut self, markdown: &str) -> Self {
        let more = Self::of(markdown);
        self.separate(&more);
        self.0.extend(more.0);
        self
    }

    /// Adds unchanged lines after a blank line.
    pub(crate) fn block(mut self, lines: Vec<String>) -> Self {
        let more = Self(lines);
        self.separate(&more);
        self.0.extend(more.0);
        self
    }

    /// The first paragraph on one line. If the text starts with a code block, the first line of the block.
    pub(crate) fn summary(&self) -> String {
        let lines = self.0.iter().map(String::as_str);
        let first: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
        match first.as_slice() {
            [fence, line, ..] if fence.contains("```") => markdown::code(line.trim()),
            [fence] if fence.contains("```") => markdown::code(""),
            _ => first.join(" "),
        }
    }

    fn separate(&mut self, more: &Self) {
        if !self.0.is_empty() && !more.0.is_empty() {
            self.0.push(String::new());
        }
    }
}
