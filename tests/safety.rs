//! The promises for a security review: secrets stay hidden, memory and time have limits, no value leaves its place, and a program
//! can drop a call at any moment.

#[cfg(target_os = "linux")]
mod bodies;
#[cfg(target_os = "linux")]
mod bombs;
mod canary;
mod cancel;
mod capture;
mod hostile;
mod secrets;
mod traces;
