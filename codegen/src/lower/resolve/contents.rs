//! Chooses the content type of each body and response, and finds the content of envelopes.

use super::Resolved;
use super::merge::Merger;
use super::schema::{Kind, Schema};
use crate::model::Body;
use crate::openapi::{ContentType, Encoding, MediaType, SchemaType};
use crate::reader::Text;
use crate::tree::Node;

/// The content type for any bytes.
const BYTES: &str = "application/octet-stream";

/// The content type of plain JSON.
const JSON: &str = "application/json";

/// The properties of a page's `meta`.
pub(in crate::lower) const PAGE_FIGURES: [&str; 4] =
    ["page_number", "page_size", "total_pages", "total_results"];

/// A body with one content type.
#[derive(Debug)]
pub(in crate::lower) struct Content<'a> {
    pub(in crate::lower) name: &'a Text,
    /// Its schema; anything, if the document does not describe it.
    pub(in crate::lower) schema: Schema<'a>,
    pub(in crate::lower) says_what: bool,
    pub(in crate::lower) example: Option<&'a Node>,
    encoding: &'a [(Text, Encoding)],
    /// Whether the body is a string.
    is_string: bool,
    /// Whether the body is bytes.
    is_binary: bool,
}

/// Whether a program can request the pages of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Pages {
    /// By number.
    Numbered,
    /// Not as far as the document shows.
    Unknown,
    /// `sdk.yaml` says that the response has no pages.
    Refused,
}

/// What a successful response contains.
pub(in crate::lower) enum Answer<'r, 'a> {
    Empty,
    Bytes,
    Text,
    /// The value, with or without an envelope.
    Object(&'r Schema<'a>),
    /// `{"data": …}`
    Data(&'r Schema<'a>),
    /// The same, one of several pages.
    Page(&'r Schema<'a>),
    /// The same, for a list with page counts whose pages cannot be requested.
    OnlyPage(&'r Schema<'a>),
    /// A value whose `meta` must stay visible, such as a list that continues in an unknown way: the `data`, and the whole
    /// response.
    WithMeta(&'r Schema<'a>, &'r Schema<'a>),
}

impl<'a> Content<'a> {
    pub(super) fn of(written: &'a MediaType, merger: &mut Merger<'a, '_>) -> Self {
        let says_what = written.schema.is_some();
        let schema = written.schema.as_ref().map_or_else(
            || Schema::anything(written.name.place),
            |schema| merger.schema(schema),
        );
        Self {
            name: &written.name,
            says_what,
            is_string: merger.is_string(&schema),
            is_binary: merger.is_binary(&schema),
            schema,
            example: written.example.as_ref(),
            encoding: &written.encoding,
        }
    }

