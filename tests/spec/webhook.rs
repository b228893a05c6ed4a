//! The webhooks of the document.

use serde_json::Value;

use super::{DOCUMENT, config, resolve};

/// A webhook: an event, in its envelope.
#[derive(Clone)]
pub(crate) struct Webhook {
    pub(crate) name: &'static str,
    /// What tells it from others: the values that sdk.yaml gives, else those of the enum at `tag`.
    pub(crate) kinds: Vec<&'static str>,
    /// JSON pointer to where the kind stands in a body.
    pub(crate) tag: String,
    /// JSON pointer to what the event tells.
    pub(crate) payload: String,
    /// The schema of its body.
    pub(crate) body: &'static Value,
}

/// All webhooks, in the order of their names.
pub(crate) fn webhooks() -> Vec<Webhook> {
    let webhooks = DOCUMENT["webhooks"].as_object();
    let webhooks = webhooks.expect("there are webhooks").iter();
    webhooks.map(|(name, item)| webhook(name, item)).collect()
}

fn webhook(name: &'static str, item: &'static Value) -> Webhook {
    let body = &resolve(&item["post"]["requestBody"])["content"]["application/json"]["schema"];
    let places = config::dispatch().into_iter();
    let mut properties = places.map(|path| (path, at(body, path)));
    let (tag, property) = properties
        .find(|(_, property)| property.is_object())
        .unwrap_or_else(|| panic!("nothing tells the webhook {name} from others"));
    let given = config::kinds(name);
    let listed = property["enum"].as_array().into_iter().flatten();
    Webhook {
        name,
        kinds: match given.is_empty() {
            true => listed.filter_map(Value::as_str).collect(),
            false => given,
        },
        tag: pointer(tag),
        payload: pointer(config::payload(name)),
        body,
    }
}

impl Webhook {
    /// The variant of `Event` that it is.
    pub(crate) fn variant(&self) -> String {
        let (first, rest) = self.name.split_at(1);
        first.to_uppercase() + rest
    }

    /// The example of what is in the envelope, as a body.
    pub(crate) fn example(&self) -> Option<Value> {
        let data = resolve(&resolve(self.body)["properties"]["data"]);
        let example = data.get("example")?;
        let meta = serde_json::json!({
            "attempt": 1,
            "delivered_to": "https://www.example.com/hooks"
        });
        Some(serde_json::json!({ "data": example, "meta": meta }))
    }
}

/// The schema at a path of properties; null if there is none.
fn at(schema: &'static Value, path: &str) -> &'static Value {
    let property = path
        .split('.')
        .fold(schema, |schema, name| &resolve(schema)["properties"][name]);
    resolve(property)
}

/// `data.payload` as a JSON pointer.
fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}
