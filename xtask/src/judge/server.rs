//! Other servers, each on a free port of 127.0.0.1.

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::workspace::from_here;

/// Runs a server until the standard input ends. It ends when the process at its other side is gone, for any reason. That process
/// handles an interrupt from the terminal.
const UNTIL_INPUT_ENDS: &str = r#"trap '' INT; "$@" & cat > /dev/null; kill $!"#;

/// How long a server may take until it accepts connections.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long to wait between connection attempts.
const PAUSE: Duration = Duration::from_millis(100);

/// A server that accepts connections. Dropping this value ends the server.
pub(super) struct Server {
    address: SocketAddr,
    shell: Child,
}

impl Server {
    /// Starts `program` with `--host`, `--port` and `arguments`, and waits until it accepts connections. Its output goes to
    /// `target/judge/NAME.log`.
    pub(super) fn start(name: &str, program: &Path, arguments: &[&str]) -> Result<Self, String> {
        let failed = |error: io::Error| format!("cannot start {name}: {error}");
        let address = free_address().map_err(failed)?;
        let log = from_here(format!("target/judge/{name}.log"));
        let file = File::create(&log).map_err(failed)?;
        let shell = Command::new("sh")
            .args(["-c", UNTIL_INPUT_ENDS, name])
            .arg(program)
            .args(arguments)
            .args(["--host", &address.ip().to_string()])
            .args(["--port", &address.port().to_string()])
            .stdin(Stdio::piped())
            .stderr(file.try_clone().map_err(failed)?)
            .stdout(file)
            .spawn()
            .map_err(failed)?;
        let server = Self { address, shell };
        if server.listens() {
            Ok(server)
        } else {
            Err(format!("{name} does not listen; see {}", log.display()))
        }
    }

    /// `127.0.0.1:4010`
    pub(super) fn address(&self) -> String {
        self.address.to_string()
    }

    /// Whether the server accepts connections in time.
    fn listens(&self) -> bool {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if TcpStream::connect(self.address).is_ok() {
                return true;
            }
            thread::sleep(PAUSE);
        }
        false
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // The shell itself ends the server.
        let _ = self.shell.wait();
    }
}

/// An address on which nothing listens.
fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
