//! The items of all pages, one after the other.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::{Page, requested};
use crate::call::{Call, Pending};
use crate::error::DecodeError;
use crate::{Response, Result};

/// The items of a page and of all that follow.
///
/// A page is asked for when its first item is due. After an error there is nothing more: make a new one, with the
/// number of the page to go on from. Also a `Stream`.
///
/// ```no_run
/// # async fn example(client: telnyx_messaging::Client) -> telnyx_messaging::Result<()> {
/// let mut optouts = client.messaging_optouts().list().page_size(250).items();
/// while let Some(optout) = optouts.try_next().await? {
///     println!("{:?}", optout.created_at);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "items are asked for when they are taken"]
pub struct Items<T> {
    ready: vec::IntoIter<T>,
    next: Option<Call<Page<T>>>,
    loading: Option<Pending<Response<Page<T>>>>,
    /// The page that follows, while items are left in `ready`.
    early: Option<Result<Response<Page<T>>>>,
    prefetch: bool,
    last_body: Option<Bytes>,
}

impl<T: DeserializeOwned + 'static> Items<T> {
    pub(crate) fn new(call: Call<Page<T>>) -> Self {
        Self {
            ready: Vec::new().into_iter(),
            next: Some(call),
            loading: None,
            early: None,
            prefetch: false,
            last_body: None,
        }
    }

    /// Asks for the page that follows while items of this one are taken. Default: `false`.
    ///
    /// Saves waiting where taking an item waits for something; costs a page that may not be needed.
    pub fn prefetch(self, prefetch: bool) -> Self {
        Self { prefetch, ..self }
    }

    /// The next item, or `None` after the last.
    ///
    /// Dropping the future loses nothing: the next call goes on where this one was.
    ///
    /// # Errors
    ///
    /// Those of the call for a page, and [`Error::Decode`](crate::Error::Decode) if the server gives a page twice.
    pub async fn try_next(&mut self) -> Result<Option<T>> {
        poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    /// The same items for a thread that waits.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> BlockingItems<T> {
        BlockingItems { items: self }
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if self.early.is_none() && (self.prefetch || self.ready.len() == 0) {
                self.poll_page(context);
            }
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match self.early.take() {
                Some(page) => {
                    if let Err(error) = page.and_then(|page| self.accept(page)) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                None if self.loading.is_some() => return Poll::Pending,
                None => return Poll::Ready(None),
            }
        }
    }

    /// Moves on with the page that follows; once it is there, it is in `early`.
    fn poll_page(&mut self, context: &mut Context<'_>) {
        if let Some(call) = self.next.take() {
            self.loading = Some(call.with_response().into_future());
        }
        if let Some(loading) = &mut self.loading
            && let Poll::Ready(page) = Pin::new(loading).poll(context)
        {
            self.loading = None;
            self.early = Some(page);
        }
    }

    /// Goes over to a page, unless it is not the one that was asked for: a server that gives the same page for every
    /// number would have no end.
    fn accept(&mut self, response: Response<Page<T>>) -> Result<()> {
        let (page, answer) = response.into_parts();
        let requested = requested(&page.request);
        let is_other = page
            .meta
            .page_number
            .is_some_and(|number| number != requested);
        let is_same_again = self.last_body.as_ref() == Some(answer.body());
        if !page.items.is_empty() && (is_other || is_same_again) {
            let reason =
                format!("the server gives another page where page {requested} is asked for");
            return Err(DecodeError::new(answer, "$.meta.page_number".to_owned(), reason).into());
        }
        self.last_body = Some(answer.body);
        self.next = page.next();
        self.ready = page.items.into_iter();
        Ok(())
    }
}

impl<T> Unpin for Items<T> {}

impl<T: DeserializeOwned + 'static> Stream for Items<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}

/// The items of all pages for a thread that waits. Made by [`Items::blocking`].
///
/// After an error there is nothing more.
#[cfg(feature = "blocking")]
#[must_use = "items are asked for when they are taken"]
pub struct BlockingItems<T> {
    items: Items<T>,
}

#[cfg(feature = "blocking")]
impl<T: DeserializeOwned + 'static> Iterator for BlockingItems<T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.items.ready.next() {
                return Some(Ok(item));
            }
            let page = self.items.next.take()?.with_response().run_blocking();
            if let Err(error) = page.and_then(|page| self.items.accept(page)) {
                return Some(Err(error));
            }
        }
    }
}

#[cfg(feature = "blocking")]
impl<T> fmt::Debug for BlockingItems<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingItems").finish_non_exhaustive()
    }
}
