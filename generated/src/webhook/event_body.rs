//! The body of a webhook, located but not yet deserialized.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use serde::de::{DeserializeOwned, IgnoredAny};

use crate::Unread;
use crate::lenient::Text;
use crate::raw_object::RawObject;
use crate::reader::{self, Mistake};
use crate::tolerant::Reading;
use crate::verbatim::Verbatim;

/// Telnyx's envelope around an event, scanned once: `{"data": {…}, "meta": {…}}`.
///
/// Places are JSON pointers. The members of the envelope are read one by one. If a member has an undocumented type, only that
/// member is lost, and not the event.
pub(crate) struct EventBody<'a> {
    json: &'a str,
    members: RawObject<'a>,
    /// The members of `/data`, which contains nearly all requested values.
    data: RawObject<'a>,
    /// Whether a value that does not match the documentation is a mistake.
    strict: bool,
    unread: RefCell<Vec<Unread>>,
    /// The first value of the envelope that could not be read.
    mistake: RefCell<Option<Mistake>>,
}

impl<'a> EventBody<'a> {
    /// Scans the body. Fails if the body is not JSON, but accepts any JSON.
    pub(crate) fn scan(text: &'a str, strict: bool) -> Result<Self, Mistake> {
        let (members, data) = match RawObject::read_two(text.as_bytes(), "data") {
            Ok(both) => both,
            Err(_) => reader::check(text).map(|()| Default::default())?,
        };
        Ok(Self {
            json: bare(text),
            members,
            data,
            strict,
            unread: RefCell::default(),
            mistake: RefCell::default(),
        })
    }

    /// The values that could not be read so far, and the mistake in the envelope, if there is one and decoding is strict.
    pub(crate) fn into_unread(self) -> (Vec<Unread>, Option<Mistake>) {
        let mistake = self.mistake.into_inner().filter(|_| self.strict);
        (self.unread.into_inner(), mistake)
    }

    /// The whole body, without a byte order mark and the blanks around it.
    pub(crate) fn json(&self) -> &'a str {
        self.json
    }

    /// Decodes the value at `pointer`. An error names the place in the body, and quotes no value.
    #[allow(dead_code, reason = "a document may have no event")]
    pub(crate) fn decode<T: DeserializeOwned>(&self, pointer: &'static str) -> Result<T, Mistake> {
        let json = self.find(pointer).ok_or_else(Mistake::absent);
        let value = json.and_then(|json| self.read_at(pointer, json));
        value.map_err(|mistake| mistake.within(pointer))
    }

    /// The value at `pointer`, if it is present and not null. A value that is not a `T` counts as unread.
    pub(crate) fn read<T: DeserializeOwned>(&self, pointer: &'static str) -> Option<T> {
        let json = self.find(pointer)?;
        self.read_at(pointer, json).unwrap_or_else(|mistake| {
            self.skip(pointer, json, mistake);
            None
        })
    }

    /// Records a value of the envelope that cannot be read.
    fn skip(&self, pointer: &'static str, json: &str, mistake: Mistake) {
        let reason = mistake.reason().to_string();
        let unread = Unread::new(path(pointer), reason, json.to_owned());
        self.unread.borrow_mut().push(unread);
        let mut first = self.mistake.borrow_mut();
        first.get_or_insert_with(|| mistake.within(pointer));
    }

    fn read_at<T: DeserializeOwned>(&self, pointer: &str, json: &str) -> Result<T, Mistake> {
        let reading = Reading {
            strict: self.strict,
            base: &path(pointer),
            needed: None,
        };
        let decoded = reading.read(json.as_bytes())?;
        self.unread.borrow_mut().extend(decoded.unread);
        Ok(decoded.value)
    }

    /// The string or number at `pointer`, if it is present and not null.
    pub(crate) fn id(&self, pointer: &'static str) -> Option<String> {
        self.read(pointer).map(|Text(text)| text)
    }

    /// Records the value at `pointer` as unread if it is neither an object nor null.
    pub(crate) fn expect_object(&self, pointer: &'static str) {
        self.read::<HashMap<String, IgnoredAny>>(pointer);
    }

    /// The string at `pointer`, or the JSON of a value that is neither a string nor null.
    pub(crate) fn text(&self, pointer: &'static str) -> Option<String> {
        let value = self.read::<Verbatim>(pointer)?;
        Some(value.as_str().to_owned())
    }

    fn find(&self, pointer: &str) -> Option<&'a str> {
        match pointer.rsplit_once('/') {
            None => Some(self.json),
            Some(("", name)) => self.members.get(&unescaped(name)),
            Some(("/data", name)) => self.data.get(&unescaped(name)),
            Some((parent, name)) => {
                RawObject::scan(self.find(parent)?.as_bytes()).get(&unescaped(name))
            }
        }
    }
}

/// JSON without a byte order mark and the blanks around it.
pub(super) fn bare(text: &str) -> &str {
    text.strip_prefix(reader::BYTE_ORDER_MARK)
        .unwrap_or(text)
        .trim_ascii()
}

/// The name that a step of a pointer stands for.
pub(super) fn unescaped(step: &str) -> Cow<'_, str> {
    match step.contains('~') {
        true => Cow::Owned(step.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(step),
    }
}

/// The JSON path of the value at a pointer.
fn path(pointer: &str) -> String {
    format!("${}", unescaped(&pointer.replace("/", ".")))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::EventBody;

    #[test]
    fn a_value_is_found_at_any_depth() {
        let text = r#"{"data":{"payload":{"to":{"name":1}}},"meta":{"attempt":2}}"#;
        let body = EventBody::scan(text, false).unwrap();
        for (pointer, value) in [
            ("", text),
            ("/meta", r#"{"attempt":2}"#),
            ("/meta/attempt", "2"),
            ("/data/payload/to", r#"{"name":1}"#),
            ("/data/payload/to/name", "1"),
        ] {
            assert_eq!(body.find(pointer).unwrap(), value, "{pointer}");
        }
        assert!(body.find("/data/payload/from/name").is_none());
    }

    #[test]
    fn an_absent_value_is_an_error_that_names_its_place() {
        let body = EventBody::scan("{}", false).unwrap();
        let error = body.decode::<u8>("/data/payload").unwrap_err();
        assert_eq!(error.to_string(), "there is no value at $.data.payload");
    }

    #[test]
    fn a_value_of_another_form_is_an_error_that_names_its_place_and_not_the_value() {
        let body =
            EventBody::scan(r#"{"data":{"to":[{"id":5},{"id":"+13125550001"}]}}"#, false).unwrap();
        let error = body
            .decode::<Vec<HashMap<String, u8>>>("/data/to")
            .unwrap_err();
        assert_eq!(error.to_string(), "expected u8 at $.data.to[1].*");
    }

    #[test]
    fn null_is_no_text_and_a_number_is_its_own() {
        let body =
            EventBody::scan(r#"{"data":{"null":null,"number":5,"text":"a"}}"#, false).unwrap();
        assert_eq!(body.text("/data/null"), None);
        assert_eq!(body.text("/data/number").as_deref(), Some("5"));
        assert_eq!(body.text("/data/text").as_deref(), Some("a"));
    }
}
