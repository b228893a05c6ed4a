//! Names the components of a circle in a diagnostic.

/// The components between the first of a circle and its end, such as ", through `B` and `C`"; nothing if there are none.
pub(super) fn through<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => format!(", through {only}"),
        [first @ .., last] => format!(", through {} and {last}", first.join(", ")),
    }
}
