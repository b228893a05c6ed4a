//! The items of a thread that waits.

use std::time::Duration;

use super::*;

#[test]
fn a_thread_that_waits_passes_over_no_page_that_cannot_be_read_for_ever() {
    let transport = MockTransport::from_fn(|_| answer(200, "<html>"));
    let mut items = list(&transport).items::<Item>().blocking();
    items.try_next().unwrap_err();
    assert!(items.page_failed());
    assert!(items.try_next().unwrap().is_none());
    assert_eq!(transport.requests().len(), 1);
}

/// The keywords of all that is left, taken by a thread that waits.
fn blocking_rest(items: Items<Item>) -> Vec<String> {
    items.blocking().map(|item| item.unwrap().keyword).collect()
}

#[tokio::test]
async fn a_page_asked_for_early_is_not_lost_to_a_thread_that_waits() {
    let transport = MockTransport::new([page(&["a", "b"], &of(1, 2)), page(&["c"], &of(2, 2))]);
    let mut items = list(&transport).items::<Item>().prefetch(true);
    items.try_next().await.unwrap();
    assert_eq!(transport.requests().len(), 2);
    assert_eq!(blocking_rest(items), ["b", "c"]);
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_page_on_its_way_is_asked_for_again_by_a_thread_that_waits() {
    let transport = MockTransport::new([MockReply::hang(), page(&["a"], &of(1, 1))]);
    let mut items = list(&transport).items::<Item>();
    tokio::time::timeout(Duration::from_millis(1), items.try_next())
        .await
        .unwrap_err();
    assert_eq!(blocking_rest(items), ["a"]);
    assert_eq!(transport.requests().len(), 2);
}

#[test]
fn a_thread_that_waits_ends_with_an_error_too_and_can_go_on() {
    let transport = MockTransport::new([
        page(&["a"], &of(1, 2)),
        answer(400, ""),
        page(&["b"], &of(2, 2)),
    ]);
    let mut items = list(&transport).items::<Item>().blocking();
    items.next().unwrap().unwrap();
    items.next().unwrap().unwrap_err();
    assert!(items.next().is_none());
    assert!(items.next().is_none());
    assert_eq!(transport.requests().len(), 2);
    assert_eq!(items.try_next().unwrap().unwrap().keyword, "b");
    assert_eq!(items.meta().unwrap().page_number, Some(2));
    assert!(items.next().is_none());
}

#[test]
fn a_thread_that_waits_collects_all_items() {
    let transport = MockTransport::new([page(&["a"], &of(1, 1))]);
    let items = list(&transport).items::<Item>().blocking();
    assert_eq!(items.collect_all(1).unwrap().len(), 1);
    let transport = MockTransport::new([page(&["a"], &of(1, 1))]);
    let items = list(&transport).items::<Item>().blocking();
    items.collect_all(0).unwrap_err();
}
