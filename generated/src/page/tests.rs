//! Pages over a scripted transport.

#[cfg(feature = "blocking")]
mod blocking;
mod unreadable;

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::{FusedStream, Stream};
use serde::Deserialize;

use crate::transport::replies::{answer, client};
use crate::transport::{MockReply, MockTransport};
use crate::{Error, Items, RawRequest};

#[derive(Debug, Deserialize)]
struct Item {
    keyword: String,
}

fn list(transport: &MockTransport) -> RawRequest {
    client(transport).get("/messaging_optouts")
}

fn page(items: &[&str], meta: &str) -> MockReply {
    let items = items
        .iter()
        .map(|keyword| format!("{{\"keyword\":\"{keyword}\"}}"))
        .collect::<Vec<_>>();
    answer(
        200,
        &format!(r#"{{"data":[{}],"meta":{meta}}}"#, items.join(",")),
    )
}

fn of(number: u32, total: u32) -> String {
    format!(r#"{{"page_number":{number},"total_pages":{total}}}"#)
}

fn queries(transport: &MockTransport) -> Vec<String> {
    transport
        .requests()
        .iter()
        .map(|request| request.uri().query().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn no_page_follows_where_none_can_be_asked_for() {
    let transport = MockTransport::new([page(&["STOP"], &of(1, 3))]);
    let page = list(&transport).only_page::<Item>().await.unwrap();
    assert_eq!(page.meta.total_pages, Some(3));
    assert!(!page.has_next());
    assert!(page.next().is_none());
    assert_eq!(page.items.len(), 1);
}

/// The keywords of all items, and the error that ended them.
async fn all(transport: &MockTransport) -> (Vec<String>, Option<Error>) {
    let mut items = list(transport).query("page[size]", 2).items::<Item>();
    let mut keywords = Vec::new();
    loop {
        match items.try_next().await {
            Ok(Some(item)) => keywords.push(item.keyword),
            Ok(None) => return (keywords, None),
            Err(error) => return (keywords, Some(error)),
        }
    }
}

#[tokio::test]
async fn items_of_all_pages_come_in_order() {
    let transport = MockTransport::new([page(&["a", "b"], &of(1, 2)), page(&["c"], &of(2, 2))]);
    let (keywords, error) = all(&transport).await;
    assert_eq!(keywords, ["a", "b", "c"]);
    assert!(error.is_none());
    assert_eq!(
        queries(&transport),
        ["page%5Bsize%5D=2", "page%5Bsize%5D=2&page%5Bnumber%5D=2"]
    );
}

#[tokio::test]
async fn an_empty_page_is_the_last() {
    let transport = MockTransport::new([page(&["a"], "{}"), page(&[], "{}")]);
    assert_eq!(all(&transport).await.0, ["a"]);
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn an_empty_page_before_the_last_does_not_end_the_list() {
    let null = answer(
        200,
        r#"{"data":null,"meta":{"page_number":3,"total_pages":5}}"#,
    );
    let transport = MockTransport::new([
        page(&["a"], &of(1, 5)),
        page(&[], &of(2, 5)),
        null,
        page(&["b"], &of(4, 5)),
        page(&[], &of(5, 5)),
    ]);
    let (keywords, error) = all(&transport).await;
    assert_eq!(keywords, ["a", "b"]);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(transport.requests().len(), 5);
}

#[tokio::test]
async fn no_page_is_asked_for_after_the_last() {
    let transport = MockTransport::new([page(&["a"], &of(1, 1))]);
    assert_eq!(all(&transport).await.0, ["a"]);
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn a_list_of_nothing_is_one_request() {
    let transport = MockTransport::new([page(&[], &of(1, 0))]);
    assert!(all(&transport).await.0.is_empty());
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn a_page_is_asked_for_when_its_first_item_is_due() {
    let transport = MockTransport::new([page(&["a", "b"], &of(1, 2))]);
    let mut items = list(&transport).items::<Item>();
    items.try_next().await.unwrap();
    items.try_next().await.unwrap();
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn a_page_is_asked_for_early_when_that_is_wished() {
    let transport = MockTransport::new([page(&["a", "b"], &of(1, 2)), page(&["c"], &of(2, 2))]);
    let mut items = list(&transport).items::<Item>().prefetch(true);
    let mut keywords = Vec::new();
    for _ in 0..3 {
        keywords.extend([items.try_next().await.unwrap().unwrap().keyword]);
        assert_eq!(transport.requests().len(), 2);
    }
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(keywords, ["a", "b", "c"]);
}

#[tokio::test]
async fn a_server_that_gives_the_first_page_again_is_an_error() {
    let transport = MockTransport::new([page(&["a"], &of(1, 3)), page(&["a"], &of(1, 3))]);
    let (keywords, error) = all(&transport).await;
    assert_eq!(keywords, ["a"]);
    wrong_page(&error.unwrap());
}

/// The message of an error for the page that came.
fn wrong_page(error: &Error) -> &str {
    match error {
        Error::Decode(error) if error.path() == "$.meta.page_number" => error.reason(),
        error => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_page_that_was_not_requested_is_an_error() {
    let transport = MockTransport::from_fn(|_| page(&["a"], &of(1, 3)));
    let first = list(&transport).page::<Item>().await.unwrap();
    let error = first.next().unwrap().await.unwrap_err();
    let reason = "the client requested page 2, and the server sent page 1";
    assert_eq!(wrong_page(&error), reason);
}

#[tokio::test]
async fn the_server_may_number_the_first_page_as_it_likes() {
    let transport = MockTransport::new([
        page(&["a"], &of(0, 2)),
        page(&["b"], &of(1, 2)),
        page(&[], &of(2, 2)),
    ]);
    let (keywords, error) = all(&transport).await;
    assert_eq!(keywords, ["a", "b"]);
    assert!(error.is_none(), "{error:?}");
    let transport = MockTransport::from_fn(|_| page(&["a"], &of(1, 3)));
    let third = list(&transport).query("page[number]", 3).page::<Item>();
    assert_eq!(third.await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn a_list_that_begins_at_a_number_begins_with_no_other_page() {
    let transport = MockTransport::from_fn(|_| page(&["a"], &of(1, 3)));
    let third = list(&transport).query("page[number]", 3);
    let error = third.items::<Item>().try_next().await.unwrap_err();
    let reason = "the client requested page 3, and the server sent page 1";
    assert_eq!(wrong_page(&error), reason);
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn an_empty_page_with_another_number_ends_no_list_in_silence() {
    let transport = MockTransport::from_fn(|_| page(&[], &of(1, 3)));
    let (_, error) = all(&transport).await;
    wrong_page(&error.unwrap());
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn a_server_that_gives_the_same_body_again_is_an_error() {
    let transport = MockTransport::new([page(&["a"], "{}"), page(&["a"], "{}")]);
    let (keywords, error) = all(&transport).await;
    assert_eq!(keywords, ["a"]);
    assert!(matches!(error, Some(Error::Decode(_))), "{error:?}");
}

/// How the next items come, up to ten: which are errors, and whether they are of a page.
async fn past_errors(transport: &MockTransport) -> Vec<(bool, bool)> {
    let mut items = list(transport).items::<Item>();
    let mut seen = Vec::new();
    while seen.len() < 10 {
        match items.try_next().await {
            Ok(None) => break,
            item => seen.push((item.is_err(), items.page_failed())),
        }
    }
    seen
}

#[tokio::test]
async fn a_loop_that_passes_over_errors_ends_after_a_page_that_cannot_be_read() {
    let same = || page(&["a"], &of(1, 3));
    let transport = MockTransport::from_fn(move |_| same());
    let expected = [(false, false), (true, true)];
    assert_eq!(past_errors(&transport).await, expected);
    assert_eq!(transport.requests().len(), 2);
    let transport = MockTransport::from_fn(|_| answer(200, "<html>"));
    assert_eq!(past_errors(&transport).await, [(true, true)]);
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn the_error_of_an_item_is_told_from_that_of_a_page() {
    let first = r#"{"data":[{"keyword":"a"},{}],"meta":{"page_number":1,"total_pages":2}}"#;
    let transport =
        MockTransport::new([answer(200, first), answer(400, ""), page(&["b"], &of(2, 2))]);
    let seen = past_errors(&transport).await;
    let (item, page) = ((true, false), (true, true));
    assert_eq!(seen, [(false, false), item, page, (false, false)]);
}

#[tokio::test]
async fn after_an_error_the_same_page_is_asked_for_again() {
    let transport = MockTransport::new([
        page(&["a"], &of(1, 2)),
        answer(400, ""),
        page(&["b"], &of(2, 2)),
    ]);
    let mut items = list(&transport).items::<Item>();
    items.try_next().await.unwrap();
    items.try_next().await.unwrap_err();
    assert_eq!(items.try_next().await.unwrap().unwrap().keyword, "b");
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(
        queries(&transport),
        ["", "page%5Bnumber%5D=2", "page%5Bnumber%5D=2"]
    );
}

#[tokio::test]
async fn an_error_of_a_page_asked_for_early_comes_in_its_turn_and_is_asked_for_again() {
    let transport = MockTransport::new([
        page(&["a", "b"], &of(1, 2)),
        answer(400, ""),
        page(&["c"], &of(2, 2)),
    ]);
    let mut items = list(&transport).items::<Item>().prefetch(true);
    assert_eq!(items.try_next().await.unwrap().unwrap().keyword, "a");
    assert_eq!(items.try_next().await.unwrap().unwrap().keyword, "b");
    items.try_next().await.unwrap_err();
    assert_eq!(items.try_next().await.unwrap().unwrap().keyword, "c");
    assert!(items.try_next().await.unwrap().is_none());
}

/// The item a stream gives next.
async fn streamed(items: &mut Items<Item>) -> Option<crate::Result<Item>> {
    poll_fn(|context| Pin::new(&mut *items).poll_next(context)).await
}

#[tokio::test]
async fn a_stream_ends_with_an_error_so_that_passing_over_errors_has_an_end() {
    let transport = MockTransport::new([
        page(&["a"], &of(1, 2)),
        answer(400, ""),
        page(&["b"], &of(2, 2)),
    ]);
    let mut items = list(&transport).items::<Item>();
    streamed(&mut items).await.unwrap().unwrap();
    assert!(!items.is_terminated());
    streamed(&mut items).await.unwrap().unwrap_err();
    for _ in 0..3 {
        assert!(items.is_terminated());
        assert!(streamed(&mut items).await.is_none());
    }
    assert_eq!(transport.requests().len(), 2);
    assert_eq!(items.try_next().await.unwrap().unwrap().keyword, "b");
    assert!(streamed(&mut items).await.is_none());
    assert!(items.is_terminated());
}

#[tokio::test]
async fn the_meta_is_that_of_the_item_last_given() {
    let transport = MockTransport::new([page(&["a", "b"], &of(1, 2)), page(&["c"], &of(2, 2))]);
    let mut items = list(&transport).items::<Item>().prefetch(true);
    assert_eq!(items.meta(), None);
    for number in [1, 1, 2] {
        items.try_next().await.unwrap().unwrap();
        assert_eq!(items.meta().unwrap().page_number, Some(number));
    }
    assert_eq!(items.meta().unwrap().total_pages, Some(2));
}

#[tokio::test]
async fn all_items_are_collected_or_none() {
    let pages = || [page(&["a", "b"], &of(1, 2)), page(&["c"], &of(2, 2))];
    let collect = |most| {
        let transport = MockTransport::new(pages());
        async move { list(&transport).items::<Item>().collect_all(most).await }
    };
    assert_eq!(collect(3).await.unwrap().len(), 3);
    for (most, reason) in [
        (2, "the list has more than 2 items"),
        (0, "the list has more than 0 items"),
    ] {
        let error = collect(most).await.unwrap_err();
        assert!(matches!(&error, Error::Decode(error) if error.reason() == reason));
        assert!(error.is_too_many_items() && error.to_string() == reason);
        assert_eq!(error.next_step(), crate::NextStep::Review);
    }
    let transport = MockTransport::new([page(&["a"], &of(1, 2)), answer(400, "")]);
    let items = list(&transport).items::<Item>();
    let error = items.collect_all(3).await.unwrap_err();
    assert!(!error.is_too_many_items());
}

#[tokio::test]
async fn the_first_page_may_be_any() {
    let transport = MockTransport::new([page(&["a"], &of(3, 4)), page(&["b"], &of(4, 4))]);
    let page = list(&transport)
        .query("page[number]", 3)
        .page::<Item>()
        .await
        .unwrap();
    assert!(page.has_next());
    let next = page.next().unwrap().await.unwrap();
    assert_eq!(next.items[0].keyword, "b");
    assert!(next.next().is_none());
    assert_eq!(
        queries(&transport),
        ["page%5Bnumber%5D=3", "page%5Bnumber%5D=4"]
    );
}

#[tokio::test]
async fn a_page_that_comes_again_ends_the_list_whatever_stands_beside_its_items() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let transport = MockTransport::from_fn(move |_| {
        let count = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        answer(
            200,
            &format!(r#"{{"data":[{{"keyword":"a"}}],"x":{count}}}"#),
        )
    });
    let mut items = list(&transport).items::<Item>();
    items.try_next().await.unwrap();
    let error = items.try_next().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(transport.requests().len(), 2);
}
