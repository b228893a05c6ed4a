//! Lists that come in pages.

mod items;
mod meta;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::de::DeserializeOwned;

#[cfg(feature = "blocking")]
pub use self::items::BlockingItems;
pub use self::items::Items;
pub use self::meta::PageMeta;

use crate::call::{Call, CallRequest};
use crate::{Unread, decode};

/// The query parameter of the page to load.
const PAGE_NUMBER: &str = "page[number]";

/// One page of a list.
///
/// ```no_run
/// # async fn example(client: telnyx_messaging::Client) -> telnyx_messaging::Result<()> {
/// let mut page = client.messaging_optouts().list().page_size(250).await?;
/// loop {
///     println!("{} of {:?}", page.items.len(), page.meta.total_results);
///     match page.next() {
///         Some(next) => page = next.await?,
///         None => break,
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[non_exhaustive]
pub struct Page<T> {
    /// The items on this page.
    pub items: Vec<T>,
    /// The position of this page in the list.
    pub meta: PageMeta,
    unread: Vec<Unread>,
    /// `None` if the client cannot request another page.
    request: Option<Box<CallRequest>>,
}

impl<T> Page<T> {
    pub(crate) fn new(
        items: Vec<T>,
        meta: PageMeta,
        unread: Vec<Unread>,
        request: Box<CallRequest>,
    ) -> Self {
        Self {
            items,
            meta,
            unread,
            request: Some(request),
        }
    }

    /// This page without a next page, whatever its `meta` says.
    pub(crate) fn only(self) -> Self {
        Self {
            request: None,
            ..self
        }
    }

    /// The fields that did not match the documentation, and are therefore empty in the items. Usually the list is empty.
    ///
    /// With [`strict_decoding`](crate::ClientBuilder::strict_decoding), the call fails if its response has such a field.
    #[must_use]
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// Whether there is a next page: the number of the requested page is below the number of pages.
    ///
    /// If the response does not say how many pages there are, every page with items has a next page. If the API takes no page
    /// number, there is no next page.
    #[must_use]
    pub fn has_next(&self) -> bool {
        let Some(request) = self.request.as_deref() else {
            return false;
        };
        match self.meta.total_pages {
            Some(total) => self.number(request) < total,
            None => !self.items.is_empty(),
        }
    }

    /// The request for the next page, if there is one.
    fn following(&self) -> Option<Box<CallRequest>> {
        let mut request = self.request.clone().filter(|_| self.has_next())?;
        let next = self.number(&request).saturating_add(1);
        request.set_query(PAGE_NUMBER, next);
        Some(request)
    }

    /// The number of this page: the requested number, or else the server's number, or else 1.
    fn number(&self, request: &CallRequest) -> i64 {
        requested(request).or(self.meta.page_number).unwrap_or(1)
    }

    /// The numbers of the requested page and of this page, if they differ. The number of an empty last page does not matter.
    pub(crate) fn other_number(&self) -> Option<(i64, i64)> {
        let asked = requested(self.request.as_deref()?)?;
        let came = self.meta.page_number?;
        let matters = !self.items.is_empty() || self.has_next();
        (matters && came != asked).then_some((asked, came))
    }
}

impl<T: DeserializeOwned + 'static> Page<T> {
    /// The call for the next page, if there is a next page.
    ///
    /// The call repeats the request for this page with the next page number. If the list changes between two requests, an item
    /// may come twice or be missing. If the server sends a page with another number, the call fails with
    /// [`Error::Decode`](crate::Error::Decode).
    #[must_use]
    pub fn next(&self) -> Option<Call<Self>> {
        let request = self.following()?;
        Some(request.decoded_by(decode::next_page))
    }
}

/// The number of the page that a request asks for.
fn requested(request: &CallRequest) -> Option<i64> {
    request.query_value(PAGE_NUMBER)?.parse().ok()
}

impl<T: Clone> Clone for Page<T> {
    fn clone(&self) -> Self {
        Self {
            items: self.items.clone(),
            meta: self.meta,
            unread: self.unread.clone(),
            request: self.request.clone(),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
