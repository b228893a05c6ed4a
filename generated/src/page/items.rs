//! The items of all pages, one after the other.

use std::fmt;
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use futures_core::{FusedStream, Stream};
use serde::de::DeserializeOwned;

use super::{Page, PageMeta};
use crate::answer::Answer;
use crate::call::{Call, Pending};
use crate::error::DecodeError;
use crate::{Error, Response, Result, Unread, decode};

/// The items of a page and of all later pages.
///
/// The client requests each page when you reach its first item. If the request fails, [`try_next`](Self::try_next) returns the
/// error. The next call requests the same page again, so you lose no item and get no item twice. If an item lacks a required
/// field, you get an [`Error::Decode`](crate::Error::Decode) instead of the item. The next call returns the next item.
///
/// [`page_failed`](Self::page_failed) distinguishes these two errors. If a page itself cannot be read, its error is also an
/// `Error::Decode`, and the list ends after it.
///
/// The type is also a `Stream`. The stream ends if a page cannot be loaded, so a loop that ignores errors still ends. You can
/// continue with `try_next`.
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
#[must_use = "items do nothing until you read them"]
pub struct Items<T> {
    ready: vec::IntoIter<Result<T>>,
    /// The position of the page whose items are `ready`.
    meta: Option<PageMeta>,
    unread: Vec<Unread>,
    /// The call for the next page, until that page is `ready`. If the call fails, the client sends it again.
    next: Option<Call<Rows<T>>>,
    loading: Option<Pending<Response<Rows<T>>>>,
    /// The next page, while items are left in `ready`.
    early: Option<Result<Response<Rows<T>>>>,
    prefetch: bool,
    /// Whether the last result was an error about a page.
    failed: bool,
    /// The response with the current page.
    last: Option<Answer>,
}

/// A page whose unreadable items are errors.
type Rows<T> = Page<Result<T>>;

