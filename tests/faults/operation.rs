//! All operations, and one of each kind that a promise tells apart.

mod profiles;

use std::fmt;
use std::pin::Pin;

use telnyx_messaging::types::{WhatsappMessageContent, WhatsappText};
use telnyx_messaging::{Client, RequestOptions, Result};

/// An operation of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    SendMessage,
    SendLongCode,
    SendShortCode,
    SendNumberPool,
    SendGroupMms,
    SendWhatsapp,
    SendWithAlphanumericSender,
    Schedule,
    Retrieve,
    RetrieveGroup,
    CancelScheduled,
    ListOptOuts,
    RetrieveNumber,
    UpdateNumber,
    ListNumbers,
    RetrieveMobileNumber,
    ListMobileNumbers,
    CreateBulkUpdate,
    RetrieveBulkUpdate,
    ListProfiles,
    CreateProfile,
    RetrieveProfile,
    UpdateProfile,
    DeleteProfile,
    ListNumbersOfProfile,
    ListShortCodesOfProfile,
    ListAutoresponses,
    CreateAutoresponse,
    RetrieveAutoresponse,
    UpdateAutoresponse,
    DeleteAutoresponse,
    ListShortCodes,
    RetrieveShortCode,
    UpdateShortCode,
}

use Operation::*;

/// All of them.
pub(crate) const ALL: [Operation; 34] = [
    SendMessage,
    SendLongCode,
    SendShortCode,
    SendNumberPool,
    SendGroupMms,
    SendWhatsapp,
    SendWithAlphanumericSender,
    Schedule,
    Retrieve,
    CancelScheduled,
    RetrieveGroup,
    ListOptOuts,
    RetrieveNumber,
    UpdateNumber,
    ListNumbers,
    RetrieveMobileNumber,
    ListMobileNumbers,
    CreateBulkUpdate,
    RetrieveBulkUpdate,
    ListProfiles,
    CreateProfile,
    RetrieveProfile,
    UpdateProfile,
    DeleteProfile,
    ListNumbersOfProfile,
    ListShortCodesOfProfile,
    ListAutoresponses,
    CreateAutoresponse,
    RetrieveAutoresponse,
    UpdateAutoresponse,
    DeleteAutoresponse,
    ListShortCodes,
    RetrieveShortCode,
    UpdateShortCode,
];

/// Those that need no feature of the crate. Most of them send, so that chance tries sends often enough.
pub(crate) const WITHOUT_FEATURES: &[Operation] = ALL.split_at(19).0;

/// A POST with a key, another POST, a GET, a PATCH and a DELETE.
pub(crate) const KINDS: [Operation; 5] = [
    SendMessage,
    Schedule,
    Retrieve,
    UpdateNumber,
    CancelScheduled,
];

/// Those with one id in their path.
pub(crate) const WITH_ID: [Operation; 16] = [
    Retrieve,
    RetrieveGroup,
    CancelScheduled,
    RetrieveNumber,
    UpdateNumber,
    RetrieveMobileNumber,
    RetrieveBulkUpdate,
    RetrieveProfile,
    UpdateProfile,
    DeleteProfile,
    ListNumbersOfProfile,
    ListShortCodesOfProfile,
    ListAutoresponses,
    CreateAutoresponse,
    RetrieveShortCode,
    UpdateShortCode,
];

/// Why an operation may be sent twice, if it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Its `Idempotency-Key` is remembered.
    Keyed,
    /// Doing it twice is doing it once.
    Idempotent,
    /// It may not.
    Other,
}

/// What the arguments of a request are made of.
#[derive(Clone, Debug)]
pub(crate) struct Arguments {
    pub(crate) id: String,
    pub(crate) phone_number: String,
    pub(crate) text: String,
    pub(crate) options: RequestOptions,
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            id: "40385f64-5717-4562-b3fc-2c963f66afa6".to_owned(),
            phone_number: "+13125550001".to_owned(),
            text: "Hello".to_owned(),
            options: RequestOptions::new(),
        }
    }
}

