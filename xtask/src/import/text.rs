//! Changes a text at the places of its nodes, and nowhere else.

use std::cmp::Reverse;
use std::ops::Range;

use telnyx_codegen::{Entry, Node, Place, Positions, Source, Value};

use super::aim::{Change, What, applied, occurrences};
use super::lines::{Lines, is_item};
use super::render;
use super::tree::{difference, entries, items};
use crate::input::tree;

/// A text with the places of its nodes, and the edits of the text.
pub(super) struct Text {
    source: Source,
    /// The lines of the source, with line feeds only.
    lines: Lines,
    positions: Positions,
    edits: Vec<Edit>,
}

/// New text that replaces a range of the old text.
#[derive(Clone, Debug)]
struct Edit {
    range: Range<usize>,
    put: String,
    /// The nesting of the new lines in the document.
    depth: usize,
    /// The edit's change to the tree, if it makes the change alone.
    change: Option<Change>,
    /// How many times the edit was made: once for each place where an alias repeats the part.
    times: usize,
}

/// The changes of a text up to some point.
pub(super) struct Mark(Vec<Edit>);

impl Text {
    pub(super) fn of(source: &Source) -> Self {
        let text = String::from_utf8_lossy(&source.bytes);
        let mut text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        if !text.ends_with('\n') {
            text.push('\n');
        }
        Self {
            positions: Positions::of(&Source {
                name: source.name.clone(),
                bytes: text.clone().into_bytes(),
            }),
            source: source.clone(),
            lines: Lines(text),
            edits: Vec::new(),
        }
    }

    /// `spec/openapi.yaml:812:7`
    pub(super) fn place(&self, place: Place) -> String {
        let (line, column) = self.positions.line_and_column(place);
        format!("{}:{line}:{column}", self.source.name)
    }

