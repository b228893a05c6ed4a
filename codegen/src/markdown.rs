//! From Markdown to lines of rustdoc. Only this module uses pulldown-cmark, which is also rustdoc's parser.
//!
//! Text from a document cannot run as code. This module parses the text and writes it again, so rustdoc finds only the code
//! blocks that this module writes, and none of them is Rust. HTML and links to items of the crate become text.

mod inline;

use std::mem;

use pulldown_cmark::{
    Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeStream,
};

pub(crate) use inline::code;

/// The maximum width of a line of documentation.
const WIDTH: usize = 92;

/// The minimum width of a line beside the marks of lists and quotes.
const LEAST_WIDTH: usize = 40;

/// The maximum nesting of lists and quotes. Deeper ones get no marks.
const DEPTH: usize = 8;

/// The languages that code blocks keep. rustdoc compiles every code block without a language, and every block in a language that
/// it knows.
const LANGUAGES: [&str; 24] = [
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "curl",
    "go",
    "graphql",
    "html",
    "http",
    "java",
    "javascript",
    "js",
    "json",
    "kotlin",
    "php",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "xml",
    "yaml",
];

/// A Markdown text as lines of documentation.
pub(crate) fn lines(markdown: &str) -> Vec<String> {
    let text = printable(markdown);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut writer = Writer::default();
    for event in TextMergeStream::new(Parser::new_ext(text.trim(), options)) {
        writer.take(event);
    }
    writer.end_paragraph();
    writer.lines
}

/// The text without characters that Rust forbids in comments. Tabs become blanks.
fn printable(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.replace('\t', "    "))
        .collect();
    let kept = |c: &char| *c == '\n' || inline::is_printable(*c);
    lines.join("\n").chars().filter(kept).collect()
}

/// Writes the blocks that the parser returns.
#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    /// The quotes and list items around the current text.
    containers: Vec<Container>,
    lists: Vec<List>,
    /// The text of the current paragraph, heading or cell.
    text: String,
    /// The targets of the links around the current text; `None` for a link that is not kept.
    links: Vec<Option<String>>,
    /// The current code block, and its language.
    block: Option<(String, &'static str)>,
    /// The cells of the current row, in a table.
    row: Option<Vec<String>>,
    alignments: Vec<Alignment>,
    after: After,
}

/// A quote or a list item, with the start of its first line and of its other lines.
struct Container {
    first: String,
    further: String,
    is_begun: bool,
}

struct List {
    number: Option<u64>,
    is_begun: bool,
    /// Whether the items contain paragraphs, with blank lines between them.
    is_loose: bool,
}

