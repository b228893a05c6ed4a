//! The webhooks of the document.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{DOCUMENT, config, resolve};

/// The kinds of each event by its name: those that sdk.yaml gives, else the values where events are told apart.
pub(crate) fn webhooks() -> BTreeMap<String, Vec<String>> {
    let webhooks = DOCUMENT["webhooks"].as_object();
    let webhooks = webhooks.expect("there are webhooks").iter();
    webhooks
        .map(|(name, item)| {
            let body = &resolve(&item["post"]["requestBody"])["content"]["application/json"];
            let mut kinds = config::kinds(name);
            if kinds.is_empty() {
                let places = config::dispatch().into_iter();
                let mut values = places.map(|path| values_at(&body["schema"], path));
                kinds = values.find(|values| !values.is_empty()).unwrap_or_default();
            }
            (name.clone(), kinds.into_iter().map(str::to_owned).collect())
        })
        .collect()
}

/// The values of the enum at a path of properties.
fn values_at(schema: &'static Value, path: &str) -> Vec<&'static str> {
    let property = path
        .split('.')
        .fold(schema, |schema, name| &resolve(schema)["properties"][name]);
    let values = resolve(property)["enum"].as_array().into_iter().flatten();
    values.filter_map(Value::as_str).collect()
}
