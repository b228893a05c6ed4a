//! Inputs before they have names.

use crate::lower::types::Typed;
use crate::model::{Doc, InputPlace};
use crate::tree::{Node, Place};

/// An input before its name is chosen.
pub(super) struct Draft<'a> {
    pub(super) wire: String,
    pub(super) place: Place,
    pub(super) typed: Typed,
    pub(super) travels: InputPlace,
    pub(super) part_types: Vec<(String, String)>,
    pub(super) is_json: bool,
    pub(super) need: Need,
    pub(super) clearable: bool,
    /// Whether the document requires a string or list that is not empty.
    pub(super) filled: bool,
    pub(super) doc: Doc,
    pub(super) deprecated: bool,
    pub(super) sample: Option<&'a Node>,
}

/// Whether an input is required, in the order of the arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// An argument from `sdk.yaml`, with its index in the list.
    Listed(usize),
    /// A parameter, or the whole body.
    Required,
    /// A property of the body, with its index in `required`.
    RequiredProperty(usize),
    Optional,
}

impl Need {
    /// For a parameter.
    pub(super) fn of(is_required: bool) -> Self {
        if is_required {
            Self::Required
        } else {
            Self::Optional
        }
    }
}
