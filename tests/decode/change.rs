//! Bodies with one undocumented value.

use serde_json::{Value, json};

use crate::sample::{UNKNOWN, is_required, type_of};
use crate::spec::{DOCUMENT, resolve};

/// A body with one change.
pub(super) struct Change {
    /// JSON pointer to what was changed.
    pub(super) pointer: String,
    pub(super) what: &'static str,
    /// Whether the change is one that the document, or a later version of it, allows.
    pub(super) is_compatible: bool,
    pub(super) body: String,
}

/// Every single change to `body`, a value of `schema`.
pub(super) fn all(schema: &'static Value, body: &Value) -> Vec<Change> {
    let mut changes = Changes {
        body,
        changes: Vec::new(),
    };
    changes.below(schema, "", body);
    changes.changes
}

/// A value of each type.
fn values() -> [Value; 7] {
    [
        json!(7),
        json!(-0.5),
        json!("text"),
        json!(true),
        json!([]),
        json!([{"a": null}, 1]),
        json!({"a": [null]}),
    ]
}

struct Changes<'a> {
    body: &'a Value,
    changes: Vec<Change>,
}

impl Changes<'_> {
    fn below(&mut self, schema: &'static Value, pointer: &str, value: &Value) {
        let schema = member_of(resolve(schema), value);
        match value {
            Value::Object(members) => {
                self.extend(pointer);
                for (name, value) in members {
                    let property = &schema["properties"][name];
                    let pointer = format!("{pointer}/{name}");
                    self.field(property, &pointer, is_required(schema, name));
                    self.below(property, &pointer, value);
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    let pointer = format!("{pointer}/{index}");
                    self.wrong_types(&schema["items"], &pointer);
                    self.below(&schema["items"], &pointer, value);
                }
            }
            _ => {}
        }
    }

    /// Adds a field that nobody knows to the object at `pointer`.
    fn extend(&mut self, pointer: &str) {
        self.change(pointer, "an extra sibling", true, |object| {
            object["a_field_of_tomorrow"] = json!({"a": [1, null]});
        });
    }

    fn field(&mut self, schema: &'static Value, pointer: &str, is_required: bool) {
        let (parent, name) = pointer.rsplit_once('/').expect("a field is in an object");
        self.change(parent, "absent", !is_required, |object| {
            object
                .as_object_mut()
                .expect("it is an object")
                .remove(name);
        });
        // The pointer of the change is that of the field.
        self.changes.last_mut().expect("there is one now").pointer = pointer.to_owned();
        self.replace(pointer, "null", !is_required, [Value::Null]);
        if resolve(schema)["enum"].is_array() {
            self.replace(pointer, "an unknown value", true, [UNKNOWN.into()]);
        }
        self.wrong_types(schema, pointer);
    }

    fn wrong_types(&mut self, schema: &'static Value, pointer: &str) {
        let schema = resolve(schema);
        let is_wrong = |value: &Value| match type_of(schema) {
            "object" => !value.is_object(),
            "array" => *value != json!([]),
            "number" => !value.is_number(),
            "integer" => !value.is_i64(),
            "boolean" => !value.is_boolean(),
            _ => !value.is_string(),
        };
        let wrong = values().into_iter().filter(is_wrong);
        self.replace(pointer, "of a wrong type", false, wrong);
    }

    /// Puts each of `values` in place of what stands at `pointer`. The body is serialized once for all of them.
    fn replace(
        &mut self,
        pointer: &str,
        what: &'static str,
        is_compatible: bool,
        values: impl IntoIterator<Item = Value>,
    ) {
        const MARK: &str = "the value to replace";
        let mut marked = self.body.clone();
        *marked.pointer_mut(pointer).expect("it stands there") = MARK.into();
        let (marked, mark) = (marked.to_string(), json!(MARK).to_string());
        let changes = values.into_iter().map(|value| Change {
            pointer: pointer.to_owned(),
            what,
            is_compatible,
            body: marked.replace(&mark, &value.to_string()),
        });
        self.changes.extend(changes);
    }

    fn change(
        &mut self,
        pointer: &str,
        what: &'static str,
        is_compatible: bool,
        change: impl FnOnce(&mut Value),
    ) {
        let mut body = self.body.clone();
        change(body.pointer_mut(pointer).expect("it stands there"));
        self.changes.push(Change {
            pointer: pointer.to_owned(),
            what,
            is_compatible,
            body: body.to_string(),
        });
    }
}

/// The member of a union that `value` is one of; any other schema as it is.
fn member_of(schema: &'static Value, value: &Value) -> &'static Value {
    let discriminator = &schema["discriminator"];
    let Some(property) = discriminator["propertyName"].as_str() else {
        return schema;
    };
    let tag = value[property].as_str().expect("the value has its tag");
    let reference = discriminator["mapping"][tag].as_str();
    let pointer = reference.expect("the tag is known").trim_start_matches('#');
    DOCUMENT
        .pointer(pointer)
        .expect("the reference leads somewhere")
}
