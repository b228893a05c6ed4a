//! Responds to a request, in this order: fault, API key, route, inputs, idempotency key, behaviour.

use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request, Response};
use serde_json::{Map, Value, json};

use super::exchange::Exchange;
use super::keys::status;
use super::{Answer, Due, Manner, State};
use crate::api::{Api, BASE_PATH, Inputs, Operation, Problem, Refusal, code};
use crate::behaviours as basis;
use crate::fault::Fault;
use crate::moment::Moment;

/// Asks for a fault of this one request.
const FAULT_HEADER: &str = "x-mock-fault";

const PROFILE_ID: &str = "messaging_profile_id";

/// What an operation comes to.
struct Done {
    data: Value,
    meta: Option<Value>,
}

impl From<Value> for Done {
    fn from(data: Value) -> Self {
        Self { data, meta: None }
    }
}

impl State {
    pub(super) fn answer(&mut self, request: &Request<Bytes>, now: Moment) -> Answer {
        let api = self.api.clone();
        let route = route(&api, request);
        let name = match &route {
            Ok((operation, _)) => operation.id.clone(),
            Err(_) => "no operation".to_owned(),
        };
        let (fault, response) = match asked_fault(request.headers()) {
            Some(Err(reason)) => {
                let problem = Problem::new(code::BAD_REQUEST, reason).of(FAULT_HEADER);
                (None, self.refusal(None, &Refusal::bad_request(problem)))
            }
            asked => {
                let asked = asked.and_then(Result::ok);
                let fault = asked.or_else(|| self.faults.of_request(&name, &mut self.random));
                (fault, self.respond(route, request, fault, now))
            }
        };
        let told = match fault {
            Some(fault) => fault.to_string(),
            None => response.status().as_u16().to_string(),
        };
        let line = format!("{} {name}: {told}", request.method());
        self.note(now, &line, basis::REQUEST);
        let number = self.exchanges.count().to_string();
        let exchange = Exchange::new(&name, request, &response, fault);
        // An exchange is never under way.
        let _ = self.exchanges.push(number, exchange);
        Answer {
            response: self.with_headers(response),
            delay: delay(fault),
            manner: match fault {
                Some(Fault::Refuse) => Manner::Refused,
                Some(Fault::DropBefore | Fault::DropAfter) => Manner::Dropped,
                Some(Fault::Cut) => Manner::Cut,
                _ => Manner::Whole,
            },
        }
    }

    /// The response, where the fault lets the request come to one.
    fn respond(
        &mut self,
        route: Result<(&Operation, Inputs), Refusal>,
        request: &Request<Bytes>,
        fault: Option<Fault>,
        now: Moment,
    ) -> Response<Bytes> {
        match fault {
            Some(Fault::Refuse | Fault::DropBefore) => return Response::default(),
            Some(Fault::Status(status)) => return self.failed(status),
            Some(Fault::RateLimit) => return self.rate_limited(),
            _ => {}
        }
        let response = match route {
            Ok((operation, inputs)) => self.perform(operation, inputs, request, delay(fault), now),
            Err(refusal) => self.refusal(None, &refusal),
        };
        match fault {
            Some(Fault::StatusAfter(status)) => self.failed(status),
            _ => response,
        }
    }

    fn perform(
        &mut self,
        operation: &Operation,
        inputs: Inputs,
        request: &Request<Bytes>,
        delay: Duration,
        now: Moment,
    ) -> Response<Bytes> {
        let api = self.api.clone();
        let inputs = check_account(request.headers())
            .and_then(|()| inputs.complete(&api, operation, request));
        let inputs = match inputs {
            Ok(inputs) => inputs,
            Err(refusal) => return self.refusal(Some(operation), &refusal),
        };
        let key = Self::key_of(operation, request);
        if let Some(replay) = key
            .as_deref()
            .and_then(|key| self.replay(key, request, now))
        {
            return replay.unwrap_or_else(|refusal| self.refusal(Some(operation), &refusal));
        }
        match self.behave(operation, &inputs, now) {
            Ok(done) => {
                let random = &mut self.random;
                let body = api.answer(operation, done.data, done.meta, random);
                let response = json_response(operation.success(), &body);
                if let Some(key) = key {
                    self.remember(key, request, &response, delay, now);
                }
                response
            }
            Err(refusal) => self.refusal(Some(operation), &refusal),
        }
    }

