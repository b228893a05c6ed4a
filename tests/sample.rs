//! Values of a schema that Telnyx may send according to its own document.

use serde_json::{Map, Value, json};
use telnyx_messaging_mock::Random;

use crate::spec::resolve;

/// A value that no version of the document has in an enum.
pub(crate) const UNKNOWN: &str = "a_value_of_tomorrow";

/// Every property is present, and lists have two items.
pub(crate) fn everything(schema: &'static Value) -> Value {
    let mut choice = Choice {
        optional: &[Presence::Present],
        list_lengths: &[2],
        ..Choice::FIRST
    };
    value(schema, &mut choice)
}

/// Only required properties are present.
pub(crate) fn required(schema: &'static Value) -> Value {
    let mut choice = Choice {
        optional: &[Presence::Absent],
        ..Choice::FIRST
    };
    value(schema, &mut choice)
}

/// Properties that are not required are null.
pub(crate) fn nulls(schema: &'static Value) -> Value {
    let mut choice = Choice::FIRST;
    value(schema, &mut choice)
}

/// Random values that the schema allows, and values that its enums do not know yet. The same seed produces the same values.
pub(crate) fn mixed(schema: &'static Value, seed: u64) -> Value {
    let mut choice = Choice {
        optional: &[
            Presence::Absent,
            Presence::Null,
            Presence::Present,
            Presence::Present,
        ],
        list_lengths: &[0, 1, 2, 3],
        knows_enums: &[true, true, true, false],
        random: Some(Random::new(seed)),
    };
    value(schema, &mut choice)
}

/// The choices for a schema that allows several values: one of each list.
struct Choice {
    /// How a property that is not required appears.
    optional: &'static [Presence],
    list_lengths: &'static [usize],
    knows_enums: &'static [bool],
    /// Without it, the first choice is always taken.
    random: Option<Random>,
}

#[derive(Clone, Copy)]
enum Presence {
    Absent,
    Null,
    Present,
}

impl Choice {
    const FIRST: Self = Self {
        optional: &[Presence::Null],
        list_lengths: &[0],
        knows_enums: &[true],
        random: None,
    };

    /// A number below `count`.
    fn number(&mut self, count: usize) -> usize {
        self.random.as_mut().map_or(0, |random| random.index(count))
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.number(of.len())]
    }
}

fn value(schema: &'static Value, choice: &mut Choice) -> Value {
    let schema = resolve(schema);
    if let Some(branches) = schema["oneOf"].as_array() {
        return value(&branches[choice.number(branches.len())], choice);
    }
    if let Some(values) = schema["enum"].as_array() {
        return match choice.one_of(choice.knows_enums) {
            true => values[choice.number(values.len())].clone(),
            false => UNKNOWN.into(),
        };
    }
    match type_of(schema) {
        "object" => object(schema, choice),
        "array" => (0..choice.one_of(choice.list_lengths))
            .map(|_| value(&schema["items"], choice))
            .collect(),
        // A quarter can be represented exactly in binary.
        "number" => json!(choice.number(100) as f64 + 0.25),
        "integer" => choice.number(10).into(),
        "boolean" => (choice.number(2) == 0).into(),
        _ => match choice.number(4) {
            0 if schema["example"].is_string() => schema["example"].clone(),
            number if schema["format"] == "date-time" => {
                format!("2026-01-1{number}T12:00:00.000Z").into()
            }
            number => format!("text {number}").into(),
        },
    }
}

fn object(schema: &'static Value, choice: &mut Choice) -> Value {
    let Some(properties) = schema["properties"].as_object() else {
        return json!({"free": ["form", 1, null]});
    };
    let mut object = Map::new();
    for (name, property) in properties {
        let presence = match is_required(schema, name) {
            true => Presence::Present,
            false => choice.one_of(choice.optional),
        };
        match presence {
            Presence::Absent => {}
            Presence::Null => _ = object.insert(name.clone(), Value::Null),
            Presence::Present => _ = object.insert(name.clone(), value(property, choice)),
        }
    }
    object.into()
}

/// The type of the schema's values that are not null.
pub(crate) fn type_of(schema: &Value) -> &str {
    let types = match &schema["type"] {
        Value::Array(types) => types.as_slice(),
        ty => std::slice::from_ref(ty),
    };
    let mut names = types.iter().filter_map(Value::as_str);
    let named = names.find(|name| *name != "null");
    named.unwrap_or(if schema["properties"].is_object() {
        "object"
    } else {
        "string"
    })
}

pub(crate) fn is_required(schema: &Value, name: &str) -> bool {
    let required = schema["required"].as_array();
    required.is_some_and(|required| required.iter().any(|one| one == name))
}
