//! The inputs of a request, checked against its operation.

use std::collections::BTreeMap;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Request};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::problem::code;
use super::{Api, Operation, Place, Problem, Problems, Refusal, shown};

/// The values of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) path: BTreeMap<String, String>,
    /// By the name on the wire, such as `page[number]`.
    pub(crate) query: BTreeMap<String, String>,
    pub(crate) body: Map<String, Value>,
}

impl Inputs {
    /// Reads and checks the rest of a request. Reports what is wrong, all at once.
    pub(crate) fn complete<B: AsRef<[u8]>>(
        mut self,
        api: &Api,
        operation: &Operation,
        request: &Request<B>,
    ) -> Result<Self, Refusal> {
        let mut problems = Problems::default();
        self.read_query(
            api,
            operation,
            request.uri().query().unwrap_or_default(),
            &mut problems,
        );
        self.check_parameters(api, operation, request.headers(), &mut problems);
        self.read_body(api, operation, request, &mut problems)?;
        problems.refuse()?;
        Ok(self)
    }

    /// A text of the request body.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name)?.as_str()
    }

    /// A list of texts of the request body.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let items = self.body.get(name).and_then(Value::as_array);
        let items = items.into_iter().flatten().filter_map(Value::as_str);
        items.map(str::to_owned).collect()
    }

    fn read_query(
        &mut self,
        api: &Api,
        operation: &Operation,
        query: &str,
        problems: &mut Problems,
    ) {
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            if problems.is_full() {
                break;
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name), decoded(value));
            let known = |place| {
                operation
                    .parameters
                    .iter()
                    .filter(move |one| one.place == place)
            };
            let Some(parameter) = known(Place::Query).find(|one| one.name == name) else {
                let names = known(Place::Query).map(|one| one.name.as_str());
                let detail = format!(
                    "There is no query parameter `{}`{}",
                    shown(&name),
                    api.instead(&name, names)
                );
                problems.push(Problem::new(code::BAD_REQUEST, detail).of(name));
                continue;
            };
            match self.query.get_mut(&name) {
                None => {
                    self.query.insert(name, value);
                }
                // A list is one parameter with commas, or repeats the parameter.
                Some(known) if api.is_list(&parameter.schema) => {
                    known.push(',');
                    known.push_str(&value);
                }
                Some(_) => {
                    let detail = format!("The query parameter `{name}` is given twice.");
                    problems.push(Problem::new(code::BAD_REQUEST, detail).of(name));
                }
            }
        }
    }

    fn check_parameters(
        &self,
        api: &Api,
        operation: &Operation,
        headers: &HeaderMap,
        problems: &mut Problems,
    ) {
        for parameter in &operation.parameters {
            let name = &parameter.name;
            let value = match parameter.place {
                Place::Path => self.path.get(name).cloned(),
                Place::Query => self.query.get(name).cloned(),
                Place::Header => headers
                    .get(name)
                    .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
            };
            match value {
                // An id of another form is that of nothing, and is not found.
                Some(_) if parameter.place == Place::Path => {}
                Some(value) => problems.extend(api.check_text(&parameter.schema, &value, name)),
                None if parameter.required => {
                    let detail = format!("The parameter `{name}` is required.");
                    problems.push(Problem::new(code::MISSING, detail).of(name));
                }
                None => {}
            }
        }
    }

    fn read_body<B: AsRef<[u8]>>(
        &mut self,
        api: &Api,
        operation: &Operation,
        request: &Request<B>,
        problems: &mut Problems,
    ) -> Result<(), Refusal> {
        let bytes = request.body().as_ref();
        let Some(body) = &operation.body else {
            // Clients send `{}` or nothing where there is no body.
            return Ok(());
        };
        if bytes.is_empty() {
            if body.required {
                let detail = "The request body is required.";
                problems.push(Problem::new(code::MISSING, detail).at(""));
            }
            return Ok(());
        }
        let media_type = request.headers().get(CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok());
        let media_type = media_type.unwrap_or_default();
        if media_type.split(';').next().map(str::trim) != Some("application/json") {
            let detail = format!(
                "The body must be `application/json`, not `{}`.",
                shown(media_type)
            );
            return Err(Refusal::new(415, Problem::new(code::MEDIA_TYPE, detail)));
        }
        let value: Value = serde_json::from_slice(bytes).map_err(|error| {
            let detail = format!("The body is not JSON: {error}.");
            Refusal::bad_request(Problem::new(code::INVALID_JSON, detail))
        })?;
        problems.extend(api.check(&body.schema, &value));
        api.check_read_only(&body.schema, &value, "", problems);
        if let Value::Object(members) = value {
            self.body = members;
        }
        Ok(())
    }
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
