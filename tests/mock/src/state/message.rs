//! A message, and its JSON in responses and webhooks.

use serde_json::{Map, Value, json};
use telnyx_messaging::text::OptOutKeyword;
use telnyx_messaging::types::{DeliveryStatus, MessageType};

use crate::api::Problem;
use crate::moment::Moment;
use crate::records::{Record, weight_of};
use crate::senders::is_whatsapp_id;
use crate::text::measure;

/// The organization that everything belongs to.
pub(super) const ORGANIZATION: &str = "0d9f4f6c-9c5e-4a43-b1ef-7f3a5b2c1d0e";

/// What a part of a message costs, in millionths of a dollar.
const PRICE: usize = 4_000;

/// A message, outbound or inbound.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) id: String,
    pub(super) is_inbound: bool,
    pub(super) kind: MessageType,
    pub(super) from: String,
    pub(super) to: Vec<Addressee>,
    pub(super) text: Option<String>,
    pub(super) media_urls: Vec<String>,
    /// The request body that made it.
    pub(super) request: Map<String, Value>,
    pub(super) profile: String,
    pub(super) received_at: Moment,
    pub(super) sent_at: Option<Moment>,
    pub(super) completed_at: Option<Moment>,
    /// When it is to be sent, while it is scheduled.
    pub(super) scheduled_for: Option<Moment>,
    pub(super) is_cancelled: bool,
    /// How many entries of the agenda are about it.
    pub(super) due: usize,
    pub(super) errors: Vec<Problem>,
    pub(super) keyword: Option<OptOutKeyword>,
}

/// Somebody a message goes to.
#[derive(Debug)]
pub(super) struct Addressee {
    pub(super) phone_number: String,
    pub(super) status: DeliveryStatus,
}

impl Record for Message {
    fn weight(&self) -> usize {
        let text = self.text.as_deref().map_or(0, str::len);
        let media: usize = self.media_urls.iter().map(String::len).sum();
        let profile = self.profile.len();
        size_of::<Self>() + text + media + profile + weight_of(&self.request)
    }

    fn is_under_way(&self) -> bool {
        self.due > 0 && !self.is_cancelled
    }
}

impl Message {
    /// What anybody says of the message; a response or webhook has the part that the spec gives it.
    pub(super) fn to_json(&self) -> Value {
        let text = self.text.as_deref().unwrap_or_default();
        let encoding = measure(text, is_ucs2(&self.request)).encoding;
        let parts = parts(&self.kind, text, &self.request);
        // What was sent, under the name it was sent by, unless there is more to say.
        let mut json = Value::Object(self.request.clone());
        let time = |moment: Option<Moment>| moment.map(|moment| moment.to_string());
        let known = json!({
            "id": self.id,
            "record_type": "message",
            "direction": if self.is_inbound { "inbound" } else { "outbound" },
            "type": self.kind,
            "organization_id": ORGANIZATION,
            "messaging_profile_id": self.profile,
            "from": self.sender(),
            "to": self.to_recipients(),
            "cc": [],
            "text": self.text,
            "body": self.request.get("whatsapp_message"),
            "media": self.media_urls.iter().map(|url| media(url)).collect::<Vec<_>>(),
            "encoding": encoding,
            "parts": parts,
            "num_chars": text.chars().count(),
            "tags": [],
            "subject": self.request.get("subject"),
            "errors": self.errors.iter().map(Problem::to_json).collect::<Vec<_>>(),
            "received_at": self.received_at.to_string(),
            "sent_at": time(self.sent_at),
            "completed_at": time(self.completed_at),
            "valid_until": null,
            "cost": self.completed_at.map(|_| cost(parts)),
            "cost_breakdown": null,
            "wait_seconds": 0.0,
            "tcr_campaign_billable": false,
            "tcr_campaign_id": null,
            "tcr_campaign_registered": null,
            "webhook_url": self.request.get("webhook_url"),
            "webhook_failover_url": self.request.get("webhook_failover_url"),
            "autoresponse_type": self.keyword.map(|keyword| keyword.to_string()),
            "is_spam": false,
        });
        if let (Value::Object(json), Value::Object(known)) = (&mut json, known) {
            json.extend(known);
        }
        json
    }

    /// The numbers that it goes to.
    pub(super) fn recipients(&self) -> impl Iterator<Item = &str> {
        self.to.iter().map(|one| one.phone_number.as_str())
    }

    /// The other end: the phone that the message came from or goes to.
    pub(super) fn phone(&self) -> &str {
        match self.to.first() {
            Some(first) if !self.is_inbound => &first.phone_number,
            _ => &self.from,
        }
    }

    /// A list. A received WhatsApp message has one number instead.
    fn to_recipients(&self) -> Value {
        let is_received_whatsapp = self.is_inbound && self.kind == MessageType::Whatsapp;
        if is_received_whatsapp && let Some(first) = self.to.first() {
            return first.phone_number.clone().into();
        }
        let to = self.to.iter().map(|one| one.to_json(self.is_inbound));
        to.collect()
    }

    fn sender(&self) -> Value {
        let is_hidden = self.is_inbound && is_whatsapp_id(&self.from);
        let mut sender = json!({
            "phone_number": if is_hidden { "" } else { &self.from },
            "carrier": if self.is_inbound { "T-MOBILE USA, INC." } else { "TELNYX LLC" },
            "line_type": if self.is_inbound { "Wireless" } else { "VoIP" },
        });
        if self.is_inbound {
            sender["status"] = "received".into();
        }
        sender
    }
}

impl Addressee {
    pub(super) fn new(phone_number: impl Into<String>, status: DeliveryStatus) -> Self {
        Self {
            phone_number: phone_number.into(),
            status,
        }
    }

    fn to_json(&self, is_ours: bool) -> Value {
        json!({
            "phone_number": self.phone_number,
            "status": self.status,
            "carrier": if is_ours { "TELNYX LLC" } else { "T-MOBILE USA, INC." },
            "line_type": if is_ours { "VoIP" } else { "Wireless" },
        })
    }
}

/// How many parts a text has. Only an SMS is sent in parts.
pub(super) fn parts(kind: &MessageType, text: &str, request: &Map<String, Value>) -> usize {
    match kind {
        MessageType::Sms => measure(text, is_ucs2(request)).parts,
        _ => 1,
    }
}

fn is_ucs2(request: &Map<String, Value>) -> bool {
    request
        .get("encoding")
        .is_some_and(|encoding| encoding == "ucs2")
}

fn media(url: &str) -> Value {
    json!({ "url": url, "content_type": null, "sha256": null, "size": null })
}

fn cost(parts: usize) -> Value {
    let cost = PRICE * parts;
    let amount = format!("{}.{:06}", cost / 1_000_000, cost % 1_000_000);
    json!({ "amount": amount, "currency": "USD" })
}
