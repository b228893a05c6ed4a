//! Reads the keys of a mapping, each once. It reports values of a wrong type and unknown keys with their places.

use crate::diagnostic::Diagnostics;
use crate::suggest;
use crate::tree::{Entry, Node, Place, Value};

/// How to write a list.
const LIST: &str = "start each item on its own line with `- `, or write `[one, other]`";

/// How to write a mapping.
const MAPPING: &str = "write each entry as `key: value`, indented below its parent key";

/// A string and its place.
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

/// The keys of one mapping. Each reader takes a key by name, and a key that remains at the end is unknown.
pub(crate) struct Keys<'a> {
    /// The place of the mapping.
    pub(crate) place: Place,
    entries: &'a [Entry],
    asked: Vec<&'static str>,
    ignored: Vec<&'static str>,
}

impl<'a> Keys<'a> {
    /// The keys of `node`, which must be a mapping. If it is not, `what` is its name in the diagnostic.
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

    /// The value of `key`, if it is present.
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

    /// The string at `key`, which must be present.
    pub(crate) fn required_text(
        &mut self,
        key: &'static str,
        what: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Text> {
        if self.entries.iter().all(|entry| entry.key != key) {
            self.asked.push(key);
            diagnostics
                .error(self.place, format!("{what} has no key `{key}`"))
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

    /// The items of the list at `key`; empty if `key` is absent.
    pub(crate) fn list(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> &'a [Node] {
        match self.node(key) {
            Some(node) => list(node, &format!("`{key}`"), diagnostics),
            None => &[],
        }
    }

    /// The strings of the list at `key`; empty if `key` is absent.
    pub(crate) fn texts(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Vec<Text> {
        let what = format!("an item of `{key}`");
        self.list(key, diagnostics)
            .iter()
            .filter_map(|node| text(node, &what, diagnostics))
            .collect()
    }

    /// The entries of the mapping at `key`; empty if `key` is absent.
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

    /// Accepts keys that change nothing in the generated code.
    pub(crate) fn ignore(&mut self, keys: &[&'static str]) {
        self.ignored.extend_from_slice(keys);
    }

    /// Whether the mapping has any of `keys`.
    pub(crate) fn has_any(&self, keys: &[&str]) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| keys.contains(&entry.key.as_str()))
    }

    /// Warns about each of `keys` in the mapping, because the generator does not support it.
    pub(crate) fn unsupported(&mut self, keys: &[&'static str], diagnostics: &mut Diagnostics) {
        for entry in self.entries {
            if keys.contains(&entry.key.as_str()) {
                let message = format!("`{}` is not supported and has no effect", entry.key);
                diagnostics.warning(entry.key_place, message);
            }
        }
        self.ignored.extend_from_slice(keys);
    }

    /// The keys that a reader has taken.
    #[cfg(test)]
    pub(crate) fn asked(&self) -> &[&'static str] {
        &self.asked
    }

    /// Reports keys that no reader has taken. Extensions (`x-…`) are always allowed, but an extension with a name similar to one
    /// of ours causes a warning.
    pub(crate) fn finish(self, what: &str, diagnostics: &mut Diagnostics) {
        for entry in self.unknown(diagnostics) {
            let key = entry.key.as_str();
            let help = suggest::help(
                key,
                self.known(),
                &format!("remove the key, because {what} cannot have it"),
            );
            diagnostics
                .error(entry.key_place, format!("unknown key `{key}` in {what}"))
                .help(help);
        }
    }

    /// Like [`Keys::finish`], for an object whose unknown keys change nothing, so each causes only a warning. A key similar to
    /// one of `vital` is an error, if the mapping lacks that one.
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

    /// The keys that no reader has taken, without extensions.
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

    /// Warns about an extension with a name similar to one of ours.
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

/// Reports an invalid path. A path starts with `/`, has no query or fragment, and contains only characters that a URL can
/// contain.
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
        let message = format!(
            "the path `{text}` has a part `.` or `..`, which the URL of a request cannot contain"
        );
        let help = "write the path that remains after resolving `.` and `..`";
        diagnostics.error(path.place, message).help(help);
    }
}

/// Warns about blanks around a name, or control characters in it, because requests would contain them.
pub(crate) fn check_name(name: &Text, what: &str, diagnostics: &mut Diagnostics) {
    let text = &name.value;
    if text.trim() != text || text.chars().any(char::is_control) {
        let message = format!(
            "the name of the {what} {text:?} starts or ends with a space, or has a control character; the client sends the name unchanged"
        );
        let clean: String = text.trim().chars().filter(|c| !c.is_control()).collect();
        let help = match clean.is_empty() {
            true => "write a name with visible characters".to_owned(),
            false => format!("write `{clean}`"),
        };
        diagnostics.warning(name.place, message).help(help);
    }
}

/// Whether the text can be an alias for the documentation's search. rustdoc rejects quotes, blanks at the ends and other white
/// space.
pub(crate) fn can_be_alias(text: &str) -> bool {
    let is_refused =
        |c: char| "\"'".contains(c) || (c.is_whitespace() && c != ' ') || c.is_control();
    !text.is_empty() && text.trim() == text && !text.contains(is_refused)
}

/// The string at `node`. If it is not a string, `what` is its name in the diagnostic.
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
