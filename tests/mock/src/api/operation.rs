//! One operation of the document.

use http::Method;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{Api, Inputs};

/// An operation.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The operationId, or method and path where there is none.
    pub(crate) id: String,
    pub(crate) method: Method,
    /// `/messages/{id}`
    pub(crate) path: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    responses: Value,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
}

/// A parameter; one of style `deepObject` is a parameter for each of its properties.
#[derive(Debug)]
pub(crate) struct Parameter {
    /// `page[number]`
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) required: bool,
    pub(crate) schema: Value,
}

/// A request body of JSON.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) schema: Value,
}

const METHODS: [(&str, Method); 5] = [
    ("get", Method::GET),
    ("post", Method::POST),
    ("put", Method::PUT),
    ("patch", Method::PATCH),
    ("delete", Method::DELETE),
];

impl Operation {
    pub(super) fn all(api: &Api) -> Result<Vec<Self>, String> {
        let paths = api.document["paths"].as_object();
        let paths = paths.ok_or("the document has no `paths`")?;
        let mut operations = Vec::new();
        for (path, item) in paths {
            for (name, method) in METHODS {
                if let Some(operation) = item.get(name) {
                    operations.push(Self::read(api, path, item, operation, method)?);
                }
            }
        }
        Ok(operations)
    }

    fn read(
        api: &Api,
        path: &str,
        item: &Value,
        operation: &Value,
        method: Method,
    ) -> Result<Self, String> {
        let lists = [&item["parameters"], &operation["parameters"]];
        let mut parameters = Vec::new();
        for parameter in lists.into_iter().filter_map(Value::as_array).flatten() {
            parameters.extend(Parameter::read(api, api.resolve(parameter))?);
        }
        let body = api.resolve(&operation["requestBody"]);
        let schema = &body["content"]["application/json"]["schema"];
        let id = operation["operationId"].as_str().map(str::to_owned);
        Ok(Self {
            id: id.unwrap_or_else(|| format!("{method} {path}")),
            method,
            path: path.to_owned(),
            parameters,
            body: (!schema.is_null()).then(|| Body {
                required: body["required"] == true,
                schema: schema.clone(),
            }),
            responses: operation["responses"].clone(),
        })
    }

    /// The values of the path's variables, if `path` is one of this operation.
    pub(super) fn matches(&self, path: &str) -> Option<Inputs> {
        let mut inputs = Inputs::default();
        let wanted: Vec<&str> = self.path.split('/').collect();
        let found: Vec<&str> = path.split('/').collect();
        if wanted.len() != found.len() {
            return None;
        }
        for (wanted, found) in wanted.iter().zip(found) {
            match wanted
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'))
            {
                Some(_) if found.is_empty() => return None,
                Some(name) => {
                    let value = percent_decode_str(found).decode_utf8_lossy();
                    inputs.path.insert(name.to_owned(), value.into_owned());
                }
                None if *wanted == found => {}
                None => return None,
            }
        }
        Some(inputs)
    }

    /// The schema of the response with this status; a range such as `4XX` counts where the status itself is not named.
    pub(crate) fn response<'a>(&'a self, api: &'a Api, status: u16) -> &'a Value {
        let names = [
            status.to_string(),
            format!("{}XX", status / 100),
            "default".to_owned(),
        ];
        let response = names.iter().find_map(|name| self.responses.get(name));
        let response = response.map_or(&Value::Null, |response| api.resolve(response));
        &response["content"]["application/json"]["schema"]
    }

    /// The status that means success.
    pub(crate) fn success(&self) -> u16 {
        let statuses = self.responses.as_object().into_iter().flatten();
        let mut statuses = statuses.filter_map(|(status, _)| status.parse().ok());
        statuses
            .find(|status| (200..300).contains(status))
            .unwrap_or(200)
    }

    pub(crate) fn takes(&self, place: Place, name: &str) -> bool {
        let is_it = |parameter: &Parameter| {
            parameter.place == place && parameter.name.eq_ignore_ascii_case(name)
        };
        self.parameters.iter().any(is_it)
    }
}

impl Parameter {
    fn read(api: &Api, parameter: &Value) -> Result<Vec<Self>, String> {
        let name = parameter["name"].as_str().unwrap_or_default();
        let place = match parameter["in"].as_str() {
            Some("path") => Place::Path,
            Some("query") => Place::Query,
            Some("header") => Place::Header,
            _ => return Err(format!("the parameter `{name}` stands nowhere")),
        };
        let one = |name: String, schema: &Value, required: bool| Self {
            name,
            place,
            required,
            schema: schema.clone(),
        };
        let schema = &parameter["schema"];
        if parameter["style"] != "deepObject" {
            let required = parameter["required"] == true;
            return Ok(vec![one(name.to_owned(), schema, required)]);
        }
        let required = api.required(schema);
        let members = api.properties(schema).into_iter();
        Ok(members
            .map(|(member, schema)| {
                one(
                    format!("{name}[{member}]"),
                    schema,
                    required.contains(&member),
                )
            })
            .collect())
    }
}
