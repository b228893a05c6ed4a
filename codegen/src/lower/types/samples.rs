//! Examples of values that do not fit the type of what they show.

use crate::diagnostic::Diagnostics;
use crate::model::Type;
use crate::tree::{Node, Value};

/// Warns of an example that cannot be shown, such as a phone number without quotes.
pub(in crate::lower) fn check_sample(
    wire: &str,
    ty: &Type,
    sample: &Node,
    diagnostics: &mut Diagnostics,
) {
    if *ty == Type::Text && matches!(sample.value, Value::Number(_)) {
        let message = format!("the example of `{wire}` has to be a string, not a number");
        diagnostics
            .warning(sample.place, message)
            .help("put it in quotes");
    }
}