    /// The name of the anchor at the end of the line of a key.
    pub(super) fn anchor(&self, key: Place) -> Option<&str> {
        let (_, name) = self
            .lines
            .line(self.start(key))
            .trim_end()
            .rsplit_once(": &")?;
        let is_name = name
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '_');
        (is_name && !name.is_empty()).then_some(name)
    }

    /// Whether a mapping or a list is written in brackets.
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        self.lines.0[self.start(node.place)..].starts_with(['{', '['])
    }

    /// Replaces a value or a list of values; `false` if this function cannot replace the value's notation.
    pub(super) fn replace(&mut self, node: &Node, put: Node) -> bool {
        let Some(range) = self.range(node) else {
            return false;
        };
        let text = render::scalar(&put);
        self.edit(range, text, node.place, What::Value(put.value));
        true
    }

    /// Applies a function to a string, in any notation.
    pub(super) fn rewrite(&mut self, node: &Node, rewritten: impl Fn(&str) -> String) -> bool {
        let (Value::String(text), Some(range)) = (&node.value, self.positions.bytes(node.place))
        else {
            return false;
        };
        let put = rewritten(&self.lines.0[range.clone()]);
        let value = Value::String(rewritten(text));
        self.edit(range, put, node.place, What::Value(value));
        true
    }

    /// The bytes of a value that is written in one piece.
    fn range(&self, node: &Node) -> Option<Range<usize>> {
        let range = self.positions.bytes(node.place)?;
        match (&node.value, self.lines.0[range.start..].chars().next()?) {
            (Value::Mapping(_), _) | (_, '&' | '*' | '!') => None,
            (Value::Sequence(items), '[') => {
                let last = match items.last() {
                    Some(last) => self.range(last)?.end,
                    None => range.start + 1,
                };
                let rest = &self.lines.0[last..];
                let end = rest.find(|letter: char| !letter.is_whitespace() && letter != ',')?;
                rest[end..]
                    .starts_with(']')
                    .then_some(range.start..last + end + 1)
            }
            (Value::Sequence(_), _) => None,
            // Only the range of a block scalar ends with a line feed.
            _ if self.lines.0[range.clone()].ends_with('\n') => None,
            _ => Some(range).filter(|range| !range.is_empty()),
        }
    }

    /// Replaces the key of an entry.
    pub(super) fn rename_key(&mut self, entry: &Entry, put: &str) -> bool {
        let Some(range) = self.positions.bytes(entry.key_place) else {
            return false;
        };
        let written = self.lines.0[range.clone()].trim_matches(['\'', '"']);
        if written != entry.key {
            return false;
        }
        let what = What::Key(put.to_owned());
        self.edit(range, render::key(put), entry.key_place, what);
        true
    }

    /// Removes an entry of a block mapping; `false` if the entry is in brackets or after a dash.
    pub(super) fn remove_entry(&mut self, owner: &Node, key: &str) -> bool {
        let Some(entry) = entries(owner).iter().find(|entry| entry.key == key) else {
            return false;
        };
        let start = self.start(entry.key_place);
        let line = self.lines.line_start(start);
        if self.is_flow(owner) || self.lines.indent(line) != start - line {
            return false;
        }
        self.remove(owner, entry.key_place, line)
    }

    /// Removes an item of a list.
    pub(super) fn remove_item(&mut self, list: &Node, item: &Node) -> bool {
        let line = self.lines.line_start(self.start(item.place));
        if self.is_flow(list) || !is_item(self.lines.line(line)) {
            return false;
        }
        self.remove(list, item.place, line)
    }

    /// Removes the lines of a part, with the comment above it. An owner that loses its last part becomes empty.
    fn remove(&mut self, owner: &Node, part: Place, line: usize) -> bool {
        if !self.has_others(owner, part) && !self.empty(owner) {
            return false;
        }
        let end = self.lines.end(line, self.lines.indent(line));
        let start = self.lines.start_with_comment(line);
        self.edit(
            self.lines.start_apart(start, end)..end,
            String::new(),
            part,
            What::Gone,
        );
        true
    }

    /// Writes `{}` or `[]` after the key of a node that loses its last part; `false` if no line ends with that key.
    fn empty(&mut self, owner: &Node) -> bool {
        let (first, put) = match &owner.value {
            Value::Mapping(entries) => (entries.first().map(|entry| entry.key_place), " {}"),
            Value::Sequence(items) => (items.first().map(|item| item.place), " []"),
            _ => (None, ""),
        };
        let Some(first) = first else {
            return false;
        };
        let mut start = self.lines.line_start(self.start(first));
        while start > 0 {
            start = self.lines.line_start(start - 1);
            let line = self.lines.line(start).trim_end();
            if line.ends_with(':') {
                let end = start + line.len();
                self.push(Edit {
                    range: end..end,
                    put: put.to_owned(),
                    depth: 0,
                    change: None,
                    times: 1,
                });
                return true;
            }
            if !line.trim_start().starts_with('#') && !line.is_empty() {
                return false;
            }
        }
        false
    }

    /// Adds an entry to a block mapping, after the nearest of `before` that it has. `lines` writes the entry at an indent.
    pub(super) fn add_entry(
        &mut self,
        owner: &Node,
        entry: Entry,
        before: &[&str],
        is_apart: bool,
        lines: impl Fn(usize) -> Vec<String>,
    ) -> bool {
        let neighbour = entry_before(owner, before);
        let Some(neighbour) = neighbour.filter(|_| !self.is_flow(owner)) else {
            return false;
        };
        let indent = self.lines.column(self.start(neighbour.key_place));
        let at = self.lines.end(
            self.lines.line_start(self.start(neighbour.key_place)),
            indent,
        );
        let mut put = lines(indent);
        if is_apart {
            put.insert(0, String::new());
        }
        self.add(owner.place, at, &put, 2 * indent, What::Entry(entry));
        true
    }

    /// Adds an item to a list, after another item or before all others. `lines` writes the item at an indent.
    pub(super) fn add_item(
        &mut self,
        list: &Node,
        item: Node,
        behind: Option<&Node>,
        lines: impl Fn(usize) -> Vec<String>,
    ) -> bool {
        let Some(first) = items(list).first().filter(|_| !self.is_flow(list)) else {
            return false;
        };
        let line = self
            .lines
            .line_start(self.start(behind.unwrap_or(first).place));
        let indent = self.lines.indent(line);
        let at = match behind {
            Some(_) => self.lines.end(line, indent),
            None => self.lines.start_with_comment(line),
        };
        // A list can have the same indent as its key, and still belongs to the key.
        let what = What::Item(item, behind.map(|behind| behind.place));
        self.add(list.place, at, &lines(indent), 2 * indent + 1, what);
        true
    }

    fn add(&mut self, owner: Place, at: usize, lines: &[String], depth: usize, what: What) {
        self.push(Edit {
            range: at..at,
            put: lines.iter().map(|line| format!("{line}\n")).collect(),
            depth,
            change: Some(Change { place: owner, what }),
            times: 1,
        });
    }

    fn edit(&mut self, range: Range<usize>, put: String, place: Place, what: What) {
        self.push(Edit {
            range,
            put,
            depth: 0,
            change: Some(Change { place, what }),
            times: 1,
        });
    }

    /// Adds an edit. If an alias repeats a part, the edits of all repetitions are one edit.
    fn push(&mut self, edit: Edit) {
        let is_it = |known: &&mut Edit| (&known.range, &known.put) == (&edit.range, &edit.put);
        match self.edits.iter_mut().find(is_it) {
            Some(known) => known.times += 1,
            None => self.edits.push(edit),
        }
    }

    fn changes(&self) -> impl Iterator<Item = &Change> {
        self.edits.iter().filter_map(|edit| edit.change.as_ref())
    }

    /// Whether a mapping or a list will have parts other than this one.
    fn has_others(&self, owner: &Node, part: Place) -> bool {
        let is_new = |change: &Change| {
            change.place == owner.place && matches!(change.what, What::Entry(_) | What::Item(..))
        };
        let is_gone = |place: Place| {
            self.changes()
                .any(|change| change.place == place && matches!(change.what, What::Gone))
        };
        let keys = entries(owner).iter().map(|entry| entry.key_place);
        let mut parts = keys.chain(items(owner).iter().map(|item| item.place));
        self.changes().any(is_new) || parts.any(|place| place != part && !is_gone(place))
    }

    fn start(&self, place: Place) -> usize {
        self.positions.bytes(place).unwrap_or_default().start
    }

    /// The edits so far, so that later ones can be undone.
    pub(super) fn mark(&self) -> Mark {
        Mark(self.edits.clone())
    }

    /// Undoes the edits since a mark.
    pub(super) fn back_to(&mut self, mark: Mark) {
        self.edits = mark.0;
    }

    /// The text after all edits, and its tree.
    ///
    /// An edit of a text can do more than it should. So this function parses the new text, and fails unless the result is `tree`,
    /// the tree of the old text, with the recorded changes.
    pub(super) fn changed(&self, tree: &Node) -> Result<(Node, Source), String> {
        if self.edits.is_empty() {
            return Ok((tree.clone(), self.source.clone()));
        }
        let occurrences = occurrences(tree);
        for Edit { change, times, .. } in &self.edits {
            // Without this check, a change of one repetition would change the others too.
            if let Some(Change { place, .. }) = change
                && occurrences.get(place) != Some(times)
            {
                return Err(self.refused(&self.place(*place)));
            }
        }
        let (found, source) = parsed(&self.source.name, self.edited()?)
            .map_err(|mistakes| format!("{}\n{mistakes}", self.refused("its syntax")))?;
        match difference(&applied(self.changes(), tree), &found) {
            None => Ok((found, source)),
            Some(path) => Err(self.refused(&format!("`{}`", path.trim_start_matches('.')))),
        }
    }

    fn refused(&self, part: &str) -> String {
        let name = &self.source.name;
        format!(
            "the changes of {name} would damage {part}, so nothing was written: change that part by hand, and import again"
        )
    }

    fn edited(&self) -> Result<String, String> {
        let mut edits: Vec<&Edit> = self.edits.iter().collect();
        // At one line, added text comes before removed text, and deeper text belongs to the text before it.
        edits.sort_by_key(|edit| {
            let range = &edit.range;
            (range.start, !range.is_empty(), Reverse(edit.depth))
        });
        let mut edited = String::new();
        let mut at = 0;
        for Edit { range, put, .. } in edits {
            let kept = self.lines.0.get(at..range.start);
            edited.push_str(kept.ok_or_else(|| self.refused("parts that overlap"))?);
            edited.push_str(put);
            at = range.end;
        }
        edited.push_str(&self.lines.0[at..]);
        Ok(edited)
    }
}

/// The entry of a mapping behind which a new entry stands. The published document has the new one behind those in `earlier`.
pub(super) fn entry_before<'n>(owner: &'n Node, earlier: &[&str]) -> Option<&'n Entry> {
    let known = entries(owner);
    let mut earlier = earlier.iter().rev();
    let found = earlier.find_map(|key| known.iter().find(|entry| entry.key == **key));
    found.or(known.last())
}

/// The tree of a text.
pub(super) fn parsed(name: &str, text: String) -> Result<(Node, Source), String> {
    let source = Source {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    Ok((tree(source.clone())?, source))
}
