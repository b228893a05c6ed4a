//! The body of a request that is a JSON object.

use serde::Serialize;

use crate::body;
use crate::error::InvalidRequest;

/// The initial capacity in bytes, which is enough for most bodies.
const CAPACITY: usize = 256;

/// A JSON object that is built from its properties, in their order.
pub(crate) struct JsonObject {
    /// The JSON without the closing brace.
    json: Vec<u8>,
    problem: Option<InvalidRequest>,
}

impl JsonObject {
    /// An object without properties.
    pub(crate) fn new() -> Self {
        let mut json = Vec::with_capacity(CAPACITY);
        json.push(b'{');
        Self {
            json,
            problem: None,
        }
    }

    /// Adds a property, if there is a value.
    pub(crate) fn property(mut self, name: &str, value: Option<impl Serialize>) -> Self {
        if let Some(value) = value {
            self.begin(name);
            self.write(name, &value);
        }
        self
    }

    /// Adds a property that must not be an empty string or an empty list.
    pub(crate) fn filled(mut self, name: &str, value: impl Serialize) -> Self {
        self.begin(name);
        let start = self.json.len();
        self.write(name, &value);
        if let Some(b"\"\"" | b"[]") = self.json.get(start..) {
            let problem = format!("`{name}` is empty, and the request needs it");
            self.problem.get_or_insert(InvalidRequest::new(problem));
        }
        self
    }

    /// Whether the object has no properties.
    pub(crate) fn is_empty(&self) -> bool {
        self.json.len() == 1 && self.problem.is_none()
    }

    /// Returns the object's JSON, or the first error of a property.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, InvalidRequest> {
        self.json.push(b'}');
        match self.problem {
            Some(problem) => Err(problem),
            None => Ok(self.json),
        }
    }

    /// Writes the JSON before a value: a comma and the name.
    fn begin(&mut self, name: &str) {
        if self.json.len() > 1 {
            self.json.push(b',');
        }
        self.write(name, name);
        self.json.push(b':');
    }

    fn write(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        if let Err(problem) = body::write_json(&mut self.json, value, Some(name)) {
            self.problem.get_or_insert(problem);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn text(object: JsonObject) -> String {
        String::from_utf8(object.finish().unwrap()).unwrap()
    }

    #[test]
    fn properties_stand_in_order_and_what_is_none_is_left_out() {
        let object = JsonObject::new()
            .property("to", Some("+1"))
            .property("text", None::<String>)
            .property("tags", Some(vec!["a", "b"]));
        assert_eq!(text(object), r#"{"to":"+1","tags":["a","b"]}"#);
    }

    #[test]
    fn a_value_that_is_none_itself_is_null() {
        let object = JsonObject::new().property("text", Some(None::<String>));
        assert_eq!(text(object), r#"{"text":null}"#);
    }

    #[test]
    fn an_object_without_properties_is_empty() {
        assert_eq!(text(JsonObject::new()), "{}");
    }

    #[test]
    fn names_are_written_as_json() {
        let object = JsonObject::new().property("a\"b", Some(1));
        assert_eq!(text(object), r#"{"a\"b":1}"#);
    }

    #[test]
    fn what_cannot_be_json_is_refused() {
        let object = JsonObject::new()
            .property("map", Some(BTreeMap::from([((1, 2), 3)])))
            .property("to", Some("+1"));
        let problem = object.finish().unwrap_err();
        assert_eq!(
            problem.to_string(),
            "`map` cannot be written as JSON: key must be a string"
        );
    }
}
