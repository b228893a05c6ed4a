//! The body of a request that is a JSON object.

use serde::Serialize;

use crate::body;
use crate::error::InvalidRequest;

/// Bytes that most bodies fit in.
const CAPACITY: usize = 256;

/// A JSON object, put together from its properties. They keep their order.
pub(crate) struct JsonObject {
    /// Without the brace that closes it.
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
            self.add(name, &value);
        }
        self
    }

    /// Adds a property that must not be an empty text or an empty list.
    pub(crate) fn filled(mut self, name: &str, value: impl Serialize) -> Self {
        self.add(name, &value);
        let is_empty = [b":\"\"".as_slice(), b":[]"]
            .iter()
            .any(|empty| self.json.ends_with(empty));
        if is_empty {
            let problem = format!("`{name}` is empty, and the request needs it");
            self.problem.get_or_insert(InvalidRequest::new(problem));
        }
        self
    }

    /// Whether it has no properties.
    pub(crate) fn is_empty(&self) -> bool {
        self.json.len() == 1 && self.problem.is_none()
    }

    /// The object's text, or the first thing that is wrong with a property.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, InvalidRequest> {
        self.json.push(b'}');
        match self.problem {
            Some(problem) => Err(problem),
            None => Ok(self.json),
        }
    }

    fn add(&mut self, name: &str, value: &impl Serialize) {
        if self.json.len() > 1 {
            self.json.push(b',');
        }
        let written = body::write_json(&mut self.json, name).and_then(|()| {
            self.json.push(b':');
            body::write_json(&mut self.json, value)
        });
        if let Err(problem) = written {
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
        object.finish().unwrap_err();
    }
}
