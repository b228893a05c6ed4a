//! Which type stands for which schema.

use std::collections::BTreeSet;
use std::pin::Pin;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use telnyx_messaging::{Client, Result, Unread, types};

use crate::covers;
use crate::spec::DOCUMENT;

/// A type that reads and writes the values of a schema.
pub(crate) struct Model {
    /// A component, or the way from one to a schema that is written in place.
    pub(crate) place: &'static str,
    read_and_write: fn(&str) -> serde_json::Result<Value>,
    ask: fn(&Client) -> Asked,
    list: fn(&Client) -> Asked,
}

/// How a response is read: what could not be read of it.
type Asked = Pin<Box<dyn Future<Output = Result<Vec<Unread>>>>>;

impl Model {
    const fn of<T: DeserializeOwned + Serialize + 'static>(place: &'static str) -> Self {
        Self {
            place,
            read_and_write: |json| serde_json::to_value(serde_json::from_str::<T>(json)?),
            ask: |client| {
                let call = client.get("/one").data::<T>().with_response();
                Box::pin(async { Ok(call.await?.unread().to_vec()) })
            },
            list: |client| {
                let call = client.get("/all").page::<T>();
                Box::pin(async { Ok(call.await?.unread().to_vec()) })
            },
        }
    }

    pub(crate) fn schema(&self) -> &'static Value {
        let pointer = match self.place.starts_with('/') {
            true => self.place.to_owned(),
            false => format!("/components/schemas/{}", self.place),
        };
        DOCUMENT
            .pointer(&pointer)
            .unwrap_or_else(|| panic!("there is no {pointer}"))
    }

    /// Asks for one value of the type.
    pub(crate) fn ask(&self, client: &Client) -> Asked {
        (self.ask)(client)
    }

    /// Asks for a page of values of the type.
    pub(crate) fn list(&self, client: &Client) -> Asked {
        (self.list)(client)
    }

    /// What the type writes when it has read `value`.
    pub(crate) fn read_and_write(&self, value: &Value) -> serde_json::Result<Value> {
        (self.read_and_write)(&value.to_string())
    }
}

pub(crate) const MODELS: &[Model] = &[
    Model::of::<types::AutorespConfig>("AutorespConfigSchema"),
    Model::of::<types::BulkUpdate>("BulkMessagingSettingsUpdatePhoneNumbers"),
    Model::of::<types::InboundMessage>("InboundMessagePayload"),
    Model::of::<types::MessagingFeatureSet>("MessagingFeatureSet"),
    Model::of::<types::MessagingProfile>("MessagingProfile"),
    Model::of::<types::MessagingProfileFeatures>("MessagingProfileFeatures"),
    Model::of::<types::MobilePhoneNumberMessagingSettings>(
        "MobilePhoneNumberWithMessagingSettings",
    ),
    Model::of::<types::NumberHealthMetrics>("NumberHealthMetrics"),
    Model::of::<types::NumberPoolSettings>("NumberPoolSettings"),
    Model::of::<types::OptOut>("OptOutItem"),
    Model::of::<types::OutboundMessage>("OutboundMessagePayload"),
    Model::of::<types::CancelledMessage>("OutboundMessagePayloadCancelled"),
    Model::of::<types::PhoneNumberMessagingSettings>("PhoneNumberWithMessagingSettings"),
    Model::of::<Vec<types::WhatsappRecipient>>("RCSTo"),
    Model::of::<types::WhatsappRecipient>("RCSToItem"),
    Model::of::<types::ReplacedLinkClick>("ReplacedLinkClick"),
    Model::of::<types::ShortCode>("ShortCode"),
    Model::of::<String>("ToNumber"),
    Model::of::<types::UrlShortenerSettings>("UrlShortenerSettings"),
    Model::of::<types::WhatsappContact>("WhatsappContact"),
    Model::of::<types::WhatsappInteractive>("WhatsappInteractive"),
    Model::of::<types::WhatsappLocation>("WhatsappLocation"),
    Model::of::<types::WhatsappMedia>("WhatsappMedia"),
    Model::of::<types::WhatsappMessageContent>("WhatsappMessageContent"),
    Model::of::<types::WhatsappReaction>("WhatsappReaction"),
    Model::of::<types::WhatsappMessage>("WhatsappResponse/properties/data"),
    Model::of::<types::MessageError>("messaging_Error"),
    Model::of::<types::Message>(
        "/paths/~1messages~1{id}/get/responses/200/content/application~1json/schema/properties/data",
    ),
];

/// The components that have no type, and what stands for them.
const OTHERS: &[(&str, &str)] = &[
    ("AutoRespConfigCreateSchema", "setters"),
    ("AutorespConfigResponseSchema", "its `data`"),
    ("AutorespConfigsResponseSchema", "`Page`"),
    ("BulkMessagingSettingsUpdatePhoneNumbersRequest", "setters"),
    ("CreateGroupMMSMessageRequest", "setters"),
    ("CreateLongCodeMessageRequest", "setters"),
    ("CreateMessageRequest", "setters"),
    ("CreateMessagingProfileRequest", "setters"),
    ("CreateNumberPoolMessageRequest", "setters"),
    ("CreateScheduledMessageRequest", "setters"),
    ("CreateShortCodeMessageRequest", "setters"),
    ("InboundMessage", "`Webhook`"),
    ("InboundMessageEvent", "`Webhook`"),
    ("OptOutListResponse", "`Page`"),
    ("OutboundMessage", "`Webhook`"),
    ("OutboundMessageEvent", "`Webhook`"),
    ("OutboundMessageResponse", "its `data`"),
    ("ReplacedLinkClickEvent", "`Webhook`"),
    ("UpdateMessagingProfileRequest", "setters"),
    ("UpdatePhoneNumberMessagingSettingsRequest", "setters"),
    ("UpdateShortCodeRequest", "setters"),
    ("WhatsappMessage", "setters"),
    ("WhatsappResponse", "its `data`"),
    ("messaging_Errors", "`ApiError`"),
    ("messaging_PaginationMeta", "`PageMeta`"),
];

#[test]
fn every_component_has_a_type_or_something_that_stands_for_it() {
    let components = DOCUMENT["components"]["schemas"].as_object();
    let components: BTreeSet<&str> = components
        .expect("there are components")
        .keys()
        .map(String::as_str)
        .collect();
    let with_type = MODELS.iter().map(|model| model.place);
    let without_type = OTHERS.iter().map(|(component, _)| *component);
    let listed = with_type
        .chain(without_type)
        .filter(|place| !place.contains('/'))
        .collect();
    let what = "components with a type or what stands for it";
    covers::check(
        &listed,
        &components,
        what,
        "MODELS or OTHERS in tests/models.rs",
    );
}
