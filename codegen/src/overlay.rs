//! Stand-in until the overlay is applied.

use crate::diagnostic::Diagnostics;
use crate::tree::Node;

pub(crate) fn apply(_document: &mut Node, _overlay: &Node, _diagnostics: &mut Diagnostics) {}
