//! Changes a text at the places of its nodes, and nowhere else.

use telnyx_codegen::{Node, Place, Positions, Source};

use super::tree::{entries, items};

/// A text with the places of its nodes.
pub(super) struct Text {
    pub(super) name: String,
    lines: Vec<String>,
    positions: Positions,
    edits: Vec<Edit>,
}

/// A change of whole lines, or of a part of one.
#[derive(Debug, PartialEq, Eq)]
enum Edit {
    Lines {
        from: usize,
        to: usize,
        put: Vec<String>,
    },
    Part {
        line: usize,
        from: usize,
        to: usize,
        put: String,
    },
}

impl Text {
    pub(super) fn of(source: &Source) -> Self {
        let text = String::from_utf8_lossy(&source.bytes).into_owned();
        Self {
            name: source.name.clone(),
            lines: text.lines().map(str::to_owned).collect(),
            positions: Positions::of(source),
            edits: Vec::new(),
        }
    }

    /// `spec/openapi.yaml:812:7`
    pub(super) fn place(&self, place: Place) -> String {
        let (line, column) = self.positions.line_and_column(place);
        format!("{}:{line}:{column}", self.name)
    }

    /// The name of the anchor at the end of the line of a key.
    pub(super) fn anchor(&self, key: Place) -> Option<String> {
        let (line, _) = self.at(key);
        let (_, name) = self.lines.get(line)?.rsplit_once(": &")?;
        let is_name = name
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '_');
        (is_name && !name.is_empty()).then(|| name.to_owned())
    }

    /// Line and column, from 0.
    fn at(&self, place: Place) -> (usize, usize) {
        let (line, column) = self.positions.line_and_column(place);
        (line - 1, column - 1)
    }

    /// Whether a mapping or a list is written in brackets.
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        let (line, column) = self.at(node.place);
        let rest = self
            .lines
            .get(line)
            .map(|line| line.chars().skip(column).collect::<String>());
        rest.is_some_and(|rest| rest.starts_with(['{', '[']))
    }

    /// The line behind what starts in a line at an indent.
    fn end(&self, start: usize, indent: usize) -> usize {
        let mut end = start + 1;
        let mut behind = end;
        while let Some(line) = self.lines.get(behind) {
            let trimmed = line.trim_start();
            let own = line.len() - trimmed.len();
            behind += 1;
            if trimmed.is_empty() || trimmed.starts_with('#') && own <= indent {
                continue;
            }
            if own < indent || own == indent && !trimmed.starts_with("- ") {
                break;
            }
            if own == indent && self.lines[start].trim_start().starts_with("- ") {
                break;
            }
            end = behind;
        }
        end
    }

    /// Replaces a value that stands in one line; `false` if it does not.
    pub(super) fn replace(&mut self, node: &Node, put: &str) -> bool {
        let (line, column) = self.at(node.place);
        let Some(rest) = self
            .lines
            .get(line)
            .map(|line| line.chars().skip(column).collect::<String>())
        else {
            return false;
        };
        let length = match rest.chars().next() {
            Some(open @ ('[' | '{')) => {
                let close = if open == '[' { ']' } else { '}' };
                match rest.find(close) {
                    Some(end) if rest[1..end].find(['[', '{']).is_none() => {
                        rest[..=end].chars().count()
                    }
                    _ => return false,
                }
            }
            Some(quote @ ('\'' | '"')) => match quoted_length(&rest, quote) {
                Some(length) => length,
                None => return false,
            },
            Some('|' | '>' | '&' | '*') | None => return false,
            Some(_) => {
                let plain = rest.split(" #").next().unwrap_or_default();
                let plain = plain
                    .split([',', '}', ']'])
                    .next()
                    .filter(|_| self.is_inside_flow(line, column))
                    .unwrap_or(plain);
                plain.trim_end().trim_end_matches(':').chars().count()
            }
        };
        self.edit(Edit::Part {
            line,
            from: column,
            to: column + length,
            put: put.to_owned(),
        });
        true
    }

    /// Takes a change in. Where an alias repeats what stands once, a change of each repetition is one change.
    fn edit(&mut self, edit: Edit) {
        if !self.edits.contains(&edit) {
            self.edits.push(edit);
        }
    }

    fn is_inside_flow(&self, line: usize, column: usize) -> bool {
        let before: String = self.lines[line].chars().take(column).collect();
        before.matches(['{', '[']).count() > before.matches(['}', ']']).count()
    }

    /// Replaces the key at a place.
    pub(super) fn rename_key(&mut self, place: Place, old: &str, put: &str) -> bool {
        let (line, column) = self.at(place);
        let rest: String = self
            .lines
            .get(line)
            .map(|line| line.chars().skip(column).collect())
            .unwrap_or_default();
        let quoted = rest.starts_with(['\'', '"']);
        let length = old.chars().count() + if quoted { 2 } else { 0 };
        if !rest.trim_start_matches(['\'', '"']).starts_with(old) {
            return false;
        }
        self.edit(Edit::Part {
            line,
            from: column,
            to: column + length,
            put: put.to_owned(),
        });
        true
    }

    /// Removes an entry of a block mapping; `false` if it stands in brackets or behind a dash.
    pub(super) fn remove_entry(&mut self, owner: &Node, key: &str) -> bool {
        let Some(entry) = entries(owner).iter().find(|entry| entry.key == key) else {
            return false;
        };
        let (line, column) = self.at(entry.key_place);
        if self.is_flow(owner) || self.indent(line) != column {
            return false;
        }
        let end = self.end(line, column);
        self.edit(Edit::Lines {
            from: line,
            to: end,
            put: Vec::new(),
        });
        true
    }

    /// Adds an entry to a block mapping, behind the nearest of `before` that it has.
    pub(super) fn add_entry(
        &mut self,
        owner: &Node,
        before: &[&str],
        is_apart: bool,
        lines: impl Fn(usize) -> Vec<String>,
    ) -> bool {
        let known = entries(owner);
        let Some(first) = known.first().filter(|_| !self.is_flow(owner)) else {
            return false;
        };
        let (_, indent) = self.at(first.key_place);
        let found = before
            .iter()
            .rev()
            .find_map(|key| known.iter().find(|entry| entry.key == **key));
        let neighbour = found.or(known.last()).unwrap_or(first);
        let (line, column) = self.at(neighbour.key_place);
        let at = self.end(line, column);
        let mut put = lines(indent);
        if is_apart {
            put.insert(0, String::new());
        }
        self.edit(Edit::Lines {
            from: at,
            to: at,
            put,
        });
        true
    }

    /// Adds an item behind the last one of a list.
    pub(super) fn add_item(&mut self, list: &Node, lines: impl Fn(usize) -> Vec<String>) -> bool {
        let Some(last) = items(list).last().filter(|_| !self.is_flow(list)) else {
            return false;
        };
        let (line, _) = self.at(last.place);
        let indent = self.indent(line);
        let end = self.end(line, indent);
        self.edit(Edit::Lines {
            from: end,
            to: end,
            put: lines(indent),
        });
        true
    }

    /// Removes an item of a list.
    pub(super) fn remove_item(&mut self, list: &Node, item: &Node) -> bool {
        let (line, _) = self.at(item.place);
        if self.is_flow(list) || !self.lines[line].trim_start().starts_with("- ") {
            return false;
        }
        let end = self.end(line, self.indent(line));
        self.edit(Edit::Lines {
            from: line,
            to: end,
            put: Vec::new(),
        });
        true
    }

    fn indent(&self, line: usize) -> usize {
        self.lines
            .get(line)
            .map_or(0, |line| line.len() - line.trim_start().len())
    }

    pub(super) fn is_changed(&self) -> bool {
        !self.edits.is_empty()
    }

    /// The text after all changes.
    pub(super) fn changed(&self) -> String {
        let mut lines = self.lines.clone();
        let start = |edit: &Edit| match edit {
            Edit::Lines { from, .. } => (*from, 0),
            Edit::Part { line, from, .. } => (*line, from + 1),
        };
        // From the end to the start, so that what is still to be changed keeps its line; of several in one place, the last
        // first, so that they come to stand in their order.
        let mut order: Vec<&Edit> = self.edits.iter().collect();
        order.sort_by_key(|edit| start(edit));
        for edit in order.into_iter().rev() {
            match edit {
                Edit::Lines { from, to, put } => {
                    lines.splice(*from..*to, put.iter().cloned());
                }
                Edit::Part {
                    line,
                    from,
                    to,
                    put,
                } => {
                    let letters: Vec<char> = lines[*line].chars().collect();
                    let (before, after) = (&letters[..*from], &letters[*to..]);
                    lines[*line] = before
                        .iter()
                        .chain(put.chars().collect::<Vec<_>>().iter())
                        .chain(after)
                        .collect();
                }
            }
        }
        lines.join("\n") + "\n"
    }
}

/// How long the text is that starts with a quote, up to the one that ends it: `'it''s'`, `"a\"b"`.
fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut letters = text.chars().enumerate().skip(1).peekable();
    while let Some((index, letter)) = letters.next() {
        let is_doubled = |next: Option<&(usize, char)>| {
            letter == '\'' && quote == letter && next.is_some_and(|(_, next)| *next == letter)
        };
        if (letter == '\\' && quote == '"') || is_doubled(letters.peek()) {
            letters.next();
        } else if letter == quote {
            return Some(index + 1);
        }
    }
    None
}
