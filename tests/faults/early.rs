//! A bulk whose first requests meet a few 429s, at a server that has no limit of its own.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use telnyx_messaging::transport::{SendFuture, Transport};
use telnyx_messaging::{Client, RequestOptions};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

const CALLS: usize = 1_000;

/// A server that refuses a few requests by their numbers.
struct Early {
    refused: Range<usize>,
    seen: AtomicUsize,
}

impl Transport for Early {
    fn send(&self, _: Request<Bytes>) -> SendFuture<'_> {
        Box::pin(async move {
            sleep(Duration::from_millis(20)).await;
            let number = self.seen.fetch_add(1, Ordering::Relaxed);
            let response = match self.refused.contains(&number) {
                true => Response::builder().status(429).header("retry-after", "1"),
                false => Response::builder(),
            };
            let body = Bytes::from_static(br#"{"data":{"id":"1"}}"#);
            Ok(response.body(body).expect("a response"))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_bulk_recovers_from_a_few_early_refusals_in_a_quarter_of_a_minute() {
    for refused in [0..3, 1..4, 5..8, 50..53] {
        let server = Early {
            refused: refused.clone(),
            seen: AtomicUsize::default(),
        };
        let client = Client::builder().api_key("KEY").transport(server);
        let client = client.adaptive_rate(true).build().expect("good settings");
        let started = Instant::now();
        let patient = RequestOptions::new().timeout(Duration::from_secs(600));
        let mut calls = JoinSet::new();
        for number in 0..CALLS {
            let send = client.messages().send(format!("+1312{number:07}"));
            let send = send.from("+13125550000").text("Hi");
            calls.spawn(send.with_options(patient.clone()).into_future());
        }
        while let Some(call) = calls.join_next().await {
            call.expect("no panic").expect("it is accepted");
        }
        let elapsed = started.elapsed();
        println!("requests {refused:?} refused: {elapsed:?}");
        assert!(
            elapsed < Duration::from_secs(15),
            "{refused:?}: {elapsed:?}"
        );
    }
}
