//! Slips in the Rust API: with one that the mock passes over, a test would pass or fail by chance.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use telnyx_messaging_mock::{Fault, Mock, MockBuilder, Recipient, WebhookFault};

use crate::{FROM, TO};

type Call = fn(Arc<Mock>) -> Pin<Box<dyn Future<Output = ()> + Send>>;
type Set = fn(MockBuilder) -> MockBuilder;

#[tokio::test]
async fn a_slip_in_a_call_panics_with_a_sentence() {
    let mock = Mock::builder().records(2).start().await.expect("started");
    let mock = Arc::new(mock);
    mock.receive(TO, FROM, "Hi").await;
    let cases: [(Call, &str); 18] = [
        (
            |mock| Box::pin(async move { mock.receive("3125550001", FROM, "Hi").await }),
            "`3125550001` is no phone number",
        ),
        (
            |mock| Box::pin(async move { mock.receive(TO, "Shop", "Hi").await }),
            "Nobody can answer the sender `Shop`",
        ),
        (
            |mock| Box::pin(async move { mock.set_recipient("", Recipient::Silent).await }),
            "`` is no phone number",
        ),
        (
            |mock| Box::pin(async move { mock.fail(Fault::Status(99), 1).await }),
            "`status=99` has no status from 200 to 599",
        ),
        (
            |mock| Box::pin(async move { mock.fail(Fault::StatusAfter(600), 1).await }),
            "`status-after=600` has no status",
        ),
        (
            |mock| {
                Box::pin(async move {
                    let delay = Fault::Delay(Duration::from_secs(61));
                    mock.fail_operation("SendMessage", delay, 1).await;
                })
            },
            "`delay=61000` is over 60 s",
        ),
        (
            |mock| Box::pin(async move { mock.fail(Fault::Delay(Duration::ZERO), 1).await }),
            "`delay=0` delays nothing",
        ),
        (
            |mock| {
                Box::pin(async move {
                    let delay = Fault::Delay(Duration::from_micros(500));
                    mock.fail(delay, 1).await;
                })
            },
            "`delay=0` delays nothing",
        ),
        (
            |mock| {
                Box::pin(async move {
                    let late = WebhookFault::Late(Duration::ZERO);
                    mock.fail_webhook("message.sent", late, 1).await;
                })
            },
            "`late=0` delays nothing",
        ),
        (
            |mock| Box::pin(async move { mock.advance(Duration::MAX).await }),
            "The mock knows no time after the year 9999",
        ),
        (
            |mock| Box::pin(async move { mock.fail_operation("SendMesage", Fault::Cut, 1).await }),
            "The spec has no operation `SendMesage`",
        ),
        (
            |mock| {
                Box::pin(async move {
                    mock.fail_webhook("message.send", WebhookFault::Lost, 1)
                        .await;
                })
            },
            "`message.send` is not one of `message.sent`",
        ),
        (
            |mock| Box::pin(async move { mock.deliver_again("none").await }),
            "There is no webhook `none`",
        ),
        (
            |mock| {
                Box::pin(async move {
                    let webhooks = mock.webhooks().all();
                    let id = webhooks[0]["data"]["id"].as_str().expect("an id");
                    mock.deliver_again(id).await;
                })
            },
            "There is no URL",
        ),
        (
            |mock| Box::pin(async move { drop(mock.messages().from("+1")) }),
            "`+1` is no sender",
        ),
        (
            |mock| Box::pin(async move { drop(mock.messages().to("Shop")) }),
            "`Shop` is no phone number",
        ),
        (
            |mock| Box::pin(async move { drop(mock.webhooks().event_type("message.send")) }),
            "`message.send` is not one of",
        ),
        (
            |mock| {
                Box::pin(async move {
                    let wait = mock.webhooks().wait(3, Duration::ZERO).await;
                    wait.expect_err("there is one");
                })
            },
            "`count` is 3, but the mock keeps 2",
        ),
    ];
    for (call, expected) in cases {
        let called = tokio::spawn(call(mock.clone())).await;
        let panic = called.expect_err(expected).into_panic();
        let sentence = panic.downcast::<String>().expect("a sentence");
        assert!(sentence.starts_with(expected), "{sentence}");
    }
}

#[tokio::test]
async fn a_slip_in_a_setting_is_an_error_of_the_start() {
    let before_1970 = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
    let cases: [(Set, &str); 11] = [
        (
            |mock| mock.webhook_url("localhost:8080"),
            "`localhost:8080`",
        ),
        (|mock| mock.webhook_failover_url("/hooks"), "`/hooks`"),
        (
            |mock| mock.sender("A sender too long"),
            "`A sender too long`",
        ),
        (|mock| mock.phone_number("3125550000"), "`3125550000`"),
        (
            |mock| mock.phone_number(FROM).mobile_phone_number(FROM),
            "given twice",
        ),
        (|mock| mock.blocked_status(200), "not 200"),
        (|mock| mock.faults_per_mille(1_001), "1001 cannot fail"),
        (|mock| mock.records(0), "at least one record"),
        (|mock| mock.connections(0), "at least one record"),
        (
            |mock| mock.allow_webhook_host("a.example:80"),
            "`a.example:80`",
        ),
        (
            |mock| mock.allow_host("http://a.example"),
            "`http://a.example`",
        ),
    ];
    for (set, expected) in cases {
        let started = set(Mock::builder()).start().await;
        let error = started.expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    }
    let after_9999 = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_800);
    for (time, expected) in [
        (before_1970, "before 1970"),
        (after_9999, "after the year 9999"),
    ] {
        let started = Mock::builder().clock_stands_at(time).start().await;
        let error = started.expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    }
}
