//! A stack for long chains of schemas: most stages follow a reference by a call.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// The size of the stack, in bytes. The system takes memory only for the part in use.
const SIZE: usize = 1 << 30;

/// Does the work in a thread with such a stack, or in this one if the system has no room for it.
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
