//! A stack for long chains of schemas, because most stages follow a reference with a function call.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// The size of the stack, in bytes. The system allocates only the part of the stack in use.
const SIZE: usize = 1 << 30;

/// Runs the work in a thread with such a stack, or in this thread if the system has no room for the stack.
pub(crate) fn with_room<T: Send>(work: impl Fn() -> T + Sync) -> T {
    scope(|scope| {
        let thread = Builder::new().stack_size(SIZE).spawn_scoped(scope, &work);
        match thread.map(|thread| thread.join()) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => work(),
        }
    })
}
