//! The bodies of responses.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use tokio::sync::mpsc;
use tokio::time::Sleep;

/// Time for the part of a body to get out.
const PAUSE: Duration = Duration::from_millis(50);

/// The body of a response.
pub(crate) enum Body {
    /// The whole body; `None` after it was sent.
    Whole(Option<Bytes>),
    /// A part of the body, which breaks off after this part was sent.
    Cut(Option<Bytes>, Pin<Box<Sleep>>),
    /// Events, as long as the client listens.
    Events(mpsc::Receiver<Bytes>),
}

impl Body {
    pub(crate) fn whole(bytes: Bytes) -> Self {
        Self::Whole((!bytes.is_empty()).then_some(bytes))
    }

    /// The bytes, and then a break.
    pub(crate) fn cut(bytes: Bytes) -> Self {
        let pause = Box::pin(tokio::time::sleep(PAUSE));
        Self::Cut(Some(bytes), pause)
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match &mut *self {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Cut(bytes, pause) => match bytes.take() {
                Some(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
                None => {
                    let broken = Err(io::ErrorKind::ConnectionReset.into());
                    pause.as_mut().poll(context).map(|()| Some(broken))
                }
            },
            Self::Events(events) => {
                let next = events.poll_recv(context);
                next.map(|event| event.map(|event| Ok(Frame::data(event))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64),
            Self::Cut(..) | Self::Events(_) => SizeHint::default(),
        }
    }
}
