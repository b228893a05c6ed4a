//! Whether a schema says anything about its type.

use std::collections::HashSet;

use super::{AdditionalProperties, Schema};

impl Schema {
    /// Whether it has only descriptions, limits or `nullable`.
    pub(crate) fn says_nothing_of_its_type(&self) -> bool {
        self.says_nothing_beside_all_of() && self.all_of.is_empty()
    }

    /// Whether it only allows null, as a branch of a union.
    pub(crate) fn is_null(&self) -> bool {
        self.nullable && self.says_null_at_most()
    }

    /// Whether it says nothing about its type, except that it may be null.
    pub(crate) fn says_null_at_most(&self) -> bool {
        self.other_values.is_empty() && self.says_nothing_of_its_type()
    }

    /// Whether its type depends only on its `allOf`.
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

    /// Whether its branches include all branches of another union, except for null.
    pub(crate) fn lists_all_of(&self, other: &Self) -> bool {
        let target = |branch: &Self| Some(branch.reference.as_ref()?.value.clone());
        let listed: HashSet<String> = self.branches.iter().filter_map(target).collect();
        let others = other.branches.iter().filter(|branch| !branch.is_null());
        let others: Vec<Option<String>> = others.map(target).collect();
        let is_listed =
            |target: &Option<String>| target.as_ref().is_some_and(|it| listed.contains(it));
        !others.is_empty() && others.iter().all(is_listed)
    }

    /// Whether only `type` and `format` say anything about its type, apart from its `allOf`.
    pub(crate) fn says_format_at_most(&self) -> bool {
        self.says_limits_at_most() && self.required.is_empty() && self.values.is_none()
    }

    /// Whether its `contentMediaType` makes a file of the value if the members of its `allOf` make the value a string.
    pub(crate) fn makes_files_of_strings(&self) -> bool {
        !self.all_of.is_empty()
            && self.media_type.is_some()
            && self.format.as_deref() == Some("binary")
    }

    /// Whether it contains and refers to no other schema, apart from its `allOf`.
    pub(crate) fn is_plain(&self) -> bool {
        // An object without additional properties has the same type.
        let is_closed = matches!(
            self.additional_properties,
            None | Some(AdditionalProperties::None)
        );
        self.reference.is_none()
            && self.properties.is_empty()
            && is_closed
            && self.items.is_none()
            && !self.has_first_items
            && self.branches.is_empty()
    }
}
