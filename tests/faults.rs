//! The promises of the guide `reliability` when the network or the server fails.
//!
//! [`table`] has the result of each fault for each kind of operation, and [`matrix`] checks these results over real TCP.
//! [`history`] and [`deadline`] check several faults in a row, and faults without end. [`model`] draws random faults, and counts
//! the messages that a server accepted.

mod deadline;
mod early;
mod history;
pub(crate) mod ledger;
mod limits;
mod matrix;
mod model;
mod one_message;
pub(crate) mod operation;
pub(crate) mod received;
pub(crate) mod script;
pub(crate) mod server;
mod smoke;
mod table;
