//! Where a page stands in its list.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Where a page stands in its list, as far as the answer says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageMeta {
    /// Pages in the list.
    pub total_pages: Option<i64>,
    /// Items on all pages.
    pub total_results: Option<i64>,
    /// This page's number, from 1.
    pub page_number: Option<i64>,
    /// Items a page can have.
    pub page_size: Option<i64>,
}

impl<'de> Deserialize<'de> for PageMeta {
    /// Takes what is a number, or a number as text, and leaves the rest: items are worth more than their count.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let meta = Value::deserialize(deserializer)?;
        let number = |name| match meta.get(name)? {
            Value::String(text) => text.parse().ok(),
            other => other.as_i64(),
        };
        Ok(Self {
            total_pages: number("total_pages"),
            total_results: number("total_results"),
            page_number: number("page_number"),
            page_size: number("page_size"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_come_as_text() {
        let meta: PageMeta =
            serde_json::from_str(r#"{"total_pages":3,"page_number":"2"}"#).unwrap();
        assert_eq!((meta.total_pages, meta.page_number), (Some(3), Some(2)));
    }

    #[test]
    fn what_is_no_number_is_unknown() {
        for meta in [
            "null",
            "[]",
            "{}",
            r#"{"total_pages":null,"page_number":{},"page_size":2.5}"#,
        ] {
            assert_eq!(
                serde_json::from_str::<PageMeta>(meta).unwrap(),
                PageMeta::default()
            );
        }
    }
}
