//! Reads the commands that tests written in other languages send.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::api::{Problem, Refusal, code, shown, wrong};
use crate::state::{Command, Rule, WebhookRule};
use crate::world::World;

/// The members of a body.
struct Body(Map<String, Value>);

/// Does what is asked for below `/_mock`.
pub(super) async fn act(world: &Arc<World>, path: &str, body: &Bytes) -> Result<Value, Refusal> {
    let body = Body::read(body)?;
    let command = match path {
        "receive" => body.receive()?,
        "deliver_again" => {
            body.check_names(&["event_id"])?;
            let event_id = body.text("event_id")?;
            Command::DeliverAgain { event_id }
        }
        "recipients" => {
            body.check_names(&["phone_number", "recipient"])?;
            let recipient = body.text("recipient")?.parse().map_err(wrong)?;
            Command::SetRecipient(body.text("phone_number")?, recipient)
        }
        "faults" => body.fault()?,
        "advance" => {
            body.check_names(&["seconds"])?;
            let seconds = body.get("seconds").and_then(Value::as_f64);
            let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            let time = time.ok_or_else(|| wrong("`seconds` must be a number, and not negative"))?;
            world.advance(time).await?;
            return Ok(json!({ "now": world.now().to_string() }));
        }
        _ => return Err(nothing_at(path)),
    };
    world.act(command).await?;
    Ok(json!({}))
}

pub(super) fn nothing_at(path: &str) -> Refusal {
    let detail = format!("There is no `{path}` here.");
    Refusal::new(404, Problem::new(code::NOT_FOUND, detail))
}

/// Refuses the name of a member or parameter that is not among `names`.
pub(super) fn check_name(name: &str, names: &[&str]) -> Result<(), Refusal> {
    if names.contains(&name) {
        return Ok(());
    }
    let name = shown(name);
    Err(wrong(match names {
        [] => format!("There is no parameter `{name}` here."),
        _ => format!("`{name}` is not one of `{}`.", names.join("`, `")),
    }))
}

impl Body {
    fn read(body: &Bytes) -> Result<Self, Refusal> {
        let members = serde_json::from_slice(body);
        let members: Map<String, Value> =
            members.map_err(|error| wrong(format!("The body is not a JSON object: {error}.")))?;
        match members.len() == names_in(body) {
            true => Ok(Self(members)),
            false => Err(wrong("The body has a property twice.")),
        }
    }

    /// A member. Null says "none".
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn receive(&self) -> Result<Command, Refusal> {
        self.check_names(&["from", "to", "text"])?;
        Ok(Command::Receive {
            from: self.text("from")?,
            to: self.text("to")?,
            text: self.text("text")?,
        })
    }

    /// A fault of webhooks if the body names a kind of event, else one of requests.
    fn fault(&self) -> Result<Command, Refusal> {
        let fault = self.text("fault")?;
        if self.get("event_type").is_some() {
            self.check_names(&["fault", "event_type", "times"])?;
            return Ok(Command::FailWebhook(WebhookRule {
                fault: fault.parse().map_err(wrong)?,
                event_type: self.text("event_type")?,
                times: self.times()?,
            }));
        }
        self.check_names(&["fault", "operation", "times"])?;
        let operation = self.get("operation");
        Ok(Command::Fail(Rule {
            fault: fault.parse().map_err(wrong)?,
            operation: operation.map(|_| self.text("operation")).transpose()?,
            times: self.times()?,
        }))
    }

    fn check_names(&self, names: &[&str]) -> Result<(), Refusal> {
        self.0.keys().try_for_each(|name| check_name(name, names))
    }

    fn text(&self, name: &str) -> Result<String, Refusal> {
        let value = self.get(name).and_then(Value::as_str);
        let value = value.map(str::to_owned);
        value.ok_or_else(|| wrong(format!("`{name}` must be a string.")))
    }

    fn times(&self) -> Result<u64, Refusal> {
        match self.get("times") {
            None => Ok(1),
            Some(times) => times
                .as_u64()
                .ok_or_else(|| wrong("`times` must be a whole number, and not negative.")),
        }
    }
}

/// How many names of members the text of an object has, outside of the values.
fn names_in(json: &[u8]) -> usize {
    let (mut names, mut depth) = (0, 0);
    let (mut is_text, mut is_escaped) = (false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_text = !is_text,
            _ if is_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b':' if depth == 1 => names += 1,
            _ => {}
        }
    }
    names
}
