//! What a call does when the network or the server fails: promises 1 to 3 of the crate's guide to reliability.
//!
//! [`table`] says what each fault leads to, for each kind of operation; [`cell`] tries it over real TCP.

mod cell;
mod deadline;
mod history;
pub(crate) mod ledger;
pub(crate) mod operation;
pub(crate) mod received;
pub(crate) mod script;
pub(crate) mod server;
mod smoke;
mod table;
