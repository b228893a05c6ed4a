//! All operations, and one of each kind that a promise distinguishes.
//!
//! The spec describes the operations. This module has the call for each.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::LazyLock;

use serde_json::json;
use telnyx_messaging::types::{WhatsappMessageContent, WhatsappText};
use telnyx_messaging::{Client, RequestOptions, Result};

use crate::{covers, sample, spec};

/// Lists the operations: a name, the `operationId`, and a request that is made of [`Arguments`].
macro_rules! operations {
    ($($name:ident = $id:literal => |$client:ident, $given:ident| $request:expr;)*) => {
        /// An operation of the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Operation {
            $($name,)*
        }

        use Operation::*;

        /// All of them.
        pub(crate) const ALL: [Operation; [$($id),*].len()] = [$($name),*];

        impl Operation {
            fn id(self) -> &'static str {
                match self {
                    $($name => $id,)*
                }
            }

            pub(crate) fn request(self, client: &Client, arguments: &Arguments) -> AnyRequest {
                match self {
                    $($name => {
                        let ($client, $given) = (client, arguments.clone());
                        AnyRequest::of($request.with_options(arguments.options.clone()))
                    })*
                }
            }
        }
    };
}

operations! {
    SendMessage = "SendMessage" => |client, given| client
        .messages()
        .send(&given.phone_number)
        .from(&given.phone_number)
        .text(given.text);
    SendLongCode = "CreateLongCodeMessage" => |client, given| client
        .messages()
        .send_long_code(&given.phone_number, &given.phone_number)
        .text(given.text);
    SendShortCode = "CreateShortCodeMessage" => |client, given| client
        .messages()
        .send_short_code(&given.phone_number, &given.phone_number)
        .text(given.text);
    SendNumberPool = "CreateNumberPoolMessage" => |client, given| client
        .messages()
        .send_number_pool(given.phone_number, given.id)
        .text(given.text);
    SendGroupMms = "CreateGroupMmsMessage" => |client, given| client
        .messages()
        .send_group_mms(&given.phone_number, [&given.phone_number])
        .text(given.text);
    SendWhatsapp = "SendWhatsappMessage" => |client, given| client.messages().send_whatsapp(
        &given.phone_number,
        &given.phone_number,
        WhatsappMessageContent::text(WhatsappText::new(given.text)),
    );
    SendWithAlphanumericSender = "SendAlphanumericSenderIdMessage" => |client, given| client
        .messages()
        .send_with_alphanumeric_sender(
            &given.phone_number,
            &given.phone_number,
            given.text,
            given.id,
        );
    Schedule = "ScheduleMessage" => |client, given| client
        .messages()
        .schedule(&given.phone_number)
        .from(&given.phone_number)
        .text(given.text);
    Retrieve = "GetMessage" => |client, given| client.messages().retrieve(given.id);
    CancelScheduled = "CancelMessage" => |client, given| client
        .messages()
        .cancel_scheduled(given.id);
    RetrieveGroup = "GetGroupMmsMessages" => |client, given| client
        .messages()
        .retrieve_group_messages(given.id);
    ListOptOuts = "ListOptOuts" => |client, given| client
        .messaging_optouts()
        .list()
        .filter_from(given.phone_number);
    RetrieveNumber = "GetPhoneNumberMessagingSettings" => |client, given| client
        .phone_numbers()
        .messaging()
        .retrieve(given.id);
    UpdateNumber = "UpdatePhoneNumberMessagingSettings" => |client, given| client
        .phone_numbers()
        .messaging()
        .update(given.id)
        .messaging_profile_id(given.text);
    ListNumbers = "ListPhoneNumbersWithMessagingSettings" => |client, given| client
        .phone_numbers()
        .messaging()
        .list()
        .filter_phone_number(given.phone_number);
    RetrieveMobileNumber = "GetMobilePhoneNumberMessagingSettings" => |client, given| client
        .mobile_phone_numbers()
        .messaging()
        .retrieve(given.id);
    ListMobileNumbers = "ListMobilePhoneNumbersWithMessagingSettings" => |client, _given| client
        .mobile_phone_numbers()
        .messaging()
        .list();
    CreateBulkUpdate = "BulkUpdateMessagingSettingsOnPhoneNumbers" => |client, given| client
        .messaging_numbers_bulk_updates()
        .create(given.id, [given.phone_number]);
    RetrieveBulkUpdate = "GetBulkUpdateMessagingSettingsOnPhoneNumbersStatus" => |client, given| client
        .messaging_numbers_bulk_updates()
        .retrieve(given.id);
    ListProfiles = "ListMessagingProfiles" => |client, given| client
        .messaging_profiles()
        .list()
        .filter_name(given.text);
    CreateProfile = "CreateMessagingProfile" => |client, given| client
        .messaging_profiles()
        .create(given.text, ["US"])
        .webhook_url(given.phone_number);
    RetrieveProfile = "RetrieveMessagingProfile" => |client, given| client
        .messaging_profiles()
        .retrieve(given.id);
    UpdateProfile = "UpdateMessagingProfile" => |client, given| client
        .messaging_profiles()
        .update(given.id)
        .name(given.text.as_str())
        .v1_secret(given.text);
    DeleteProfile = "DeleteMessagingProfile" => |client, given| client
        .messaging_profiles()
        .delete(given.id);
    ListNumbersOfProfile = "ListProfilePhoneNumbers" => |client, given| client
        .messaging_profiles()
        .list_phone_numbers(given.id);
    ListShortCodesOfProfile = "ListProfileShortCodes" => |client, given| client
        .messaging_profiles()
        .list_short_codes(given.id);
    ListAutoresponses = "GetAutorespConfigs" => |client, given| client
        .messaging_profiles()
        .autoresp_configs()
        .list(given.id);
    CreateAutoresponse = "CreateAutorespConfig" => |client, given| client
        .messaging_profiles()
        .autoresp_configs()
        .create(given.id, "start", [given.phone_number], "US")
        .resp_text(given.text);
    RetrieveAutoresponse = "GetAutorespConfig" => |client, given| client
        .messaging_profiles()
        .autoresp_configs()
        .retrieve(given.id.as_str(), given.id.as_str());
    UpdateAutoresponse = "UpdateAutoRespConfig" => |client, given| client
        .messaging_profiles()
        .autoresp_configs()
        .update(given.id.as_str(), given.id.as_str(), "start", [given.phone_number], "US")
        .resp_text(given.text);
    DeleteAutoresponse = "DeleteAutorespConfig" => |client, given| client
        .messaging_profiles()
        .autoresp_configs()
        .delete(given.id.as_str(), given.id.as_str());
    ListShortCodes = "ListShortCodes" => |client, given| client
        .short_codes()
        .list()
        .filter_messaging_profile_id(given.text);
    RetrieveShortCode = "RetrieveShortCode" => |client, given| client
        .short_codes()
        .retrieve(given.id);
    UpdateShortCode = "UpdateShortCode" => |client, given| client
        .short_codes()
        .update(given.id, given.text);
}

