//! Unions whose member is told by one property.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::decode;
use crate::raw_object::RawObject;

/// Reads a union: looks at `property`, then lets `choose` decode the same text into the member it stands for.
///
/// `choose` gets `None` when there is no such property or it is not a string. One member is tried, so a mistake in it is
/// that member's error and never another member. Works on JSON only, because the text is read twice.
pub(crate) fn deserialize<'de, D, U, F>(
    deserializer: D,
    property: &str,
    choose: F,
) -> Result<U, D::Error>
where
    D: Deserializer<'de>,
    F: FnOnce(Option<&str>, Member<'_>) -> Result<U, serde_json::Error>,
{
    let json = Box::<RawValue>::deserialize(deserializer)?;
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

/// The text of a union's member.
pub(crate) struct Member<'a>(&'a str);

impl Member<'_> {
    pub(crate) fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Deserializer};

    use crate::Json;

    #[derive(Debug, PartialEq)]
    enum Message {
        Outbound(Fields),
        Inbound(Fields),
        Unrecognized(Json),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Fields {
        id: Option<u8>,
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
