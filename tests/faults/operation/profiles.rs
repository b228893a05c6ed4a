//! The requests of messaging profiles and short codes.

use telnyx_messaging::Client;

use super::Operation::{self, *};
use super::{AnyRequest, Arguments};

/// The request of such an operation; `None` for any other.
pub(super) fn request(
    operation: Operation,
    client: &Client,
    arguments: &Arguments,
) -> Option<AnyRequest> {
    let Arguments {
        id,
        phone_number,
        text,
        options,
    } = arguments.clone();
    let number = phone_number.as_str();
    let profiles = client.messaging_profiles();
    let responses = profiles.autoresp_configs();
    let short_codes = client.short_codes();
    Some(match operation {
        ListProfiles => AnyRequest::of(profiles.list().filter_name(text).with_options(options)),
        CreateProfile => AnyRequest::of(
            profiles
                .create(text, ["US"])
                .webhook_url(number)
                .with_options(options),
        ),
        RetrieveProfile => AnyRequest::of(profiles.retrieve(id).with_options(options)),
        UpdateProfile => AnyRequest::of(
            profiles
                .update(id)
                .name(text.as_str())
                .v1_secret(text)
                .with_options(options),
        ),
        DeleteProfile => AnyRequest::of(profiles.delete(id).with_options(options)),
        ListNumbersOfProfile => {
            AnyRequest::of(profiles.list_phone_numbers(id).with_options(options))
        }
        ListShortCodesOfProfile => {
            AnyRequest::of(profiles.list_short_codes(id).with_options(options))
        }
        ListAutoresponses => AnyRequest::of(responses.list(id).with_options(options)),
        CreateAutoresponse => AnyRequest::of(
            responses
                .create(id, "start", [number], "US")
                .resp_text(text)
                .with_options(options),
        ),
        RetrieveAutoresponse => AnyRequest::of(
            responses
                .retrieve(id.as_str(), id.as_str())
                .with_options(options),
        ),
        UpdateAutoresponse => AnyRequest::of(
            responses
                .update(id.as_str(), id.as_str(), "start", [number], "US")
                .resp_text(text)
                .with_options(options),
        ),
        DeleteAutoresponse => AnyRequest::of(
            responses
                .delete(id.as_str(), id.as_str())
                .with_options(options),
        ),
        ListShortCodes => AnyRequest::of(
            short_codes
                .list()
                .filter_messaging_profile_id(text)
                .with_options(options),
        ),
        RetrieveShortCode => AnyRequest::of(short_codes.retrieve(id).with_options(options)),
        UpdateShortCode => AnyRequest::of(short_codes.update(id, text).with_options(options)),
        _ => return None,
    })
}