    /// What the operations do that have a behaviour, by method and path; any other responds with an example.
    fn behave(
        &mut self,
        operation: &Operation,
        inputs: &Inputs,
        now: Moment,
    ) -> Result<Done, Refusal> {
        let path: Vec<&str> = operation.path.split('/').skip(1).collect();
        let id = inputs
            .path
            .values()
            .next()
            .map(String::as_str)
            .unwrap_or_default();
        Ok(match (&operation.method, path.as_slice()) {
            (&Method::POST, ["messages"] | ["messages", _]) => {
                self.send(operation, inputs, now)?.into()
            }
            (&Method::GET, ["messages", "{id}"]) => self.retrieve(id, now)?.into(),
            (&Method::DELETE, ["messages", "{id}"]) => self.cancel(id, now)?.into(),
            (&Method::GET, ["messages", "group", _]) => self.group(id, now)?.into(),
            (&Method::GET, ["messaging_optouts"]) => page(self.opt_outs.list(inputs), inputs),
            (&Method::GET, ["phone_numbers", "messaging"]) => {
                page(self.numbers.list(inputs, false), inputs)
            }
            (&Method::GET, ["mobile_phone_numbers", "messaging"]) => {
                page(self.numbers.list(inputs, true), inputs)
            }
            (&Method::GET, ["phone_numbers", _, "messaging"]) => {
                self.numbers.retrieve(id, false)?.into()
            }
            (&Method::PATCH, ["phone_numbers", _, "messaging"]) => {
                self.refuse_profile(inputs.text(PROFILE_ID).unwrap_or_default())?;
                self.numbers.change(id, inputs, now)?.into()
            }
            (&Method::GET, ["mobile_phone_numbers", _, "messaging"]) => {
                self.numbers.retrieve(id, true)?.into()
            }
            (&Method::POST, ["messaging_numbers", "bulk_updates"]) => {
                self.refuse_profile(inputs.text(PROFILE_ID).unwrap_or_default())?;
                let order_id = self.numbers.order(inputs, &mut self.random, now)?;
                let due = now + self.settings.step;
                self.plan(due, Due::Update(order_id.clone()));
                self.numbers.retrieve_order(&order_id)?.into()
            }
            (&Method::GET, ["messaging_numbers", "bulk_updates", _]) => {
                self.numbers.retrieve_order(id)?.into()
            }
            (&Method::POST, ["messaging_profiles"]) => {
                let profile = self.profiles.create(inputs, &mut self.random, now);
                self.note(now, "created a messaging profile", basis::PROFILES);
                profile.into()
            }
            (&Method::GET, ["messaging_profiles"]) => page(self.profiles.list(inputs), inputs),
            (&Method::GET, ["messaging_profiles", _]) => self.profiles.retrieve(id)?.into(),
            (&Method::PATCH, ["messaging_profiles", _]) => {
                self.profiles.change(id, inputs, now)?.into()
            }
            (&Method::DELETE, ["messaging_profiles", _]) => {
                let profile = self.profiles.delete(id)?;
                self.numbers.release(id, now);
                profile.into()
            }
            (&Method::GET, ["messaging_profiles", _, "phone_numbers"]) => {
                self.profiles.find(id)?;
                let mut numbers = self.numbers.list(inputs, false);
                numbers.retain(|number| number["messaging_profile_id"] == id);
                page(numbers, inputs)
            }
            _ => self.example(operation, inputs, now),
        })
    }

    /// What the spec says that a response is, with what was sent in it. The example of a list is its only page.
    fn example(&mut self, operation: &Operation, inputs: &Inputs, now: Moment) -> Done {
        let api = self.api.clone();
        let mut sent: Map<String, Value> = inputs.body.clone();
        for (name, value) in &inputs.path {
            sent.insert(name.clone(), value.as_str().into());
        }
        let schema = operation.response(&api, operation.success());
        let sample = api.sample(schema, &sent, &mut self.random);
        self.note(now, &format!("example of {}", operation.id), basis::EXAMPLE);
        if let (Value::Array(items), Value::Number(_)) =
            (&sample["data"], &sample["meta"]["total_pages"])
        {
            return page(items.clone(), inputs);
        }
        match api.property(schema, "data") {
            Some(_) => Done {
                data: sample["data"].clone(),
                meta: sample.get("meta").cloned(),
            },
            None => sample.into(),
        }
    }