#[test]
fn every_operation_of_the_spec_is_tried() {
    let tried = ALL.map(|operation| operation.id().to_owned()).into();
    let wanted = spec::operations().into_keys().collect();
    let file = "tests/faults/operation.rs";
    covers::check(&tried, &wanted, "operations that meet faults", file);
}

/// A POST with a key, another POST, a GET, a PATCH and a DELETE.
pub(crate) const KINDS: [Operation; 5] = [
    SendMessage,
    Schedule,
    Retrieve,
    UpdateNumber,
    CancelScheduled,
];

/// Those with one id in their path.
pub(crate) fn with_id() -> impl Iterator<Item = Operation> {
    let has_id = |operation: &Operation| operation.request_line().1.matches("{id}").count() == 1;
    ALL.into_iter().filter(has_id)
}

/// What the spec says of an operation.
struct Known {
    method: String,
    /// Whatever is variable in it is called `id`.
    path: String,
    class: Class,
    success: String,
}

static KNOWN: LazyLock<BTreeMap<String, Known>> = LazyLock::new(|| {
    let operations = spec::operations().into_iter();
    operations
        .map(|(id, operation)| (id, known(operation)))
        .collect()
});

fn known(operation: spec::Operation) -> Known {
    let segments = operation.path.split('/');
    let segments = segments.map(|segment| match segment.starts_with('{') {
        true => "{id}",
        false => segment,
    });
    let class = if operation.has_key() {
        Class::Keyed
    } else if operation.is_idempotent() {
        Class::Idempotent
    } else {
        Class::Other
    };
    let whole = spec::resolve(operation.success());
    let data = spec::resolve(&whole["properties"]["data"]);
    let success = match sample::type_of(data) {
        _ if !data.is_object() => sample::required(whole),
        "array" => json!({ "data": [] }),
        _ => json!({ "data": sample::required(data) }),
    };
    Known {
        path: segments.collect::<Vec<_>>().join("/"),
        class,
        success: success.to_string(),
        method: operation.method,
    }
}

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
    fn known(self) -> &'static Known {
        &KNOWN[self.id()]
    }

    pub(crate) fn class(self) -> Class {
        self.known().class
    }

    /// The operation's method, and its path when the id is `{id}`.
    pub(crate) fn request_line(self) -> (&'static str, &'static str) {
        let Known { method, path, .. } = self.known();
        (method, path)
    }

    /// An answer of success that fits.
    pub(crate) fn success(self) -> &'static str {
        &self.known().success
    }

    /// Sends the request with arguments that do not matter.
    pub(crate) async fn call(self, client: &Client) -> Result<()> {
        self.request(client, &Arguments::default()).sending.await
    }
}
