//! Finds properties in a request body that only a response may have.

use serde_json::Value;

use super::{Api, Problem, Problems, code};

impl Api {
    /// Reports each `readOnly` property of the value, at any depth outside of unions.
    pub(super) fn check_read_only(
        &self,
        schema: &Value,
        value: &Value,
        pointer: &str,
        into: &mut Problems,
    ) {
        let schema = self.resolve(schema);
        let items = self.keyword(schema, "items");
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            if into.is_full() {
                return;
            }
            self.check_read_only(items, item, &format!("{pointer}/{index}"), into);
        }
        for (name, property) in self.properties(schema) {
            let Some(member) = value.get(name) else {
                continue;
            };
            let place = format!("{pointer}/{name}");
            if property["readOnly"] == true || self.resolve(property)["readOnly"] == true {
                let detail = format!("The field `{name}` is read-only.");
                into.push(Problem::new(code::BAD_REQUEST, detail).at(place));
            } else {
                self.check_read_only(property, member, &place, into);
            }
        }
    }
}
