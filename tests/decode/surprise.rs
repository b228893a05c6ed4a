//! Fields of a body, and unexpected values for them.

use serde_json::{Value, json};

use crate::sample::{is_required, type_of};
use crate::spec::resolve;

/// A field or an item of a list.
pub(super) struct Field {
    /// JSON pointer to it.
    pub(super) pointer: String,
    /// What the document says that it is.
    pub(super) kind: String,
}

impl Field {
    /// `$.data.to[0]`.
    pub(super) fn path(&self) -> String {
        let steps = self.pointer.split('/').skip(1);
        let steps = steps.map(|step| match step.parse::<usize>() {
            Ok(index) => format!("[{index}]"),
            Err(_) => format!(".{step}"),
        });
        format!("${}", steps.collect::<String>())
    }

    /// Whether something that has to be there is in it, or it is that itself.
    pub(super) fn is_required(&self) -> bool {
        self.kind.starts_with("required")
    }

    /// `body` with each change that can be made, and the change's name.
    pub(super) fn changes(&self, body: &Value) -> Vec<(&'static str, String)> {
        const MARK: &str = "the value to change";
        let (parent, name) = self.pointer.rsplit_once('/').expect("it is in something");
        let mut marked = body.clone();
        let value = marked.pointer_mut(&self.pointer).expect("it is there");
        let before = std::mem::replace(value, json!(MARK)).to_string();
        let (marked, mark) = (marked.to_string(), json!(MARK).to_string());
        let member = |value: &str| format!("{}:{value}", json!(name));
        let is_item = name.parse::<usize>().is_ok();
        let change = |change: &Change| match change {
            Change::To(json) => Some(marked.replace(&mark, json)),
            Change::Twice | Change::Missing if is_item => None,
            Change::Twice => {
                let twice = [member(&before), member(&before)].join(",");
                Some(marked.replace(&member(&mark), &twice))
            }
            Change::Missing => {
                let mut body = body.clone();
                let holder = body.pointer_mut(parent)?.as_object_mut()?;
                holder.remove(name).map(|_| body.to_string())
            }
        };
        let changes = CHANGES.iter();
        changes
            .filter_map(|(name, kind)| Some((*name, change(kind)?)))
            .collect()
    }
}

/// What becomes of a field.
pub(super) enum Change {
    To(&'static str),
    Twice,
    Missing,
}

/// The changes that every field is given, by their name.
pub(super) const CHANGES: [(&str, Change); 12] = [
    ("null", Change::To("null")),
    ("7", Change::To("7")),
    ("1.0", Change::To("1.0")),
    ("\"7\"", Change::To("\"7\"")),
    ("\"text\"", Change::To("\"text\"")),
    ("[{}]", Change::To(r#"[{"a":1}]"#)),
    ("[]", Change::To("[]")),
    ("{}", Change::To(r#"{"a":1}"#)),
    ("true", Change::To("true")),
    ("\"\\ud83d\"", Change::To(r#""half \ud83d""#)),
    ("twice", Change::Twice),
    ("missing", Change::Missing),
];

/// The fields of `value`, which stands at `pointer` and is a value of `schema`.
pub(super) fn fields(schema: &'static Value, pointer: &str, value: &Value) -> Vec<Field> {
    let mut fields = Vec::new();
    below(resolve(schema), pointer, value, &mut fields);
    fields
}

fn below(schema: &'static Value, pointer: &str, value: &Value, fields: &mut Vec<Field>) {
    match value {
        Value::Object(members) if schema["properties"].is_object() => {
            for (name, value) in members {
                let property = resolve(&schema["properties"][name]);
                let pointer = format!("{pointer}/{name}");
                fields.push(Field {
                    kind: kind(property, is_required(schema, name)),
                    pointer: pointer.clone(),
                });
                below(property, &pointer, value, fields);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let schema = resolve(&schema["items"]);
            let pointer = format!("{pointer}/0");
            fields.push(Field {
                kind: format!("item: {}", kind(schema, false)),
                pointer: pointer.clone(),
            });
            below(schema, &pointer, &items[0], fields);
        }
        _ => {}
    }
}

fn kind(schema: &'static Value, is_required: bool) -> String {
    let is_object = schema["properties"].is_object();
    let kind = match type_of(schema) {
        _ if schema["enum"].is_array() => "enum",
        _ if schema["x-format"].is_string() => "text or number",
        "string" if schema["format"] == "date-time" => "time",
        "string" => "text",
        "array" => {
            let items = kind(resolve(&schema["items"]), false);
            return format!("list of {items}");
        }
        "object" if is_object && has_required(schema) => "object with a required field",
        "object" if is_object => "object",
        "object" => "free form",
        other => other,
    };
    match is_required {
        true => format!("required {kind}"),
        false => kind.to_owned(),
    }
}

fn has_required(schema: &Value) -> bool {
    schema["required"]
        .as_array()
        .is_some_and(|required| !required.is_empty())
}
