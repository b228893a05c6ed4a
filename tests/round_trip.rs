//! Values of every schema can be deserialized into their types and serialized again.

use serde_json::{Value, json};
use telnyx_messaging::types::{Message, OutboundMessage};

use crate::models::{Model, models};
use crate::sample;

/// The number of random values for each schema.
const DRAWN: u64 = 200;

/// A property that no schema has.
const TOMORROW: &str = "a_property_of_tomorrow";

#[test]
fn a_value_with_every_property_comes_back() {
    for model in models() {
        comes_back(model, &sample::everything(model.schema()));
    }
}

#[test]
fn a_value_with_what_is_required_comes_back() {
    for model in models() {
        comes_back(model, &sample::required(model.schema()));
    }
}

#[test]
fn a_value_of_nulls_comes_back_without_them() {
    for model in models() {
        comes_back(model, &sample::nulls(model.schema()));
    }
}

#[test]
fn any_value_comes_back_even_with_enum_values_nobody_knows() {
    for model in models() {
        for seed in 0..DRAWN {
            comes_back(model, &sample::mixed(model.schema(), seed));
        }
    }
}

#[test]
fn properties_nobody_knows_change_nothing_else() {
    for model in models() {
        let value = sample::everything(model.schema());
        let mut extended = value.clone();
        extend(&mut extended);
        let mut read = written(model, &extended);
        forget(&mut read);
        assert_eq!(read, written(model, &value), "{}", model.place);
    }
}

/// The type serializes what it deserialized, except nulls and empty lists, because a type has one form for absent and empty.
pub(crate) fn comes_back(model: &Model, value: &Value) {
    let written = written(model, value);
    assert_eq!(
        without_nothing(&written),
        without_nothing(value),
        "{}",
        model.place
    );
}

fn written(model: &Model, value: &Value) -> Value {
    model
        .read_and_write(value)
        .unwrap_or_else(|error| panic!("{} does not read {value}: {error}", model.place))
}

/// The value without members that are null or an empty list, for the comparison.
fn without_nothing(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null() && **value != json!([]))
            .map(|(name, value)| (name.clone(), without_nothing(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_nothing).collect(),
        // `2` and `2.0` are the same number.
        Value::Number(number) => number.as_f64().into(),
        other => other.clone(),
    }
}

/// Adds a property to every object, except free-form objects.
fn extend(value: &mut Value) {
    match value {
        Value::Object(members) if !members.contains_key("free") => {
            members.values_mut().for_each(extend);
            members.insert(TOMORROW.to_owned(), json!({"a": [1, null]}));
        }
        Value::Array(items) => items.iter_mut().for_each(extend),
        _ => {}
    }
}

/// Removes that property again where the type kept it, because the document allows additional properties there.
fn forget(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove(TOMORROW);
            members.values_mut().for_each(forget);
        }
        Value::Array(items) => items.iter_mut().for_each(forget),
        _ => {}
    }
}

#[test]
fn a_message_that_names_no_direction_comes_back_as_the_member_it_was() {
    let sent: OutboundMessage = serde_json::from_value(json!({"id": "m-1"})).expect("it has an id");
    let message = Message::from(sent);
    let json = serde_json::to_string(&message).expect("it is JSON");
    let back: Message = serde_json::from_str(&json).expect("it is a message");
    assert!(matches!(back, Message::Outbound(_)), "{json}");
    assert_eq!(back.id(), Some("m-1"));
}
