//! The documentation in a Rust file.

use super::markdown::{Paragraph, paragraphs};

/// What is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Items {
    /// The items that users of a crate see.
    Public,
    /// The texts that a command of this program prints as its help.
    Help,
}

/// The paragraphs of documentation of such items.
pub(super) fn documentation(source: &str, items: Items) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let mut block = Block::default();
    let mut is_help = false;
    let mut lines = source.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let code = line.trim();
        if code == "#[cfg(test)]" {
            block = Block::default();
            skip_item(lines.by_ref().map(|(_, line)| line));
            continue;
        }
        let outer = code.strip_prefix("///");
        let inner = code.strip_prefix("//!").filter(|_| items == Items::Public);
        if let Some(text) = outer.or(inner) {
            block.push(index, text);
            block.is_inner |= inner.is_some();
            continue;
        }
        if code.starts_with("#[") || code.starts_with("#!") {
            is_help |= HELP.iter().any(|derive| code.contains(derive));
            continue;
        }
        let is_wanted = match items {
            Items::Public => block.is_inner || is_public(code),
            Items::Help => is_help,
        };
        if code == "}" && line.starts_with('}') {
            is_help = false;
        }
        let block = std::mem::take(&mut block);
        if is_wanted {
            found.extend(block.paragraphs());
        }
    }
    found
}

/// What clap turns into help.
const HELP: [&str; 4] = [
    "clap::Args",
    "clap::Subcommand",
    "clap::ValueEnum",
    "clap::Parser",
];

/// Skips the item that an attribute applies to. The item's last line has the same indent as its first line.
fn skip_item<'s>(mut lines: impl Iterator<Item = &'s str>) {
    let is_above = |line: &&str| {
        let code = line.trim();
        code.starts_with("#[") || code.starts_with("///")
    };
    let Some(first) = lines.find(|line| !is_above(line)) else {
        return;
    };
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let is_last =
        |line: &str| indentation(line) == indentation(first) && line.ends_with([';', '}', ',']);
    // No item follows the tests, and strings in the tests may have lines without an indent.
    let is_tests = first.starts_with("mod tests {");
    if !is_last(first) {
        lines.find(|line| !is_tests && is_last(line));
    }
}

/// Lines of documentation in a row.
#[derive(Default)]
struct Block {
    start: usize,
    lines: Vec<String>,
    is_inner: bool,
}

impl Block {
    fn push(&mut self, index: usize, text: &str) {
        if self.lines.is_empty() {
            self.start = index;
        }
        self.lines.push(text.to_owned());
    }

    fn paragraphs(self) -> Vec<Paragraph> {
        let mut found = paragraphs(&self.lines.join("\n"));
        for paragraph in &mut found {
            paragraph.line += self.start;
        }
        found
    }
}

/// Whether the line begins a public item, a variant, or a method of a public trait.
fn is_public(code: &str) -> bool {
    let is_variant = code.starts_with(|first: char| first.is_ascii_uppercase());
    code.starts_with("pub ") || is_variant || code.starts_with("open_enum!")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
//! A module.

#[cfg(test)]
mod tests;

/// A type.
///
/// It has
/// two lines.
#[derive(Debug)]
pub struct Shown {
    /// A field.
    pub field: u8,
    /// Not shown.
    hidden: u8,
}

/// Inside.
fn helper() {}

impl Shown {
    /// Counts what is shown.
    #[cfg(test)]
    #[must_use]
    pub fn times(&self) -> u8 {
        // The `}` of a block is further in.
        if self.hidden == 0 {
            return 1;
        }
        self.field
    }

    /// What is shown.
    pub fn shown(&self) -> u8 {
        self.field
    }
}

/// Does it.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How often
    #[arg(long)]
    times: u8,
}

/// Not help.
const TIMES: u8 = 1;

#[cfg(test)]
mod tests {
    const TEXT: &str = \"
}
/// A text of a test.
pub fn test() {}
\";
}
";

    fn texts(items: Items) -> Vec<String> {
        let found = documentation(SOURCE, items);
        found.into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn public_items_are_documented_for_users() {
        assert_eq!(
            texts(Items::Public),
            [
                "A module.",
                "A type.",
                "It has two lines.",
                "A field.",
                "What is shown."
            ]
        );
    }

    #[test]
    fn the_help_of_a_command_is_at_its_arguments() {
        assert_eq!(texts(Items::Help), ["Does it.", "How often"]);
    }
}
