//! The contents of `sdk.yaml`.

use std::sync::LazyLock;

use serde_json::Value;

use crate::committed;

/// The whole of `sdk.yaml`.
static CONFIG: LazyLock<Value> = LazyLock::new(|| {
    let source = committed::source("spec/sdk.yaml");
    serde_yaml::from_slice(&source.bytes).expect("sdk.yaml is YAML")
});

/// The arguments of an operation, by their names on the wire, if it freezes them.
pub(crate) fn arguments(operation: &str) -> Option<Vec<&'static str>> {
    CONFIG["operations"][operation].get("arguments").map(texts)
}

/// The paths at which the kind of an event stands.
pub(crate) fn dispatch() -> Vec<&'static str> {
    texts(&CONFIG["webhooks"]["dispatch"])
}

/// The kinds that it gives an event of the name.
pub(crate) fn kinds(webhook: &str) -> Vec<&'static str> {
    texts(&CONFIG["webhooks"]["events"][webhook]["kinds"])
}

/// Where in its body stands what an event tells.
pub(crate) fn payload(webhook: &str) -> &'static str {
    let payload = &CONFIG["webhooks"]["events"][webhook]["payload"];
    payload.as_str().expect("each event names its payload")
}

/// The features that stand for a part of the API.
pub(crate) fn features() -> Vec<&'static str> {
    let features = CONFIG["features"].as_object().into_iter().flatten();
    features.map(|(name, _)| name.as_str()).collect()
}

/// The resources that are behind a feature.
pub(crate) fn resources(feature: &str) -> Vec<&'static str> {
    texts(&CONFIG["features"][feature])
}

fn texts(list: &'static Value) -> Vec<&'static str> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).collect()
}
