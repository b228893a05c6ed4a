//! Messaging profiles, their automatic responses, and short codes.

use telnyx_messaging::types::{
    AutorespOp, MessagingProfileFeatures, NumberPoolSettings, UrlShortenerSettings,
    WebhookApiVersion,
};

use crate::{Case, sending};

const PROFILE: &str = "4000eba1-a0c0-4563-9925-b25e842a7cb6";
const RESPONSE: &str = "adc37adf-d110-4355-9e9a-262847e68e89";
const OTHER: &str = "5a2f3c1e-8b0d-4a3e-9f65-1c2d3e4f5a6b";
const SHORT_CODE: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

fn pool() -> NumberPoolSettings {
    NumberPoolSettings::new(1.0, true, 10.0)
        .geomatch(true)
        .sticky_sender(true)
}

fn features() -> MessagingProfileFeatures {
    MessagingProfileFeatures::new()
        .ai_opt_out_detection_enabled(true)
        .auto_chunk_long_messages(true)
}

fn shortener() -> UrlShortenerSettings {
    UrlShortenerSettings::new("acct.fyi")
        .prefix("shop")
        .replace_blacklist_only(true)
        .send_webhooks(true)
}

pub(crate) const CASES: &[Case] = &[
    Case::new("ListMessagingProfiles", "minimal", |client| {
        sending(client.messaging_profiles().list())
    }),
    Case::new("ListMessagingProfiles", "full", |client| {
        sending(
            client
                .messaging_profiles()
                .list()
                .filter_name("Shop")
                .filter_name_eq("Shop")
                .filter_name_contains("Sh")
                .page_number(2)
                .page_size(250),
        )
    }),
    Case::new("CreateMessagingProfile", "minimal", |client| {
        sending(client.messaging_profiles().create("Shop", ["US"]))
    }),
    Case::new("CreateMessagingProfile", "full", |client| {
        sending(
            client
                .messaging_profiles()
                .create("Shop", ["US", "CA"])
                .ai_assistant_id("assistant-1")
                .alpha_sender("Shop")
                .daily_spend_limit("25.50")
                .daily_spend_limit_enabled(true)
                .enabled(true)
                .features(features())
                .health_webhook_url("https://example.com/health")
                .mms_fall_back_to_sms(true)
                .mms_transcoding(true)
                .mobile_only(true)
                .number_pool_settings(pool())
                .resource_group_id("group-1")
                .smart_encoding(true)
                .url_shortener_settings(shortener())
                .webhook_api_version(WebhookApiVersion::V2)
                .webhook_failover_url("https://example.org/webhooks")
                .webhook_url("https://example.com/webhooks"),
        )
    }),
    Case::new("RetrieveMessagingProfile", "minimal", |client| {
        sending(client.messaging_profiles().retrieve(PROFILE))
    }),
    Case::new("RetrieveMessagingProfile", "full", |client| {
        sending(client.messaging_profiles().retrieve(OTHER))
    }),
    Case::new("UpdateMessagingProfile", "minimal", |client| {
        sending(client.messaging_profiles().update(PROFILE))
    }),
    Case::new("UpdateMessagingProfile", "full", |client| {
        sending(
            client
                .messaging_profiles()
                .update(PROFILE)
                .ai_assistant_id("assistant-1")
                .alpha_sender("Shop")
                .daily_spend_limit("25.50")
                .daily_spend_limit_enabled(true)
                .enabled(false)
                .features(features())
                .mms_fall_back_to_sms(false)
                .mms_transcoding(false)
                .mobile_only(false)
                .name("Shop 2")
                .number_pool_settings(pool())
                .redaction_enabled(true)
                .redaction_level(1)
                .smart_encoding(false)
                .url_shortener_settings(shortener())
                .v1_secret("rP1VamejkU2v0qIUxntqLW2c")
                .webhook_api_version(WebhookApiVersion::V2)
                .webhook_failover_url("https://example.org/webhooks")
                .webhook_url("https://example.com/webhooks")
                .whitelisted_destinations(["*"]),
        )
    }),
    Case::new("UpdateMessagingProfile", "cleared", |client| {
        sending(
            client
                .messaging_profiles()
                .update(PROFILE)
                .clear_ai_assistant_id()
                .clear_alpha_sender()
                .clear_features()
                .clear_number_pool_settings()
                .clear_url_shortener_settings()
                .clear_webhook_failover_url()
                .clear_webhook_url(),
        )
    }),
    Case::new("DeleteMessagingProfile", "minimal", |client| {
        sending(client.messaging_profiles().delete(PROFILE))
    }),
    Case::new("DeleteMessagingProfile", "full", |client| {
        sending(client.messaging_profiles().delete(OTHER))
    }),
    Case::new("ListProfilePhoneNumbers", "minimal", |client| {
        sending(client.messaging_profiles().list_phone_numbers(PROFILE))
    }),
    Case::new("ListProfilePhoneNumbers", "full", |client| {
        let request = client.messaging_profiles().list_phone_numbers(PROFILE);
        sending(request.page_number(2).page_size(250))
    }),
    Case::new("ListProfileShortCodes", "minimal", |client| {
        sending(client.messaging_profiles().list_short_codes(PROFILE))
    }),
    Case::new("ListProfileShortCodes", "full", |client| {
        let request = client.messaging_profiles().list_short_codes(PROFILE);
        sending(request.page_number(2).page_size(250))
    }),
    Case::new("GetAutorespConfigs", "minimal", |client| {
        sending(client.messaging_profiles().autoresp_configs().list(PROFILE))
    }),
    Case::new("GetAutorespConfigs", "full", |client| {
        sending(
            client
                .messaging_profiles()
                .autoresp_configs()
                .list(PROFILE)
                .country_code("US")
                .created_at_gte("2026-01-01T00:00:00Z")
                .created_at_lte("2026-01-31T00:00:00Z")
                .updated_at_gte("2026-01-01T00:00:00Z")
                .updated_at_lte("2026-01-31T00:00:00Z"),
        )
    }),
    Case::new("CreateAutorespConfig", "minimal", |client| {
        let responses = client.messaging_profiles().autoresp_configs();
        sending(responses.create(PROFILE, AutorespOp::Stop, ["STOP", "ARRET"], "CA"))
    }),
    Case::new("CreateAutorespConfig", "full", |client| {
        let responses = client.messaging_profiles().autoresp_configs();
        let request = responses.create(PROFILE, AutorespOp::Info, ["HELP"], "*");
        sending(request.resp_text("Write to help@example.com."))
    }),
    Case::new("GetAutorespConfig", "minimal", |client| {
        let responses = client.messaging_profiles().autoresp_configs();
        sending(responses.retrieve(PROFILE, RESPONSE))
    }),
    Case::new("GetAutorespConfig", "full", |client| {
        let responses = client.messaging_profiles().autoresp_configs();
        sending(responses.retrieve(PROFILE, OTHER))
    }),
    Case::new("UpdateAutoRespConfig", "minimal", |client| {
        let responses = client.messaging_profiles().autoresp_configs();
        sending(responses.update(PROFILE, RESPONSE, AutorespOp::Start, ["START"], "US"))
    }),
    Case::new("UpdateAutoRespConfig", "full", |client| {
        let responses = client.messaging_profiles().autoresp_configs();
        let request = responses.update(PROFILE, RESPONSE, "start", ["START"], "US");
        sending(request.resp_text("Welcome back."))
    }),
    Case::new("DeleteAutorespConfig", "minimal", |client| {
        let responses = client.messaging_profiles().autoresp_configs();
        sending(responses.delete(PROFILE, RESPONSE))
    }),
    Case::new("DeleteAutorespConfig", "full", |client| {
        let responses = client.messaging_profiles().autoresp_configs();
        sending(responses.delete(PROFILE, OTHER))
    }),
    Case::new("ListShortCodes", "minimal", |client| {
        sending(client.short_codes().list())
    }),
    Case::new("ListShortCodes", "full", |client| {
        sending(
            client
                .short_codes()
                .list()
                .filter_messaging_profile_id(PROFILE)
                .page_number(2)
                .page_size(250),
        )
    }),
    Case::new("RetrieveShortCode", "minimal", |client| {
        sending(client.short_codes().retrieve(SHORT_CODE))
    }),
    Case::new("RetrieveShortCode", "full", |client| {
        sending(client.short_codes().retrieve(OTHER))
    }),
    Case::new("UpdateShortCode", "minimal", |client| {
        sending(client.short_codes().update(SHORT_CODE, ""))
    }),
    Case::new("UpdateShortCode", "full", |client| {
        sending(
            client
                .short_codes()
                .update(SHORT_CODE, PROFILE)
                .tags(["shop", "north"]),
        )
    }),
];
