//! Sends every operation to mock servers that others wrote, which check the requests against our spec.

mod head;
mod relay;

use std::net::SocketAddr;
use std::time::Duration;

use calls::Case;
use telnyx_messaging::{Client, Error, Result as CallResult};

use self::head::Head;
use self::relay::Relay;
use crate::table;

const HEAD: [&str; 6] = [
    "server",
    "requests",
    "values",
    "missing fields named",
    "exceptions",
    "complaints",
];

/// A server that checks requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Server {
    /// Stoplight Prism, with `--errors`. Answers with the examples of the spec.
    Prism,
    /// Steady. Answers with the least that its reading of the spec permits: `{}`.
    Steady,
}

/// A request that a server rejects, although it is what Telnyx gets.
struct Exception {
    case: &'static str,
    servers: &'static [Server],
    /// Part of the complaint that it gets.
    complaint: &'static str,
    reason: &'static str,
}

const EXCEPTIONS: [Exception; 4] = [
    Exception {
        case: "GetMessage.full",
        servers: &[Server::Prism, Server::Steady],
        complaint: "format",
        reason: "its id is no UUID, to show how an id is encoded",
    },
    Exception {
        case: "GetGroupMmsMessages.full",
        servers: &[Server::Prism, Server::Steady],
        complaint: "format",
        reason: "its id is no UUID, to show how an id is encoded",
    },
    Exception {
        case: "CancelMessage.full",
        servers: &[Server::Prism, Server::Steady],
        complaint: "format",
        reason: "its id is no UUID, to show how an id is encoded",
    },
    Exception {
        case: "ListMessagingProfiles.full",
        servers: &[Server::Steady],
        complaint: "query.filter.name",
        reason: "the document has `filter[name]` beside `filter[name][eq]`, and Steady takes one for a part of the other",
    },
];

/// How the requests to one server went.
#[derive(Default)]
struct Tally {
    requests: usize,
    values: usize,
    missing_fields: usize,
    exceptions: usize,
    complaints: usize,
}

/// Gives `true` if no server complains about any request, and every answer gives a value or names the field it lacks.
pub(crate) fn run(servers: &[(Server, SocketAddr)]) -> Result<bool, String> {
    let mut rows = vec![HEAD.map(str::to_owned)];
    let mut complaints = 0;
    for &(server, address) in servers {
        let mut tally = Tally::default();
        for case in calls::cases() {
            let (head, result) = send(case, address)?;
            tally.add(case, server, &head, &result);
        }
        complaints += tally.complaints;
        rows.push(tally.row(server));
    }
    table::print(&rows);
    Ok(complaints == 0)
}

/// Sends one request by the crate's own transport.
fn send(case: &Case, server: SocketAddr) -> Result<(Head, CallResult<()>), String> {
    let relay = Relay::to(server).map_err(|error| error.to_string())?;
    let client = Client::builder()
        .api_key("KEY")
        .base_url(format!("http://{}", relay.address))
        .timeout(Duration::from_secs(20))
        .max_retries(0)
        .build()
        .map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let result = runtime.block_on((case.send)(&client));
    let head = relay
        .head()
        .map_err(|error| format!("{}: {error}: {result:?}", case.name()))?;
    Ok((head, result))
}

impl Tally {
    /// Counts a request and prints what there is to say of it.
    fn add(&mut self, case: &Case, server: Server, head: &Head, result: &CallResult<()>) {
        self.requests += 1;
        let name = case.name();
        let complaint = server.complaint(head);
        let exception = EXCEPTIONS
            .iter()
            .find(|exception| exception.case == name && exception.servers.contains(&server));
        match (&complaint, exception) {
            (Some(complaint), Some(exception)) if complaint.contains(exception.complaint) => {
                self.exceptions += 1;
                println!("exception: {name}: {server:?}: {}", exception.reason);
                return;
            }
            (None, Some(_)) => self.complain(&name, server, "accepts what is against the spec"),
            (Some(complaint), _) => self.complain(&name, server, complaint),
            (None, None) => {}
        }
        match result {
            Ok(()) => self.values += 1,
            Err(Error::Decode(error))
                if server == Server::Steady && error.reason().contains("missing field") =>
            {
                self.missing_fields += 1;
            }
            Err(error) => self.complain(&name, server, &error.to_string()),
        }
    }

    fn complain(&mut self, case: &str, server: Server, complaint: &str) {
        self.complaints += 1;
        println!("COMPLAINT: {case}: {server:?}: {complaint}");
    }

    fn row(&self, server: Server) -> [String; 6] {
        [
            format!("{server:?}"),
            self.requests.to_string(),
            self.values.to_string(),
            self.missing_fields.to_string(),
            self.exceptions.to_string(),
            self.complaints.to_string(),
        ]
    }
}

impl Server {
    /// What the server says against the request, by the headers it has for that.
    fn complaint(self, head: &Head) -> Option<String> {
        let said = match self {
            Self::Prism => head.header("sl-violations").map(str::to_owned),
            Self::Steady => match head.header("x-steady-error-count") {
                Some("0") => None,
                Some(count) => Some(format!(
                    "{count} errors, the first: {} {}",
                    head.header("x-steady-error-1-path").unwrap_or_default(),
                    head.header("x-steady-error-1-message").unwrap_or_default(),
                )),
                None => Some("no count of errors".to_owned()),
            },
        };
        said.or_else(|| (head.status / 100 != 2).then(|| format!("status {}", head.status)))
    }
}