/// A request of any operation.
pub(crate) struct AnyRequest {
    /// What its `Debug` shows.
    pub(crate) debug: String,
    pub(crate) sending: Pin<Box<dyn Future<Output = Result<()>> + Send>>,
}

impl AnyRequest {
    fn of<R, T>(request: R) -> Self
    where
        R: IntoFuture<Output = Result<T>, IntoFuture: Send + 'static> + fmt::Debug,
    {
        let debug = format!("{request:?}");
        let future = request.into_future();
        Self {
            debug,
            sending: Box::pin(async { future.await.map(drop) }),
        }
    }
}

impl Operation {
    pub(crate) fn class(self) -> Class {
        match self {
            Schedule | CreateBulkUpdate | CreateProfile | CreateAutoresponse => Class::Other,
            operation if operation.is_send() => Class::Keyed,
            _ => Class::Idempotent,
        }
    }

    fn is_send(self) -> bool {
        matches!(
            self,
            SendMessage
                | SendLongCode
                | SendShortCode
                | SendNumberPool
                | SendGroupMms
                | SendWhatsapp
                | SendWithAlphanumericSender
        )
    }

    /// The operation's method, and its path when the id is `{id}`.
    pub(crate) fn request_line(self) -> (&'static str, &'static str) {
        match self {
            SendMessage => ("POST", "/messages"),
            SendLongCode => ("POST", "/messages/long_code"),
            SendShortCode => ("POST", "/messages/short_code"),
            SendNumberPool => ("POST", "/messages/number_pool"),
            SendGroupMms => ("POST", "/messages/group_mms"),
            SendWhatsapp => ("POST", "/messages/whatsapp"),
            SendWithAlphanumericSender => ("POST", "/messages/alphanumeric_sender_id"),
            Schedule => ("POST", "/messages/schedule"),
            Retrieve => ("GET", "/messages/{id}"),
            RetrieveGroup => ("GET", "/messages/group/{id}"),
            CancelScheduled => ("DELETE", "/messages/{id}"),
            ListOptOuts => ("GET", "/messaging_optouts"),
            RetrieveNumber => ("GET", "/phone_numbers/{id}/messaging"),
            UpdateNumber => ("PATCH", "/phone_numbers/{id}/messaging"),
            ListNumbers => ("GET", "/phone_numbers/messaging"),
            RetrieveMobileNumber => ("GET", "/mobile_phone_numbers/{id}/messaging"),
            ListMobileNumbers => ("GET", "/mobile_phone_numbers/messaging"),
            CreateBulkUpdate => ("POST", "/messaging_numbers/bulk_updates"),
            RetrieveBulkUpdate => ("GET", "/messaging_numbers/bulk_updates/{id}"),
            ListProfiles => ("GET", "/messaging_profiles"),
            CreateProfile => ("POST", "/messaging_profiles"),
            RetrieveProfile => ("GET", "/messaging_profiles/{id}"),
            UpdateProfile => ("PATCH", "/messaging_profiles/{id}"),
            DeleteProfile => ("DELETE", "/messaging_profiles/{id}"),
            ListNumbersOfProfile => ("GET", "/messaging_profiles/{id}/phone_numbers"),
            ListShortCodesOfProfile => ("GET", "/messaging_profiles/{id}/short_codes"),
            ListAutoresponses => ("GET", "/messaging_profiles/{id}/autoresp_configs"),
            CreateAutoresponse => ("POST", "/messaging_profiles/{id}/autoresp_configs"),
            RetrieveAutoresponse => ("GET", "/messaging_profiles/{id}/autoresp_configs/{id}"),
            UpdateAutoresponse => ("PUT", "/messaging_profiles/{id}/autoresp_configs/{id}"),
            DeleteAutoresponse => ("DELETE", "/messaging_profiles/{id}/autoresp_configs/{id}"),
            ListShortCodes => ("GET", "/short_codes"),
            RetrieveShortCode => ("GET", "/short_codes/{id}"),
            UpdateShortCode => ("PATCH", "/short_codes/{id}"),
        }
    }

