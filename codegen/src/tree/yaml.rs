//! From YAML to a tree. saphyr-parser returns events, and each node gets its number in reading order.

mod places;

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};

pub(super) use self::places::spans;

use super::entries::Entries;
use super::extent::{Extent, FEWER_LEVELS, FEWER_NODES, MAX_DEPTH, MAX_NODES};
use super::offsets::ByteOffsets;
use super::{Entry, Node, Place, Value, damage, scalar};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// The maximum number of bytes of memory for nodes that aliases repeat. This is plenty for an author, and little for aliases of
/// aliases of aliases.
const MAX_REPEATED_BYTES: usize = 64 * 1024 * 1024;

/// The only document in `text`; `None` if it has a mistake, which is then in `diagnostics`.
pub(super) fn read(text: &str, file: u16, diagnostics: &mut Diagnostics) -> Option<Node> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        text,
        offsets: ByteOffsets::of(text),
        file,
        nodes: 0,
        anchors: HashMap::new(),
        repeated_bytes: 0,
        is_mistaken: false,
        diagnostics,
    };
    let root = reader.document()?;
    (!reader.is_mistaken).then_some(root)
}

/// A complete node that aliases may repeat.
struct Anchor {
    node: Node,
    extent: Extent,
}

struct Reader<'a, 'd> {
    parser: Parser<'a, StrInput<'a>>,
    text: &'a str,
    offsets: ByteOffsets<'a>,
    file: u16,
    /// How many nodes have numbers.
    nodes: u32,
    anchors: HashMap<usize, Anchor>,
    repeated_bytes: usize,
    /// Whether there was a mistake after which parsing could continue.
    is_mistaken: bool,
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Reader<'a, '_> {
    fn document(&mut self) -> Option<Node> {
        let root = loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_), _) => {}
                (Event::StreamEnd, _) => {
                    self.error_at(0, "this file is empty")
                        .help("write a document");
                    return None;
                }
                event => break self.node(event, 0)?,
            }
        };
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Some(root),
                (Event::DocumentStart(_), span) => {
                    self.error_at(span.start.index(), "a second document starts here")
                        .help("remove the `---`: a file can have only one document");
                    return None;
                }
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        match self.parser.next_event()? {
            Ok(event) => Some(event),
            Err(error) => {
                self.syntax_error(&error);
                None
            }
        }
    }

    fn node(&mut self, (event, span): (Event<'a>, Span), depth: usize) -> Option<Node> {
        let place = self.count(&span)?;
        let (anchor, value) = match event {
            Event::Alias(anchor) => return self.repeat(anchor, place, depth),
            Event::Scalar(text, style, anchor, tag) => {
                let value = self.scalar(&text, style, tag.as_deref(), place);
                if style == ScalarStyle::Plain && matches!(value, Value::String(_)) {
                    self.check_end(&span, place);
                }
                (anchor, value)
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_tag(tag.as_deref(), place);
                self.check_depth(depth, place)?;
                (anchor, Value::Sequence(self.items(depth)?))
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_tag(tag.as_deref(), place);
                self.check_depth(depth, place)?;
                (anchor, Value::Mapping(self.entries(depth)?))
            }
            _ => return None,
        };
        let node = Node { value, place };
        if anchor != 0 {
            let extent = Extent::of(&node);
            self.check_repeated(extent, place)?;
            self.anchors.insert(
                anchor,
                Anchor {
                    node: node.clone(),
                    extent,
                },
            );
        }
        Some(node)
    }

    fn items(&mut self, depth: usize) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Some(items),
                event => items.push(self.node(event, depth + 1)?),
            }
        }
    }

    fn entries(&mut self, depth: usize) -> Option<Vec<Entry>> {
        let mut entries = Entries::default();
        loop {
            let event = self.next()?;
            if event.0 == Event::MappingEnd {
                return Some(entries.finish());
            }
            let (key, key_place) = self.key(event, depth)?;
            let value = self.next()?;
            let node = self.node(value, depth + 1)?;
            if !entries.add(key, key_place, node, self.diagnostics) {
                self.is_mistaken = true;
            }
        }
    }

    /// A key is its text. `200:` is the key `200`, although an unquoted 200 is a number elsewhere.
    fn key(&mut self, (event, span): (Event<'a>, Span), depth: usize) -> Option<(String, Place)> {
        let written = match &event {
            Event::Scalar(text, style, ..) => {
                if text == "<<" && *style == ScalarStyle::Plain {
                    self.mistake(self.next_place(), "merge keys are not part of YAML 1.2")
                        .help("write each entry, or repeat a whole value with an alias");
                }
                Some(text.to_string())
            }
            _ => None,
        };
        let place = self.next_place();
        let blank = written.as_deref().and_then(damage::blank_at_an_end);
        if let Some(blank) = blank {
            let message = format!("this key contains {}", damage::called(blank));
            self.mistake(place, message)
                .help("write a plain space instead, or remove the character");
        }
        let node = self.node((event, span), depth + 1)?;
        match (written, node.value) {
            (Some(text), _) | (None, Value::String(text)) => Some((text, place)),
            (None, other) => {
                self.mistake(
                    place,
                    format!("a key must be a string, not {}", other.kind()),
                )
                .help("put the key in quotes, or remove the `?` before it");
                None
            }
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, place: Place) -> Value {
        let is_tagged_as_string =
            tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
        if !is_tagged_as_string {
            self.refuse_tag(tag, place);
        }
        if style != ScalarStyle::Plain || is_tagged_as_string {
            return Value::String(text.to_owned());
        }
        scalar::resolve(text).unwrap_or_else(|| {
            self.mistake(place, "JSON cannot represent this number")
                .help("write a finite number, or put the number in quotes");
            Value::Null
        })
    }

    /// Warns about a text that seems to continue in a comment.
    fn check_end(&mut self, span: &Span, place: Place) {
        let end = self.offsets.of_character(span.end.index());
        if self.text.get(end..).is_some_and(damage::is_cut_at_a_hash) {
            self.diagnostics
                .warning(
                    place,
                    "this text ends before the `#`, which starts a comment",
                )
                .help("put the text in quotes; for a comment, write a space after the `#`");
        }
    }

    fn repeat(&mut self, anchor: usize, place: Place, depth: usize) -> Option<Node> {
        let Some(Anchor { node, extent }) = self.anchors.get(&anchor) else {
            self.mistake(place, "this alias is inside the value that it repeats")
                .help("write a `$ref` to a component instead");
            return None;
        };
        let (node, extent) = (node.clone(), *extent);
        self.check_depth(depth + extent.depth, place)?;
        self.check_repeated(extent, place)?;
        Some(node)
    }

    fn count(&mut self, span: &Span) -> Option<Place> {
        let place = self.next_place();
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            self.error_at(
                span.start.index(),
                format!("this document has more than {MAX_NODES} nodes"),
            )
            .help(FEWER_NODES);
            return None;
        }
        Some(place)
    }

    fn check_depth(&mut self, depth: usize, place: Place) -> Option<()> {
        if depth < MAX_DEPTH {
            return Some(());
        }
        self.mistake(
            place,
            format!("this has more than {MAX_DEPTH} levels of nesting"),
        )
        .help(FEWER_LEVELS);
        None
    }

    fn check_repeated(&mut self, extent: Extent, place: Place) -> Option<()> {
        self.repeated_bytes += extent.bytes;
        if self.repeated_bytes <= MAX_REPEATED_BYTES {
            return Some(());
        }
        self.mistake(place, "the aliases up to this one repeat too much text")
            .help("write fewer aliases of aliases");
        None
    }

    fn refuse_tag(&mut self, tag: Option<&Tag>, place: Place) {
        if let Some(tag) = tag {
            let name = if tag.is_yaml_core_schema() {
                format!("!!{}", tag.suffix)
            } else {
                tag.to_string()
            };
            self.mistake(place, format!("the tag `{name}` has no meaning here"))
                .help("remove the tag");
        }
    }

    fn syntax_error(&mut self, error: &ScanError) {
        let position = error.marker().index();
        let offset = self.offsets.of_character(position);
        if let Some((offset, blank)) = damage::blank_like_a_letter(self.text, offset) {
            let message = format!(
                "this is {}, which YAML reads as a letter",
                damage::called(blank)
            );
            self.is_mistaken = true;
            self.diagnostics
                .error_at(self.file, offset, message)
                .help("write a plain space instead");
            return;
        }
        match error.info() {
            "recursion limit exceeded" => {
                self.error_at(
                    position,
                    format!("this has more than {MAX_DEPTH} levels of nesting"),
                )
                .help(FEWER_LEVELS);
            }
            info => {
                let diagnostic =
                    self.error_at(position, format!("the YAML parser reports: {info}"));
                if let Some(help) = way_out(info) {
                    diagnostic.help(help);
                }
            }
        }
    }

    fn mistake(&mut self, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.is_mistaken = true;
        self.diagnostics.error(place, message)
    }

    fn error_at(&mut self, character: usize, message: impl Into<String>) -> &mut Diagnostic {
        self.is_mistaken = true;
        let offset = self.offsets.of_character(character);
        self.diagnostics.error_at(self.file, offset, message)
    }

    fn next_place(&self) -> Place {
        Place {
            file: self.file,
            node: self.nodes,
        }
    }
}

/// What to write instead, from saphyr-parser's description of the mistake.
fn way_out(info: &str) -> Option<&'static str> {
    const WAYS_OUT: [(&str, &str); 9] = [
        ("tab", "indent with spaces"),
        (
            "mapping values are not allowed",
            "indent the line like the keys around it; if a value contains `: `, put the value in quotes",
        ),
        (
            "did not find expected key",
            "indent the line like the keys around it",
        ),
        (
            "simple key expect ':'",
            "write `:` and a space after the key, here or in the line before",
        ),
        (
            "block sequence entries are not allowed",
            "start the list on a line of its own",
        ),
        (
            "expected '-' indicator",
            "give all items of a list the same indent, and put `- ` before each",
        ),
        ("quoted scalar, found unexpected end", "close the quotes"),
        ("parsing a flow mapping", "close the mapping: `}`"),
        ("parsing a flow sequence", "close the list: `]`"),
    ];
    let found = WAYS_OUT.iter().find(|(words, _)| info.contains(words));
    found.map(|(_, help)| *help)
}
