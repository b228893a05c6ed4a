//! Pages with items that cannot be read, or not in full.

use serde::Deserialize;

use super::*;

/// A page of three items, the second of which lacks what is required and the third is not as documented.
const SURPRISING: &str = r#"{"data":[{"keyword":"a"},{},{"keyword":"c","seen":{}}],"meta":{"total_pages":"1","page_size":[]}}"#;

#[derive(Debug, Deserialize)]
struct Seen {
    keyword: String,
    seen: Option<bool>,
}

#[tokio::test]
async fn an_item_that_cannot_be_read_is_an_error_in_its_place() {
    let transport = MockTransport::new([answer(200, SURPRISING)]);
    let mut items = list(&transport).items::<Seen>();
    assert_eq!(items.try_next().await.unwrap().unwrap().keyword, "a");
    let error = items.try_next().await.unwrap_err();
    assert!(matches!(&error, Error::Decode(error) if error.path() == "$.data[1]"));
    let last = items.try_next().await.unwrap().unwrap();
    assert_eq!((last.keyword.as_str(), last.seen), ("c", None));
    let unread: Vec<_> = items.unread().iter().map(|unread| unread.path()).collect();
    assert_eq!(unread, ["$.data[2].seen", "$.meta.page_size"]);
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(transport.requests().len(), 1);
}

/// The same page, whose first and third item each have a byte that is not UTF-8.
fn not_utf8() -> MockReply {
    let body = SURPRISING
        .replace(r#""a""#, r#""?""#)
        .replace(r#""c""#, r#""?""#);
    let mut body = body.into_bytes();
    for byte in &mut body {
        if *byte == b'?' {
            *byte = 0xe9;
        }
    }
    MockReply::ok(body)
}

#[tokio::test]
async fn a_byte_that_is_not_utf8_costs_no_other_item() {
    let transport = MockTransport::new([not_utf8()]);
    let mut items = list(&transport).items::<Seen>();
    let mut keywords = Vec::new();
    loop {
        match items.try_next().await {
            Ok(Some(item)) => keywords.push(Some(item.keyword)),
            Ok(None) => break,
            Err(_) => keywords.push(None),
        }
    }
    let replaced = || Some("\u{fffd}".to_owned());
    assert_eq!(keywords, [replaced(), None, replaced()]);
}

#[tokio::test]
async fn a_byte_that_is_not_utf8_is_an_error_of_its_item_with_strict_decoding() {
    let transport = MockTransport::new([not_utf8()]);
    let client = transport.builder().strict_decoding(true).build().unwrap();
    let mut items = client.get("/messaging_optouts").items::<Item>();
    for _ in 0..3 {
        items.try_next().await.unwrap_err();
        assert!(!items.page_failed());
    }
}

#[tokio::test]
async fn a_stream_goes_on_after_an_item_that_cannot_be_read() {
    let transport = MockTransport::new([answer(200, SURPRISING)]);
    let mut items = list(&transport).items::<Seen>();
    let mut read = Vec::new();
    while let Some(item) = poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
        read.push(item.is_ok());
    }
    assert_eq!(read, [true, false, true]);
}

#[tokio::test]
async fn a_page_tells_what_it_could_not_read_and_is_an_error_if_an_item_is() {
    let transport = MockTransport::new([
        answer(200, SURPRISING),
        answer(200, &SURPRISING.replace("{},", "")),
    ]);
    let error = list(&transport).page::<Seen>().await.unwrap_err();
    assert!(matches!(&error, Error::Decode(error) if error.path() == "$.data[1]"));
    let page = list(&transport).page::<Seen>().await.unwrap();
    let unread: Vec<_> = page.unread().iter().map(|unread| unread.path()).collect();
    assert_eq!(unread, ["$.data[1].seen", "$.meta.page_size"]);
    assert_eq!(page.meta.total_pages, Some(1));
}

#[tokio::test]
async fn pages_differ_if_only_a_byte_that_is_not_utf8_does() {
    let page = |byte: u8, beside: u8| {
        let body = [
            b"{\"data\":[{\"keyword\":\"",
            &[byte][..],
            b"\"}],\"x\":",
            &[beside],
            b"}",
        ];
        MockReply::ok(body.concat())
    };
    let transport = MockTransport::new([page(0xe9, b'1'), page(0xe8, b'1'), page(0xe8, b'2')]);
    let mut items = list(&transport).items::<Item>();
    for _ in 0..2 {
        assert_eq!(items.try_next().await.unwrap().unwrap().keyword, "\u{fffd}");
    }
    let error = items.try_next().await.unwrap_err();
    assert!(
        matches!(&error, Error::Decode(error) if error.path() == "$.data"),
        "{error}"
    );
    assert!(items.try_next().await.unwrap().is_none());
}
