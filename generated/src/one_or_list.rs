//! Lists for which Telnyx may send a single item without a list.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::lenient::List;
use crate::reader;

/// Reads a list. An object or a string is a list with one item, and `null` is an empty list.
pub(crate) struct OneOrList<T>(pub(crate) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_newtype_struct(reader::TEXT_OF_OTHERS, OneOrListVisitor(PhantomData))
            .map(Self)
    }
}

struct OneOrListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(reader::expects::LIST_OR_ITEM)
    }

    /// Reads a value that is not a string, from the crate's own reader. The reader learns the fields of an object, so that a
    /// mistake names the field.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<T>, A::Error> {
        let text: &str = map.next_key()?.unwrap_or_default();
        if text.starts_with('{') {
            return Ok(vec![map.next_value()?]);
        }
        map.next_value().map(|List(items)| items)
    }

    /// Reads any value, from any other deserializer.
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_any(OfOthers(self.0))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<T>, E> {
        OfOthers(self.0).visit_str(text)
    }
}

/// Reads the same from a deserializer that knows the type of its value.
struct OfOthers<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OfOthers<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        OneOrListVisitor(self.0).expecting(f)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Vec<T>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Vec<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object)).map(|item| vec![item])
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<T>, E> {
        T::deserialize(StrDeserializer::new(text)).map(|item| vec![item])
    }

    fn visit_unit<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use crate::object::object;
    use crate::reader;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Item {
        id: u8,
    }

    #[derive(Debug, PartialEq)]
    struct Lists {
        objects: Vec<Item>,
        texts: Vec<String>,
    }

    object! {
        impl Lists {
            const objects: one_or_list = "objects";
            const texts: one_or_list = "texts";
        }
    }

    fn lists(json: &str) -> Result<Lists, String> {
        reader::read(json.as_bytes()).map_err(|mistake| mistake.to_string())
    }

    #[test]
    fn one_item_is_a_list_of_one() {
        for json in [
            r#"{"objects":{"id":1},"texts":"a"}"#,
            r#"{"objects":[{"id":1}],"texts":["a"]}"#,
        ] {
            let lists = lists(json).unwrap();
            assert_eq!(lists.objects, [Item { id: 1 }], "{json}");
            assert_eq!(lists.texts, ["a"], "{json}");
            let by_serde_json: Lists = serde_json::from_str(json).unwrap();
            assert_eq!(by_serde_json, lists, "{json}");
        }
    }

    #[test]
    fn what_is_null_or_absent_is_an_empty_list() {
        for json in [r#"{"objects":null,"texts":null}"#, "{}"] {
            let lists = lists(json).unwrap();
            assert!(lists.objects.is_empty() && lists.texts.is_empty(), "{json}");
        }
    }

    #[test]
    fn a_mistake_is_found_at_its_place() {
        for (json, place) in [
            (r#"{"objects":[{"id":1},{"id":"x"}]}"#, "$.objects[1].id"),
            (r#"{"objects":{"id":"x"}}"#, "$.objects.id"),
            (r#"{"texts":7}"#, "$.texts"),
        ] {
            let mistake = lists(json).unwrap_err();
            assert!(mistake.ends_with(place), "{json}: {mistake}");
        }
    }
}
