//! Compares the crate with other people's programs, which `cargo xtask judge` installs and starts.
//!
//! Each comparison prints a table and every case it does not accept; the process then exits with 1.

mod clients;
mod inbox;
mod retries;
mod segments;
mod servers;
mod table;
mod telnyx_clients;
mod types;
mod webhooks;

use std::process::ExitCode;

use servers::Server;
use telnyx_clients::TelnyxClients;

const USAGE: &str = "judge servers PRISM_ADDRESS STEADY_ADDRESS\n\
                     judge webhooks PYTHON NODE_MODULES\n\
                     judge retries PYTHON NODE_MODULES\n\
                     judge clients PYTHON NODE_MODULES VALIDATOR SPEC\n\
                     judge inbox NODE_MODULES BROWSER FOLDER\n\
                     judge types PYTHON SPEC\n\
                     judge segments NODE_MODULES FOLDER";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["servers", prism, steady] => servers_at(prism, steady),
        ["webhooks", python, node_modules] => {
            webhooks::run(&TelnyxClients::new(python, node_modules))
        }
        ["retries", python, node_modules] => {
            retries::run(&TelnyxClients::new(python, node_modules))
        }
        ["inbox", node_modules, browser, folder] => inbox::run(node_modules, browser, folder),
        ["segments", node_modules, folder] => segments::run(node_modules, folder),
        ["types", python, spec] => types::run(python, spec),
        ["clients", python, node_modules, validator, spec] => {
            clients::run(&TelnyxClients::new(python, node_modules), validator, spec)
        }
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn servers_at(prism: &str, steady: &str) -> Result<bool, String> {
    let address = |text: &str| text.parse().map_err(|_| format!("`{text}` is no address"));
    servers::run(&[
        (Server::Prism, address(prism)?),
        (Server::Steady, address(steady)?),
    ])
}
