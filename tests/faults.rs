//! What a call does when the network or the server fails: the promises of the crate's guide to reliability.
//!
//! [`table`] says what each fault leads to, for each kind of operation; [`matrix`] tries it over real TCP. [`history`] and
//! [`deadline`] try several faults in a row and faults without end. [`model`] lets chance choose the faults, and counts
//! what a server has accepted.

mod deadline;
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
