//! Unions in which the value of one property selects the member.

use std::convert::Infallible;
use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::raw_object::RawObject;
use crate::reader::{self, Mistake, Reason, Step};

/// Reads a union: reads the value of `property`, then lets `choose` decode the same JSON into the member for this value.
///
/// `choose` gets `None` if there is no such property, or if the property is not a string. Only one member is tried, so a mistake
/// is an error in this member and never selects another member.
pub(crate) fn deserialize<'de, D, U, F>(
    deserializer: D,
    property: &str,
    choose: F,
) -> Result<U, D::Error>
where
    D: Deserializer<'de>,
    F: FnOnce(Option<&str>, Member<'_>) -> Result<U, Mistake>,
{
    let choose = |text: &str| {
        let tag = RawObject::scan(text.as_bytes()).get(property);
        let tag: Option<String> = tag.and_then(|tag| reader::read(tag.as_bytes()).ok());
        choose(tag.as_deref(), Member(text))
    };
    deserializer.deserialize_newtype_struct(reader::TEXT_THEN_VALUE, Union(choose))
}

/// Creates a union from its JSON.
struct Union<F>(F);

impl<'de, U, F> Visitor<'de> for Union<F>
where
    F: FnOnce(&str) -> Result<U, Mistake>,
{
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    /// Reads the unparsed JSON from the crate's own reader. A mistake is raised at its place.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<U, A::Error> {
        let text: &str = map.next_key()?.unwrap_or_default();
        match self.0(text) {
            Ok(union) => map.next_value().map(|IgnoredAny| union),
            Err(mistake) => raised(map.next_value_seed(Raise {
                reason: mistake.reason(),
                steps: mistake.steps(),
            })),
        }
    }

    /// Reads the value from any other deserializer, and serializes it to JSON again. The buffers of serde's `#[serde(flatten)]`
    /// and `#[serde(tag = …)]` have no JSON.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        let text = Value::deserialize(deserializer)?.to_string();
        self.0(&text).map_err(|mistake| mistake.raise())
    }
}

/// Follows the steps to a mistake, and raises the error there.
struct Raise<'a> {
    reason: &'a Reason,
    steps: &'a [Step],
}

fn raised<T, E>(result: Result<Infallible, E>) -> Result<T, E> {
    result.map(|never| match never {})
}

