//! Checks values against schemas.
//!
//! The mock has its own checks, because each error needs Telnyx's code, a pointer and a sentence, and an unknown field is an
//! error. The spec uses few keywords of JSON Schema.

use serde_json::Value;
use telnyx_messaging::Timestamp;

use super::problem::code::{self, Code};
use super::unions::branches;
use super::{Api, Problem, Problems, parts, shown};

/// How many letters a name may be off to be offered in place of another.
const NEAR: usize = 2;

/// How many characters a URL has at most, as Telnyx says.
const LONGEST_URL: usize = 2_000;

impl Api {
    /// What is wrong with the value of a request body.
    pub(crate) fn check(&self, schema: &Value, value: &Value) -> Vec<Problem> {
        let mut problems = Problems::default();
        self.check_at(schema, value, "", &mut problems);
        problems.into_list()
    }

    /// What is wrong with the text of a parameter.
    pub(crate) fn check_text(&self, schema: &Value, text: &str, name: &str) -> Vec<Problem> {
        let problems = self.check(schema, &self.value_of(schema, text));
        problems.into_iter().map(|one| one.of(name)).collect()
    }

    /// The value that a text stands for; the text itself if it is none of the types.
    fn value_of(&self, schema: &Value, text: &str) -> Value {
        let schema = self.resolve(schema);
        let types = self.types_of(schema);
        let has = |name| types.contains(&name);
        let value = if has("array") {
            let items = text.split(',');
            let schema = self.keyword(schema, "items");
            let items = items.map(|item| self.value_of(schema, item));
            Some(Value::Array(items.collect()))
        } else if has("integer") || has("number") {
            text.parse::<serde_json::Number>().map(Value::Number).ok()
        } else if has("boolean") {
            text.parse().map(Value::Bool).ok()
        } else {
            None
        };
        value.unwrap_or_else(|| text.into())
    }

    pub(super) fn is_list(&self, schema: &Value) -> bool {
        self.types_of(schema).contains(&"array")
    }

    /// Whether the schema says that the value may be null.
    pub(super) fn takes_null(&self, schema: &Value) -> bool {
        let says_null = |part: &Value| {
            types(part).contains(&"null") || part["nullable"] == true || is_free(part)
        };
        let branches = self.unfolded(schema, branches);
        branches.into_iter().any(|branch| {
            // As OpenAPI 3.0 lets a `$ref` be null.
            let is_nullable = branch["nullable"] == true;
            is_nullable || self.unfolded(branch, parts).into_iter().all(says_null)
        })
    }

    pub(super) fn check_at(
        &self,
        schema: &Value,
        value: &Value,
        pointer: &str,
        into: &mut Problems,
    ) {
        let schema = self.resolve(schema);
        if value.is_null() {
            if !self.takes_null(schema) {
                let sentence = "This must not be null.";
                into.push(Problem::new(code::BAD_REQUEST, sentence).at(pointer));
            }
            return;
        }
        if !branches(schema).is_empty() {
            return into.extend(self.check_union(schema, value, pointer));
        }
        for part in self.unfolded(schema, parts) {
            let problems = match branches(part).is_empty() {
                true => self.check_alone(part, value, pointer),
                false => self.check_part_union(schema, part, value, pointer),
            };
            if !problems.is_empty() {
                into.extend(problems);
                break;
            }
        }
        match value {
            Value::Array(items) => {
                let schema = self.keyword(schema, "items");
                for (index, item) in items.iter().enumerate() {
                    if into.is_full() {
                        break;
                    }
                    let place = format!("{pointer}/{index}");
                    self.check_at(schema, item, &place, into);
                }
            }
            Value::Object(_) => self.check_object(schema, value, pointer, into),
            _ => {}
        }
    }

    /// What is wrong with the value by what the schema itself says: not by its parts, nor by the schemas of members and items.
    fn check_alone(&self, schema: &Value, value: &Value, pointer: &str) -> Vec<Problem> {
        let wrong = |sentence: String| vec![Problem::new(code::BAD_REQUEST, sentence).at(pointer)];
        let types = types(schema);
        if !types.is_empty() && !types.iter().any(|name| has_type(value, name)) {
            return wrong(format!(
                "This must be of type {}, but is {}.",
                types.join(" or "),
                shown(value)
            ));
        }
        if let Some(values) = schema["enum"].as_array()
            && !values.contains(value)
        {
            let values: Vec<String> = values.iter().map(Value::to_string).collect();
            return wrong(format!("This must be one of {}.", values.join(", ")));
        }
        if !schema["const"].is_null() && schema["const"] != *value {
            return wrong(format!("This must be {}.", schema["const"]));
        }
        let is_under =
            |limit: &str, value: f64| schema[limit].as_f64().is_some_and(|limit| value < limit);
        let is_over =
            |limit: &str, value: f64| schema[limit].as_f64().is_some_and(|limit| value > limit);
        match value {
            Value::String(text) => {
                let mistake = self.text_mistake(schema, text).into_iter();
                mistake
                    .map(|(code, sentence)| Problem::new(code, sentence).at(pointer))
                    .collect()
            }
            Value::Number(number) => {
                let number = number.as_f64().unwrap_or_default();
                if is_under("minimum", number) {
                    wrong(format!("This must be at least {}.", schema["minimum"]))
                } else if is_over("maximum", number) {
                    wrong(format!("This must be at most {}.", schema["maximum"]))
                } else {
                    Vec::new()
                }
            }
            Value::Array(items) => {
                let count = items.len() as f64;
                if is_under("minItems", count) {
                    let least = &schema["minItems"];
                    wrong(format!("This must have at least {least} items."))
                } else if is_over("maxItems", count) {
                    let most = &schema["maxItems"];
                    wrong(format!("This must have at most {most} items."))
                } else {
                    Vec::new()
                }
            }
            Value::Object(_) | Value::Bool(_) | Value::Null => Vec::new(),
        }
    }

