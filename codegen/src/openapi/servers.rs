//! Warns about `servers`, which the generated crate does not use.

use crate::diagnostic::Diagnostics;
use crate::tree::{Node, Value};

/// Where the emitted crate sends its requests, unless its user says otherwise.
const BASE_URL: &str = "https://api.telnyx.com/v2";

/// Warns of servers among which is not the one that requests go to.
pub(super) fn check(servers: &Node, diagnostics: &mut Diagnostics) {
    let Value::Sequence(servers) = &servers.value else {
        return;
    };
    let url = |server: &Node| match server.get("url").map(|node| &node.value) {
        Some(Value::String(url)) => Some(url.trim_end_matches('/').to_owned()),
        _ => None,
    };
    let urls: Vec<String> = servers.iter().filter_map(url).collect();
    if let (Some(first), Some(server)) = (urls.first(), servers.first())
        && urls.iter().all(|url| url != BASE_URL)
    {
        let message =
            format!("the client sends requests and the API key to {BASE_URL}, not to `{first}`");
        diagnostics
            .warning(server.place, message)
            .help("to use this server, build the client with it as `base_url`");
    }
}
