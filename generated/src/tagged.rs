//! Unions whose member is told by one property.

mod raw;

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::decode;
use crate::raw_object::RawObject;

/// Reads a union: looks at `property`, then lets `choose` decode the same text into the member it stands for.
///
/// `choose` gets `None` when there is no such property or it is not a string. One member is tried, so a mistake in it is
/// that member's error and never another member.
pub(crate) fn deserialize<'de, D, U, F>(
    deserializer: D,
    property: &str,
    choose: F,
) -> Result<U, D::Error>
where
    D: Deserializer<'de>,
    F: FnOnce(Option<&str>, Member<'_>) -> Result<U, serde_json::Error>,
{
    let json = raw::deserialize(deserializer)?;
    let tag: Option<String> = RawObject::scan(json.get())
        .get(property)
        .and_then(|value| serde_json::from_str(value).ok());
    choose(tag.as_deref(), Member(json.get())).map_err(|error| {
        let (path, reason) = decode::explain(json.get().as_bytes(), &error);
        D::Error::custom(format_args!("{reason} at {path}{OF}`{property}`"))
    })
}

/// Follows the path of a mistake in what a union's error says.
const OF: &str = " of the object with ";

/// The path in the member and the reason, if an error is that of a union's member.
pub(crate) fn mistake(message: &str) -> Option<(&str, &str)> {
    let (mistake, _) = message.split_once(OF)?;
    let (reason, path) = mistake.rsplit_once(" at $")?;
    Some((path, reason))
}

/// Writes a union's member, with the tag that tells it even where the member itself holds none.
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

/// The text of a union's member.
pub(crate) struct Member<'a>(&'a str);

impl Member<'_> {
    pub(crate) fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Deserializer, Serialize};
    use serde_json::{Value, json};

    use crate::Json;

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
            "expected u8 at $.id of the object with `direction`"
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
        let error = serde_json::from_str::<Envelope>(
            "{\n\"data\": {\"direction\":\"outbound\",\n\"id\":\"x\"}}",
        )
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected u8 at $.id of the object with `direction` at line 3 column 10"
        );
        assert_eq!((error.line(), error.column()), (3, 10));
    }
}
