//! A client that was used before `fork` works in the child, and shares no key with the parent. A blocking call in the child ends,
//! even if a thread of the parent made its first one at that moment.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::FromRawFd;
use std::thread;
use std::time::{Duration, Instant};

use telnyx_messaging::Client;
use tokio::runtime::Runtime;

const TIMEOUT: Duration = Duration::from_secs(10);

/// How many children start while a thread of the parent makes its first blocking call.
const FORKS: u32 = 50;

fn main() {
    let address = server();
    let client = client(&address);
    // Connections and threads that a child must not use.
    let runtime = runtime();
    runtime
        .block_on(send(&client).into_future())
        .expect("it is accepted");
    send(&client).run_blocking().expect("it is accepted");

    let request = send(&client);
    let parents = request.key_to_send().expect("a key");
    let childs = in_child(|| {
        let started = Instant::now();
        let blocking = send(&client).run_blocking().expect("it is accepted");
        let awaited = self::runtime().block_on(send(&client).into_future());
        awaited.expect("it is accepted");
        assert!(started.elapsed() < TIMEOUT, "it was in time");
        assert_eq!(blocking.id, "1");
        request.key_to_send().expect("a key")
    });
    assert_eq!(childs.len(), 36, "the child gave a key: {childs}");
    assert_ne!(childs, parents);
    assert_eq!(request.key_to_send().expect("a key"), parents);

    // The parent goes on as before.
    runtime
        .block_on(send(&client).into_future())
        .expect("it is accepted");
    send(&client).run_blocking().expect("it is accepted");
    println!("a client works before and after a fork");

    for round in 0..FORKS {
        let microseconds = u64::from(round) % 50 * 20;
        assert!(
            ends_in_a_child(&self::client(&address), Duration::from_micros(microseconds)),
            "a blocking call in a child succeeds, {microseconds} µs after the parent's first began"
        );
    }
    println!("a blocking call in a child succeeds whatever the parent's threads did");
}

fn client(address: &str) -> Client {
    let client = Client::builder()
        .api_key("KEY")
        .base_url(address)
        .timeout(TIMEOUT);
    client.build().expect("good settings")
}

/// Whether a child's blocking call succeeds, if the child starts so long after the parent's first call began on another thread.
fn ends_in_a_child(client: &Client, after: Duration) -> bool {
    let parents = send(client);
    let first = thread::spawn(move || parents.run_blocking());
    let started = Instant::now();
    while started.elapsed() < after {
        std::hint::spin_loop();
    }
    let done = in_child(|| {
        send(client).run_blocking().expect("it is accepted");
        "done".to_owned()
    });
    let sent = first.join().expect("no panic");
    sent.expect("it is accepted");
    done == "done"
}

fn send(client: &Client) -> telnyx_messaging::messages::SendMessage {
    client.messages().send("+13125550001").text("Hi")
}

fn runtime() -> Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime starts")
}

/// What `work` gives in a child process; empty if it panics or hangs.
fn in_child(work: impl FnOnce() -> String) -> String {
    let mut ends = [0; 2];
    // SAFETY: `ends` has room for the two descriptors.
    assert_eq!(unsafe { libc::pipe(ends.as_mut_ptr()) }, 0);
    // SAFETY: the pipe was just made, and each end has one owner.
    let (mut reader, mut writer) =
        unsafe { (File::from_raw_fd(ends[0]), File::from_raw_fd(ends[1])) };
    // SAFETY: the child needs locks of glibc and of the client. glibc sets up its own again. That those of the client are free
    // is tested.
    let child = unsafe { libc::fork() };
    assert!(child >= 0, "a child starts");
    if child == 0 {
        // SAFETY: the signal ends a child that hangs.
        unsafe { libc::alarm(2 * u32::try_from(TIMEOUT.as_secs()).unwrap_or(1)) };
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
        let text = result.unwrap_or_default();
        let written = writer.write_all(text.as_bytes());
        drop(writer);
        // SAFETY: ends the process at once. The clean-up is the parent's.
        unsafe { libc::_exit(i32::from(written.is_err())) };
    }
    drop(writer);
    let mut text = String::new();
    reader
        .read_to_string(&mut text)
        .expect("the child writes text");
    // SAFETY: waits for the child that was just started.
    let ended = unsafe { libc::waitpid(child, std::ptr::null_mut(), 0) };
    assert_eq!(ended, child, "the child was waited for");
    text
}

/// The address of a server that accepts every message.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for connection in listener.incoming() {
            thread::spawn(move || accept(connection.expect("a connection")));
        }
    });
    format!("http://{address}")
}

fn accept(mut connection: TcpStream) {
    const BODY: &str = r#"{"data":{"id":"1"}}"#;
    let mut request = Vec::new();
    let mut byte = [0];
    while connection.read(&mut byte).unwrap_or(0) > 0 {
        request.extend(byte);
        // The text is the last property.
        if request.ends_with(br#""text":"Hi"}"#) {
            request.clear();
            let length = BODY.len();
            let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{BODY}");
            connection
                .write_all(answer.as_bytes())
                .expect("the client is there");
        }
    }
}