    fn refusal(&self, operation: Option<&Operation>, refusal: &Refusal) -> Response<Bytes> {
        let schema = operation.map(|operation| operation.response(&self.api, refusal.status));
        let is_bare = schema.is_some_and(|schema| self.api.property(schema, "code").is_some());
        let body = match refusal.problems.first() {
            Some(problem) if is_bare => problem.to_json(),
            _ => refusal.to_json(),
        };
        json_response(refusal.status, &body)
    }

    fn failed(&self, status: u16) -> Response<Bytes> {
        let code = match status {
            401 => code::AUTHENTICATION,
            404 => code::NOT_FOUND,
            429 => code::TOO_MANY_REQUESTS,
            _ => code::UNEXPECTED,
        };
        let problem = Problem::new(code, "A test requested this failure.");
        self.refusal(None, &Refusal::new(status, problem))
    }

    fn rate_limited(&self) -> Response<Bytes> {
        let problem = Problem::new(code::TOO_MANY_REQUESTS, "A test requested this failure.");
        let mut response = self.refusal(None, &Refusal::new(429, problem));
        let limits = [("limit", "50"), ("remaining", "0"), ("reset", "1")];
        for (name, value) in limits {
            let name = format!("x-ratelimit-{name}");
            if let Ok(name) = http::HeaderName::try_from(name) {
                response
                    .headers_mut()
                    .insert(name, HeaderValue::from_static(value));
            }
        }
        response
    }

    /// Adds what every response has.
    fn with_headers(&mut self, mut response: Response<Bytes>) -> Response<Bytes> {
        let id = HeaderValue::try_from(self.random.uuid());
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Ok(id) = id {
            headers.insert("x-request-id", id);
        }
        response
    }
}

/// The operation that a request is for, and the values of its path's variables.
fn route<'a>(api: &'a Api, request: &Request<Bytes>) -> Result<(&'a Operation, Inputs), Refusal> {
    let whole = request.uri().path();
    let path = whole.strip_prefix(BASE_PATH);
    match path.filter(|path| path.starts_with('/')) {
        Some(path) => api.route(request.method(), path),
        None => Err(Refusal::no_such_path(whole)),
    }
}

fn delay(fault: Option<Fault>) -> Duration {
    match fault {
        Some(Fault::Delay(delay)) => delay,
        _ => Duration::ZERO,
    }
}

/// Any key will do, but there has to be one.
fn check_account(headers: &HeaderMap) -> Result<(), Refusal> {
    let header = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let key = header.and_then(|value| {
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
    });
    if key.is_some_and(|key| !key.is_empty()) {
        return Ok(());
    }
    let detail = "Give a key as `Authorization: Bearer KEY`; this mock accepts any.";
    Err(Refusal::new(
        401,
        Problem::new(code::AUTHENTICATION, detail),
    ))
}

/// The fault that the request asks for; a slip is refused.
fn asked_fault(headers: &HeaderMap) -> Option<Result<Fault, String>> {
    let mut asked = headers.get_all(FAULT_HEADER).iter();
    let fault = asked.next()?.to_str();
    if asked.next().is_some() {
        return Some(Err(format!("`{FAULT_HEADER}` is given twice.")));
    }
    let fault = fault.map_err(|_| format!("`{FAULT_HEADER}` is not ASCII."));
    Some(fault.and_then(str::parse))
}

/// One page of a list.
fn page(items: Vec<Value>, inputs: &Inputs) -> Done {
    let number = |name: &str, default: usize| {
        let given = inputs.query.get(name).and_then(|text| text.parse().ok());
        given.unwrap_or(default).max(1)
    };
    let (number, size) = (number("page[number]", 1), number("page[size]", 20));
    let meta = json!({
        "page_number": number,
        "page_size": size,
        "total_pages": items.len().div_ceil(size),
        "total_results": items.len(),
    });
    let skipped = (number - 1).saturating_mul(size);
    Done {
        data: items.into_iter().skip(skipped).take(size).collect(),
        meta: Some(meta),
    }
}

fn json_response(number: u16, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status(number);
    response
}
