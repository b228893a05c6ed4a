//! A server that accepts every message and counts it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::channel;
use std::thread;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;

const BODY: &str = r#"{"data":{"record_type":"message","direction":"outbound","id":"40385f64-5717-4562-b3fc-2c963f66afa6","type":"SMS","messaging_profile_id":"4000eba1-a0c0-4563-9925-b25e842a7cb6","from":{"phone_number":"+13125550000","carrier":"Telnyx","line_type":"VoIP"},"to":[{"phone_number":"+13125550001","status":"queued","carrier":"Telnyx","line_type":"Wireless"}],"text":"Hello","media":[],"webhook_url":"https://example.com/webhooks","encoding":"GSM-7","parts":1,"tags":[],"cost":{"amount":"0.0051","currency":"USD"},"received_at":"2026-01-31T12:00:00.000+00:00","errors":[]}}"#;

/// A server on a thread of its own.
pub(crate) struct Server {
    base_url: String,
    /// How often each message came.
    times: Arc<[AtomicU8]>,
}

impl Server {
    /// A server for messages whose texts are the numbers below `messages`.
    pub(crate) fn start(messages: usize) -> Self {
        let times = (0..messages)
            .map(|_| AtomicU8::new(0))
            .collect::<Arc<[_]>>();
        let counted = Arc::clone(&times);
        let (sender, address) = channel();
        thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime starts").block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
                let address = listener.local_addr().expect("a bound socket");
                sender.send(address).expect("somebody waits");
                while let Ok((connection, _)) = listener.accept().await {
                    tokio::spawn(serve(connection, Arc::clone(&counted)));
                }
            });
        });
        let address = address.recv().expect("the server listens");
        Self {
            base_url: format!("http://{address}/v2"),
            times,
        }
    }

    pub(crate) fn base_url(&self) -> String {
        self.base_url.clone()
    }

    /// How many messages did not come, and how many came more than once.
    pub(crate) fn lost_and_doubled(&self) -> (usize, usize) {
        let times = |wanted: fn(u8) -> bool| {
            let times = self.times.iter().map(|times| times.load(Ordering::Relaxed));
            times.filter(|times| wanted(*times)).count()
        };
        (times(|times| times == 0), times(|times| times > 1))
    }
}

async fn serve(mut connection: TcpStream, times: Arc<[AtomicU8]>) {
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{BODY}",
        BODY.len()
    );
    let mut request = Vec::with_capacity(4096);
    while matches!(connection.read_buf(&mut request).await, Ok(length) if length > 0) {
        let Some(number) = whole_text(&request) else {
            continue;
        };
        times[number].fetch_add(1, Ordering::Relaxed);
        request.clear();
        if connection.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The number that is the text of the message, once the request is there to its last byte.
fn whole_text(request: &[u8]) -> Option<usize> {
    let request = str::from_utf8(request).ok()?;
    let body = request.strip_suffix('}')?;
    let (_, text) = body.rsplit_once(r#""text":""#)?;
    text.split('"').next()?.parse().ok()
}
