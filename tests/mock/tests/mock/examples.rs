//! The settings of numbers, and what is refused.

use std::time::{Duration, SystemTime};

use serde_json::json;
use telnyx_messaging::http::StatusCode;
use telnyx_messaging::types::{PhoneNumberMessagingSettings, PhoneNumberTypeFilter};
use telnyx_messaging::{Client, Error, Json};
use telnyx_messaging_mock::Mock;

use crate::raw::exchange;
use crate::{FROM, PROFILE, TO};

#[tokio::test]
async fn numbers_are_listed_retrieved_and_updated_one_by_one_and_in_bulk() {
    let mock = Mock::builder().phone_number(FROM).mobile_phone_number(TO);
    let mock = mock
        .clock_stands_at(SystemTime::UNIX_EPOCH)
        .start()
        .await
        .expect("started");
    let client = mock.client().expect("a client");
    let settings = client.phone_numbers().messaging();
    let long_codes = settings.list().filter_type(PhoneNumberTypeFilter::Longcode);
    let page = long_codes.await.expect("a page");
    assert_eq!(page.items.len(), 1);
    let id = page.items[0].id.clone().expect("an id");
    let updated = settings
        .update(&id)
        .messaging_profile_id(PROFILE)
        .tags(["shop"]);
    let updated = updated.await.expect("updated");
    assert_eq!(updated.messaging_profile_id.as_deref(), Some(PROFILE));
    let removed = settings
        .update(FROM)
        .messaging_profile_id("")
        .await
        .expect("updated");
    assert_eq!(removed.messaging_profile_id, None);
    assert_eq!(removed.tags, ["shop"]);

    let updates = client.messaging_numbers_bulk_updates();
    let update = updates.create(PROFILE, [FROM]).await.expect("ordered");
    assert_eq!(update.pending, [FROM]);
    mock.advance(Duration::from_millis(200)).await;
    let update = updates.retrieve(&update.order_id).await.expect("found");
    assert_eq!(update.success, [FROM]);
    let number = settings.retrieve(FROM).await.expect("found");
    assert_eq!(number.messaging_profile_id.as_deref(), Some(PROFILE));

    let mobile = client.mobile_phone_numbers().messaging();
    assert_eq!(mobile.list().await.expect("a page").items.len(), 1);
    mobile.retrieve(TO).await.expect("found");
    mobile
        .retrieve(FROM)
        .await
        .expect_err("not a mobile number");
}

#[tokio::test]
async fn a_profile_lists_its_numbers() {
    let mock = Mock::builder().phone_number(FROM).phone_number(TO);
    let mock = mock.start().await.expect("started");
    let client = mock.client().expect("a client");
    let created = client
        .post("/messaging_profiles")
        .json(&json!({ "name": "Shop", "whitelisted_destinations": ["US"] }));
    let created = created.await.expect("created");
    let id = created.get("/data/id").expect("a profile has an id");
    let id = id.as_str().expect("an id is a text");
    let moved = client.phone_numbers().messaging().update(FROM);
    moved.messaging_profile_id(id).await.expect("updated");

    let path = format!("/messaging_profiles/{id}/phone_numbers");
    let numbers = client.get(path).items::<PhoneNumberMessagingSettings>();
    let numbers = numbers.collect_all(10).await.expect("the list ends");
    let numbers = numbers.iter().map(|number| number.phone_number.as_deref());
    assert_eq!(numbers.collect::<Vec<_>>(), [Some(FROM)]);
    let unknown = client.get("/messaging_profiles/x/phone_numbers").await;
    assert_eq!(
        unknown.expect_err("unknown").status(),
        Some(StatusCode::NOT_FOUND)
    );
}

#[tokio::test]
async fn the_example_of_a_list_is_its_only_page() {
    let mock = Mock::start().await.expect("started");
    let client = mock.client().expect("a client");
    let profile = format!("/messaging_profiles/{PROFILE}");
    for path in [
        "/short_codes".to_owned(),
        format!("{profile}/short_codes"),
        format!("{profile}/autoresp_configs"),
    ] {
        let codes = client.get(&path).items::<Json>().collect_all(10).await;
        assert!(!codes.expect(&path).is_empty(), "{path}");
    }
}

#[tokio::test]
async fn what_telnyx_would_refuse_is_refused_with_a_pointer() {
    let mock = Mock::start().await.expect("started");
    let client = mock.client().expect("a client");
    let messages = client.messages();
    refused(
        messages.send("3125550001").from(FROM).text("Hi").await,
        "10002",
        "/to",
    );
    refused(messages.send(TO).text("Hi").await, "10004", "/from");
    refused(
        messages.send(TO).from("Shop").text("Hi").await,
        "10004",
        "/messaging_profile_id",
    );
    refused(messages.send(TO).from(FROM).await, "10004", "/text");
    let eleven = (0..11).map(|number| format!("https://example.com/{number}"));
    refused(
        messages.send(TO).from(FROM).media_urls(eleven).await,
        "10015",
        "/media_urls",
    );
    let nine = (0..9).map(|number| format!("+1312555000{number}"));
    refused(
        messages.send_group_mms(FROM, nine).text("Hi").await,
        "10015",
        "/to",
    );
    let request = messages.send(TO).from(FROM).text("Hi");
    refused(
        request.webhook_url("ftp://example.com").await,
        "10003",
        "/webhook_url",
    );
}

fn refused<T>(outcome: telnyx_messaging::Result<T>, code: &str, pointer: &str) {
    match outcome.err().expect("refused") {
        Error::Api(error) => {
            let detail = &error.errors()[0];
            let found = (
                detail.code.as_ref().map(|code| code.as_str()),
                detail.pointer.as_deref(),
            );
            assert_eq!(found, (Some(code), Some(pointer)), "{error}");
        }
        error => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_request_needs_a_key_and_any_will_do() {
    let mock = Mock::start().await.expect("started");
    for headers in [
        "",
        "Authorization: Bearer \r\n",
        "Authorization: Basic KEY\r\n",
    ] {
        let (status, body) = exchange(&mock, "GET", "/v2/messaging_optouts", headers, "").await;
        // The spec documents a bare error for this operation.
        assert_eq!(
            (status, &body["code"]),
            (401, &"10009".into()),
            "{headers}: {body}"
        );
    }
    let client = Client::builder().api_key("x").base_url(mock.base_url());
    client
        .build()
        .expect("a client")
        .messaging_optouts()
        .list()
        .await
        .expect("a page");
}
