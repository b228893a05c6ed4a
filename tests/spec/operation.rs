//! The operations of the document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{DOCUMENT, config, resolve};

/// An operation and where it stands.
pub(crate) struct Operation {
    pub(crate) method: String,
    pub(crate) path: String,
    /// What sdk.yaml freezes as its arguments.
    arguments: Option<Vec<&'static str>>,
    node: &'static Value,
}

/// All operations by their `operationId`.
pub(crate) fn operations() -> BTreeMap<String, Operation> {
    let paths = DOCUMENT["paths"].as_object().expect("there are paths");
    let mut operations = BTreeMap::new();
    for (path, methods) in paths {
        for (method, node) in methods.as_object().expect("a path has methods") {
            let id = node["operationId"].as_str().expect("operations have ids");
            let operation = Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                arguments: config::arguments(id),
                node,
            };
            operations.insert(id.to_owned(), operation);
        }
    }
    operations
}

impl Operation {
    /// Everything an application can put in beside the path: `query page[size]`, `header idempotency-key`, and the
    /// properties of the body, `body whatsapp_message.text.body`. What is in the items of a list counts for the list.
    pub(crate) fn inputs(&self) -> BTreeSet<String> {
        self.collect(false)
    }

    /// Those of [`inputs`](Self::inputs) that must be put in: the arguments, which sdk.yaml freezes, and what they require.
    pub(crate) fn required_inputs(&self) -> BTreeSet<String> {
        self.collect(true)
    }

    /// Whether it takes an `Idempotency-Key`.
    pub(crate) fn has_key(&self) -> bool {
        self.inputs().contains("header idempotency-key")
    }

    /// Whether doing it twice is doing it once.
    pub(crate) fn is_idempotent(&self) -> bool {
        ["GET", "PUT", "DELETE"].contains(&self.method.as_str())
            || self.says_of_repeats() == Some(true)
    }

    /// What the spec says of a repeated request, beside a key.
    pub(crate) fn says_of_repeats(&self) -> Option<bool> {
        self.node["x-idempotent"].as_bool()
    }

    /// The schema of the body that a success has.
    pub(crate) fn success(&self) -> &'static Value {
        &self.node["responses"]["200"]["content"]["application/json"]["schema"]
    }

    /// Whether an input is an argument: one that sdk.yaml lists, whatever the document requires by now.
    fn is_argument(&self, name: &str, is_required: bool) -> bool {
        match &self.arguments {
            Some(arguments) => arguments.contains(&name),
            None => is_required,
        }
    }

    fn collect(&self, only_required: bool) -> BTreeSet<String> {
        let mut inputs = BTreeSet::new();
        for parameter in self.node["parameters"].as_array().into_iter().flatten() {
            let parameter = resolve(parameter);
            let name = parameter["name"].as_str().expect("parameters have names");
            let is_argument = |name: &str| self.is_argument(name, parameter["required"] == true);
            match parameter["in"].as_str() {
                Some("query") if parameter["style"] == "deepObject" => {
                    let properties = parameter["schema"]["properties"].as_object();
                    let keys = properties.expect("it is an object").keys();
                    let names = keys.map(|key| format!("{name}[{key}]"));
                    let wanted = names.filter(|name| !only_required || is_argument(name));
                    inputs.extend(wanted.map(|name| format!("query {name}")));
                }
                _ if only_required && !is_argument(name) => {}
                Some("query") => _ = inputs.insert(format!("query {name}")),
                Some("header") => _ = inputs.insert(format!("header {}", name.to_lowercase())),
                _ => {}
            }
        }
        let body = &self.node["requestBody"]["content"]["application/json"]["schema"];
        let is_wanted =
            |name: &str, is_required| !only_required || self.is_argument(name, is_required);
        collect(body, "body ", &is_wanted, only_required, &mut inputs);
        inputs
    }
}

fn collect(
    schema: &'static Value,
    place: &str,
    is_wanted: &dyn Fn(&str, bool) -> bool,
    only_required: bool,
    inputs: &mut BTreeSet<String>,
) {
    let schema = resolve(schema);
    if schema["items"].is_object() {
        return collect(&schema["items"], place, is_wanted, only_required, inputs);
    }
    let properties = schema["properties"].as_object().into_iter().flatten();
    for (name, property) in properties.filter(|(_, property)| property["readOnly"] != true) {
        let required = schema["required"].as_array();
        let is_required = required.is_some_and(|names| names.iter().any(|one| one == name));
        if is_wanted(name, is_required) {
            inputs.insert(format!("{place}{name}"));
            let place = format!("{place}{name}.");
            let is_wanted = |_: &str, is_required| is_required || !only_required;
            collect(property, &place, &is_wanted, only_required, inputs);
        }
    }
}
