//! The API as the spec describes it: operations, parameters, request bodies and responses.
//!
//! The mock reads all of this from the merged document, so a new operation in `spec/` needs no code.

mod check;
mod fit;
mod inputs;
mod operation;
mod patterns;
mod problem;
mod read_only;
mod sample;
mod unions;

use http::Method;
use serde_json::Value;

pub(crate) use self::check::is_url;
pub(crate) use self::inputs::Inputs;
pub(crate) use self::operation::{Operation, Place};
pub(crate) use self::problem::{Problem, Problems, Refusal, code, shown, wrong};

use self::check::types;
use self::patterns::Patterns;

/// The path that operations stand below, as in Telnyx's base URL.
pub(crate) const BASE_PATH: &str = "/v2";

/// Telnyx's clients still call the bulk updates by their older path.
const OLDER_PATHS: [(&str, &str); 1] = [(
    "/messaging_numbers_bulk_updates",
    "/messaging_numbers/bulk_updates",
)];

/// A document of OpenAPI.
#[derive(Debug)]
pub(crate) struct Api {
    document: Value,
    operations: Vec<Operation>,
    patterns: Patterns,
}

impl Api {
    /// Reads a document of OpenAPI 3, as JSON.
    pub(crate) fn parse(json: &str) -> Result<Self, String> {
        let document: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let mut api = Self {
            patterns: Patterns::of(&document),
            document,
            operations: Vec::new(),
        };
        api.operations = Operation::all(&api)?;
        Ok(api)
    }

    /// Finds the operation for a path below the base path, and the values of its path variables.
    pub(crate) fn route(
        &self,
        method: &Method,
        path: &str,
    ) -> Result<(&Operation, Inputs), Refusal> {
        let path = today(path);
        let mut matches: Vec<_> = self
            .operations
            .iter()
            .filter_map(|operation| Some((operation, operation.matches(&path)?)))
            .collect();
        // A literal segment goes before a variable.
        matches.sort_by_key(|(_, inputs)| inputs.path.len());
        if matches.is_empty() {
            return Err(Refusal::no_such_path(&path));
        }
        matches
            .into_iter()
            .find(|(operation, _)| operation.method == *method)
            .ok_or_else(|| Refusal::no_such_method(method, &path))
    }

    pub(crate) fn has_operation(&self, id: &str) -> bool {
        self.operations.iter().any(|operation| operation.id == id)
    }

    /// The schema or other part that a `$ref` leads to; anything else is itself.
    pub(crate) fn resolve<'a>(&'a self, part: &'a Value) -> &'a Value {
        let mut part = part;
        // A circle of references leads nowhere.
        for _ in 0..32 {
            let Some(reference) = part["$ref"].as_str() else {
                break;
            };
            let pointer = reference.trim_start_matches('#');
            part = self.document.pointer(pointer).unwrap_or(&Value::Null);
        }
        part
    }

    /// The properties of an object, those of the branches of `allOf` included.
    pub(crate) fn properties<'a>(&'a self, schema: &'a Value) -> Vec<(&'a str, &'a Value)> {
        let parts = self.unfolded(schema, parts).into_iter();
        let properties = parts.filter_map(|part| part["properties"].as_object());
        let properties = properties.flatten();
        properties
            .map(|(name, property)| (name.as_str(), property))
            .collect()
    }

    /// The schema and what stands below it, at any depth. A schema that holds itself is there once.
    fn unfolded<'a>(
        &'a self,
        schema: &'a Value,
        below: impl Fn(&'a Value) -> Vec<&'a Value>,
    ) -> Vec<&'a Value> {
        let mut found: Vec<&Value> = Vec::new();
        let mut open = vec![self.resolve(schema)];
        while let Some(schema) = open.pop() {
            if found.iter().any(|known| std::ptr::eq(*known, schema)) {
                continue;
            }
            found.push(schema);
            // The first is looked at first.
            let below = below(schema).into_iter().rev();
            open.extend(below.map(|part| self.resolve(part)));
        }
        found
    }

    /// The schema of a property.
    pub(crate) fn property<'a>(&'a self, schema: &'a Value, name: &str) -> Option<&'a Value> {
        let properties = self.properties(schema);
        properties
            .into_iter()
            .find(|(known, _)| *known == name)
            .map(|(_, property)| property)
    }

    /// What the schema says under this keyword, else the first part of its `allOf` that says something.
    fn keyword<'a>(&'a self, schema: &'a Value, name: &str) -> &'a Value {
        let parts = self.unfolded(schema, parts).into_iter();
        let mut said = parts.map(|part| &part[name]);
        said.find(|said| !said.is_null()).unwrap_or(&Value::Null)
    }

    /// The types that the schema names, else the first part of its `allOf` that names some.
    fn types_of<'a>(&'a self, schema: &'a Value) -> Vec<&'a str> {
        let parts = self.unfolded(schema, parts).into_iter();
        let mut named = parts.map(types);
        named.find(|types| !types.is_empty()).unwrap_or_default()
    }

    /// The names of the required properties.
    fn required<'a>(&'a self, schema: &'a Value) -> Vec<&'a str> {
        let parts = self.unfolded(schema, parts).into_iter();
        let names = parts.filter_map(|part| part["required"].as_array());
        names.flatten().filter_map(Value::as_str).collect()
    }

    /// The schema of the JSON that a webhook with this kind of event brings.
    pub(crate) fn webhook(&self, event_type: &str) -> Option<&Value> {
        let webhooks = self.document["webhooks"].as_object()?;
        let schemas = webhooks.values().map(|webhook| {
            let body = self.resolve(&webhook["post"]["requestBody"]);
            &body["content"]["application/json"]["schema"]
        });
        let mut schemas = schemas.filter_map(|schema| self.property(schema, "data"));
        schemas.find(|data| {
            let kinds = self.property(data, "event_type");
            let kinds = kinds.and_then(|kinds| self.resolve(kinds)["enum"].as_array());
            kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == event_type))
        })
    }
}

/// The branches of `allOf`.
fn parts(schema: &Value) -> Vec<&Value> {
    schema["allOf"].as_array().into_iter().flatten().collect()
}

/// The path under its name of today.
fn today(path: &str) -> String {
    let renamed = OLDER_PATHS.iter().find_map(|(older, newer)| {
        let rest = path.strip_prefix(older)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{newer}{rest}"))
    });
    renamed.unwrap_or_else(|| path.to_owned())
}