/// The kind of block that was written last.
#[derive(Clone, Copy, Default, PartialEq)]
enum After {
    #[default]
    Block,
    Paragraph,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.block {
                Some((block, _)) => block.push_str(&text),
                None => self.add_text(&text),
            },
            Event::Code(text) => self
                .text
                .push_str(&inline::kept(&inline::code(&text), self.row.is_some())),
            Event::Html(text) | Event::InlineHtml(text) => {
                self.add_text(&text.replace('\n', " "));
            }
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            // With hyphens, the mark of a list item would also become a rule.
            Event::Rule => self.put(&["***".to_owned()]),
            // Only some extensions are turned on, so no other event occurs.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.text.push('*'),
            Tag::Strong => self.text.push_str("**"),
            Tag::Strikethrough => self.text.push_str("~~"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let target = inline::target(&dest_url).filter(|_| !self.is_linked());
                if target.is_some() {
                    self.text.push('[');
                }
                self.links.push(target);
            }
            Tag::TableCell => {}
            Tag::TableHead | Tag::TableRow => self.row = Some(Vec::new()),
            _ => self.start_block(tag),
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        self.end_paragraph();
        match tag {
            Tag::Paragraph => {
                // Only an item of a loose list contains a paragraph.
                if let Some(list) = self.lists.last_mut() {
                    list.is_loose = true;
                }
            }
            Tag::CodeBlock(kind) => self.block = Some((String::new(), language(&kind))),
            Tag::BlockQuote(_) => {
                self.separate();
                self.enter("> ".to_owned(), "> ".to_owned());
            }
            Tag::List(number) => self.lists.push(List {
                number,
                is_begun: false,
                is_loose: false,
            }),
            Tag::Item => self.start_item(),
            Tag::Table(alignments) => self.alignments = alignments,
            _ => {}
        }
    }

    fn start_item(&mut self) {
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        // A list may directly follow a paragraph, unless it starts with a number other than 1.
        let is_joined = match list.is_begun {
            true => !list.is_loose,
            false => self.after == After::Paragraph && matches!(list.number, None | Some(1)),
        };
        list.is_begun = true;
        let mark = match &mut list.number {
            None => "- ".to_owned(),
            Some(number) => {
                let mark = format!("{number}. ");
                // A number with ten digits would not mark a list item.
                *number = (*number + 1).min(999_999_999);
                mark
            }
        };
        if !is_joined {
            self.separate();
        }
        self.enter(mark.clone(), " ".repeat(mark.len()));
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.text.push('*'),
            TagEnd::Strong => self.text.push_str("**"),
            TagEnd::Strikethrough => self.text.push_str("~~"),
            TagEnd::Link | TagEnd::Image => {
                if let Some(Some(target)) = self.links.pop() {
                    self.text
                        .push_str(&inline::kept(&format!("]({target})"), false));
                }
            }
            TagEnd::Heading(level) => {
                let marks = "#".repeat(level as usize);
                let text = inline::joined(&mem::take(&mut self.text));
                if !text.is_empty() {
                    self.put(&[format!("{marks} {text}")]);
                }
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::TableCell => {
                let cell = inline::joined(&mem::take(&mut self.text));
                self.row.get_or_insert_default().push(cell);
            }
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.end_row(),
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.end_paragraph();
                self.containers.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.after = After::Block;
            }
            _ => self.end_paragraph(),
        }
    }

    /// Adds a text.
    fn add_text(&mut self, text: &str) {
        inline::text(text, self.is_linked(), &mut self.text);
    }

    /// Whether the current text is in a link.
    fn is_linked(&self) -> bool {
        self.links.iter().any(Option::is_some)
    }

    fn end_paragraph(&mut self) {
        let text = mem::take(&mut self.text);
        if !text.trim().is_empty() {
            let room = WIDTH.saturating_sub(self.indent()).max(LEAST_WIDTH);
            self.put(&inline::wrap(&text, room));
            self.after = After::Paragraph;
        }
    }

    fn end_code(&mut self) {
        let Some((code, language)) = self.block.take() else {
            return;
        };
        let fence = "`".repeat(inline::longest_run(&code).max(2) + 1);
        let mut block = vec![format!("{fence}{language}")];
        block.extend(
            code.trim_end()
                .lines()
                .map(|line| line.trim_end().to_owned()),
        );
        block.push(fence);
        self.put(&block);
    }

    fn end_head(&mut self) {
        let rules: Vec<&str> = mem::take(&mut self.alignments)
            .into_iter()
            .map(|alignment| match alignment {
                Alignment::None => "---",
                Alignment::Left => ":--",
                Alignment::Center => ":-:",
                Alignment::Right => "--:",
            })
            .collect();
        let cells = self.row.take().unwrap_or_default();
        self.put(&[row(&cells), row(&rules)]);
    }

    fn end_row(&mut self) {
        let cells = self.row.take().unwrap_or_default();
        let line = self.prefix() + &row(&cells);
        self.lines.push(line);
    }

    /// Writes a block, separated from the text before it.
    fn put(&mut self, block: &[String]) {
        self.separate();
        for line in block {
            let line = self.prefix() + line;
            self.lines.push(line.trim_end().to_owned());
        }
        self.after = After::Block;
    }

    /// Adds a blank line, unless the block is the first in its container.
    fn separate(&mut self) {
        let is_first = self
            .containers
            .last()
            .is_some_and(|container| !container.is_begun);
        if is_first || self.lines.is_empty() {
            return;
        }
        let blank = self.prefix();
        self.lines.push(blank.trim_end().to_owned());
    }

    fn enter(&mut self, first: String, further: String) {
        let is_marked = self.containers.len() < DEPTH;
        self.containers.push(Container {
            first: if is_marked { first } else { String::new() },
            further: if is_marked { further } else { String::new() },
            is_begun: false,
        });
    }

    /// The number of characters before the text of a line.
    fn indent(&self) -> usize {
        self.containers
            .iter()
            .map(|container| container.further.len())
            .sum()
    }

    /// The characters before the text of the next line.
    fn prefix(&mut self) -> String {
        let prefix = self.containers.iter_mut().map(|container| {
            let is_begun = mem::replace(&mut container.is_begun, true);
            if is_begun {
                container.further.as_str()
            } else {
                container.first.as_str()
            }
        });
        prefix.collect()
    }
}

/// The language of a code block, in rustdoc's notation.
fn language(kind: &CodeBlockKind<'_>) -> &'static str {
    let CodeBlockKind::Fenced(info) = kind else {
        return "text";
    };
    let name = info
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let known = LANGUAGES
        .iter()
        .find(|known| name.eq_ignore_ascii_case(known));
    known.copied().unwrap_or("text")
}

fn row(cells: &[impl AsRef<str>]) -> String {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    format!("| {} |", cells.join(" | "))
}

#[cfg(test)]
mod tests;
