//! What a security review asks for: secrets stay hidden, memory and time are bounded, nothing escapes its place, and a
//! call can be given up at any moment.

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
