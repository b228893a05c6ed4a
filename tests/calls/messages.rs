//! Messages other than WhatsApp messages.

use telnyx_messaging::types::{MessageEncoding, MessageType};

use crate::{Case, sending};

const ID: &str = "40385f64-5717-4562-b3fc-2c963f66afa6";
const PROFILE: &str = "4000eba1-a0c0-4563-9925-b25e842a7cb6";

pub(crate) const CASES: &[Case] = &[
    Case::new("SendMessage", "minimal", |client| {
        sending(client.messages().send("+13125550001"))
    }),
    Case::new("SendMessage", "full", |client| {
        sending(
            client
                .messages()
                .send("+13125550001")
                .from("+13125550000")
                .text("Hello, World!")
                .subject("From Telnyx!")
                .media_urls(["https://example.com/one.jpg", "https://example.com/two.jpg"])
                .type_(MessageType::Mms)
                .encoding(MessageEncoding::Ucs2)
                .auto_detect(true)
                .messaging_profile_id(PROFILE)
                .send_at("2026-01-31T12:00:00Z")
                .use_profile_webhooks(false)
                .webhook_url("https://example.com/webhooks")
                .webhook_failover_url("https://example.org/webhooks")
                .idempotency_key("order-1234"),
        )
    }),
    Case::new("GetMessage", "minimal", |client| {
        sending(client.messages().retrieve(ID))
    }),
    Case::new("GetMessage", "full", |client| {
        sending(client.messages().retrieve("an id/with ?odd characters"))
    }),
    Case::new("CancelMessage", "minimal", |client| {
        sending(client.messages().cancel_scheduled(ID))
    }),
    Case::new("CancelMessage", "full", |client| {
        sending(
            client
                .messages()
                .cancel_scheduled("an id/with ?odd characters"),
        )
    }),
    Case::new("SendAlphanumericSenderIdMessage", "minimal", |client| {
        let messages = client.messages();
        sending(messages.send_with_alphanumeric_sender(
            "MyCompany",
            "+4915112345678",
            "Hi",
            PROFILE,
        ))
    }),
    Case::new("SendAlphanumericSenderIdMessage", "full", |client| {
        sending(
            client
                .messages()
                .send_with_alphanumeric_sender("MyCompany", "+4915112345678", "Hi", PROFILE)
                .use_profile_webhooks(false)
                .webhook_url("https://example.com/webhooks")
                .webhook_failover_url("https://example.org/webhooks")
                .idempotency_key("order-1234"),
        )
    }),
    Case::new("GetGroupMmsMessages", "minimal", |client| {
        sending(client.messages().retrieve_group_messages(ID))
    }),
    Case::new("GetGroupMmsMessages", "full", |client| {
        let messages = client.messages();
        sending(messages.retrieve_group_messages("an id/with ?odd characters"))
    }),
    Case::new("CreateGroupMmsMessage", "minimal", |client| {
        sending(
            client
                .messages()
                .send_group_mms("+13125550000", ["+13125550001", "+13125550002"]),
        )
    }),
    Case::new("CreateGroupMmsMessage", "full", |client| {
        sending(
            client
                .messages()
                .send_group_mms("+13125550000", ["+13125550001", "+13125550002"])
                .text("Hello, World!")
                .subject("From Telnyx!")
                .media_urls(["https://example.com/one.jpg"])
                .use_profile_webhooks(false)
                .webhook_url("https://example.com/webhooks")
                .webhook_failover_url("https://example.org/webhooks")
                .idempotency_key("order-1234"),
        )
    }),
    Case::new("CreateLongCodeMessage", "minimal", |client| {
        sending(
            client
                .messages()
                .send_long_code("+13125550000", "+13125550001"),
        )
    }),
    Case::new("CreateLongCodeMessage", "full", |client| {
        sending(
            client
                .messages()
                .send_long_code("+13125550000", "+13125550001")
                .text("Hello, World!")
                .subject("From Telnyx!")
                .media_urls(["https://example.com/one.jpg"])
                .type_(MessageType::Mms)
                .encoding(MessageEncoding::Gsm7)
                .auto_detect(true)
                .use_profile_webhooks(false)
                .webhook_url("https://example.com/webhooks")
                .webhook_failover_url("https://example.org/webhooks")
                .idempotency_key("order-1234"),
        )
    }),
    Case::new("CreateNumberPoolMessage", "minimal", |client| {
        sending(client.messages().send_number_pool("+13125550001", PROFILE))
    }),
    Case::new("CreateNumberPoolMessage", "full", |client| {
        sending(
            client
                .messages()
                .send_number_pool("+13125550001", PROFILE)
                .text("Hello, World!")
                .subject("From Telnyx!")
                .media_urls(["https://example.com/one.jpg"])
                .type_(MessageType::Mms)
                .encoding(MessageEncoding::Auto)
                .auto_detect(true)
                .use_profile_webhooks(false)
                .webhook_url("https://example.com/webhooks")
                .webhook_failover_url("https://example.org/webhooks")
                .idempotency_key("order-1234"),
        )
    }),
    Case::new("ScheduleMessage", "minimal", |client| {
        sending(client.messages().schedule("+13125550001"))
    }),
    Case::new("ScheduleMessage", "full", |client| {
        sending(
            client
                .messages()
                .schedule("+13125550001")
                .from("+13125550000")
                .send_at("2026-01-31T12:00:00Z")
                .text("Hello, World!")
                .subject("From Telnyx!")
                .media_urls(["https://example.com/one.jpg"])
                .type_("MMS")
                .auto_detect(true)
                .messaging_profile_id(PROFILE)
                .use_profile_webhooks(false)
                .webhook_url("https://example.com/webhooks")
                .webhook_failover_url("https://example.org/webhooks"),
        )
    }),
    Case::new("CreateShortCodeMessage", "minimal", |client| {
        sending(client.messages().send_short_code("23456", "+13125550001"))
    }),
    Case::new("CreateShortCodeMessage", "full", |client| {
        sending(
            client
                .messages()
                .send_short_code("23456", "+13125550001")
                .text("Hello, World!")
                .subject("From Telnyx!")
                .media_urls(["https://example.com/one.jpg"])
                .type_(MessageType::Sms)
                .encoding("gsm7")
                .auto_detect(true)
                .use_profile_webhooks(false)
                .webhook_url("https://example.com/webhooks")
                .webhook_failover_url("https://example.org/webhooks")
                .idempotency_key("order-1234"),
        )
    }),
];
