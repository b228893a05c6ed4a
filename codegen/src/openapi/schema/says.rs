//! Whether a schema says anything of its type.

use super::{AdditionalProperties, Schema};

impl Schema {
    /// Whether it gives words, limits or `nullable` alone.
    pub(crate) fn says_nothing_of_its_type(&self) -> bool {
        self.says_nothing_beside_all_of() && self.all_of.is_empty()
    }

    /// Whether null is all that it allows, as a branch of a union.
    pub(crate) fn is_null(&self) -> bool {
        self.nullable && self.says_null_at_most()
    }

    /// Whether it says nothing of its type, but that it may be null.
    pub(crate) fn says_null_at_most(&self) -> bool {
        self.other_values.is_empty() && self.says_nothing_of_its_type()
    }

    /// Whether its `allOf` alone says of what type it is.
    pub(crate) fn says_nothing_beside_all_of(&self) -> bool {
        self.types.is_empty() && self.says_types_at_most()
    }

    /// Whether only `type` says anything about its type, apart from its `allOf`.
    pub(crate) fn says_types_at_most(&self) -> bool {
        self.required.is_empty() && self.says_types_and_required_at_most()
    }

    /// Whether it only narrows values: by `type`, `enum`, `format`, `required` or limits, apart from its `allOf`.
    pub(crate) fn says_limits_at_most(&self) -> bool {
        self.is_plain()
            && self.discriminator.is_none()
            && self.text_property.is_none()
            && !self.one_or_list
            && self.wire_format.is_none()
    }

    /// Whether only `type` and `required` say anything about its type, apart from its `allOf`.
    pub(super) fn says_types_and_required_at_most(&self) -> bool {
        self.says_limits_at_most() && self.format.is_none() && self.values.is_none()
    }

    /// Whether it neither holds nor refers to another schema, its `allOf` aside.
    pub(crate) fn is_plain(&self) -> bool {
        // An object that may hold no further properties has the same type.
        let is_closed = matches!(
            self.additional_properties,
            None | Some(AdditionalProperties::None)
        );
        self.reference.is_none()
            && self.properties.is_empty()
            && is_closed
            && self.items.is_none()
            && self.branches.is_empty()
    }
}
