//! Finds the JSON path at which serde_json stopped reading, from the line and column it names.

use crate::redact;

/// The path of the value that ends at, or goes over, `column` of `line`, both counted from 1: `$.data.to[0].status`.
pub(super) fn locate(body: &[u8], line: usize, column: usize) -> String {
    let mut walk = Walk::default();
    let mut bytes = read_part(body, line, column).iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' => walk.open(Place::Object(None)),
            b'[' => walk.open(Place::Array(None)),
            b'}' | b']' => walk.close(),
            b',' => walk.next(),
            b'"' => walk.text(string(&mut bytes)),
            b':' | b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => walk.value(),
        }
    }
    walk.path()
}

fn read_part(body: &[u8], line: usize, column: usize) -> &[u8] {
    let before = body
        .split_inclusive(|byte| *byte == b'\n')
        .take(line.saturating_sub(1));
    let end = before
        .map(<[u8]>::len)
        .sum::<usize>()
        .saturating_add(column);
    body.get(..end).unwrap_or(body)
}

/// The rest of a string, without its quotes; escapes stay as they are.
fn string(bytes: &mut impl Iterator<Item = u8>) -> String {
    let mut text = Vec::new();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => text.extend([byte].into_iter().chain(bytes.next())),
            _ => text.push(byte),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// The objects and lists that are open.
#[derive(Default)]
struct Walk {
    open: Vec<Place>,
}

enum Place {
    /// With the key whose value is read; none before the first key and between members.
    Object(Option<String>),
    /// With the index of the value that is read; none before the first.
    Array(Option<usize>),
}

impl Walk {
    fn open(&mut self, place: Place) {
        self.value();
        self.open.push(place);
    }

    fn close(&mut self) {
        self.open.pop();
    }

    fn next(&mut self) {
        match self.open.last_mut() {
            Some(Place::Object(key)) => *key = None,
            Some(Place::Array(Some(index))) => *index += 1,
            Some(Place::Array(None)) | None => {}
        }
    }

    fn text(&mut self, text: String) {
        match self.open.last_mut() {
            Some(Place::Object(key @ None)) => *key = Some(text),
            _ => self.value(),
        }
    }

    fn value(&mut self) {
        if let Some(Place::Array(index @ None)) = self.open.last_mut() {
            *index = Some(0);
        }
    }

    fn path(&self) -> String {
        let mut path = String::from("$");
        for place in &self.open {
            match place {
                Place::Object(Some(key)) => {
                    path.push_str(&format!(".{}", redact::mask_digits(key)))
                }
                Place::Array(Some(index)) => path.push_str(&format!("[{index}]")),
                Place::Object(None) | Place::Array(None) => {}
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only its form matters")]
    struct Body {
        data: Data,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only its form matters")]
    struct Data {
        id: String,
        #[serde(default)]
        to: Vec<To>,
        #[serde(default)]
        parts: u32,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only its form matters")]
    struct To {
        status: String,
    }

    fn path(body: &str) -> String {
        let error = serde_json::from_str::<Body>(body).unwrap_err();
        locate(body.as_bytes(), error.line(), error.column())
    }

    #[test]
    fn a_wrong_type_is_found() {
        assert_eq!(path(r#"{"data":{"id":7}}"#), "$.data.id");
        assert_eq!(path(r#"{"data":{"id":"a","parts":"x"}}"#), "$.data.parts");
        assert_eq!(
            path(r#"{"data":{"id":"a","parts":null,"to":[]}}"#),
            "$.data.parts"
        );
        assert_eq!(path(r#"{"data":[]}"#), "$.data");
        assert_eq!(path("7"), "$");
    }

    #[test]
    fn an_element_of_a_list_is_found() {
        let body = r#"{"data":{"id":"a","to":[{"status":"x"},{"status":true}]}}"#;
        assert_eq!(path(body), "$.data.to[1].status");
    }

    #[test]
    fn a_missing_field_is_found_at_its_object() {
        assert_eq!(path(r#"{"data":{"parts":1}}"#), "$.data");
        assert_eq!(path(r#"{"data":{"id":"a","to":[{}]}}"#), "$.data.to[0]");
        assert_eq!(path("{}"), "$");
    }

    #[test]
    fn lines_are_counted() {
        assert_eq!(
            path("{\r\n  \"data\": {\n    \"id\": 7\n  }\n}"),
            "$.data.id"
        );
    }

    #[test]
    fn brackets_in_text_do_not_count() {
        assert_eq!(path(r#"{"a]}\"[{":"}{\\","data":{"id":7}}"#), "$.data.id");
    }

    #[test]
    fn a_body_that_breaks_off_is_found_where_it_ends() {
        assert_eq!(path(r#"{"data":{"id":"a"#), "$.data.id");
        assert_eq!(path(r#"{"data":{"id":"a","#), "$.data");
        assert_eq!(path(""), "$");
    }

    #[test]
    fn a_key_that_may_be_a_phone_number_is_masked() {
        assert_eq!(locate(br#"{"+13125550001":7"#, 1, 16), "$.+***********");
    }
}
