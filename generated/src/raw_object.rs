//! An object whose members are located but not yet deserialized.

use std::borrow::Cow;

use crate::reader;
#[cfg(feature = "webhooks")]
use crate::reader::Mistake;

/// The members of a JSON object, each as the text it has there.
///
/// Made by one scan that reads no value: choosing a type by one member costs no tree of all of them.
#[derive(Default)]
pub(crate) struct RawObject<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'a> RawObject<'a> {
    /// Scans `json`. What is not an object has no members.
    pub(crate) fn scan(json: &'a [u8]) -> Self {
        let members = reader::members(json, None);
        members.map_or_else(|_| Self::default(), |(members, _)| Self(members))
    }

    /// Scans `json`, which has to be an object, and in the same go its member `inner`.
    #[cfg(feature = "webhooks")]
    pub(crate) fn read_two(json: &'a [u8], inner: &str) -> Result<(Self, Self), Mistake> {
        reader::members(json, Some(inner)).map(|(members, inside)| (Self(members), Self(inside)))
    }

    /// The member of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        reader::last_member(&self.0, name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::RawObject;

    fn member(json: &str, name: &str) -> Option<String> {
        RawObject::scan(json.as_bytes())
            .get(name)
            .map(str::to_owned)
    }

    #[test]
    fn a_member_is_the_text_it_has_in_the_object() {
        assert_eq!(
            member(r#"{"a": 1, "b": { "c" : 1.10 }}"#, "b").as_deref(),
            Some(r#"{ "c" : 1.10 }"#)
        );
    }

    #[test]
    fn an_escaped_name_is_the_same_name() {
        assert_eq!(member(r#"{"\u0061": 1}"#, "a").as_deref(), Some("1"));
    }

    #[test]
    fn the_last_of_several_members_counts() {
        assert_eq!(member(r#"{"a": 1, "a": 2}"#, "a").as_deref(), Some("2"));
    }

    #[test]
    fn what_is_not_an_object_has_no_members() {
        for json in ["null", "5", r#""a""#, r#"["a"]"#] {
            assert_eq!(member(json, "a"), None);
        }
    }

    #[test]
    fn a_deeply_nested_member_is_found_like_any_other() {
        let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
        assert_eq!(member(&format!(r#"{{"a":{deep}}}"#), "a"), Some(deep));
    }
}
