//! Warns about `servers`, which the generated crate does not use.

use crate::diagnostic::Diagnostics;
use crate::tree::{Node, Value};

/// Where the generated crate sends its requests by default.
const BASE_URL: &str = "https://api.telnyx.com/v2";

/// Warns about servers if none of them is the one that gets the requests.
pub(super) fn check(servers: &Node, diagnostics: &mut Diagnostics) {
    let Value::Sequence(servers) = &servers.value else {
        return;
    };
    let url = |server: &Node| {
        let url = server.get("url")?.text()?;
        Some(filled(url, server).trim_end_matches('/').to_owned())
    };
    let urls: Vec<String> = servers.iter().filter_map(url).collect();
    if let (Some(first), Some(server)) = (urls.first(), servers.first())
        && urls.iter().all(|url| url != BASE_URL)
    {
        let message =
            format!("the client sends requests and the API key to {BASE_URL}, not to `{first}`");
        let help = match first.contains("://") {
            true => "to use this server, build the client with this address as `base_url`",
            false => {
                "to use this server, build the client with its whole address as `base_url`, such as `https://example.com/api`"
            }
        };
        diagnostics.warning(server.place, message).help(help);
    }
}

/// The address of a server, with the default of each of its variables.
fn filled(url: &str, server: &Node) -> String {
    let variables = server.get("variables").map(Node::entries);
    let variables = variables.unwrap_or_default().iter();
    variables.fold(url.to_owned(), |url, variable| {
        match variable.node.get("default").map(|node| &node.value) {
            Some(Value::String(default)) => url.replace(&format!("{{{}}}", variable.key), default),
            _ => url,
        }
    })
}