impl<'de> DeserializeSeed<'de> for Raise<'_> {
    type Value = Infallible;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Infallible, D::Error> {
        match self.steps.first() {
            None => Err(self.reason.raise()),
            Some(Step::Field(_, fields)) => deserializer.deserialize_struct("", fields, self),
            Some(_) => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Raise<'_> {
    type Value = Infallible;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Infallible, A::Error> {
        let Self { reason, steps } = self;
        while let Some(key) = map.next_key::<String>()? {
            match steps.split_first() {
                Some((first, steps)) if first.is_to(&key) => {
                    return map.next_value_seed(Raise { reason, steps });
                }
                _ => map.next_value().map(|IgnoredAny| ())?,
            }
        }
        Err(reason.raise())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Infallible, A::Error> {
        let Self { reason, steps } = self;
        if let Some((Step::Item(index), steps)) = steps.split_first() {
            for _ in 0..*index {
                list.next_element::<IgnoredAny>()?;
            }
            list.next_element_seed(Raise { reason, steps })?;
        }
        Err(reason.raise())
    }
}

/// Writes a union's member, with the tag that selects it, even if the member itself has no tag.
pub(crate) fn serialize<S: Serializer>(
    serializer: S,
    property: &str,
    tag: &str,
    member: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    let mut json = serde_json::to_value(member).map_err(S::Error::custom)?;
    if let Value::Object(members) = &mut json {
        members.entry(property).or_insert_with(|| tag.into());
    }
    json.serialize(serializer)
}

/// The JSON of a union's member.
pub(crate) struct Member<'a>(&'a str);

impl Member<'_> {
    pub(crate) fn decode<T: DeserializeOwned>(&self) -> Result<T, Mistake> {
        reader::read(self.0.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Deserializer, Serialize};
    use serde_json::{Value, json};

    use crate::Json;
    use crate::reader::{self, Reason};

    #[derive(Debug, PartialEq)]
    enum Message {
        Outbound(Fields),
        Inbound(Fields),
        Unrecognized(Json),
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Fields {
        id: Option<u8>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "kind")]
    enum Entry {
        Message { message: Message },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        #[serde(flatten)]
        entry: Entry,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Stored {
        row: u8,
        #[serde(flatten)]
        message: Message,
    }

    impl<'de> Deserialize<'de> for Message {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            super::deserialize(deserializer, "direction", |tag, member| match tag {
                Some("outbound") => member.decode().map(Self::Outbound),
                Some("inbound") => member.decode().map(Self::Inbound),
                _ => member.decode().map(Self::Unrecognized),
            })
        }
    }

    #[test]
    fn the_tag_chooses_the_member_wherever_it_stands() {
        let before: Message = serde_json::from_str(r#"{"direction":"inbound","id":1}"#).unwrap();
        let after: Message = serde_json::from_str(r#"{"id":1,"direction":"inbound"}"#).unwrap();
        assert_eq!(before, Message::Inbound(Fields { id: Some(1) }));
        assert_eq!(after, before);
        let other: Message = serde_json::from_str(r#"{"direction":"outbound"}"#).unwrap();
        assert_eq!(other, Message::Outbound(Fields { id: None }));
    }

    #[test]
    fn a_missing_or_unknown_tag_keeps_the_json() {
        for json in [
            r#"{"id":1}"#,
            r#"{"direction":"sideways"}"#,
            r#"{"direction":null}"#,
            "[]",
            "null",
        ] {
            let message: Message = serde_json::from_str(json).unwrap();
            assert_eq!(message, Message::Unrecognized(json.parse().unwrap()));
        }
    }

    #[test]
    fn a_union_is_read_from_a_value_and_through_the_buffers_of_serde() {
        let message = || Message::Inbound(Fields { id: Some(1) });
        let json = json!({"direction": "inbound", "id": 1});
        assert_eq!(Message::deserialize(&json).unwrap(), message());
        assert_eq!(serde_json::from_value::<Message>(json).unwrap(), message());
        let entry = || Entry::Message { message: message() };
        let tagged = r#"{"kind":"Message","message":{"direction":"inbound","id":1}}"#;
        assert_eq!(serde_json::from_str::<Entry>(tagged).unwrap(), entry());
        assert_eq!(
            serde_json::from_str::<Row>(tagged).unwrap(),
            Row { entry: entry() }
        );
        assert_eq!(
            serde_json::from_str::<Stored>(r#"{"row":7,"direction":"inbound","id":1}"#).unwrap(),
            Stored {
                row: 7,
                message: message()
            }
        );
    }

    #[test]
    fn a_mistake_found_through_a_buffer_says_where_and_quotes_nothing() {
        let tagged = r#"{"kind":"Message","message":{"direction":"inbound","id":"+1"}}"#;
        assert_eq!(
            serde_json::from_str::<Entry>(tagged)
                .unwrap_err()
                .to_string(),
            "invalid type: another value, expected u8 at $.id"
        );
    }

    #[test]
    fn a_member_is_written_with_its_tag_once() {
        let write = |member: &Value| {
            super::serialize(
                serde_json::value::Serializer,
                "direction",
                "inbound",
                member,
            )
            .unwrap()
        };
        let tagged = json!({"direction": "inbound", "id": 1});
        assert_eq!(write(&json!({"id": 1})), tagged);
        assert_eq!(write(&tagged), tagged);
    }

    #[test]
    fn a_mistake_is_the_chosen_members_and_says_where() {
        #[derive(Debug, Deserialize)]
        struct Envelope {
            #[serde(rename = "data")]
            _data: Message,
        }
        let json = "{\n\"data\": {\"direction\":\"outbound\",\n\"id\":\"x\"}}";
        let mistake = reader::read::<Envelope>(json.as_bytes()).unwrap_err();
        assert_eq!(mistake.to_string(), "expected u8 at $.data.id");
    }

    #[test]
    fn a_union_in_a_union_counts_its_depth_from_the_outside() {
        #[derive(Debug)]
        struct Nested(#[expect(dead_code, reason = "only its depth matters")] Option<Box<Inner>>);
        #[derive(Debug, Deserialize)]
        struct Inner {
            #[serde(rename = "in")]
            _inner: Option<Nested>,
        }
        impl<'de> Deserialize<'de> for Nested {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::deserialize(deserializer, "kind", |_, member| member.decode().map(Self))
            }
        }
        let nested = |depth| format!("{}null{}", r#"{"in":"#.repeat(depth), "}".repeat(depth));
        reader::read::<Nested>(nested(127).as_bytes()).unwrap();
        let mistake = reader::read::<Nested>(nested(128).as_bytes()).unwrap_err();
        assert_eq!(*mistake.reason(), Reason::TooDeep);
        reader::read::<Nested>(nested(100_000).as_bytes()).unwrap_err();
    }

    #[test]
    fn a_mistake_in_a_list_of_a_member_is_raised_at_its_place() {
        #[derive(Debug, Deserialize)]
        struct Lists {
            #[serde(rename = "a.b")]
            _lists: Vec<Vec<u8>>,
        }
        #[derive(Debug)]
        struct Only(#[expect(dead_code, reason = "only its form matters")] Lists);
        impl<'de> Deserialize<'de> for Only {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::deserialize(deserializer, "kind", |_, member| member.decode().map(Self))
            }
        }
        let json = br#"[{"x":[],"a\u002eb":[[],[1,2,"at $.secret"]]}]"#;
        let mistake = reader::read::<Vec<Only>>(json).unwrap_err();
        assert_eq!(mistake.to_string(), "expected u8 at $[0].a.b[1][2]");
    }
}
