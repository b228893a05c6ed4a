//! Pages over a scripted transport.

use serde::Deserialize;

use crate::transport::replies::{answer, client};
use crate::transport::{MockReply, MockTransport};
use crate::{Error, RawRequest};

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
    let error = error.unwrap();
    assert!(
        matches!(&error, Error::Decode(error) if error.path() == "$.meta.page_number"),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_gives_the_same_body_again_is_an_error() {
    let transport = MockTransport::new([page(&["a"], "{}"), page(&["a"], "{}")]);
    let (keywords, error) = all(&transport).await;
    assert_eq!(keywords, ["a"]);
    assert!(matches!(error, Some(Error::Decode(_))), "{error:?}");
}

#[tokio::test]
async fn nothing_comes_after_an_error() {
    let transport = MockTransport::new([page(&["a"], &of(1, 2)), answer(400, "")]);
    let mut items = list(&transport).items::<Item>();
    items.try_next().await.unwrap();
    items.try_next().await.unwrap_err();
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(transport.requests().len(), 2);
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