impl<T: DeserializeOwned + 'static> Items<T> {
    pub(crate) fn new(call: Call<Page<T>>) -> Self {
        Self {
            ready: Vec::new().into_iter(),
            meta: None,
            unread: Vec::new(),
            next: Some(call.into_request().decoded_by(decode::rows)),
            loading: None,
            early: None,
            prefetch: false,
            failed: false,
            last: None,
        }
    }

    /// Requests the next page while you handle the items of the current page. Default: `false`.
    ///
    /// Prefetching saves time if your program needs time for each item. Prefetching may request a page that you do not need. The
    /// request for the next page makes progress only while you await an item, but its timeout always runs. Do not prefetch,
    /// therefore, if handling an item takes a minute. [`blocking`](Self::blocking) ignores this setting.
    pub fn prefetch(self, prefetch: bool) -> Self {
        Self { prefetch, ..self }
    }

    /// The next item, or `None` after the last.
    ///
    /// If you drop the future, you lose nothing: the next call continues at the same place. If a page cannot be loaded, the next
    /// call requests that page again. The client has already used its retries, so wait before you call again. If a page was
    /// loaded but cannot be read, the client does not request it again, and the list ends.
    ///
    /// # Errors
    ///
    /// Fails if the call for a page fails. Also fails with [`Error::Decode`](crate::Error::Decode) if an item or a page cannot be
    /// read, or if the server sends a page twice.
    pub async fn try_next(&mut self) -> Result<Option<T>> {
        poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    /// Collects all items of the list, at most `most`.
    ///
    /// ```no_run
    /// # async fn example(client: telnyx_messaging::Client) -> telnyx_messaging::Result<()> {
    /// let optouts = client.messaging_optouts().list().page_size(250).items().collect_all(10_000).await?;
    /// println!("{} people opted out", optouts.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails as [`try_next`](Self::try_next) does, even if a single item has an error. If the list has more than `most` items,
    /// the method fails with an [`Error::Decode`](crate::Error::Decode) for which
    /// [`is_too_many_items`](crate::Error::is_too_many_items) is true. The method therefore never omits items silently.
    pub async fn collect_all(mut self, most: usize) -> Result<Vec<T>> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next().await? {
            self.collect(item, &mut items, most)?;
        }
        Ok(items)
    }

    /// Whether the last result was an error about a page, not about an item.
    ///
    /// A loop may skip an item that cannot be read. If the loop skipped a page, all items of the page would be missing:
    ///
    /// ```no_run
    /// # async fn example(client: telnyx_messaging::Client) -> telnyx_messaging::Result<()> {
    /// let mut optouts = client.messaging_optouts().list().items();
    /// loop {
    ///     match optouts.try_next().await {
    ///         Ok(Some(optout)) => println!("{:?}", optout.to),
    ///         Ok(None) => break,
    ///         Err(error) if optouts.page_failed() => return Err(error),
    ///         Err(error) => eprintln!("skipped: {error}"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn page_failed(&self) -> bool {
        self.failed
    }

    /// The position of the current page in the list, and how many items the list has.
    ///
    /// `None` before the first item.
    #[must_use]
    pub fn meta(&self) -> Option<PageMeta> {
        self.meta
    }

    /// The fields of the current page that did not match the documentation, and are therefore empty in the items.
    #[must_use]
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// The same items for a thread without an async runtime.
    ///
    /// The iterator continues after the last item that you took. If the client is requesting a page when you call this method, it
    /// requests that page again. The iterator ignores [`prefetch`](Self::prefetch).
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> BlockingItems<T> {
        let items = Self {
            loading: None,
            ..self
        };
        BlockingItems { items }
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        self.failed = false;
        loop {
            if self.early.is_none() && (self.prefetch || self.ready.len() == 0) {
                self.poll_page(context);
            }
            match self.step() {
                ControlFlow::Break(item) => return Poll::Ready(item),
                ControlFlow::Continue(()) if self.loading.is_some() => return Poll::Pending,
                ControlFlow::Continue(()) => {}
            }
        }
    }

    /// Returns an item, the error of a page, or the end of the list. Returns nothing if the next page has just become current, or
    /// has not arrived yet.
    fn step(&mut self) -> ControlFlow<Option<Result<T>>> {
        if let Some(item) = self.ready.next() {
            return ControlFlow::Break(Some(item));
        }
        match self.early.take() {
            Some(page) => match self.accept(page) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => ControlFlow::Break(Some(Err(error))),
            },
            None if self.next.is_some() => ControlFlow::Continue(()),
            None => ControlFlow::Break(None),
        }
    }

    /// Makes progress with the call for the next page, and stores the page in `early` when it arrives.
    fn poll_page(&mut self, context: &mut Context<'_>) {
        if self.loading.is_none()
            && let Some(call) = &self.next
        {
            self.loading = Some(call.clone().with_response().into_future());
        }
        if let Some(loading) = &mut self.loading
            && let Poll::Ready(page) = Pin::new(loading).poll(context)
        {
            self.loading = None;
            self.early = Some(page);
        }
    }

    /// Makes a page the current page, unless it failed or came before. Otherwise, a server that sends the same page for every
    /// number would cause an endless list.
    fn accept(&mut self, page: Result<Response<Rows<T>>>) -> Result<()> {
        let accepted = page.and_then(|page| self.check(page));
        self.failed = accepted.is_err();
        if matches!(accepted, Err(Error::Decode(_))) {
            // The same request would return the same page again and again.
            self.next = None;
        }
        let (page, answer) = accepted?;
        self.last = Some(answer);
        self.meta = Some(page.meta);
        let following = page.following();
        self.next = following.map(|request| request.decoded_by(decode::rows));
        self.unread = page.unread;
        self.ready = page.items.into_iter();
        Ok(())
    }

    /// Refuses a page that was not requested or that came before. If pages have no numbers, only `data` shows that a page came
    /// before.
    fn check(&self, response: Response<Rows<T>>) -> Result<(Rows<T>, Answer)> {
        let (page, answer, _) = response.into_parts();
        if let Some(numbers) = page.other_number() {
            return Err(decode::other_page(answer, numbers));
        }
        let is_numbered = page.meta.page_number.is_some();
        let last = self.last.as_ref();
        let last = last.filter(|_| !is_numbered && !page.items.is_empty());
        if last.is_some_and(|last| decode::has_same_data(last, &answer)) {
            let reason = "the server sent the page before again".to_owned();
            return Err(DecodeError::new(answer.into(), "$.data".to_owned(), reason).into());
        }
        Ok((page, answer))
    }

    /// Adds an item to the collected items, unless there would be too many.
    fn collect(&self, item: T, items: &mut Vec<T>, most: usize) -> Result<()> {
        match &self.last {
            Some(answer) if items.len() == most => {
                Err(DecodeError::too_many_items(answer.clone().into(), most).into())
            }
            _ => {
                items.push(item);
                Ok(())
            }
        }
    }
}

