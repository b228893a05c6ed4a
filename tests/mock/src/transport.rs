//! Requests without a network.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use telnyx_messaging::transport::{SendError, SendFuture, Transport};

use crate::state::Manner;
use crate::world::World;

/// A transport for the client that sends requests to a [`Mock`](crate::Mock) in the same process.
///
/// The transport opens no connection, so retries and delays take no time with tokio's paused clock.
#[derive(Clone, Debug)]
pub struct InProcess {
    world: Arc<World>,
}

impl InProcess {
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self { world }
    }
}

impl Transport for InProcess {
    fn send(&self, request: Request<Bytes>) -> SendFuture<'_> {
        Box::pin(async move {
            let answer = self.world.request(request);
            if !answer.delay.is_zero() {
                tokio::time::sleep(answer.delay).await;
            }
            match answer.manner {
                Manner::Whole => Ok(answer.response),
                Manner::Refused => Err(SendError::not_sent("refused by the mock")),
                Manner::Dropped => Err(SendError::maybe_sent("dropped by the mock")),
                Manner::Cut => {
                    let half = answer.half();
                    let (head, _) = answer.response.into_parts();
                    let cut = SendError::maybe_sent("cut by the mock");
                    Err(cut.with_head(head.status, head.headers).with_body(half))
                }
            }
        })
    }
}
