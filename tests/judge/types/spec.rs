//! What the merged spec says stands at each path of a request, a response or an event.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Shape, Shapes, texts};

/// A schema that holds itself is followed this far.
const DEEPEST: usize = 16;

/// The merged spec.
pub(super) struct Spec<'a>(pub(super) &'a Value);

/// A schema and where it stands.
#[derive(Clone)]
struct Part<'a> {
    schema: &'a Value,
    target: String,
}

impl<'a> Spec<'a> {
    /// The paths of each request, response and event.
    pub(super) fn parts(&self) -> Result<BTreeMap<String, Shapes>, String> {
        let mut parts = BTreeMap::new();
        for (path, item) in members(&self.0["paths"]) {
            for (method, operation) in members(item) {
                let Some(id) = operation["operationId"].as_str() else {
                    continue;
                };
                let target = format!("$.paths['{path}'].{method}");
                parts.insert(format!("{id} request"), self.request(operation, &target));
                parts.insert(format!("{id} response"), self.response(operation, &target)?);
            }
        }
        for (name, item) in members(&self.0["webhooks"]) {
            let target = format!("$.webhooks.{name}.post");
            let shapes = self.body(&item["post"], &target);
            parts.insert(format!("{name} event"), shapes);
        }
        Ok(parts)
    }

    fn request(&self, operation: &'a Value, target: &str) -> Shapes {
        let mut shapes = self.body(operation, target);
        let parameters = operation["parameters"].as_array();
        for (index, parameter) in parameters.into_iter().flatten().enumerate() {
            let part = self.target(Part {
                schema: parameter,
                target: format!("{target}.parameters[{index}]"),
            });
            let name = part.schema["name"].as_str().unwrap_or_default();
            if part.schema["in"] == "path" {
                continue;
            }
            let schema = part.below(&["schema"]);
            let is_deep = part.schema["style"] == "deepObject";
            self.walk(schema, &format!(".{name}"), 0, &mut shapes);
            if let Some(shape) = shapes.get_mut(&format!(".{name}")) {
                shape.required |= part.schema["required"] == true;
            }
            if is_deep && name == "page" {
                flatten(name, &mut shapes);
            }
        }
        shapes
    }

    fn body(&self, operation: &'a Value, target: &str) -> Shapes {
        let mut shapes = Shapes::new();
        let body = Part {
            schema: &operation["requestBody"],
            target: format!("{target}.requestBody"),
        };
        let schema = self
            .target(body)
            .below(&["content", "application/json", "schema"]);
        if !schema.schema.is_null() {
            self.walk(schema, "", 0, &mut shapes);
        }
        shapes
    }

    fn response(&self, operation: &'a Value, target: &str) -> Result<Shapes, String> {
        let mut shapes = Shapes::new();
        let success = Part {
            schema: &operation["responses"]["200"],
            target: format!("{target}.responses['200']"),
        };
        let schema = self
            .target(success)
            .below(&["content", "application/json", "schema"]);
        if schema.schema.is_null() {
            return Err(format!("{target} has no response 200"));
        }
        self.walk(schema, "", 0, &mut shapes);
        // The client reads the figures of a page into its pager.
        let paths = shapes.keys().cloned().collect::<Vec<_>>();
        let is_page = paths.iter().any(|path| path == ".meta.page_number");
        if is_page {
            shapes.retain(|path, _| path.starts_with(".data[]"));
        }
        Ok(shapes)
    }

    /// What a part refers to.
    fn target(&self, part: Part<'a>) -> Part<'a> {
        let mut part = part;
        while let Some(reference) = part.schema["$ref"].as_str() {
            let steps: Vec<&str> = reference.trim_start_matches("#/").split('/').collect();
            let Some(schema) = self.0.pointer(reference.trim_start_matches('#')) else {
                break;
            };
            let target = format!("$.{}", steps.join("."));
            part = Part { schema, target };
        }
        part
    }

    /// Notes a schema at a path, and what it holds below.
    fn walk(&self, part: Part<'a>, path: &str, depth: usize, shapes: &mut Shapes) {
        let part = self.target(part);
        let schema = part.schema;
        if depth > DEEPEST {
            return;
        }
        let shape = shapes.entry(path.to_owned()).or_default();
        if shape.target.is_empty() {
            shape.target.clone_from(&part.target);
        }
        shape.note(schema, &self.single(&part));
        for key in ["allOf", "oneOf", "anyOf"] {
            for (index, branch) in schema[key].as_array().into_iter().flatten().enumerate() {
                let target = format!("{}.{key}[{index}]", part.target);
                let branch = Part {
                    schema: branch,
                    target,
                };
                self.walk(branch, path, depth + 1, shapes);
            }
        }
        for (name, _) in members(&schema["properties"]) {
            let below = format!("{path}.{name}");
            let property = part.below(&["properties", name]);
            self.walk(property, &below, depth + 1, shapes);
            let requires = texts(&schema["required"]).contains(name);
            if let Some(shape) = shapes.get_mut(&below) {
                shape.required |= requires;
            }
        }
        if schema["items"].is_object() {
            self.walk(
                part.below(&["items"]),
                &format!("{path}[]"),
                depth + 1,
                shapes,
            );
        }
    }

    /// The kinds that our extensions allow beside those of the schema.
    fn single(&self, part: &Part<'a>) -> Vec<&'static str> {
        let mut kinds = Vec::new();
        if part.schema["x-text-property"].is_string() {
            kinds.push("string");
        }
        if part.schema["x-one-or-list"] == true {
            let items = self.target(part.below(&["items"]));
            kinds.push("object");
            kinds.extend(self.single(&items));
        }
        kinds
    }
}

impl<'a> Part<'a> {
    fn below(&self, steps: &[&str]) -> Self {
        let mut part = self.clone();
        for step in steps {
            let is_word = step.chars().all(|c| c.is_alphanumeric() || c == '_');
            part.target += &if is_word {
                format!(".{step}")
            } else {
                format!("['{step}']")
            };
            part.schema = &part.schema[*step];
        }
        part
    }
}

impl Shape {
    fn note(&mut self, schema: &Value, tolerated: &[&str]) {
        let kinds = texts(&schema["type"]);
        let is_object = schema["properties"].is_object() || schema["allOf"].is_array();
        let is_union = schema["oneOf"].is_array() || schema["anyOf"].is_array();
        if kinds.is_empty() && is_object {
            self.kinds.insert("object".to_owned());
        } else if kinds.is_empty() && !is_union {
            self.kinds.insert("any".to_owned());
        }
        self.kinds
            .extend(kinds.into_iter().filter(|kind| kind != "null"));
        self.values.extend(texts(&schema["enum"]));
        self.tolerated
            .extend(tolerated.iter().map(|kind| (*kind).to_owned()));
        let additional = &schema["additionalProperties"];
        self.open |= additional.is_object() || additional == true;
        // An object without a word about its properties may hold any.
        self.open |= self.kinds.contains("object") && schema["properties"].is_null() && !is_object;
    }
}

/// `page.number` as the query has it: `page[number]`.
fn flatten(name: &str, shapes: &mut Shapes) {
    let prefix = format!(".{name}.");
    let below: Vec<String> = shapes
        .keys()
        .filter(|path| path.starts_with(&prefix))
        .cloned()
        .collect();
    shapes.remove(&format!(".{name}"));
    for path in below {
        let last = &path[prefix.len()..];
        if let Some(shape) = shapes.remove(&path) {
            shapes.insert(format!(".{name}[{last}]"), shape);
        }
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = value.as_object().into_iter().flatten();
    members.map(|(name, value)| (name.as_str(), value))
}