impl<T> Unpin for Items<T> {}

impl<T: DeserializeOwned + 'static> Stream for Items<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.failed {
            return Poll::Ready(None);
        }
        self.poll_item(context)
    }
}

impl<T: DeserializeOwned + 'static> FusedStream for Items<T> {
    fn is_terminated(&self) -> bool {
        self.failed || (self.ready.len() == 0 && self.next.is_none())
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}

/// The items of all pages, for a thread without an async runtime. Created by [`Items::blocking`].
///
/// The iterator ends if a page cannot be loaded, so a loop that ignores errors still ends. [`try_next`](Self::try_next) then
/// requests that page again.
#[cfg(feature = "blocking")]
#[must_use = "items do nothing until you read them"]
pub struct BlockingItems<T> {
    items: Items<T>,
}

#[cfg(feature = "blocking")]
impl<T: DeserializeOwned + 'static> BlockingItems<T> {
    /// The next item, or `None` after the last. If a page cannot be loaded, the next call requests that page again, as
    /// [`Items::try_next`] does.
    ///
    /// # Errors
    ///
    /// Fails as [`Items::try_next`] and [`Call::run_blocking`] do.
    pub fn try_next(&mut self) -> Result<Option<T>> {
        let items = &mut self.items;
        items.failed = false;
        loop {
            if items.ready.len() == 0
                && items.early.is_none()
                && let Some(call) = &items.next
            {
                items.early = Some(call.clone().with_response().run_blocking());
            }
            if let ControlFlow::Break(item) = items.step() {
                return item.transpose();
            }
        }
    }

    /// Collects all items of the list, at most `most`: see [`Items::collect_all`].
    ///
    /// # Errors
    ///
    /// Fails as [`Items::collect_all`] and [`Call::run_blocking`] do.
    pub fn collect_all(mut self, most: usize) -> Result<Vec<T>> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next()? {
            self.items.collect(item, &mut items, most)?;
        }
        Ok(items)
    }

    /// Whether the last result was an error about a page: see [`Items::page_failed`].
    #[must_use]
    pub fn page_failed(&self) -> bool {
        self.items.page_failed()
    }

    /// The fields of the current page that could not be read: see [`Items::unread`].
    #[must_use]
    pub fn unread(&self) -> &[Unread] {
        self.items.unread()
    }

    /// The position of the current page in the list: see [`Items::meta`].
    #[must_use]
    pub fn meta(&self) -> Option<PageMeta> {
        self.items.meta()
    }
}

#[cfg(feature = "blocking")]
impl<T: DeserializeOwned + 'static> Iterator for BlockingItems<T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.items.failed {
            return None;
        }
        self.try_next().transpose()
    }
}

#[cfg(feature = "blocking")]
impl<T: DeserializeOwned + 'static> std::iter::FusedIterator for BlockingItems<T> {}

#[cfg(feature = "blocking")]
impl<T> fmt::Debug for BlockingItems<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingItems").finish_non_exhaustive()
    }
}