    fn check_object(&self, schema: &Value, value: &Value, pointer: &str, into: &mut Problems) {
        let properties = self.properties(schema);
        for name in self.required(schema) {
            if value.get(name).is_none() {
                let detail = format!("The field `{name}` is required.");
                let place = format!("{pointer}/{}", escaped(name));
                into.push(Problem::new(code::MISSING, detail).at(place));
            }
        }
        for (name, member) in value.as_object().into_iter().flatten() {
            if into.is_full() {
                break;
            }
            let place = format!("{pointer}/{}", escaped(name));
            let additional = self.keyword(schema, "additionalProperties");
            let property = properties.iter().find(|(known, _)| known == name);
            let property = property.map(|(_, property)| *property);
            if let Some(schema) = property.or_else(|| additional.is_object().then_some(additional))
            {
                self.check_at(schema, member, &place, into);
            } else if !properties.is_empty() && *additional != true {
                let names = properties.iter().map(|(name, _)| *name);
                let instead = self.instead(name, names);
                let name = shown(name);
                let detail = format!("The spec has no field `{name}` here{instead}");
                into.push(Problem::new(code::BAD_REQUEST, detail).at(place));
            }
        }
    }

    /// What is wrong with a text, other than its type.
    fn text_mistake(&self, schema: &Value, text: &str) -> Option<(Code, String)> {
        let wrong = |sentence| Some((code::BAD_REQUEST, sentence));
        let length = text.chars().count() as u64;
        if schema["minLength"]
            .as_u64()
            .is_some_and(|least| length < least)
        {
            return wrong(format!(
                "This needs at least {} characters.",
                schema["minLength"]
            ));
        }
        if schema["maxLength"]
            .as_u64()
            .is_some_and(|most| length > most)
        {
            return wrong(format!(
                "This must have at most {} characters.",
                schema["maxLength"]
            ));
        }
        if let Some(pattern) = schema["pattern"].as_str()
            && self.patterns.is_unlike(pattern, text)
        {
            return wrong(format!("This must match `{pattern}`."));
        }
        match schema["format"].as_str()? {
            "uuid" if !is_uuid(text) => wrong("This must be a UUID.".to_owned()),
            "date-time" if Timestamp::from(text).to_system_time().is_none() => {
                wrong("This must be a time as in RFC 3339.".to_owned())
            }
            // An empty text is how an application says "none".
            "url" | "uri" if !text.is_empty() && !is_url(text) => {
                let sentence =
                    format!("This must be an http or https URL of up to {LONGEST_URL} characters.");
                Some((code::INVALID_URL, sentence))
            }
            _ => None,
        }
    }

    /// The end of a sentence: `; did you mean …?` if one of the names is close.
    pub(super) fn instead<'a>(&self, name: &str, names: impl Iterator<Item = &'a str>) -> String {
        let nearest = names.min_by_key(|known| distance(name, known));
        match nearest {
            Some(known) if distance(name, known) <= NEAR => format!("; did you mean `{known}`?"),
            _ => ".".to_owned(),
        }
    }
}

/// Whether the schema itself says nothing of what the value is.
fn is_free(schema: &Value) -> bool {
    let says = ["type", "properties", "enum", "const", "oneOf", "anyOf"];
    says.iter().all(|key| schema[*key].is_null())
}

/// The types that a schema names; an object with properties need not name it.
pub(super) fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ if schema["properties"].is_object() => vec!["object"],
        _ => Vec::new(),
    }
}

fn has_type(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12])
        && text
            .chars()
            .all(|one| one == '-' || one.is_ascii_hexdigit())
}

pub(crate) fn is_url(text: &str) -> bool {
    let is_absolute = text.parse::<http::Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some()
    });
    is_absolute && text.chars().count() <= LONGEST_URL
}

/// A name within a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// How many letters have to be put in, left out or replaced to make `one` of `other`.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().take(64).enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        for (above, known) in row.iter_mut().skip(1).zip(&other) {
            let cost = (diagonal + usize::from(letter != *known))
                .min(*above + 1)
                .min(left + 1);
            diagonal = std::mem::replace(above, cost);
            left = cost;
        }
        if let Some(first) = row.first_mut() {
            *first = index + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;
    use crate::random::Random;

    fn api() -> Api {
        Api::parse(r#"{ "paths": {} }"#).expect("it is a document")
    }

    #[test]
    fn the_items_of_a_list_in_a_parameter_have_their_type() {
        let numbers = json!({ "type": "array", "items": { "type": "integer" } });
        assert!(api().check_text(&numbers, "1,2", "numbers").is_empty());
        assert_eq!(api().check_text(&numbers, "1,two", "numbers").len(), 1);
    }

    #[test]
    fn a_union_in_a_union_is_checked_once() {
        let mut schema = json!({ "type": "string" });
        for _ in 0..40 {
            schema = json!({ "oneOf": [{ "type": "boolean" }, schema] });
        }
        assert!(api().check(&schema, &json!("text")).is_empty());
        assert_eq!(api().check(&schema, &json!(1)).len(), 1);
    }

    #[test]
    fn an_example_of_what_may_be_null_is_a_value() {
        let schema = json!({ "oneOf": [{ "type": "null" }, { "type": "integer" }] });
        let example = api().sample(&schema, &Map::new(), &mut Random::new(0));
        assert_eq!(example, json!(1));
    }
}
