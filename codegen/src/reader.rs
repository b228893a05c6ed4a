//! Reads the keys of a mapping, each once. It reports values of a wrong type and unknown keys at their places.

use crate::diagnostic::Diagnostics;
use crate::suggest;
use crate::tree::{Entry, Node, Place, Value};

/// How a list is written.
const LIST: &str = "start each item on its own line with `- `, or write `[one, other]`";

/// How a mapping is written.
const MAPPING: &str = "write each entry as `key: value`, indented below its parent key";

/// A string and where it was written.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) place: Place,
}

impl Text {
    /// The key of an entry.
    pub(crate) fn of_key(entry: &Entry) -> Self {
        Self {
            value: entry.key.clone(),
            place: entry.key_place,
        }
    }
}

/// The keys of one mapping, taken out by name; what is left at the end is unknown.
pub(crate) struct Keys<'a> {
    /// Where the mapping stands.
    pub(crate) place: Place,
    entries: &'a [Entry],
    asked: Vec<&'static str>,
    ignored: Vec<&'static str>,
}

impl<'a> Keys<'a> {
    /// The keys of `node`, which has to be a mapping; `what` names it in the diagnostic if it is not.
    pub(crate) fn of(node: &'a Node, what: &str, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Value::Mapping(entries) = &node.value else {
            unexpected(node, what, "a mapping", diagnostics).help(MAPPING);
            return None;
        };
        Some(Self {
            place: node.place,
            entries,
            asked: Vec::new(),
            ignored: Vec::new(),
        })
    }

    /// The value of `key`, if it is there.
    pub(crate) fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
    }

    /// The string at `key`.
    pub(crate) fn text(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Text> {
        let node = self.node(key)?;
        text(node, &format!("`{key}`"), diagnostics)
    }

    /// The string at `key`, without its place.
    pub(crate) fn string(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        self.text(key, diagnostics).map(|text| text.value)
    }

    /// The string at `key`, which has to be there.
    pub(crate) fn required_text(
        &mut self,
        key: &'static str,
        what: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Text> {
        if self.entries.iter().all(|entry| entry.key != key) {
            self.asked.push(key);
            diagnostics
                .error(self.place, format!("{what} has no `{key}`"))
                .help(format!("add `{key}:`"));
            return None;
        }
        self.text(key, diagnostics)
    }

    /// The boolean at `key`; `false` when it is absent.
    pub(crate) fn flag(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> bool {
        self.boolean(key, diagnostics).unwrap_or(false)
    }

    /// The boolean at `key`.
    pub(crate) fn boolean(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<bool> {
        let node = self.node(key)?;
        match &node.value {
            Value::Bool(value) => Some(*value),
            other => {
                let is_quoted =
                    matches!(other, Value::String(text) if text == "true" || text == "false");
                let help = if is_quoted {
                    "remove the quotes"
                } else {
                    "write `true` or `false`, without quotes"
                };
                unexpected(node, &format!("`{key}`"), "`true` or `false`", diagnostics).help(help);
                None
            }
        }
    }

    /// The items of the list at `key`; none when it is absent.
    pub(crate) fn list(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> &'a [Node] {
        match self.node(key) {
            Some(node) => list(node, &format!("`{key}`"), diagnostics),
            None => &[],
        }
    }

    /// The strings of the list at `key`; none when it is absent.
    pub(crate) fn texts(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Vec<Text> {
        let what = format!("an item of `{key}`");
        self.list(key, diagnostics)
            .iter()
            .filter_map(|node| text(node, &what, diagnostics))
            .collect()
    }

    /// The entries of the mapping at `key`; none when it is absent.
    pub(crate) fn entries(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> &'a [Entry] {
        match self.node(key) {
            Some(node) => entries(node, &format!("`{key}`"), diagnostics),
            None => &[],
        }
    }

    /// Names keys that may stand here and change nothing in the generated code.
    pub(crate) fn ignore(&mut self, keys: &[&'static str]) {
        self.ignored.extend_from_slice(keys);
    }

    /// Whether any of `keys` stands here.
    pub(crate) fn has_any(&self, keys: &[&str]) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| keys.contains(&entry.key.as_str()))
    }

    /// Warns of each of `keys` that stands here: valid, but not supported.
    pub(crate) fn unsupported(&mut self, keys: &[&'static str], diagnostics: &mut Diagnostics) {
        for entry in self.entries {
            if keys.contains(&entry.key.as_str()) {
                let message = format!("`{}` is not supported and has no effect", entry.key);
                diagnostics.warning(entry.key_place, message);
            }
        }
        self.ignored.extend_from_slice(keys);
    }

    /// The keys that were asked for.
    #[cfg(test)]
    pub(crate) fn asked(&self) -> &[&'static str] {
        &self.asked
    }

    /// Reports the keys that nobody asked for. Extensions (`x-…`) may always stand; one that is almost ours is a slip.
    pub(crate) fn finish(self, what: &str, diagnostics: &mut Diagnostics) {
        for entry in self.unknown(diagnostics) {
            let key = entry.key.as_str();
            let help = suggest::help(
                key,
                self.known(),
                &format!("remove it; {what} has no such key"),
            );
            diagnostics
                .error(entry.key_place, format!("unknown key `{key}` in {what}"))
                .help(help);
        }
    }

    /// Like [`Keys::finish`], for an object whose unknown keys change nothing: each is a warning. One that is almost one of
    /// `vital` is a mistake, because that one is missing.
    pub(crate) fn finish_open(
        self,
        what: &str,
        vital: &[&'static str],
        diagnostics: &mut Diagnostics,
    ) {
        for entry in self.unknown(diagnostics) {
            let (key, place) = (entry.key.as_str(), entry.key_place);
            let is_missing = |known: &&str| self.entries.iter().all(|entry| entry.key != *known);
            let missing = vital.iter().copied().filter(is_missing);
            if let Some(known) = suggest::misspelt(key, missing) {
                diagnostics
                    .error(place, format!("unknown key `{key}` in {what}"))
                    .help(format!("did you mean `{known}`?"));
                continue;
            }
            let message = format!("the keyword `{key}` of {what} has no effect");
            let warning = diagnostics.warning(place, message);
            if let Some(known) = suggest::closest(key, self.known()) {
                warning.help(format!("did you mean `{known}`?"));
            }
        }
    }

    fn known(&self) -> impl Iterator<Item = &'static str> {
        self.asked.iter().chain(&self.ignored).copied()
    }

    /// The keys that nobody asked for, without extensions.
    fn unknown(&self, diagnostics: &mut Diagnostics) -> Vec<&'a Entry> {
        let is_known = |entry: &&Entry| self.known().any(|known| known == entry.key);
        let unknown = self.entries.iter().filter(|entry| !is_known(entry));
        let (extensions, unknown): (Vec<_>, Vec<_>) =
            unknown.partition(|entry| entry.key.starts_with("x-"));
        for extension in extensions {
            self.check_extension(extension, diagnostics);
        }
        unknown
    }

    /// Warns of an extension that is called almost like one that was asked for.
    fn check_extension(&self, entry: &Entry, diagnostics: &mut Diagnostics) {
        let ours = self.asked.iter().filter_map(|key| key.strip_prefix("x-"));
        let name = entry.key.trim_start_matches("x-");
        if let Some(known) = suggest::closest(name, ours) {
            let message = format!("the extension `{}` has no effect", entry.key);
            diagnostics
                .warning(entry.key_place, message)
                .help(format!("did you mean `x-{known}`?"));
        }
    }
}

/// Reports a path that cannot be one: it starts with `/`, has neither query nor fragment, and holds what a URL can hold.
pub(crate) fn check_path(path: &Text, diagnostics: &mut Diagnostics) {
    let text = &path.value;
    let (before, is_longer) = match text.split_once(['?', '#']) {
        Some((before, _)) => (before, true),
        None => (text.as_str(), false),
    };
    if is_longer {
        let message = format!("the path `{text}` has a query or a fragment");
        let help = "remove the query or fragment, and declare query parameters under `parameters`";
        diagnostics.error(path.place, message).help(help);
    }
    if !text.starts_with('/') {
        let message = format!("the path `{text}` does not start with `/`");
        diagnostics
            .error(path.place, message)
            .help(format!("write `/{before}`"));
    }
    let is_no_part = |c: &char| c.is_whitespace() || c.is_control() || "\"<>\\^`|".contains(*c);
    if let Some(character) = text.chars().find(is_no_part) {
        let message = format!(
            "the path `{}` contains {character:?}, which a URL cannot contain",
            text.escape_debug()
        );
        let help = "remove the character, or percent-encode it";
        diagnostics.error(path.place, message).help(help);
    }
    if before.split('/').any(|part| matches!(part, "." | "..")) {
        let message =
            format!("the path `{text}` has a part `.` or `..`, which no request can hold");
        let help = "write the path that remains after resolving `.` and `..`";
        diagnostics.error(path.place, message).help(help);
    }
}

/// Warns of blanks around a name, or control characters in it: they are sent with it.
pub(crate) fn check_name(name: &Text, what: &str, diagnostics: &mut Diagnostics) {
    let text = &name.value;
    if text.trim() != text || text.chars().any(char::is_control) {
        let message = format!(
            "the name of the {what} {text:?} has spaces at its ends or control characters: the client sends them too"
        );
        let clean: String = text.trim().chars().filter(|c| !c.is_control()).collect();
        let help = match clean.is_empty() {
            true => "write a name with characters that can be seen".to_owned(),
            false => format!("write `{clean}`"),
        };
        diagnostics.warning(name.place, message).help(help);
    }
}

/// Whether the documentation can be searched by the text: rustdoc refuses quotes, blanks at the ends and other white space.
pub(crate) fn can_be_alias(text: &str) -> bool {
    let is_refused =
        |c: char| "\"'".contains(c) || (c.is_whitespace() && c != ' ') || c.is_control();
    !text.is_empty() && text.trim() == text && !text.contains(is_refused)
}

/// The string at `node`; `what` names it in the diagnostic if it is none.
pub(crate) fn text(node: &Node, what: &str, diagnostics: &mut Diagnostics) -> Option<Text> {
    match &node.value {
        Value::String(value) => Some(Text {
            value: value.clone(),
            place: node.place,
        }),
        Value::Number(_) | Value::Bool(_) => {
            unexpected(node, what, "a string", diagnostics).help("put the value in quotes");
            None
        }
        Value::Null => {
            unexpected(node, what, "a string", diagnostics).help(
                "write the string after the `:`; put the string in quotes if it starts with `#`, which starts a comment",
            );
            None
        }
        _ => {
            unexpected(node, what, "a string", diagnostics).help("write a single string here");
            None
        }
    }
}

/// The items of the list at `node`.
pub(crate) fn list<'a>(node: &'a Node, what: &str, diagnostics: &mut Diagnostics) -> &'a [Node] {
    match &node.value {
        Value::Sequence(items) => items,
        _ => {
            unexpected(node, what, "a list", diagnostics).help(LIST);
            &[]
        }
    }
}

/// The entries of the mapping at `node`.
pub(crate) fn entries<'a>(
    node: &'a Node,
    what: &str,
    diagnostics: &mut Diagnostics,
) -> &'a [Entry] {
    match &node.value {
        Value::Mapping(entries) => entries,
        _ => {
            unexpected(node, what, "a mapping", diagnostics).help(MAPPING);
            &[]
        }
    }
}

fn unexpected<'d>(
    node: &Node,
    what: &str,
    expected: &str,
    diagnostics: &'d mut Diagnostics,
) -> &'d mut crate::diagnostic::Diagnostic {
    diagnostics.error(
        node.place,
        format!("{what} must be {expected}, not {}", node.value.kind()),
    )
}