    /// How the parts of a form are written, by name.
    pub(in crate::lower) fn encodings(&self) -> &'a [(Text, Encoding)] {
        self.encoding
    }

    /// How the part with this name is written, if the document defines it.
    pub(in crate::lower) fn encoding(&self, part: &str) -> Option<&'a Encoding> {
        let mut encodings = self.encoding.iter();
        let (_, encoding) = encodings.find(|(name, _)| name.value == part)?;
        Some(encoding)
    }

    /// How a request writes the body.
    pub(in crate::lower) fn body(&self) -> Body {
        match self.content_type() {
            it if it.is_json() => Body::Json,
            it if it.is_multipart_form() => Body::Multipart,
            it if it.is_urlencoded_form() => Body::UrlEncoded,
            it if it.is_range() => self.body_in(&it),
            _ => Body::Content(self.name.value.clone()),
        }
    }

    /// How a request writes the body, if the document names a range of content types: as a type in the range that matches the
    /// schema.
    fn body_in(&self, range: &ContentType) -> Body {
        let may_be_json = match self.says_what {
            true => range.may_be_json() && !self.is_string,
            false => range.is_any(),
        };
        let is_text = range.is_text() || (range.is_any() && self.is_string && !self.is_binary);
        if may_be_json {
            Body::Json
        } else if is_text {
            Body::Content("text/plain".to_owned())
        } else {
            Body::Content(BYTES.to_owned())
        }
    }

    /// The type that the client uses, if it is not in the range of the document.
    pub(in crate::lower) fn type_beyond_range(&self) -> Option<&'static str> {
        let content_type = self.content_type();
        if !content_type.is_range() || content_type.may_be_json() {
            return None;
        }
        match self.body() {
            Body::Json => Some(JSON),
            Body::Content(name) if name == BYTES => Some(BYTES),
            Body::Content(_) | Body::Multipart | Body::None | Body::UrlEncoded => None,
        }
    }

    /// Whether two contents of a request carry the same: in another notation, or with another name of JSON.
    pub(in crate::lower) fn carries_the_same(&self, other: &Self, resolved: &Resolved<'a>) -> bool {
        let is_alike = match (self.body(), other.body()) {
            (Body::Multipart, _) => false,
            // Nothing but the type says what the bytes or the text hold.
            (Body::Content(one), Body::Content(other)) => one == other,
            (Body::Content(_), _) => self.has_structure(resolved),
            _ => true,
        };
        is_alike
            && self.says_what == other.says_what
            && self.content_type().patch() == other.content_type().patch()
    }

    /// Whether the schema describes parts, which another notation has too. A string or any bytes have none.
    fn has_structure(&self, resolved: &Resolved<'a>) -> bool {
        let target = resolved.target(&self.schema);
        target.is_some_and(|target| {
            let is_object = target.types == [SchemaType::Object];
            let kind = target.kind();
            is_object
                || matches!(
                    kind,
                    Kind::Object | Kind::Map(_) | Kind::List(_) | Kind::Union
                )
        })
    }

    /// The name of its JSON type, if it is not plain JSON.
    pub(in crate::lower) fn json_type(&self) -> Option<String> {
        let content_type = self.content_type();
        let is_other = content_type.is_json() && !content_type.is_plain_json();
        (is_other && !content_type.is_range()).then(|| self.name.value.clone())
    }

    /// Whether a response with this content is JSON.
    pub(in crate::lower) fn is_json(&self) -> bool {
        let content_type = self.content_type();
        content_type.is_json() || (content_type.may_be_json() && self.says_what && !self.is_string)
    }

    pub(in crate::lower) fn content_type(&self) -> ContentType {
        ContentType::of(&self.name.value)
    }
}

impl<'a> Resolved<'a> {
    /// What the content of a successful response contains; empty if there is no content.
    pub(in crate::lower) fn answer<'r>(
        &'r self,
        content: Option<&'r Content<'a>>,
        pages: Pages,
    ) -> Answer<'r, 'a> {
        let Some(content) = content else {
            return Answer::Empty;
        };
        if content.is_json() {
            return self.object(&content.schema, pages);
        }
        if content.content_type().is_text() {
            Answer::Text
        } else {
            Answer::Bytes
        }
    }

    fn object<'r>(&'r self, schema: &'r Schema<'a>, pages: Pages) -> Answer<'r, 'a> {
        let Some(root) = self.beside_null(schema) else {
            return Answer::Object(schema);
        };
        let Some(data) = envelope(root) else {
            return Answer::Object(schema);
        };
        let meta = root.property("meta");
        let is_list = self.beside_null(data).is_some_and(Schema::is_list);
        match (pages, meta) {
            (Pages::Numbered, _) if is_list => Answer::Page(data),
            (Pages::Unknown, Some(meta)) if is_list && self.tells_pages(&meta.schema) => {
                Answer::OnlyPage(data)
            }
            (_, Some(_)) => Answer::WithMeta(data, schema),
            (_, None) => Answer::Data(data),
        }
    }

    /// Whether a `meta` has all four page counts.
    fn tells_pages(&self, meta: &Schema<'a>) -> bool {
        let has_all = |meta: &Schema<'_>| {
            let mut figures = PAGE_FIGURES.iter();
            figures.all(|name| meta.property(name).is_some())
        };
        self.beside_null(meta).is_some_and(has_all)
    }
}

/// The `data` of an envelope: an object with only `data`, or with only `data` and `meta`.
fn envelope<'r, 'a>(root: &'r Schema<'a>) -> Option<&'r Schema<'a>> {
    let is_envelopes = |name: &str| ["data", "meta"].contains(&name);
    let mut properties = root.properties.iter();
    let only = properties.all(|property| is_envelopes(&property.name.value));
    let data = root.property("data")?;
    // The members of a union can have properties of their own.
    let is_plain = matches!(root.kind(), Kind::Object) && root.map_values.is_none();
    (only && is_plain).then_some(&data.schema)
}
