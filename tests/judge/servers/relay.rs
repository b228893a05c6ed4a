//! Passes bytes between the crate and a server, and keeps the head of the answer.
//!
//! The calls give a value or an error, and of a success the headers are wanted too.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use super::head::Head;

/// How long a server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// An address that stands for the server's, for one connection.
pub(super) struct Relay {
    pub(super) address: SocketAddr,
    heads: Receiver<Head>,
}

impl Relay {
    pub(super) fn to(server: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let (sender, heads) = mpsc::channel();
        // A connection that breaks shows by the head that does not come.
        thread::spawn(move || relay(&listener, server, &sender));
        Ok(Self { address, heads })
    }

    /// The head of the answer, once it is there.
    pub(super) fn head(&self) -> Result<Head, String> {
        let head = self.heads.recv_timeout(PATIENCE);
        head.map_err(|_| "the server did not answer".to_owned())
    }
}

/// Relays one connection until both sides have hung up.
fn relay(listener: &TcpListener, server: SocketAddr, heads: &Sender<Head>) -> io::Result<()> {
    let (mut client, _) = listener.accept()?;
    let mut server = TcpStream::connect(server)?;
    let (mut requests, mut to_server) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || {
        io::copy(&mut requests, &mut to_server)?;
        to_server.shutdown(Shutdown::Write)
    });
    let mut answer = Vec::new();
    let mut buffer = [0; 16 * 1024];
    let mut is_head_known = false;
    loop {
        let length = server.read(&mut buffer)?;
        if length == 0 {
            return client.shutdown(Shutdown::Write);
        }
        answer.extend_from_slice(&buffer[..length]);
        if !is_head_known && let Some(head) = Head::read(&answer) {
            is_head_known = heads.send(head).is_ok();
        }
        client.write_all(&buffer[..length])?;
    }
}
