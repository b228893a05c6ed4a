//! The types, each with its schema.

mod table;

use std::pin::Pin;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use telnyx_messaging::{Client, Result, Unread, types};

use crate::committed;
use crate::spec::DOCUMENT;

/// A type that deserializes and serializes the values of a schema.
pub(crate) struct Model {
    /// A component, or the path from a component to an inline schema.
    pub(crate) place: &'static str,
    /// The name of the type.
    name: fn() -> &'static str,
    read_and_write: fn(&str) -> serde_json::Result<Value>,
    ask: fn(&Client) -> Asked,
    list: fn(&Client) -> Asked,
}

/// A call whose result is the values that could not be decoded.
type Asked = Pin<Box<dyn Future<Output = Result<Vec<Unread>>>>>;

impl Model {
    const fn of<T: DeserializeOwned + Serialize + 'static>(place: &'static str) -> Self {
        Self {
            place,
            name: || {
                let path = std::any::type_name::<T>();
                path.rsplit("::").next().unwrap_or(path)
            },
            read_and_write: |json| serde_json::to_value(serde_json::from_str::<T>(json)?),
            ask: |client| {
                let call = client.get("/one").data::<T>().with_response();
                Box::pin(async { Ok(call.await?.unread().to_vec()) })
            },
            list: |client| {
                let call = client.get("/all").page::<T>();
                Box::pin(async { Ok(call.await?.unread().to_vec()) })
            },
        }
    }

    pub(crate) fn schema(&self) -> &'static Value {
        let pointer = match self.place.starts_with('/') {
            true => self.place.to_owned(),
            false => format!("/components/schemas/{}", self.place),
        };
        DOCUMENT
            .pointer(&pointer)
            .unwrap_or_else(|| panic!("there is no {pointer}"))
    }

    /// Requests one value of the type.
    pub(crate) fn ask(&self, client: &Client) -> Asked {
        (self.ask)(client)
    }

    /// Requests a page of values of the type.
    pub(crate) fn list(&self, client: &Client) -> Asked {
        (self.list)(client)
    }

    /// The JSON that the type serializes after it has deserialized `value`.
    pub(crate) fn read_and_write(&self, value: &Value) -> serde_json::Result<Value> {
        (self.read_and_write)(&value.to_string())
    }
}

/// Every type, with its schema.
pub(crate) fn models() -> impl Iterator<Item = &'static Model> {
    table::TYPES.iter().chain(ELSEWHERE)
}

/// Schemas that no component with its own type shows.
const ELSEWHERE: &[Model] = &[
    Model::of::<Vec<types::WhatsappRecipient>>("RCSTo"),
    Model::of::<String>("ToNumber"),
    Model::of::<types::WhatsappMessage>("WhatsappResponse/properties/data"),
    Model::of::<types::Message>(
        "/paths/~1messages~1{id}/get/responses/200/content/application~1json/schema/properties/data",
    ),
];

#[test]
fn the_table_has_each_component_that_is_a_type() {
    let wanted =
        telnyx_codegen::component_types(&committed::input()).expect("the spec has no mistake");
    let listed: Vec<(String, String)> = table::TYPES
        .iter()
        .map(|model| (model.place.to_owned(), (model.name)().to_owned()))
        .collect();
    assert_eq!(listed, wanted, "run `cargo xtask generate`");
    assert!(!listed.is_empty());
}
