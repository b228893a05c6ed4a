//! Parameters in the path, the query and headers.

use std::collections::HashMap;

use super::content_type::ContentType;
use super::keywords;
use super::schema::{self, Schema};
use crate::diagnostic::Diagnostics;
use crate::reader::{Keys, Text, check_name};
use crate::suggest;
use crate::tree::{Entry, Node, Place, Value};

/// A parameter in the path, the query or a header.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: Text,
    pub(crate) location: Location,
    pub(crate) description: Option<String>,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    /// Whether reserved characters in the value are not encoded.
    pub(crate) allows_reserved: bool,
    /// Where the document says that the value may be empty, if it says so.
    pub(crate) allows_empty: Option<Place>,
    pub(crate) schema: Schema,
    /// Whether `content` says that the value is written as JSON. A string then has quotes.
    pub(crate) is_json: bool,
    /// The schema of such a value, if it can be read. The type in Rust does not depend on this schema.
    pub(crate) json_schema: Option<Schema>,
}

impl Parameter {
    /// Whether the parameter has the name. Header names ignore case.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        match self.location {
            Location::Header => self.name.value.eq_ignore_ascii_case(name),
            Location::Cookie | Location::Path | Location::Query => self.name.value == name,
        }
    }
}

/// Where a request contains a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Cookie,
    Header,
    Path,
    Query,
}

/// How the value of a parameter, or of a part in a form, is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `key[property]=value`
    DeepObject,
    /// `.value`
    Label,
    /// `;key=value`
    Matrix,
    /// `key=one|two`
    Pipes,
    /// `key=value`, and the default of every location
    Plain,
    /// `key=one two`
    Spaces,
}

impl Style {
    /// Whether each item of a list is written separately by default.
    pub(super) fn explodes(self) -> bool {
        matches!(self, Self::DeepObject | Self::Plain)
    }
}

/// Reads a parameter.
pub(super) fn read(node: &Node, diagnostics: &mut Diagnostics) -> Option<Parameter> {
    let mut keys = Keys::of(node, "a parameter", diagnostics)?;
    let name = keys.required_text("name", "a parameter", diagnostics);
    let place = keys.required_text("in", "a parameter", diagnostics)?;
    let location = match place.value.as_str() {
        "cookie" => Location::Cookie,
        "header" => Location::Header,
        "path" => Location::Path,
        "query" => Location::Query,
        other => {
            let message = format!("`{other}` is not a place for a parameter");
            diagnostics
                .error(place.place, message)
                .help("write `path`, `query`, `header` or `cookie`");
            return None;
        }
    };
    let style = read_style(&mut keys, location, diagnostics);
    let written = keys
        .node("schema")
        .or_else(|| text_schema(keys.node("content")));
    let mut schema = match written {
        Some(node) => schema::read(node, diagnostics)?,
        None => Schema::empty(node.place),
    };
    if let Some(example) = keys.node("example") {
        schema.example = Some(example.clone());
    }
    let parameter = Parameter {
        name: name?,
        location,
        description: keys.string("description", diagnostics),
        required: keys.flag("required", diagnostics),
        deprecated: keys.flag("deprecated", diagnostics),
        style,
        explode: keys
            .boolean("explode", diagnostics)
            .unwrap_or_else(|| style.explodes()),
        allows_reserved: keys.flag("allowReserved", diagnostics),
        allows_empty: keys
            .flag("allowEmptyValue", diagnostics)
            .then(|| keys.node("allowEmptyValue"))
            .flatten()
            .map(|node| node.place),
        schema,
        is_json: keys.node("schema").is_none() && contents(keys.node("content")).any(is_json),
        json_schema: json_schema(keys.node("content")),
    };
    if location == Location::Path
        && let Some(node) = keys.node("required")
        && matches!(node.value, Value::Bool(false))
    {
        let message = format!(
            "the path parameter `{}` must be required",
            parameter.name.value
        );
        diagnostics
            .warning(node.place, message)
            .help("write `required: true`");
    }
    if parameter.allows_reserved {
        let message = format!(
            "the client encodes the reserved characters of `{}` despite `allowReserved`",
            parameter.name.value
        );
        diagnostics
            .warning(parameter.name.place, message)
            .help("most servers decode the characters again; if this server does not, send a raw request whose path you encode yourself");
    }
    check_place_of_schema(node, &mut keys, diagnostics);
    check_content(&parameter, &mut keys, diagnostics);
    check_name(&parameter.name, "parameter", diagnostics);
    keywords::PARAMETER.close(keys, diagnostics);
    Some(parameter)
}

/// Reports keywords of a schema beside the parameter, as in Swagger 2. Without a `schema`, the type would be lost.
fn check_place_of_schema(node: &Node, keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) {
    let has_schema = keys.node("schema").or(keys.node("content")).is_some();
    let misplaced = node.entries().iter();
    let misplaced = misplaced.filter(|entry| OF_SCHEMAS.contains(&entry.key.as_str()));
    for entry in misplaced {
        let message = format!("`{}` belongs in the `schema` of a parameter", entry.key);
        match has_schema {
            true => diagnostics.warning(entry.key_place, message),
            false => diagnostics.error(entry.key_place, message),
        }
        .help(format!("write `schema: {{ {}: … }}`", entry.key));
    }
    keys.ignore(&OF_SCHEMAS);
}

/// Keywords of a schema that Swagger 2 has directly in a parameter.
const OF_SCHEMAS: [&str; 11] = [
    "type",
    "format",
    "items",
    "enum",
    "default",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "uniqueItems",
];

/// The schema of a text `content`. The client writes such a value as with a `schema`.
fn text_schema(content: Option<&Node>) -> Option<&Node> {
    contents(content).find(is_text)?.node.get("schema")
}

