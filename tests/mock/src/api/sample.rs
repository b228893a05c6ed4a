//! Examples of schemas, for operations without their own behaviour.

use serde_json::{Map, Value, json};

use super::unions::branches;
use super::{Api, parts};
use crate::random::Random;

/// A schema within itself ends here.
const DEEPEST: usize = 8;

impl Api {
    /// A value of the schema that holds what was sent: a property with the name of one in `sent` has its value.
    pub(crate) fn sample(
        &self,
        schema: &Value,
        sent: &Map<String, Value>,
        random: &mut Random,
    ) -> Value {
        self.sample_at(schema, sent, random, DEEPEST)
    }

    fn sample_at(
        &self,
        schema: &Value,
        sent: &Map<String, Value>,
        random: &mut Random,
        depth: usize,
    ) -> Value {
        let schema = self.schema_with_value(schema);
        let properties = self.properties(schema);
        if !properties.is_empty() {
            let mut members = Map::new();
            for (name, property) in properties {
                let same = sent
                    .get(name)
                    .filter(|value| self.check(property, value).is_empty());
                let member = match same {
                    Some(value) => value.clone(),
                    None if depth == 0 => continue,
                    None => self.sample_at(property, sent, random, depth - 1),
                };
                members.insert(name.to_owned(), member);
            }
            return Value::Object(members);
        }
        if self.is_list(schema) {
            return match depth {
                0 => json!([]),
                _ => {
                    let items = self.keyword(schema, "items");
                    json!([self.sample_at(items, sent, random, depth - 1)])
                }
            };
        }
        let given = [
            self.keyword(schema, "const"),
            self.keyword(schema, "example"),
            self.keyword(schema, "default"),
            &self.keyword(schema, "enum")[0],
        ];
        let given = given.into_iter().find(|value| !value.is_null());
        if let Some(given) = given {
            return given.clone();
        }
        let parts = self.unfolded(schema, parts).into_iter();
        let mut unions = parts.filter(|part| !branches(part).is_empty());
        match unions.next() {
            Some(union) if depth > 0 => self.sample_at(union, sent, random, depth - 1),
            _ => self.plain(schema, random),
        }
    }

    /// A value of a type that says no more of itself.
    fn plain(&self, schema: &Value, random: &mut Random) -> Value {
        let types = self.types_of(schema);
        match (
            types.first().copied(),
            self.keyword(schema, "format").as_str(),
        ) {
            (Some("string"), Some("uuid")) => random.uuid().into(),
            (Some("string"), Some("date-time")) => "2026-01-31T12:00:00Z".into(),
            (Some("string"), Some("url" | "uri")) => "https://example.com".into(),
            (Some("string"), _) => {
                let length = self
                    .keyword(schema, "minLength")
                    .as_u64()
                    .unwrap_or_default();
                let length = usize::try_from(length).unwrap_or_default().clamp(4, 255);
                "text"
                    .chars()
                    .cycle()
                    .take(length)
                    .collect::<String>()
                    .into()
            }
            (Some("integer" | "number"), _) => match self.keyword(schema, "minimum") {
                Value::Null => 1.into(),
                least => least.clone(),
            },
            (Some("boolean"), _) => false.into(),
            (Some("object"), _) => json!({}),
            _ => Value::Null,
        }
    }
}
