//! From tokens to the text of a file: formatted, with a header, and with blank lines between items. Only this module uses
//! prettyplease.

use std::mem;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::emit::TokenFile;

/// A file of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Below the output folder, with `/`: `messages/send_message.rs`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Formats a file; `header` is its first line.
pub(crate) fn format(file: TokenFile, header: &str) -> File {
    File {
        path: file.path,
        text: format!("{header}\n\n{}", lay_out(file.tokens)),
    }
}

/// A Markdown page. Its header is a comment that rustdoc does not show.
pub(crate) fn page(path: &str, text: &str, header: &str) -> File {
    let header = header.trim_start_matches('/').trim();
    File {
        path: path.to_owned(),
        text: format!("<!-- {header} -->\n\n{text}"),
    }
}

/// The text of a file. Items in the braces of a macro call are formatted like other items, which prettyplease does not do.
fn lay_out(tokens: TokenStream) -> String {
    let mut sections = Vec::new();
    let mut items: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match (token, items.as_slice()) {
            (TokenTree::Group(braces), [.., TokenTree::Ident(name), TokenTree::Punct(mark)])
                if braces.delimiter() == Delimiter::Brace && mark.as_char() == '!' =>
            {
                let inside = indent(&lay_out(braces.stream()));
                let section = format!("{name}! {{\n{inside}}}\n");
                items.truncate(items.len() - 2);
                sections.push(formatted(mem::take(&mut items)));
                sections.push(section);
            }
            (token, _) => items.push(token),
        }
    }
    sections.push(formatted(items));
    sections.retain(|section| !section.is_empty());
    sections.join("\n")
}

/// The text of items without macros.
fn formatted(items: Vec<TokenTree>) -> String {
    let tokens = TokenStream::from_iter(items);
    match syn::parse2(tokens.clone()) {
        Ok(file) => separate(&prettyplease::unparse(&file)),
        // Rust code that cannot be parsed is a mistake in `emit`. The compiler shows such a mistake better than a panic does.
        Err(_) => tokens.to_string(),
    }
}

fn indent(text: &str) -> String {
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("    {line}\n"),
    });
    lines.collect()
}

/// Adds a blank line between items, because prettyplease adds none.
fn separate(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut separated = String::with_capacity(text.len() + text.len() / 16);
    let mut previous = "";
    for (index, line) in lines.iter().enumerate() {
        if is_apart(previous, line, gated(&lines[index..])) {
            separated.push('\n');
        }
        separated.push_str(line);
        separated.push('\n');
        previous = line;
    }
    separated
}

/// The line that shows which item starts here: the line below `#[cfg(…)]`.
fn gated<'t>(lines: &[&'t str]) -> &'t str {
    let mut lines = lines.iter();
    let item = lines.find(|line| !line.starts_with("#[cfg("));
    item.copied().unwrap_or_default()
}

/// Whether an item ends at `previous`, and another kind of item, or an item with a body, starts at `next`. `item` is the line
/// that shows the kind of item.
fn is_apart(previous: &str, next: &str, item: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (before, after) = (previous.trim(), next.trim());
    let inside = indent(previous) != indent(next) || indent(next) > 4;
    if before.is_empty() || after.is_empty() || before.starts_with("///") || inside {
        return false;
    }
    let closes = before == "}" || before == "};" || before.ends_with("{}");
    let starts = after
        .chars()
        .next()
        .is_some_and(|first| first.is_alphabetic() || "/#".contains(first));
    let ends = before.ends_with(';') && (indent(next) == 0 || after.contains("fn "));
    let documented = before.starts_with("//!") && !after.starts_with("//!");
    let kind = group(item.trim());
    (closes && starts) || documented || (ends && (group(before) != kind || kind == "item"))
}

/// Items that need no blank line between them: modules, re-exports, and imports from one place.
fn group(line: &str) -> &'static str {
    let starts: [(&str, &str); 6] = [
        ("use std", "std"),
        ("use crate", "crate"),
        ("use ", "external"),
        ("pub use ", "re-export"),
        ("mod ", "module"),
        ("pub mod ", "module"),
    ];
    let found = starts
        .iter()
        .find(|(start, _)| line.starts_with(start))
        .map(|(_, group)| *group);
    found.unwrap_or("item")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_stays_with_its_item_whatever_its_lines_end_with() {
        let text = "/// One;\n/// `{}`\n/// two.\nstruct Thing;\n";
        assert_eq!(separate(text), text);
    }
}
