//! Names the components of a cycle in a diagnostic.

use std::fmt::Display;

/// The components between the start of a cycle and its end, such as ", through `B` and `C`"; empty if there are none.
pub(super) fn through(names: impl Iterator<Item = impl Display>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => format!(", through {only}"),
        [first @ .., last] => format!(", through {} and {last}", first.join(", ")),
    }
}
