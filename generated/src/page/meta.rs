//! The position of a page in its list.

use crate::object::object;

/// The position of a page in its list. A count is `None` if the response lacks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageMeta {
    /// The number of pages in the list.
    pub total_pages: Option<i64>,
    /// The number of items on all pages.
    pub total_results: Option<i64>,
    /// The number of this page, from 1.
    pub page_number: Option<i64>,
    /// The maximum number of items on a page.
    pub page_size: Option<i64>,
}

object! {
    impl PageMeta {
        const total_pages: optional = "total_pages";
        const total_results: optional = "total_results";
        const page_number: optional = "page_number";
        const page_size: optional = "page_size";
    }
}
