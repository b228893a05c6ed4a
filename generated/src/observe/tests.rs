use std::sync::Mutex;

use super::*;
use crate::transport::replies::{answer, answer_with, cut, lost};
use crate::transport::{MockReply, MockTransport};
use crate::{Client, RequestOptions};

type Log = Arc<Mutex<Vec<(Option<String>, Option<String>)>>>;

/// A client that gets `replies`, and the labels and request ids of its reports.
fn observed(replies: impl IntoIterator<Item = MockReply>) -> (Client, Log) {
    let log = Log::default();
    let told = Arc::clone(&log);
    let builder = MockTransport::new(replies).builder().max_retries(0);
    let builder = builder.on_call(move |call| {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let both = (owned(call.label), owned(call.request_id));
        told.lock().unwrap().push(both);
    });
    (builder.build().unwrap(), log)
}

#[tokio::test]
async fn a_report_has_the_request_id_of_the_response() {
    let id = [("x-request-id", "r-1")];
    let (client, log) = observed([
        answer_with(200, &id, "{}"),
        answer_with(200, &id, "<html>"),
        answer_with(400, &id, "{}"),
        cut(200, &id),
        answer(200, "{}"),
        lost(),
    ]);
    for _ in 0..6 {
        let _ = client.get("/x").await;
    }
    let ids: Vec<_> = log
        .lock()
        .unwrap()
        .iter()
        .map(|(_, id)| id.clone())
        .collect();
    let known = Some("r-1".to_owned());
    let expected = [
        known.clone(),
        known.clone(),
        known.clone(),
        known,
        None,
        None,
    ];
    assert_eq!(ids, expected);
}

#[tokio::test]
async fn a_report_has_the_label_of_the_call_or_else_of_its_client() {
    let (client, log) = observed((0..3).map(|_| answer(200, "{}")));
    let label = |label| RequestOptions::new().label(label);
    client.get("/x").await.unwrap();
    let other = client.with_api_key("KEY2").unwrap();
    let other = other.with_options(label("shop-7"));
    other.get("/x").await.unwrap();
    other.get("/x").with_options(label("job-1")).await.unwrap();
    other.get("no slash").await.unwrap_err();
    let labels: Vec<_> = log
        .lock()
        .unwrap()
        .iter()
        .map(|(label, _)| label.clone())
        .collect();
    let expected = [None, Some("shop-7"), Some("job-1"), Some("shop-7")];
    assert_eq!(labels, expected.map(|label| label.map(str::to_owned)));
}

#[tokio::test]
async fn a_report_prints_no_digits_of_a_request_id() {
    let shown = Arc::<Mutex<String>>::default();
    let printed = Arc::clone(&shown);
    let id = [("x-request-id", "+13125550001")];
    let builder = MockTransport::new([answer_with(200, &id, "{}")]).builder();
    let builder = builder.on_call(move |call| *printed.lock().unwrap() = format!("{call:?}"));
    builder.build().unwrap().get("/x").await.unwrap();
    let shown = shown.lock().unwrap();
    assert!(
        shown.contains("request_id: Some(\"+***********\")"),
        "{shown}"
    );
}