    /// An answer of success that fits.
    pub(crate) fn success(self) -> &'static str {
        match self {
            ListOptOuts | ListNumbers | ListMobileNumbers | RetrieveGroup => r#"{"data":[]}"#,
            ListProfiles
            | ListNumbersOfProfile
            | ListShortCodesOfProfile
            | ListAutoresponses
            | ListShortCodes => r#"{"data":[]}"#,
            DeleteAutoresponse => "\"OK\"",
            CreateBulkUpdate | RetrieveBulkUpdate => r#"{"data":{"order_id":"1"}}"#,
            _ => r#"{"data":{"id":"1"}}"#,
        }
    }

    pub(crate) fn request(self, client: &Client, arguments: &Arguments) -> AnyRequest {
        if let Some(request) = profiles::request(self, client, arguments) {
            return request;
        }
        let Arguments {
            id,
            phone_number,
            text,
            options,
        } = arguments.clone();
        let number = phone_number.as_str();
        let messages = client.messages();
        let numbers = client.phone_numbers().messaging();
        let mobile_numbers = client.mobile_phone_numbers().messaging();
        let bulk_updates = client.messaging_numbers_bulk_updates();
        match self {
            SendMessage => AnyRequest::of(
                messages
                    .send(number)
                    .from(number)
                    .text(text)
                    .with_options(options),
            ),
            SendLongCode => AnyRequest::of(
                messages
                    .send_long_code(number, number)
                    .text(text)
                    .with_options(options),
            ),
            SendShortCode => AnyRequest::of(
                messages
                    .send_short_code(number, number)
                    .text(text)
                    .with_options(options),
            ),
            SendNumberPool => AnyRequest::of(
                messages
                    .send_number_pool(number, id)
                    .text(text)
                    .with_options(options),
            ),
            SendGroupMms => AnyRequest::of(
                messages
                    .send_group_mms(number, [number])
                    .text(text)
                    .with_options(options),
            ),
            SendWhatsapp => {
                let content = WhatsappMessageContent::text(WhatsappText::new(text));
                AnyRequest::of(
                    messages
                        .send_whatsapp(number, number, content)
                        .with_options(options),
                )
            }
            SendWithAlphanumericSender => AnyRequest::of(
                messages
                    .send_with_alphanumeric_sender(number, number, text, id)
                    .with_options(options),
            ),
            Schedule => AnyRequest::of(
                messages
                    .schedule(number)
                    .from(number)
                    .text(text)
                    .with_options(options),
            ),
            Retrieve => AnyRequest::of(messages.retrieve(id).with_options(options)),
            RetrieveGroup => {
                AnyRequest::of(messages.retrieve_group_messages(id).with_options(options))
            }
            CancelScheduled => AnyRequest::of(messages.cancel_scheduled(id).with_options(options)),
            ListOptOuts => AnyRequest::of(
                client
                    .messaging_optouts()
                    .list()
                    .filter_from(number)
                    .with_options(options),
            ),
            RetrieveNumber => AnyRequest::of(numbers.retrieve(id).with_options(options)),
            UpdateNumber => AnyRequest::of(
                numbers
                    .update(id)
                    .messaging_profile_id(text)
                    .with_options(options),
            ),
            ListNumbers => AnyRequest::of(
                numbers
                    .list()
                    .filter_phone_number(number)
                    .with_options(options),
            ),
            RetrieveMobileNumber => {
                AnyRequest::of(mobile_numbers.retrieve(id).with_options(options))
            }
            ListMobileNumbers => AnyRequest::of(mobile_numbers.list().with_options(options)),
            CreateBulkUpdate => {
                AnyRequest::of(bulk_updates.create(id, [number]).with_options(options))
            }
            RetrieveBulkUpdate => AnyRequest::of(bulk_updates.retrieve(id).with_options(options)),
            other => unreachable!("{other:?} is a request of a profile"),
        }
    }

    /// Sends the request with arguments that do not matter.
    pub(crate) async fn call(self, client: &Client) -> Result<()> {
        self.request(client, &Arguments::default()).sending.await
    }
}
