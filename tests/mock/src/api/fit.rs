//! Reduces a value to what the spec allows.

use serde_json::{Map, Value};

use super::{Api, Operation};
use crate::random::Random;

impl Api {
    /// The body of a successful response: `data` in its envelope, without what the spec does not name there.
    ///
    /// Behaviour is written once for all kinds of message; the response of an operation holds those parts it is documented
    /// to have.
    pub(crate) fn answer(
        &self,
        operation: &Operation,
        data: Value,
        meta: Option<Value>,
        random: &mut Random,
    ) -> Value {
        let schema = operation.response(self, operation.success());
        if self.property(schema, "data").is_none() {
            return self.fit(schema, &data, random).unwrap_or(data);
        }
        let mut envelope = Map::new();
        envelope.insert("data".to_owned(), data);
        if let Some(meta) = meta {
            envelope.insert("meta".to_owned(), meta);
        }
        let envelope = Value::Object(envelope);
        self.fit(schema, &envelope, random).unwrap_or(envelope)
    }

    /// `value` without what the schema does not name or allow; `None` if nothing of it fits.
    pub(crate) fn fit(&self, schema: &Value, value: &Value, random: &mut Random) -> Option<Value> {
        let schema = self.resolve(schema);
        if value.is_null() {
            return self.takes_null(schema).then_some(Value::Null);
        }
        let schema = self.schema_of(schema, value);
        let properties = self.properties(schema);
        match value {
            Value::Object(members) if !properties.is_empty() => {
                // What the spec lets in without a name stays.
                let additional = self.keyword(schema, "additionalProperties");
                let mut fitted = match additional.is_object() || *additional == true {
                    true => members.clone(),
                    false => Map::new(),
                };
                for (name, property) in properties {
                    fitted.remove(name);
                    let member = members.get(name);
                    let member = member.and_then(|member| self.fit(property, member, random));
                    let is_required = || self.required(schema).contains(&name);
                    let member = member.or_else(|| {
                        is_required().then(|| self.sample(property, &Map::new(), random))
                    });
                    if let Some(member) = member {
                        fitted.insert(name.to_owned(), member);
                    }
                }
                Some(Value::Object(fitted))
            }
            Value::Array(items) if self.is_list(schema) => {
                let schema = self.keyword(schema, "items");
                let items = items.iter();
                let items = items.filter_map(|item| self.fit(schema, item, random));
                Some(Value::Array(items.collect()))
            }
            // One string in place of a list.
            Value::String(_) if schema["x-one-or-list"] == true => {
                let takes_text = schema["items"]["x-text-property"].is_string();
                takes_text.then(|| value.clone())
            }
            _ => self.check(schema, value).is_empty().then(|| value.clone()),
        }
    }
}