fn is_text(entry: &&Entry) -> bool {
    ContentType::of(&entry.key).is_text()
}

/// Warns about a `content` that is neither JSON nor text, if the parameter has no schema. Also warns about a `content` beside a
/// schema.
fn check_content(parameter: &Parameter, keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) {
    let has_schema = keys.node("schema").is_some();
    let name = &parameter.name.value;
    let content = keys.node("content");
    if !has_schema && content.is_none() && !keys.has_any(&OF_SCHEMAS) {
        let message = format!("`{name}` has neither `schema` nor `content`");
        diagnostics
            .warning(parameter.name.place, message)
            .help("add a schema: `schema: { type: string }`");
    }
    if let Some(node) = content.filter(|node| !has_schema && contents(Some(node)).count() != 1) {
        let message = format!("the `content` of `{name}` must have exactly one content type");
        diagnostics
            .warning(node.place, message)
            .help("write only the content type that the client must use");
    }
    for entry in contents(keys.node("content")) {
        if has_schema {
            let message = format!(
                "`content` has no effect, because the client sends `{name}` as its `schema` says"
            );
            diagnostics
                .warning(entry.key_place, message)
                .help("remove the `schema` or the `content`");
        } else if !is_json(entry) && !is_text(&entry) {
            let message = format!("the client sends `{name}` as JSON, not as `{}`", entry.key);
            diagnostics.warning(entry.key_place, message).help(
                "in the overlay, make the parameter a string, so that your program can write the value itself",
            );
        }
    }
}

/// The entries of a `content`, by content type.
fn contents(content: Option<&Node>) -> impl Iterator<Item = &Entry> {
    content.map(Node::entries).unwrap_or_default().iter()
}

/// The schema of a value that is written as JSON. Without a schema, the value may be anything.
fn json_schema(content: Option<&Node>) -> Option<Schema> {
    let entry = contents(content).find(|entry| is_json(entry))?;
    match entry.node.get("schema") {
        // No code depends on this schema, so its mistakes cost nothing.
        Some(node) => schema::read(node, &mut Diagnostics::default()),
        None => Some(Schema::empty(entry.node.place)),
    }
}

fn is_json(entry: &Entry) -> bool {
    ContentType::of(&entry.key).is_json()
}

fn read_style(keys: &mut Keys<'_>, location: Location, diagnostics: &mut Diagnostics) -> Style {
    let Some(text) = keys.text("style", diagnostics) else {
        return Style::Plain;
    };
    let Some(style) = style_of(&text, diagnostics) else {
        return Style::Plain;
    };
    let fits = match style {
        Style::DeepObject | Style::Pipes | Style::Spaces => location == Location::Query,
        Style::Label | Style::Matrix => location == Location::Path,
        Style::Plain => true,
    };
    let (place, known) = match location {
        Location::Cookie => ("a cookie", "form"),
        Location::Header => ("a header", "simple"),
        Location::Path => ("the path", "simple"),
        Location::Query => ("the query", "form"),
    };
    if style == Style::Plain && text.value != known {
        let message = format!(
            "the style `{}` is not allowed in {place}: the client uses the style `{known}` instead",
            text.value
        );
        diagnostics.warning(text.place, message).help(format!(
            "write `{known}`, or another style that is allowed in {place}"
        ));
    }
    if fits {
        return style;
    }
    let message = format!("the style `{}` is not allowed in {place}", text.value);
    diagnostics.error(text.place, message).help(format!(
        "write `{known}`, or another style that is allowed in {place}"
    ));
    Style::Plain
}

/// The styles by their names.
const STYLES: [(&str, Style); 7] = [
    ("form", Style::Plain),
    ("simple", Style::Plain),
    ("deepObject", Style::DeepObject),
    ("label", Style::Label),
    ("matrix", Style::Matrix),
    ("pipeDelimited", Style::Pipes),
    ("spaceDelimited", Style::Spaces),
];

impl Style {
    /// The name of the style. A plain value has two names, and this is the one for the query.
    pub(crate) fn name(self) -> &'static str {
        let mut styles = STYLES.iter();
        let found = styles.find(|(_, style)| *style == self);
        found.map_or(STYLES[0].0, |(name, _)| name)
    }
}

/// The style with this name. An unknown name is an error.
pub(super) fn style_of(text: &Text, diagnostics: &mut Diagnostics) -> Option<Style> {
    let found = STYLES.iter().find(|(name, _)| *name == text.value);
    if let Some((_, style)) = found {
        return Some(*style);
    }
    let known = STYLES.map(|(name, _)| name);
    let help = format!("write one of {}", known.join(", "));
    diagnostics
        .error(text.place, format!("`{}` is not a style", text.value))
        .help(suggest::help(&text.value, known, &help));
    None
}

/// Reports a parameter that one list contains twice. In two lists, an operation's own parameter replaces that of its path.
pub(super) fn check_twice(parameters: &[Node], diagnostics: &mut Diagnostics) {
    let identity = |node: &Node| {
        let text = |key: &str| Some(node.get(key)?.text()?.to_owned());
        let named = || {
            let (name, place) = (text("name")?, text("in")?);
            // Header names ignore case.
            let name = match place.as_str() {
                "header" => name.to_ascii_lowercase(),
                _ => name,
            };
            Some(format!("{name} in {place}"))
        };
        text("$ref").or_else(named)
    };
    let mut seen: HashMap<String, Place> = HashMap::new();
    for node in parameters {
        if let Some(identity) = identity(node)
            && let Some(first) = seen.insert(identity.clone(), node.place)
        {
            let message = format!("this list contains the parameter `{identity}` twice");
            diagnostics
                .error(node.place, message)
                .related(first, "the first one is here")
                .help("remove one of the two parameters");
        }
    }
}
