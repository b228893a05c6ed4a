//! The position of a page in its list.

use serde::Deserialize;

/// The position of a page in its list. A count that the response lacks is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
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
